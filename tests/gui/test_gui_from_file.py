# SPDX-License-Identifier: MPL-2.0
"""A file from an administrator: what it names is proposed, and nobody is asked before that."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.flows.question import Question
from clientcfg.gui.setup import file_steps
from clientcfg.gui.window import Window
from clientcfg.model.endpoint import Protocol, Security
from tests.gui import scripted as s
from tests.gui.walk import ADDRESS, SERVERS, step
from tests.unit.flows.test_settings_file import SHEET

pytestmark = pytest.mark.gui

Open = Callable[..., Window]


@pytest.fixture
def picked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the person picks in the system's dialog."""
    file = tmp_path / "from-the-helpdesk.xml"
    file.write_text(SHEET.format(user="%EMAILLOCALPART%", smtp="smtp.example.org"))
    monkeypatch.setattr(file_steps, "ask_settings_file", lambda _parent: str(file))
    return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """What servers would be asked; nobody is."""
    questions: list[Question] = []

    async def look(question: Question, _here: object) -> AsyncIterator[object]:
        questions.append(question)
        nothing: tuple[object, ...] = ()
        for event in nothing:
            yield event

    monkeypatch.setattr("clientcfg.gui.setup.servers_steps.look", look)
    return questions


def test_its_servers_are_seen_before_they_are_asked(
    open_window: Open, picked: Path, asked: list[Question], qtbot: QtBot
) -> None:
    window = open_window(s.QUESTION)
    pages = window.set_up
    pages.address.file.click()
    qtbot.waitUntil(lambda: step(window) == SERVERS)
    page = pages.servers
    assert page.head.title.text() == "Servers from “from-the-helpdesk.xml”"
    sending, receiving = page.form.sending.typed(), page.form.receiving.typed()
    assert (sending.host, sending.port, sending.security) == (
        "smtp.example.org",
        "587",
        Security.STARTTLS,
    )
    assert (receiving.protocol, receiving.host) == (Protocol.IMAP, "imap.example.org")
    assert page.form.user.text() == "ada"
    assert page.leads is page.ask
    assert asked == []
    page.back_button.click()
    assert step(window) == ADDRESS
    assert asked == []

    pages.address.file.click()
    qtbot.waitUntil(lambda: step(window) == SERVERS)
    QTest.keyClick(page.form.sending.host, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert [e.host for e in asked[0].servers] == ["smtp.example.org", "imap.example.org"]
    assert asked[0].username == "ada"
    assert not asked[0].accepted_hosts


def test_an_address_comes_first(open_window: Open, picked: Path) -> None:
    window = open_window(s.QUESTION)
    page = window.set_up.address
    page.address.edit.setText("ada@")
    page.file.click()
    assert page.address.problem.isVisible()
    assert step(window) == ADDRESS


def test_a_file_that_is_something_else_is_said(
    open_window: Open, picked: Path, qtbot: QtBot
) -> None:
    picked.write_bytes(b"<html><body>Log in</body></html>")
    window = open_window(s.QUESTION)
    page = window.set_up.address
    page.file.click()
    qtbot.waitUntil(page.note.isVisible)
    assert page.note.sentence.text() == (
        "“from-the-helpdesk.xml” cannot be used: it is a web page."
    )
    assert "autoconfig" in page.note.more.text()
    assert step(window) == ADDRESS


def test_whoever_picks_none_stays(
    open_window: Open, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_steps, "ask_settings_file", lambda _parent: "")
    window = open_window(s.QUESTION)
    window.set_up.address.file.click()
    assert step(window) == ADDRESS
    assert not window.set_up.address.note.isVisible()
