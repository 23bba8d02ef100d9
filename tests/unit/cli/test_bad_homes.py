# SPDX-License-Identifier: MPL-2.0
"""A home that is missing, no directory or not to be written: one sentence, nothing made."""

import json
import os
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from tests.support.on_machine import SET_UP, Done, clientcfg

COMMANDS = {"apply": (*SET_UP, "--yes"), "undo": ("undo",), "history": ("history",)}


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


def one_sentence(done: Done, status: int) -> None:
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    text, *advice = done.stderr.splitlines()
    assert text.endswith(".") or ":" in text
    assert all(line.startswith("  → ") for line in advice)
    assert advice


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("home", ["nothing", "file", "", "relative", "file/below"])
def test_a_home_that_is_none(machine: DemoMachine, command: str, home: str) -> None:
    folder = machine.home.parent
    (folder / "file").write_text("x")
    (folder / "tmp").mkdir()
    value = home if home in {"", "relative"} else str(folder / home)
    before = sorted(folder.rglob("*"))
    done = clientcfg(machine, *COMMANDS[command], more={"HOME": value})
    one_sentence(done, 2)
    assert "HOME" in done.stderr
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("state", ["file", "file/below", "/proc/1/clientcfg", "/dev/null"])
def test_a_state_directory_that_cannot_be(machine: DemoMachine, state: str) -> None:
    folder = machine.home.parent
    (folder / "file").write_text("x")
    before = machine.tree()
    more = {"CLIENTCFG_STATE_DIR": str(folder / state)}
    done = clientcfg(machine, *COMMANDS["apply"], more=more)
    assert done.returncode in {1, 3, 4}, done.stderr
    assert "Traceback" not in done.stderr
    assert "defect" not in done.stderr
    assert machine.tree() == before


def test_a_relative_state_directory(machine: DemoMachine) -> None:
    done = clientcfg(machine, "history", more={"CLIENTCFG_STATE_DIR": "state"})
    one_sentence(done, 3)


def test_a_state_directory_of_somebody_else(machine: DemoMachine) -> None:
    """What the disk says about it becomes one sentence about the way back, exit 3."""
    from clientcfg.changes.disk import RealDisk  # noqa: PLC0415
    from clientcfg.changes.disk_trouble import trouble_of  # noqa: PLC0415
    from clientcfg.changes.journal import Journal  # noqa: PLC0415
    from clientcfg.model.trouble import NotFoundOut  # noqa: PLC0415

    class Forbidding(RealDisk):
        error = PermissionError(13, "no")

        def mkdir(self, path: str) -> None:
            raise trouble_of(self.error, path)

    for number in (13, 30):  # EACCES, EROFS
        disk = Forbidding()
        disk.error = PermissionError(number, os.strerror(number))
        journal = Journal(machine.home / "state", disk)
        with pytest.raises(NotFoundOut) as trouble, journal.alone():
            pass
        assert trouble.value.code == "no-state-directory"
        assert trouble.value.advice


def test_find_needs_no_home(machine: DemoMachine) -> None:
    done = clientcfg(machine, "find", "a@example.test", "--dns", "127.0.0.1:9", "--timeout", "1",
                     more={"HOME": "/nonexistent"})  # fmt: skip
    assert done.returncode == 3
    assert "HOME" not in done.stderr


@pytest.mark.parametrize(
    "password", [b"\xff\xfe\n", b"\xed\xa0\x80\n", b"p\xc3\n"], ids=["bytes", "surrogate", "cut"]
)
def test_a_password_that_is_no_text_is_a_wrong_usage(machine: DemoMachine, password: bytes) -> None:
    import subprocess  # noqa: PLC0415

    from tests.support.on_machine import command, environment  # noqa: PLC0415

    for locale in ("C.UTF-8", "C"):
        done = subprocess.run(
            command(machine, [*SET_UP, "--password-stdin", "--yes", "--json"]),
            env=environment(machine, {"LANG": locale, "LC_ALL": locale}),
            input=password, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2, done.stderr
        assert json.loads(done.stdout)["code"] == "password-not-text"


def test_a_full_disk_for_the_defect_report_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from clientcfg.cli.fail import fail  # noqa: PLC0415

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert fail(RuntimeError("canary"), as_json=False) == 70
    said = capsys.readouterr().err
    assert "defect" in said and "canary" not in said
    assert len(said.splitlines()) == 2
