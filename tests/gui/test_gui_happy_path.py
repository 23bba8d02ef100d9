# SPDX-License-Identifier: MPL-2.0
"""All five pages on real servers, from the address to a message that arrived, and back."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clientcfg.demo.machine import DemoMachine
from clientcfg.demo.world import World
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.window import Window
from clientcfg.words import _
from tests.gui.walk import DONE, REVIEW, SERVERS, WAIT, step, to_done, to_review, to_servers

pytestmark = pytest.mark.gui


def test_the_whole_way_and_back(
    language: str,
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
    assert machine.tree() == before
    assert not pages.review.password.isVisible()
    assert "+ user_pref" in pages.review.drawer.as_text
    pages.review.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    assert b"mail.smtpservers" in (machine.profile / "prefs.js").read_bytes()

    done = pages.done
    assert done.head.kind == "step"
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    QTest.keyClicks(done.field.edit, world.password.reveal())
    done.log_in.click()
    assert done.field.edit.text() == ""
    qtbot.waitUntil(done.primary.isEnabled, timeout=WAIT)
    assert done.head.kind == "ready"
    assert (done.head.title.text() == "These settings send and receive.") == (language == "en")
    assert done.head.title.text() == _("These settings send and receive.")
    assert [(p.step, p.kind) for p in done.proof_list.steps] == [
        ("connect", "ready"),
        ("login-smtp", "ready"),
        ("send", "ready"),
        ("seen", "ready"),
    ]
    # What there is to do next is to open it; Enter does that.
    assert done.leads is (done.primary if done.open.isHidden() else done.open)
    assert done._finished is not None
    host = done._finished.account.outgoing.endpoint.host
    assert done.proof_list.steps[0].text == _("Connected to {host}").format(host=host)
    (entry,) = window.history._here.history()
    assert entry.tested is not None and entry.tested.seen
    assert len(world.log) == sent + 1

    done.undo_button.click()
    qtbot.waitUntil(lambda: done.head.title.text() == _("Taken back."), timeout=WAIT)
    assert machine.tree() == before


def test_history_shows_the_change_and_takes_it_back(
    open_window: Callable[..., Window],
    qtbot: QtBot,
    question: Question,
    machine: DemoMachine,
) -> None:
    before = machine.tree()
    window = open_window(question)
    to_done(window, qtbot)
    window.rail.items[2].click()
    history = window.history
    qtbot.waitUntil(lambda: len(history.lines) == 1, timeout=WAIT)
    assert history.undo_card.isVisible()
    qtbot.waitUntil(lambda: bool(history.changes.diffs), timeout=WAIT)
    assert any("user_pref" in diff.toPlainText() for diff in history.changes.diffs)
    history.undo_button.click()
    qtbot.waitUntil(lambda: not history.undo_card.isVisible(), timeout=WAIT)
    assert machine.tree() == before
    assert "undone" in history.lines[0].past.caption


def test_a_finished_step_leads_back_and_its_answers_go(
    open_window: Callable[..., Window], qtbot: QtBot, question: Question
) -> None:
    window = open_window(question)
    to_review(window, qtbot)
    window.set_up.path.steps[SERVERS].click()
    assert step(window) == SERVERS
    assert window.set_up.servers.primary.isVisible()
    assert [s.isEnabled() for s in window.set_up.path.steps] == [True, False, False, False, False]


def test_the_same_again_has_nothing_to_change(
    open_window: Callable[..., Window],
    qtbot: QtBot,
    question: Question,
    machine: DemoMachine,
) -> None:
    window = open_window(question)
    to_done(window, qtbot)
    after = machine.tree()
    review, done = window.set_up.review, window.set_up.done
    window.set_up.path.steps[REVIEW].click()
    assert step(window) == REVIEW
    qtbot.waitUntil(lambda: review.review is not None, timeout=WAIT)
    assert review.head.title.text() == "Thunderbird is set up like this already."
    assert not review.keep.isVisible()
    review.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    assert not done.undo_card.isVisible()
    assert machine.tree() == after


def test_what_a_cut_off_run_left_is_told_first(
    open_window: Callable[..., Window], qtbot: QtBot, question: Question, here: Here
) -> None:
    here.recover = lambda: ("An interrupted change was taken back.",)  # type: ignore[method-assign]
    window = open_window(question, here)
    note = window.set_up.address.note
    qtbot.waitUntil(note.isVisible, timeout=WAIT)
    assert note.sentence.text() == "An interrupted change was taken back."


def test_proof_lies_in_the_drawer(
    open_window: Callable[..., Window], qtbot: QtBot, question: Question
) -> None:
    window = open_window(question)
    to_servers(window, qtbot)
    page = window.set_up.servers
    assert not page.drawer.isVisible()
    page.why.click()
    assert page.drawer.isVisible()
    assert "clientcfg demo" in page.drawer.as_text
    assert "AUTH LOGIN PLAIN" in page.drawer.as_text
    buttons = page.drawer.findChildren(QPushButton)
    next(b for b in buttons if "ticket" in b.text()).click()
    copied = QGuiApplication.clipboard().text()
    assert "AUTH LOGIN PLAIN" in copied
    assert "ada@" not in copied
    page.drawer.close_button.click()
    assert not page.drawer.isVisible()
