# SPDX-License-Identifier: MPL-2.0
"""What a person sees when it does not go well, and that nothing was changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.setup.servers_model import Kind, conclude
from clientcfg.gui.window import HISTORY, SET_UP, Window
from clientcfg.model.endpoint import Protocol
from tests.gui import scripted
from tests.gui.walk import (
    ADDRESS,
    DONE,
    PROGRAM,
    REVIEW,
    SERVERS,
    WAIT,
    concluded,
    running,
    step,
    to_done,
    to_review,
    to_servers,
)

pytestmark = pytest.mark.gui

Open = Callable[..., Window]


@pytest.mark.parametrize("typed", ["", "ada", "ada@", "@example.org", "a b@example.org"])
def test_what_is_no_address_is_said_below_the_field(
    open_window: Open, question: Question, typed: str
) -> None:
    window = open_window(question)
    field = window.set_up.address.address
    field.edit.setText(typed)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert step(window) == ADDRESS
    assert "name@example.org" in field.problem.text()
    assert field.problem.isVisible()
    assert field.edit.accessibleDescription() == field.problem.text()
    QTest.keyClicks(field.edit, "x")
    assert field.problem.text() == ""


def test_no_servers_then_by_hand(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    window = open_window(question)
    page = window.set_up.servers
    window.set_up.address.address.edit.setText("ada@nobody.clientcfg.test")
    assert to_servers(window, qtbot) is Kind.TROUBLE
    assert page.try_again.isVisible()
    assert not page.primary.isVisible()
    assert "--" not in page.head.title.text()
    page.try_again.click()
    assert concluded(window, qtbot) is Kind.TROUBLE

    page.enter.click()
    form = page.form
    # Back leads from the form to what it was opened from, and Enter asks.
    page.back_button.click()
    assert page.trouble.isVisible()
    page.enter.click()
    assert form.isVisible()
    QTest.keyClick(form.sending.host, Qt.Key.Key_Return)
    assert form.problem.text() == "The server for sending is missing."
    smtp, imap = world.endpoint(Protocol.SMTP), world.endpoint(Protocol.IMAP)
    form.sending.host.setText(smtp.host)
    form.sending.port.setText("many")
    form.ask()
    assert "not a port" in form.problem.text()
    form.sending.port.setText(str(smtp.port))
    form.receiving.host.setText(imap.host)
    form.receiving.port.setText(str(imap.port))
    form.user.setText("ada@demo.clientcfg.test")
    form.ask()
    assert concluded(window, qtbot) is Kind.GOOD
    conclusion = window.set_up.servers_steps.conclusion
    assert conclusion is not None
    assert [c.login.endpoint for c in conclusion.choices] == [smtp, imap]
    assert {c.login.username for c in conclusion.choices} == {"ada@demo.clientcfg.test"}


def test_a_certificate_that_is_not_trusted_stops_it(
    open_window: Open, qtbot: QtBot, question: Question
) -> None:
    window = open_window(replace(question, ca_files=()))
    page = window.set_up.servers
    assert to_servers(window, qtbot) is Kind.TROUBLE
    assert page.head.kind == "no"
    assert "Nobody we trust vouches" in page.head.title.text()
    assert not page.primary.isVisible()
    page.why.click()
    assert page.drawer.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert step(window) == SERVERS


def test_a_host_that_only_a_stranger_named_needs_a_person(
    open_window: Open, question: Question
) -> None:
    window = open_window(question)
    pages = window.set_up
    answer = scripted.elsewhere()
    pages.pages.setCurrentIndex(SERVERS)
    pages.servers.begin("example.org")
    pages.servers.conclude(conclude(scripted.QUESTION, answer), answer, "")
    page = pages.servers
    assert page.agree.isVisible()
    assert page.refuse.isVisible()
    assert not page.primary.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert step(window) == SERVERS
    page.refuse.click()
    assert step(window) == ADDRESS


def test_stop_while_it_asks(open_window: Open, qtbot: QtBot, question: Question) -> None:
    window = open_window(question)
    QTest.keyClick(window.set_up.address.address.edit, Qt.Key.Key_Return)
    assert window.set_up.servers.stop.isVisible()
    window.set_up.servers.stop.click()
    assert step(window) == ADDRESS
    qtbot.wait(300)
    assert step(window) == ADDRESS
    assert window.set_up.servers_steps.conclusion is None


def test_a_wrong_password_at_the_review_changes_nothing(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    window = open_window(question)
    to_review(window, qtbot)
    before = machine.tree()
    review = window.set_up.review
    review.keep.click()
    review.primary.click()
    assert review.password.problem.text() == "The password is missing."
    QTest.keyClicks(review.password.edit, "not the password")
    review.primary.click()
    assert review.password.edit.text() == ""
    qtbot.waitUntil(review.banner.isVisible, timeout=WAIT)
    assert step(window) == REVIEW
    assert review.keep.isChecked()
    assert review.primary.isEnabled()
    assert "not the password" not in review.banner.sentence.text()
    assert machine.tree() == before


def test_a_wrong_password_in_the_test_is_told_and_undo_stays(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    before = machine.tree()
    window = open_window(question)
    to_done(window, qtbot)
    done = window.set_up.done
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    done.log_in.click()
    assert done.field.problem.text() == "The password is missing."
    QTest.keyClicks(done.field.edit, "not the password")
    done.log_in.click()
    qtbot.waitUntil(done.primary.isEnabled, timeout=WAIT)
    assert done.head.kind == "no"
    # That it was connected was seen; nothing after that was.
    assert [(p.step, p.kind) for p in done.proof_list.steps] == [
        ("connect", "ready"),
        ("login-smtp", "no"),
    ]
    done.undo_button.click()
    qtbot.waitUntil(lambda: done.head.title.text() == "Taken back.", timeout=WAIT)
    assert machine.tree() == before


def test_a_program_that_runs_is_waited_for(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    window = open_window(question)
    with running(machine.profile) as program:
        to_review(window, qtbot)
        review = window.set_up.review
        assert review.strip.isVisible()
        assert "Wait" in review.primary.text()
        before = machine.tree()
        review.primary.click()
        qtbot.waitUntil(review.stop_waiting.isVisible, timeout=WAIT)
        review.stop_waiting.click()
        qtbot.waitUntil(review.banner.isVisible, timeout=WAIT)
        assert "open" in review.banner.sentence.text()
        assert machine.tree() == before

        review.primary.click()
        qtbot.waitUntil(review.stop_waiting.isVisible, timeout=WAIT)
        assert program.stdin is not None
        program.stdin.close()
        program.wait(20)
        qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    assert b"mail.smtpservers" in (machine.profile / "prefs.js").read_bytes()


def test_the_strip_goes_by_itself_when_the_program_closes(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    window = open_window(question)
    review = window.set_up.review

    def looked_at() -> bool:
        return window.set_up.review_steps.program.job is not None

    with running(machine.profile):
        to_review(window, qtbot)
        assert review.strip.isVisible()
    qtbot.waitUntil(review.strip.isHidden, timeout=WAIT)
    assert review.primary.text() == "&Set up now"
    with running(machine.profile):
        qtbot.waitUntil(review.strip.isVisible, timeout=WAIT)
        assert review.primary.text() == "&Wait and set up"
        assert review.stop_waiting.isHidden()
    assert looked_at()
    window.open(HISTORY)
    assert not looked_at()
    window.open(SET_UP)
    assert looked_at()
    qtbot.waitUntil(review.strip.isHidden, timeout=WAIT)
    review.primary.click()
    assert not looked_at()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    assert not looked_at()


def test_cancel_right_after_the_button_writes_nothing(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    window = open_window(question)
    review = window.set_up.review
    before = machine.tree()
    with running(machine.profile):
        to_review(window, qtbot)
        review.primary.click()
        assert "Waiting for Thunderbird to close." in review.strip.sentence.text()
        assert review.stop_waiting.isVisible()
        review.stop_waiting.click()
        assert review.strip.isHidden()
    # It is closed by now, so nothing else would keep it from being written.
    qtbot.waitUntil(review.banner.isVisible, timeout=WAIT)
    assert machine.tree() == before
    assert review.primary.isEnabled()


def test_no_program_here_then_one_is_installed(
    open_window: Open, qtbot: QtBot, question: Question, tmp_path: Path
) -> None:
    folder = tmp_path / "bare"
    bare = Here(home=folder / "home", root=folder / "machine", state=folder / "state")
    window = open_window(question, bare)
    assert to_servers(window, qtbot) is Kind.GOOD
    window.set_up.servers.primary.click()
    assert step(window) == PROGRAM
    page = window.set_up.program
    assert page.cards == []
    assert not page.primary.isVisible()
    assert page.head.kind == "unknown"
    make_machine(folder)
    page.look_again.click()
    qtbot.waitUntil(lambda: len(page.cards) == 1, timeout=WAIT)
    assert page.primary.isEnabled()


def test_a_setting_changed_since_is_asked_about(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    prefs = machine.profile / "prefs.js"
    window = open_window(question)
    to_done(window, qtbot)
    ours = prefs.read_text()
    theirs = ours.replace('.username", "ada@', '.username", "eve@')
    assert theirs != ours
    prefs.write_text(theirs)
    done = window.set_up.done
    done.undo_button.click()
    qtbot.waitUntil(done.banner.isVisible, timeout=WAIT)
    assert done.keep.isVisible()
    assert done.force.isVisible()
    assert prefs.read_text() == theirs
    done.keep.click()
    qtbot.waitUntil(lambda: done.head.title.text() == "Taken back.", timeout=WAIT)
    assert "eve@" in prefs.read_text()
    assert len(prefs.read_text()) < len(theirs)
