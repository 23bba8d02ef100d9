# SPDX-License-Identifier: MPL-2.0
"""Preferences: each holds at once, is asked by the next question, and is there again next time."""

import signal
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clientcfg import __version__
from clientcfg.flows.here import Here
from clientcfg.flows.preferences import FILE, Preferences, read_preferences
from clientcfg.flows.question import Question
from clientcfg.gui import app as opening
from clientcfg.gui.check import page as check_page
from clientcfg.gui.preferences_model import LANGUAGES
from clientcfg.gui.preferred import Preferred
from clientcfg.gui.preset import Preset
from clientcfg.gui.setup import servers_steps
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import PREFERENCES, Window
from clientcfg.words import language, speak
from tests.catalogs.catalogs import catalogs
from tests.gui import scripted as s

pytestmark = pytest.mark.gui

Open = Callable[..., Window]


@pytest.fixture
def window(open_window: Open) -> Window:
    made = open_window(s.QUESTION)
    made.activateWindow()
    return made


@pytest.fixture
def worn(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.want(None)


def opened(preset: Preset) -> int:
    """Run the app, whose windows end with its process; here they end with it."""
    try:
        return opening.run(preset)
    finally:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Window):
                delete(window)


def kept(here: Here) -> Preferences:
    return read_preferences({"CLIENTCFG_STATE_DIR": str(here.state)})


def test_every_language_that_there_is_can_be_preferred() -> None:
    assert set(LANGUAGES) == {"en", *catalogs()}


def test_the_keys_open_it_and_the_title_is_read(window: Window, qtbot: QtBot) -> None:
    QTest.keySequence(window, "Ctrl+,")
    assert window.parts.currentIndex() == PREFERENCES
    assert window.rail.items[PREFERENCES].isChecked()
    assert QApplication.focusWidget() is window.preferences.head.title
    QTest.keySequence(window, "Ctrl+1")
    assert window.parts.currentIndex() == 0


def test_nothing_is_written_until_a_person_changes_something(window: Window, here: Here) -> None:
    window.open(PREFERENCES)
    assert not (here.state / FILE).exists()


def test_who_may_be_asked_goes_into_the_next_question(
    window: Window, here: Here, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []

    async def heard(question: Question, _here: Here) -> AsyncIterator[object]:
        asked.append(question)
        yield None

    for module in (servers_steps, check_page):
        monkeypatch.setattr(module, "look", heard)
    window.preferences.ispdb.click()
    qtbot.waitUntil(lambda: kept(here) == Preferences(ispdb=True))
    window.preferences.send_address.click()
    qtbot.waitUntil(lambda: kept(here) == Preferences(ispdb=True, send_address=True))
    window.set_up.address.primary.click()
    window.check.ask("example.org")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert [(q.ispdb, q.send_address) for q in asked] == [(True, True)] * 2
    window.preferences.send_address.click()
    window.check.ask("example.org")
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert (asked[2].ispdb, asked[2].send_address) == (True, False)


def test_colours_hold_at_once(window: Window, worn: Theme, here: Here, qtbot: QtBot) -> None:
    page, seen = window.preferences, [worn.dark]
    page.schemes["dark"].click()
    seen.append(worn.dark)
    assert worn.colour("page").lightness() < 64
    qtbot.waitUntil(lambda: kept(here).scheme == "dark")
    # The system changes meanwhile: that is not what this person wants.
    worn.look_again()
    seen.append(worn.dark)
    page.schemes[None].click()
    seen.append(worn.dark)
    qtbot.waitUntil(lambda: kept(here).scheme is None)
    assert seen == [False, True, True, False]


def test_another_language_offers_to_open_again(window: Window, here: Here, qtbot: QtBot) -> None:
    page = window.preferences
    window.open(PREFERENCES)
    assert page.again.isHidden()
    page.language.setCurrentIndex(page.language.findData("de"))
    assert page.again.isVisible()
    qtbot.waitUntil(lambda: kept(here).language == "de")
    page.language.setCurrentIndex(0)
    assert page.again.isHidden()
    qtbot.waitUntil(lambda: kept(here).language is None)


def test_what_cannot_be_written_holds_and_is_told(window: Window, here: Here, qtbot: QtBot) -> None:
    here.state.parent.mkdir(parents=True, exist_ok=True)
    if here.state.exists():
        here.state.rename(here.state.with_name("away"))
    here.state.write_text("in the way")
    page = window.preferences
    window.open(PREFERENCES)
    page.ispdb.click()
    qtbot.waitUntil(page.strip.isVisible)
    said = page.strip.sentence.text() + page.strip.more.text()
    assert "could not be written" in said
    assert str(here.state) in said
    assert window.preferred.now.ispdb


def test_a_ticket_gets_what_a_helpdesk_asks_for(window: Window, here: Here) -> None:
    window.preferences.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"clientcfg {__version__}\n")
    assert "Qt 6." in copied
    assert str(here.home) not in copied and "~" not in copied


