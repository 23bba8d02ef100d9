# SPDX-License-Identifier: MPL-2.0
"""A program that is opened or closed while somebody reads what will be set in it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.flows.client_open import ClientOpen, watch_client
from clientcfg.flows.here import Here
from clientcfg.model.client import Installation
from clientcfg.system import WINDOWS

_HOLD = """
import sys
from clientcfg.clients.mozilla.lock import hold
with hold(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def opened(profile: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None and child.stdin is not None
        assert child.stdout.readline() == "held\n"
        yield
        child.stdin.close()
        child.wait(20)


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: DemoMachine, tmp_path: Path) -> Here:
    return Here(home=machine.home, root=machine.root, state=tmp_path / "state")


@pytest.mark.skipif(WINDOWS, reason="there is no lock to look at")
async def test_closing_and_opening_are_told(here: Here, machine: DemoMachine) -> None:
    with opened(machine.profile):
        (found,) = here.installed()
        assert found.running
        assert here.is_open(found)
    assert here.is_open(found) is False
    watched = aiter(watch_client(found, here, every=0.01))
    assert await anext(watched) == ClientOpen(open=False)
    with opened(machine.profile):
        assert await anext(watched) == ClientOpen(open=True)


async def test_what_stays_or_cannot_be_told_is_not_told(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [True, None, True, None, False]
    asked: list[Installation] = []

    def scripted(installation: Installation) -> bool | None:
        asked.append(installation)
        return answers[len(asked) - 1]

    (found,) = here.installed()
    monkeypatch.setattr(here, "is_open", scripted)
    watched = aiter(watch_client(replace(found, running=True), here, every=0.001))
    assert await asyncio.wait_for(anext(watched), 5) == ClientOpen(open=False)
    assert len(asked) == len(answers)


def test_without_a_profile_there_is_nothing_to_look_at(here: Here) -> None:
    (found,) = here.installed()
    assert here.is_open(replace(found, profile=None)) is None
