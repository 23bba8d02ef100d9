# SPDX-License-Identifier: MPL-2.0
"""Running or not, from /proc: recorded processes, and one of our own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from clientcfg.clients.found.processes import names_running, runs
from clientcfg.clients.machine import Machine
from tests.running.places import in_ci
from tests.support.program_trees import Tree


@pytest.fixture
def sylpheed(tree: Tree) -> Tree:
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    tree.process(1, "/sbin/init", "systemd")
    return tree


def test_not_running(sylpheed: Tree) -> None:
    sylpheed.process(7, "/usr/bin/sylpheed-helper", "sylpheed-helper")
    assert sylpheed.only().running is False


@pytest.mark.parametrize(
    ("exe", "comm"),
    [
        ("/usr/bin/sylpheed", "sylpheed"),
        ("/usr/bin/sylpheed", "renamed itself"),
        ("/usr/bin/sylpheed (deleted)", "x"),
        ("/app/bin/sylpheed", "x"),
        ("/usr/bin/python3.11", "sylpheed"),
    ],
)
def test_running(sylpheed: Tree, exe: str, comm: str) -> None:
    sylpheed.process(4711, exe, comm)
    assert sylpheed.only().running is True


def test_the_kernels_own_and_zombies_do_not_count(sylpheed: Tree) -> None:
    sylpheed.process(4711, None, "sylpheed")
    assert sylpheed.only().running is False


def test_no_proc_no_answer(tree: Tree) -> None:
    tree.write("/usr/bin/sylpheed", "#!/bin/sh\n", executable=True)
    assert tree.only().running is None
    (tree.root / "proc").mkdir()
    assert tree.only().running is None


@pytest.mark.skipif(os.geteuid() != 0 and not in_ci(), reason="gives a process to somebody else")
def test_somebody_elses_does_not_count(sylpheed: Tree) -> None:
    sylpheed.process(4711, "/usr/bin/sylpheed", "sylpheed")
    os.chown(sylpheed.root / "proc/4711", 65534, 65534)
    assert sylpheed.only().running is False


def test_long_names_are_cut_by_the_kernel() -> None:
    assert runs(("git-send-email-long",), frozenset({"git-send-email-"})) is True
    assert runs((), frozenset({"x"})) is None
    assert runs(("x",), None) is None


def test_a_real_process_while_it_runs(tmp_path: Path) -> None:
    machine = Machine(home=tmp_path)
    sleep = shutil.which("sleep")
    assert sleep is not None
    program = tmp_path / "clientcfg-asleep"
    shutil.copy(sleep, program)
    with subprocess.Popen([program, "60"]) as child:
        try:
            assert runs((program.name,), names_running(machine)) is True
        finally:
            child.kill()
    assert runs((program.name,), names_running(machine)) is False
