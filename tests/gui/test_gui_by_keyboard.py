# SPDX-License-Identifier: MPL-2.0
"""The whole way under a real X server, with real key strokes and nothing else."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

# The part “thunderbird” also stands for the screen and the keys that are needed here.
pytestmark = [pytest.mark.gui, pytest.mark.thunderbird]

WAIT = 60


def started(stack: ExitStack, *command: str, **environ: str) -> subprocess.Popen[str]:
    """A program that ends with the test."""
    kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    process = stack.enter_context(
        subprocess.Popen(
            command,
            env={**kept, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    )
    stack.callback(process.terminate)
    return process


@pytest.fixture
def screen() -> Iterator[tuple[ExitStack, str]]:
    """A display with a window manager."""
    with ExitStack() as stack:
        server = started(
            stack, "Xvfb", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-displayfd", "1"
        )
        assert server.stdout is not None
        display = f":{server.stdout.readline().strip()}"
        started(stack, "openbox", DISPLAY=display)
        yield stack, display


def keys(display: str, *words: str) -> None:
    """Press keys, or type a text, as xdotool names them."""
    subprocess.run(
        ["xdotool", *words], env={**os.environ, "DISPLAY": display}, timeout=WAIT, check=True
    )


def test_from_the_address_to_a_message_that_arrived(screen: tuple[ExitStack, str]) -> None:
    stack, display = screen
    app = started(stack, sys.executable, "-m", "tests.gui.app_child", DISPLAY=display)
    assert app.stdout is not None
    # A line that never comes ends the test, not the day.
    watchdog = threading.Timer(WAIT, app.kill)
    watchdog.start()
    stack.callback(watchdog.cancel)

    def said(*wanted: str) -> None:
        assert app.stdout is not None
        for words in wanted:
            assert app.stdout.readline().strip() == words

    address = app.stdout.readline().strip()
    said("0 -")
    keys(display, "type", "--delay", "5", "Ada Lovelace")
    keys(display, "key", "Tab")
    keys(display, "type", "--delay", "5", address)
    keys(display, "key", "Return")
    # The search may be over before it is looked at.
    line = app.stdout.readline().strip()
    if line == "1 -":
        line = app.stdout.readline().strip()
    assert line == "1 ready"
    keys(display, "key", "Return")
    said("2 -")
    keys(display, "key", "Return")
    said("3 -")
    keys(display, "key", "Return")
    said("4 step")
    keys(display, "key", "Return")
    # While it is under way, and then what was seen.
    said("4 -", "4 ready")
    keys(display, "key", "alt+F4")
    done = json.loads(app.stdout.readline())
    assert done == {"status": 0, "sent": 1, "set": True}
    assert app.wait(WAIT) == 0