def test_what_was_preferred_is_shown(here: Here, qtbot: QtBot) -> None:
    wanted = Preferences("de", None, ispdb=False, send_address=True)
    window = Window(Preset(question=s.QUESTION, here=lambda: here), here, Preferred(wanted))
    qtbot.addWidget(window)
    window.complete()
    page = window.preferences
    assert page.language.currentData() == "de"
    assert page.again.isHidden()
    assert page.schemes[None].isChecked()
    assert (page.ispdb.isChecked(), page.send_address.isChecked()) == (False, True)
    window.close()
    assert not (here.state / FILE).exists()


def test_opened_again_in_another_language_with_what_was_typed(
    here: Here, theme: Theme, qtbot: QtBot
) -> None:
    blank = replace(s.QUESTION, address=None, real_name=None)
    seen: list[tuple[str, str, str, int]] = []
    before = signal.getsignal(signal.SIGINT)

    def window() -> Window | None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window)]
        return next((w for w in shown if w.isVisible() and hasattr(w, "preferences")), None)

    def act() -> None:
        now = window()
        if now is None or now.parts.count() < PREFERENCES + 1:
            return
        address = now.beginning.address.address.edit
        seen.append(
            (language(), now.rail.items[PREFERENCES].text().strip(), address.text(), now.opened)
        )
        if language() == "en":
            address.setText("ada@exa")
            now.rail.items[PREFERENCES].click()
            page = now.preferences
            page.language.setCurrentIndex(page.language.findData("de"))
            page.again.click()
        else:
            timer.stop()
            now.close()

    timer = QTimer()
    timer.timeout.connect(act)
    timer.start(20)
    # Whatever happens, the test ends.
    QTimer.singleShot(20_000, QApplication.quit)
    try:
        assert opened(Preset(question=blank, here=lambda: here)) == 0
        assert seen == [
            ("en", "Preferences", "", 0),
            ("de", "Einstellungen", "ada@exa", PREFERENCES),
        ]
        assert signal.getsignal(signal.SIGINT) is before
    finally:
        timer.stop()
        speak(["en"])


def test_the_demo_is_as_it_is_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Here, theme: Theme, qtbot: QtBot
) -> None:
    (tmp_path / FILE).write_text('{"language": "de", "ispdb": true}')
    monkeypatch.setenv("CLIENTCFG_STATE_DIR", str(tmp_path))
    allowed: list[Preferences] = []

    def look() -> None:
        for w in QApplication.topLevelWidgets():
            if isinstance(w, Window) and w.isVisible():
                allowed.append(w.preferred.now)
                w.close()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    QTimer.singleShot(20_000, QApplication.quit)
    opened(Preset(question=s.QUESTION, here=lambda: here))
    timer.stop()
    assert allowed == [Preferences()]
    assert language() == "en"
