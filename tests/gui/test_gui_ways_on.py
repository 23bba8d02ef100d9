# SPDX-License-Identifier: MPL-2.0
"""Ways on where servers were refused or not found: each acts, and asks again at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.demo.world import World
from clientcfg.flows.network import log_in_page
from clientcfg.flows.question import Question
from clientcfg.flows.take_way import fingerprint, trusting, under_name
from clientcfg.gui.setup.servers_model import Kind, conclude, trouble
from clientcfg.gui.setup.trouble_model import to_do, waits, with_network
from clientcfg.gui.setup.ways_model import Consent, ToCompare, compared
from clientcfg.gui.window import Window
from clientcfg.model.connection import Connection
from clientcfg.model.trouble import No, NotFoundOut
from clientcfg.probe.trust import Pin
from tests.gui import scripted as s
from tests.gui.walk import SERVERS, concluded, step, to_servers

pytestmark = pytest.mark.gui

Open = Callable[..., Window]


@pytest.mark.parametrize(
    "typed",
    [
        "ab" * 32,
        ":".join(["AB"] * 32),
        "SHA-256: " + " ".join(["abab"] * 16),
        "sha256 Fingerprint=" + ":".join(["AB"] * 32),
        "SHA256 " + "AB:" * 16 + "\n" + ":".join(["ab"] * 16),
    ],
)
def test_a_fingerprint_is_read_as_people_pass_it_on(typed: str) -> None:
    assert fingerprint(typed) == "ab" * 32


@pytest.mark.parametrize(
    "typed", ["", "ab", "ab" * 31, "xy" * 32, "ab" * 33, "SHA-1: " + "ab" * 20]
)
def test_what_is_no_fingerprint_is_said(typed: str) -> None:
    assert fingerprint(typed) is None
    assert "64 digits" in compared(typed, ToCompare("ab" * 32, "x"))


def test_another_certificate_is_not_trusted() -> None:
    assert "another certificate" in compared("cd" * 32, ToCompare("ab" * 32, "x"))
    assert compared("AB" * 32, ToCompare("ab" * 32, "x")) == ""


def test_trust_goes_to_this_certificate_wherever_it_was_shown_and_to_no_other() -> None:
    answer = s.refused_for(s.SELF_SIGNED, other_name=False)
    digest = s.OF_HOSTER.sha256
    asked = trusting(s.QUESTION, answer.ways_on, digest)
    assert asked.pins == (Pin(s.SMTP.host, 465, digest), Pin(s.IMAP.host, 993, digest))
    assert trusting(s.QUESTION, answer.ways_on, "00" * 32).pins == ()


def test_the_other_name_takes_the_place_of_both_servers_and_keeps_user_names() -> None:
    answer = s.refused_for(s.MISMATCH, other_name=True)
    offers = tuple(replace(o, username="ada") for o in answer.found.offers)
    answer = replace(answer, found=replace(answer.found, offers=offers))
    asked = under_name(s.QUESTION, answer, s.HOSTER)
    assert [str(e) for e in asked.servers] == [f"{s.HOSTER}:465/tls", f"{s.HOSTER}:993/tls"]
    assert (asked.username, asked.smtp_username) == ("ada", "ada")
    assert under_name(s.QUESTION, answer, "other.example").servers == ()


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (s.MISMATCH, "for another name"),
        (s.SELF_SIGNED, "Nobody we trust"),
        (replace(s.MISMATCH, code="certificate-expired"), "has run out"),
    ],
)
def test_each_fault_has_its_sentence_and_its_fact(problem: object, words: str) -> None:
    assert isinstance(problem, type(s.MISMATCH))
    found = conclude(s.QUESTION, s.refused_for(problem, other_name=False))
    assert found.kind is Kind.TROUBLE
    assert words in found.title
    assert found.ways is not None
    assert sum(fact.bad for fact in found.ways.facts) == 1
    assert "ada" not in found.ways.letter


def test_consent_is_asked_for_only_where_it_may_help() -> None:
    nowhere = No("no-servers", "Nobody says where.")
    unknown = NotFoundOut("servers-unknown", "It could not be found out.")
    assert trouble(nowhere, s.QUESTION).consents == (Consent.ADDRESS,)
    assert trouble(unknown, s.QUESTION).consents == (Consent.ADDRESS, Consent.GUESS)
    asked = replace(s.QUESTION, send_address=True, guess=True)
    assert trouble(unknown, asked).consents == ()
    assert trouble(No("no-smtp-server", "x"), s.QUESTION).consents == ()
    assert conclude(s.QUESTION, s.probed(s.silent(s.SMTP))).consents == ()


def test_without_a_connection_nothing_is_said_about_the_provider() -> None:
    unknown = trouble(NotFoundOut("servers-unknown", "No name server answers."), s.QUESTION)
    off = with_network(unknown, Connection.OFFLINE, "example.org")
    assert "not connected" in off.title
    assert waits(off)
    assert not waits(unknown)
    assert [row.does for row in to_do(off)] == ["", "by-hand"]
    assert "click first" in with_network(unknown, Connection.LOG_IN, "example.org").title
    assert with_network(unknown, Connection.ONLINE, "example.org") == unknown
    # What was found out by asking goes before what the system says.
    asked = trouble(log_in_page(), s.QUESTION)
    assert "click first" in with_network(asked, Connection.ONLINE, "example.org").title
    refused = conclude(s.QUESTION, s.refused_for(s.MISMATCH, other_name=True))
    assert with_network(refused, Connection.OFFLINE, "example.org") == refused


def test_a_certificate_is_trusted_once_its_fingerprint_was_compared(
    open_window: Open, qtbot: QtBot, question: Question
) -> None:
    window = open_window(replace(question, ca_files=()))
    page = window.set_up.servers
    assert to_servers(window, qtbot) is Kind.TROUBLE
    assert not page.primary.isVisible()
    page.letter.click()
    letter = QGuiApplication.clipboard().text()
    assert "certificate" in letter
    assert "ada@" not in letter
    assert window.set_up.servers_steps.conclusion is not None
    ways = window.set_up.servers_steps.conclusion.ways
    assert ways is not None
    digest = ways.certificates[0].sha256

    field = page.certificate.fields[0]
    QTest.keyClicks(field.edit, "00" * 32)
    field.compare.click()
    assert "another certificate" in field.field.problem.text()
    assert step(window) == SERVERS
    field.edit.clear()
    QTest.keyClicks(field.edit, ":".join(digest[i : i + 2].upper() for i in range(0, 64, 2)))
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert concluded(window, qtbot) is Kind.GOOD
    assert page.primary.isVisible()


def test_the_other_name_is_asked_at_once(open_window: Open, question: Question) -> None:
    window = open_window(question)
    pages, answer = window.set_up, s.refused_for(s.MISMATCH, other_name=True)
    pages.pages.setCurrentIndex(SERVERS)
    pages.servers.begin("example.org")
    asked: list[str] = []
    pages.servers.took_name.connect(asked.append)
    pages.servers.conclude(conclude(s.QUESTION, answer), answer, "")
    assert s.HOSTER in pages.servers.use.text()
    assert not pages.servers.primary.isVisible()
    QTest.keyClick(pages.servers, Qt.Key.Key_Return)
    assert asked == []
    pages.servers.use.click()
    assert asked == [s.HOSTER]


def test_allowing_more_asks_again(open_window: Open, qtbot: QtBot, question: Question) -> None:
    window = open_window(question)
    page = window.set_up.servers
    window.set_up.address.address.edit.setText("ada@nobody.clientcfg.test")
    assert to_servers(window, qtbot) is Kind.TROUBLE
    consents = page.trouble.buttons
    assert Consent.ADDRESS in consents
    consents[Consent.ADDRESS].click()
    assert window.set_up.servers_steps.question.send_address
    assert page.stop.isVisible()
    assert concluded(window, qtbot) is Kind.TROUBLE
    assert Consent.ADDRESS not in page.trouble.buttons


def test_it_goes_on_by_itself_once_there_is_a_connection(
    open_window: Open, question: Question
) -> None:
    window = open_window(question)
    pages = window.set_up
    pages.pages.setCurrentIndex(SERVERS)
    page = pages.servers
    page.network._watched, page.network._now = True, Connection.OFFLINE
    again: list[bool] = []
    page.again.disconnect()
    page.again.connect(lambda: again.append(True))
    page.begin("example.org")
    page.conclude(trouble(NotFoundOut("servers-unknown", "x"), question), None, "")
    assert page.trouble.waiting.isVisible()
    for _second in range(14):
        page.trouble._tick()
    assert "14 seconds" in page.trouble.waiting.sentence.text()
    assert again == []
    page.trouble._tick()
    assert again == [True]
    page.network._tell(Connection.ONLINE)
    assert again == [True, True]


def test_a_slip_of_the_finger_is_offered_to_be_put_right(
    open_window: Open, question: Question
) -> None:
    page = open_window(question).set_up.address
    page.address.edit.setText("ada@gmial.com")
    assert page.meant.isVisible()
    page.take_meant.click()
    assert page.address.edit.text() == "ada@gmail.com"
    assert not page.meant.isVisible()


def test_by_hand_asks_again_at_once(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    window = open_window(question)
    page = window.set_up.servers
    assert to_servers(window, qtbot) is Kind.GOOD
    page.by_hand.click()
    assert page.form.sending.host.text()
    page.form.user.setText("somebody")
    page.form.ask()
    assert page.stop.isVisible()
    assert concluded(window, qtbot) is Kind.GOOD
    conclusion = window.set_up.servers_steps.conclusion
    assert conclusion is not None
    assert {c.login.username for c in conclusion.choices} == {"somebody"}
