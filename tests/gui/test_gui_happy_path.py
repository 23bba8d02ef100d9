# SPDX-License-Identifier: MPL-2.0
"""All five pages on real servers, from the address to a message that arrived, and back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.demo.machine import DemoMachine
from clientcfg.demo.world import World
from clientcfg.flows.question import Question
from clientcfg.gui.setup.servers_model import Kind
from clientcfg.gui.window import Window

pytestmark = pytest.mark.gui
WAIT = 15_000


def to_review(window: Window, qtbot: QtBot) -> None:
    """From the first page to the plan."""
    pages = window.set_up
    QTest.keyClick(pages.address.address.edit, Qt.Key.Key_Return)
    assert pages.pages.currentIndex() == 1
    qtbot.waitUntil(pages.servers.primary.isVisible, timeout=WAIT)
    pages.servers.primary.click()
    assert pages.pages.currentIndex() == 2
    pages.program.primary.click()
    assert pages.pages.currentIndex() == 3
    qtbot.waitUntil(lambda: pages.review.review is not None, timeout=WAIT)


def to_done(window: Window, qtbot: QtBot) -> None:
    to_review(window, qtbot)
    window.set_up.review.primary.click()
    qtbot.waitUntil(lambda: window.set_up.pages.currentIndex() == 4, timeout=WAIT)


def test_the_whole_way_and_back(
    open_window: Callable[..., Window],
    qtbot: QtBot,
    question: Question,
    world: World,
    machine: DemoMachine,
) -> None:
    before, sent = machine.tree(), len(world.log)
    window = open_window(question)
    to_review(window, qtbot)
    pages = window.set_up
    conclusion = pages._conclusion
    assert conclusion is not None
    assert conclusion.kind is Kind.GOOD
    assert machine.tree() == before
    assert not pages.review.password.isVisible()
    pages.review.primary.click()
    qtbot.waitUntil(lambda: pages.pages.currentIndex() == 4, timeout=WAIT)
    assert b"mail.smtpservers" in (machine.profile / "prefs.js").read_bytes()
    assert "not proved" in pages.done.head._text.text()

    done = pages.done
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    QTest.keyClicks(done.field.edit, world.password.reveal())
    done.log_in.click()
    assert done.field.edit.text() == ""
    qtbot.waitUntil(done.primary.isEnabled, timeout=WAIT)
    assert done.head.title.text() == "These settings send and receive."
    assert [p.kind for p in done.proofs.steps] == ["ready"] * 4
    assert len(world.log) == sent + 1

    done.undo_button.click()
    qtbot.waitUntil(lambda: done.head.title.text() == "Taken back.", timeout=WAIT)
    assert machine.tree() == before
