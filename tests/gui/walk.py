# SPDX-License-Identifier: MPL-2.0
"""From page to page, as a person goes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.gui.setup.servers_model import Kind
from clientcfg.gui.window import Window

WAIT = 15_000
ADDRESS, SERVERS, PROGRAM, REVIEW, DONE = range(5)

HOLD = """
import sys
from clientcfg.clients.mozilla.lock import hold
with hold(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def step(window: Window) -> int:
    """Which page is open."""
    return window.set_up.pages.currentIndex()


def to_servers(window: Window, qtbot: QtBot) -> Kind:
    """Enter on the first page, and wait for the end of the search."""
    pages = window.set_up
    QTest.keyClick(pages.address.address.edit, Qt.Key.Key_Return)
    assert step(window) == SERVERS
    return concluded(window, qtbot)


def concluded(window: Window, qtbot: QtBot) -> Kind:
    """Wait for the end of a search."""
    pages = window.set_up
    qtbot.waitUntil(lambda: pages.servers_steps.conclusion is not None, timeout=WAIT)
    assert pages.servers_steps.conclusion is not None
    return pages.servers_steps.conclusion.kind


def to_review(window: Window, qtbot: QtBot) -> None:
    """From the first page to the plan."""
    pages = window.set_up
    assert to_servers(window, qtbot) is Kind.GOOD
    pages.servers.primary.click()
    assert step(window) == PROGRAM
    pages.program.primary.click()
    assert step(window) == REVIEW
    qtbot.waitUntil(lambda: pages.review.review is not None, timeout=WAIT)


def to_done(window: Window, qtbot: QtBot) -> None:
    """From the first page to the last."""
    to_review(window, qtbot)
    window.set_up.review.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)


@contextmanager
def running(profile: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that is open on *profile*; write its stdin shut to close it."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "held\n"
        yield child
        if not child.stdin.closed:
            child.stdin.close()
        child.wait(20)
