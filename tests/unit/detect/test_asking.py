# SPDX-License-Identifier: MPL-2.0
"""Programs that are asked for their version can neither hang, nor flood, nor see anything."""

import os
import time
from pathlib import Path

import pytest

from clientcfg.clients.machine import Machine
from clientcfg.clients.said import ENOUGH
from tests.running.places import in_ci
from tests.support.program_trees import Tree


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "script"


def says(script: Path, text: str, deadline: float = 3.0) -> str | None:
    script.write_text(f"#!/bin/sh\n{text}\n")
    script.chmod(0o755)
    return Machine(home=script.parent).says(str(script), "--version", deadline=deadline)


def test_arguments_and_output(script: Path) -> None:
    assert says(script, 'echo "$@" é; echo not this >&2; exit 3') == "--version é\n"


def test_a_flood_ends_early(script: Path) -> None:
    begin = time.monotonic()
    said = says(script, "echo Ample 1.0; yes", deadline=60)
    assert said is not None
    assert said.startswith("Ample 1.0\ny\n")
    assert len(said) == ENOUGH
    assert time.monotonic() - begin < 20


def test_a_silent_one_is_given_up(script: Path) -> None:
    begin = time.monotonic()
    assert says(script, "sleep 60", deadline=0.3) is None
    assert says(script, "exec >&-; sleep 60", deadline=0.3) is None
    assert says(script, "while :; do echo x; sleep 0.05; done", deadline=0.3) is None
    assert time.monotonic() - begin < 20


def test_what_it_leaves_behind_is_not_waited_for(script: Path) -> None:
    begin = time.monotonic()
    assert says(script, "echo Ample 1.0; sleep 60 &", deadline=30) == "Ample 1.0\n"
    assert time.monotonic() - begin < 20


def test_nothing_to_read_and_no_display(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SECRET"):
        monkeypatch.setenv(name, "x")
    said = says(script, "cat; env; pwd")
    assert said is not None
    names = {line.partition("=")[0] for line in said.splitlines() if "=" in line}
    assert names - {"_", "SHLVL", "PWD", "OLDPWD"} == {"LC_ALL", "PATH", "HOME", "QT_QPA_PLATFORM"}
    assert said.splitlines()[-1] == "/"


@pytest.mark.parametrize("content", [b"", b"\x7fELF", b"#!/nowhere\n", b"\0"])
def test_what_cannot_be_run(script: Path, content: bytes) -> None:
    script.write_bytes(content)
    script.chmod(0o755)
    assert Machine(home=script.parent).says(str(script)) in {None, ""}
    assert Machine(home=script.parent).says(str(script) + "\0") is None
    assert Machine(home=script.parent).says(str(script) + "-not-there") is None


def test_a_program_that_hangs_does_not_hide_the_others(tree: Tree) -> None:
    tree.write("/usr/bin/mutt", "#!/bin/sh\nsleep 60\n", executable=True)
    tree.says("/usr/bin/msmtp", "msmtp version 1.8.23")
    msmtp, mutt = tree.installed()
    assert (msmtp.version, mutt.version) == ("1.8.23", None)
    assert {fact.said for fact in mutt.build} == {"mutt -v did not answer"}


@pytest.mark.skipif(os.geteuid() != 0 and not in_ci(), reason="only root has to be careful")
@pytest.mark.parametrize("what", ["file", "folder", "open folder", "target of a link"])
def test_root_does_not_start_what_others_can_exchange(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "mutt"
    program.write_text("#!/bin/sh\necho Mutt 2.2.12\n")
    program.chmod(0o755)
    machine = Machine(home=tmp_path)
    assert machine.says(str(program)) == "Mutt 2.2.12\n"
    if what == "open folder":
        folder.chmod(0o777)
    elif what == "target of a link":
        target = program.rename(tmp_path / "elsewhere")
        program.symlink_to(target)
        os.chown(target, 65534, 65534)
    else:
        os.chown(folder if what == "folder" else program, 65534, 65534)
    assert machine.says(str(program)) is None
