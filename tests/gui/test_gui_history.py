# SPDX-License-Identifier: MPL-2.0
"""The page of History: the list, the table of what was set, and lines that open and close."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from clientcfg.changes.show import Change
from clientcfg.flows.here import Here
from clientcfg.flows.past_changes import PastChanges
from clientcfg.gui.history import HistoryPage
from clientcfg.gui.history_model import Read, past_of
from clientcfg.gui.window import Window
from tests.gui import scripted as s

pytestmark = pytest.mark.gui

MANY = "--- a\n+++ b\n@@ -1,0 +1,24 @@\n" + "\n".join(f"+line {n}" for n in range(24))


@pytest.fixture
def history(open_window: Callable[..., Window], qtbot: QtBot, here: Here) -> HistoryPage:
    """A page that has not asked the journal of this machine."""
    page = HistoryPage(open_window(s.QUESTION).engine, here)
    qtbot.addWidget(page)
    page.show()
    page._tell(Read(tuple(past_of(e, s.AT.date()) for e in s.journal())))
    return page


def words(widget: QWidget, kind: str) -> list[str]:
    labels = widget.findChildren(QLabel)
    return [w.text() for w in labels if w.property("kind") == kind and not w.isHidden()]


def tell(page: HistoryPage, *changes: Change) -> None:
    page._tell_changes(PastChanges(s.entry().id, changes))


def test_what_was_undone_steps_back_and_the_chosen_one_stands_out(history: HistoryPage) -> None:
    first, undone, *_older = history.lines
    assert words(first, "strong") == ["Thunderbird set up"]
    assert words(undone, "waiting-line") == ["Outlook 2016 set up"]
    assert words(undone, "caption") == []
    undone.setChecked(True)
    assert words(first, "strong") == []
    assert words(undone, "strong") == ["Outlook 2016 set up"]
    assert history.undo_card.isHidden()


def test_the_table_says_what_was_set_and_tested(history: HistoryPage) -> None:
    said = [w.text() for w in history._facts.findChildren(QLabel) if not w.isHidden()]
    assert said[:2] == ["Sending", "smtp.example.org, port 465, encrypted from the start"]
    assert "Message sent and seen to arrive, 10:42" in " ".join(said)
    assert said.count("What was changed") == 1


def test_one_with_many_changes_is_closed_beside_others(history: HistoryPage) -> None:
    secret = s.past_changes()[0]
    tell(history, secret, replace(s.past_changes()[1], diff=MANY))
    logins, prefs = history.changes.rows
    assert logins.lines is None
    assert prefs.lines is not None and prefs.lines.isHidden()
    assert prefs.head.accessibleName() == "prefs.js, 24 lines added. Show the lines."
    QTest.keyClick(prefs.head, Qt.Key.Key_Space)
    assert not prefs.lines.isHidden()
    assert prefs.head.accessibleName() == "prefs.js, 24 lines added. Hide the lines."
    prefs.head.click()
    assert prefs.lines.isHidden()


def test_few_changes_and_the_only_place_are_open(history: HistoryPage) -> None:
    tell(history, *s.past_changes())
    prefs = history.changes.rows[1]
    assert prefs.lines is not None and not prefs.lines.isHidden()
    assert words(prefs, "caption")[-1] == "4 lines added, 1 removed"
    history.lines[2].setChecked(True)
    past = history.lines[2].past
    alone = replace(s.past_changes()[1], diff=MANY)
    history._tell_changes(PastChanges(past.id, (alone,)))
    (row,) = history.changes.rows
    assert row.lines is not None and not row.lines.isHidden()


def test_lines_of_another_change_are_not_taken(history: HistoryPage) -> None:
    history._tell_changes(PastChanges("20200101-1", s.past_changes()))
    assert history.changes.diffs == []


def test_the_way_back_stays_in_sight(history: HistoryPage, qtbot: QtBot) -> None:
    history.resize(900, 500)
    tell(history, s.past_changes()[0], replace(s.past_changes()[1], diff=MANY))
    history.changes.rows[1].head.click()
    bar = history._right.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    card = history.undo_card
    assert card.isVisible()
    assert card.mapTo(history, card.rect().bottomLeft()).y() < history.height()
    bar.setValue(bar.maximum())
    assert card.visibleRegion().boundingRect().height() == card.height()
