# SPDX-License-Identifier: MPL-2.0
"""Ctrl-C at any moment: exit status 130, no traceback, the person's settings whole."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from tests.support.on_machine import SET_UP, clientcfg, command, environment
from tests.support.terminal import Terminal


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    made = make_machine(tmp_path)
    (tmp_path / "tmp").mkdir()
    return made


def settings(machine: DemoMachine) -> dict[str, bytes]:
    return {k: v for k, v in machine.tree().items() if not k.startswith(".local/")}


def assert_quiet(said: str) -> None:
    for word in ("Traceback", "Exception", "KeyboardInterrupt", "Error", "never retrieved"):
        assert word not in said, said


def started(machine: DemoMachine, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(machine, arguments),
        env=environment(machine),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("count", range(1, 40, 3))
def test_in_the_middle_of_writing_everything_is_taken_back(
    machine: DemoMachine, count: int
) -> None:
    """The signal comes with disk operation number *count*; behind the last one it is done."""
    before = settings(machine)
    code = (
        "import os, signal, sys\n"
        "from clientcfg.changes.disk import RealDisk\n"
        "from tests.support import on_machine\n"
        "left = [int(sys.argv[1])]\n"
        "def counted(name):\n"
        "    real = getattr(RealDisk, name)\n"
        "    def operation(*a, **k):\n"
        "        left[0] -= 1\n"
        "        if left[0] == 0:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "        return real(*a, **k)\n"
        "    setattr(RealDisk, name, operation)\n"
        "for name in ('create', 'sync', 'rename', 'unlink', 'mkdir'):\n"
        "    counted(name)\n"
        "on_machine.run(sys.argv[2], sys.argv[3:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(count), str(machine.root), *SET_UP, "--yes", "--json"],
        env=environment(machine), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert_quiet(done.stderr)
    if done.returncode == 0:
        assert count > 20, "that many operations there are"
        assert settings(machine) != before
    else:
        assert done.returncode == 130, done.stderr
        assert json.loads(done.stdout)["code"] == "interrupted"
        assert settings(machine) == before
    assert clientcfg(machine, "history").returncode == 0
    again = clientcfg(machine, *SET_UP, "--yes")
    assert again.returncode == 0, again.stderr
    assert clientcfg(machine, "undo").returncode == 0
    assert settings(machine) == before


@pytest.mark.parametrize("arguments", [(*SET_UP, "--yes"), ("undo",)], ids=["apply", "undo"])
def test_too_late_it_says_what_was_done(machine: DemoMachine, arguments: tuple[str, ...]) -> None:
    """The signal comes when everything is written and nothing was said yet."""
    if arguments == ("undo",):
        assert clientcfg(machine, *SET_UP, "--yes").returncode == 0
    before = settings(machine)
    code = (
        "import os, signal, sys\n"
        "from clientcfg.clients.mozilla import lock\n"
        "from tests.support import on_machine\n"
        "class Last(set):\n"
        "    def discard(self, one):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        super().discard(one)\n"
        "lock._held = Last()\n"
        "on_machine.run(sys.argv[1], sys.argv[2:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(machine.root), *arguments],
        env=environment(machine), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert_quiet(done.stderr)
    assert "before that" in done.stderr
    assert settings(machine) != before


@pytest.mark.parametrize("seconds", [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5])
def test_at_any_time_from_the_start(machine: DemoMachine, seconds: float) -> None:
    """Also while clientcfg is still being loaded."""
    before = settings(machine)
    code = (
        "import sys\nfrom clientcfg.__main__ import run\n"
        "sys.argv = ['clientcfg', 'demo', '--headless']\n"
        "print('ready', flush=True)\nrun()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment(machine), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGINT)
    out, said = child.communicate(timeout=30)
    if seconds >= 0.2 and child.returncode == 0:
        # A fast machine was done before Ctrl-C came.
        assert "Every step did what it says" in out
    else:
        assert child.returncode == 130, said
    assert_quiet(said)
    assert settings(machine) == before
    assert list((machine.home.parent / "tmp").iterdir()) == [], "the demo leaves nothing behind"


def test_while_a_server_is_waited_for(machine: DemoMachine) -> None:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = f"127.0.0.1:{silent.getsockname()[1]}/plain"
        child = started(machine, "probe", "--smtp", target)
        connection, _address = silent.accept()
        with connection:
            child.send_signal(signal.SIGINT)
            began = time.monotonic()
            _out, said = child.communicate(timeout=30)
    assert time.monotonic() - began < 3
    assert child.returncode == 130
    assert_quiet(said)


END = {"Ctrl-C": (b"\x03", 130), "Ctrl-D": (b"\x04", 1), "Enter": (b"\n", 1)}


@pytest.mark.parametrize("key", END)
def test_at_the_question_whether_to_write(machine: DemoMachine, key: str) -> None:
    before = settings(machine)
    terminal = Terminal(machine, *SET_UP)
    terminal.wait_for("[y/N]")
    keys, status = END[key]
    terminal.type(keys)
    assert terminal.end() == status
    assert_quiet(terminal.said)
    assert settings(machine) == before


@pytest.mark.parametrize("key", END)
def test_at_the_question_for_the_password(machine: DemoMachine, key: str) -> None:
    before = settings(machine)
    terminal = Terminal(machine, *SET_UP, "--store-password")
    terminal.wait_for("Password of ")
    wait_until(lambda: not terminal.echoes())
    keys, status = END[key]
    terminal.type(keys)
    assert terminal.end() == status, terminal.said
    assert_quiet(terminal.said)
    assert settings(machine) == before


def wait_until(true: Callable[[], bool], seconds: float = 5) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)
