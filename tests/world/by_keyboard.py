# SPDX-License-Identifier: MPL-2.0
"""Thunderbird with no remote control at all: a command line and three key strokes."""

import subprocess

from tests.world.display import Window
from tests.world.thunderbird import PROGRAM, Asked, Thunderbird, asks
from tests.world.waiting import until

#: What Thunderbird asks whenever a message is sent by Ctrl+Return.
CONFIRMATION = "Send Message"
_KEY_SECONDS = 0.5  # a key stroke may come before the window listens, so it is repeated


def send_by_keyboard(thunderbird: Thunderbird, to: str, subject: str) -> None:
    """Start with ``-compose``, send with Ctrl+Return, confirm, quit with Ctrl+Q.

    The subject may hold neither quotes nor commas. Raises :class:`Asked` and
    :class:`TimeoutError`.
    """
    message = f"to='{to}',subject='{subject}',body='Sent by a test.',format=2"
    person, display = thunderbird.person, thunderbird.display
    process = person.start([PROGRAM, "-compose", message], display.environment)

    def windows(role: str, title: str) -> list[Window]:
        there = display.windows()
        for window in filter(asks, there):
            if window.title != CONFIRMATION:
                raise Asked(window.title)
            display.press("Return", window=window)
        return [window for window in there if window.role == role and title in window.title]

    def press_until_gone(key: str, role: str, title: str) -> None:
        def gone() -> bool:
            there = windows(role, title)
            for window in there:
                display.press(key, window=window)
            return not there

        until(gone, 30, stuck, _KEY_SECONDS)

    def stuck() -> str:
        return f"Thunderbird does not go on; its windows: {display.windows()}"

    try:
        until(lambda: windows("Msgcompose", subject), 60, stuck)
        press_until_gone("ctrl+Return", "Msgcompose", subject)
        press_until_gone("ctrl+q", "3pane", "")
        process.wait(20)
    except subprocess.TimeoutExpired:
        raise TimeoutError(stuck()) from None
    finally:
        process.kill()
        process.wait()
