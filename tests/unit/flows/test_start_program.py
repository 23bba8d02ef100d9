# SPDX-License-Identifier: MPL-2.0
"""Which command opens a program, and which brings its open window to the front."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.clients.schema import read_profile
from clientcfg.flows.here import Here
from clientcfg.flows.start_program import command_of, to_front
from clientcfg.model.client import Installation
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path

BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}


@pytest.fixture
def thunderbird(tmp_path: Path) -> Installation:
    program = tmp_path / "usr" / "lib" / "thunderbird"
    program.mkdir(parents=True)
    (program / "thunderbird").write_text("#!/bin/sh\n")
    return Installation(
        client="thunderbird",
        name="Thunderbird",
        version="153.7.0",
        platform="linux",
        program=str(program),
        profile_root="/home/ada/.thunderbird",
        profile="/home/ada/.thunderbird/x y.default",
        packaging="deb",
        running=True,
    )


def here(tmp_path: Path, environ: dict[str, str]) -> Here:
    return Here(home=tmp_path, state=tmp_path / "state", environ=environ)


def test_a_second_start_on_the_same_profile(thunderbird: Installation, tmp_path: Path) -> None:
    program = f"{thunderbird.program}/thunderbird"
    machine = here(tmp_path, BUS)
    assert command_of(thunderbird, machine) == (program,)
    assert to_front(thunderbird, machine) == (
        program,
        "--profile",
        "/home/ada/.thunderbird/x y.default",
    )


def test_without_a_session_bus_nothing_is_started(
    thunderbird: Installation, tmp_path: Path
) -> None:
    for environ in ({}, {"DBUS_SESSION_BUS_ADDRESS": "disabled:"},
                    {"XDG_RUNTIME_DIR": str(tmp_path)}):  # fmt: skip
        assert to_front(thunderbird, here(tmp_path, environ)) is None


def test_the_bus_where_systemd_has_it(thunderbird: Installation, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(tmp_path / "bus"))
        assert to_front(thunderbird, here(tmp_path, {"XDG_RUNTIME_DIR": str(tmp_path)}))


def test_not_where_the_profile_is_not_known_or_nothing_is_known_to(
    thunderbird: Installation, tmp_path: Path
) -> None:
    machine = here(tmp_path, BUS)
    assert to_front(replace(thunderbird, profile=None), machine) is None
    assert to_front(replace(thunderbird, client="sylpheed"), machine) is None
    elsewhere = Here(home=tmp_path, state=tmp_path, root=tmp_path, environ=BUS)
    assert to_front(thunderbird, elsewhere) is None


def test_nobody_elses_file_says_with_which_words_a_program_starts() -> None:
    ours = profile_path("clients") / "thunderbird.toml"
    assert read_profile(ours).to_front == ("--profile", "{profile}")
    with pytest.raises(WrongUsage, match="to_front"):
        read_profile(ours, local=True)
