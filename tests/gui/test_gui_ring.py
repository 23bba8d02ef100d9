# SPDX-License-Identifier: MPL-2.0
"""The ring round what has the focus: after keys only, outside, with a gap."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clientcfg.gui.parts.focus import by_keys, follow_focus
from clientcfg.gui.parts.mono import Mono
from clientcfg.gui.parts.ring import Ring, margin
from clientcfg.gui.parts.switch import Switch
from clientcfg.gui.parts.tabs import Tabs
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.cut_off import wear_font
from tests.gui.screenshots import PAGES

pytestmark = pytest.mark.gui

TAB, MOUSE, OTHER = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class Board(QWidget):
    """Something of everything, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 40, 40, 40)
        layout.setSpacing(20)
        self.first, self.second = QPushButton("first"), QPushButton("second")
        self.switch, self.tabs = Switch("on or off"), Tabs(("one", "two"), "tabs")
        self.field, self.text, self.title = QLineEdit(), Mono("said", "220"), QLabel("title")
        self.choice = QComboBox()
        self.title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area, high = QScrollArea(), QWidget()
        high.resize(300, 600)
        self.inside = QPushButton("inside", high)
        self.area.setWidget(high)
        self.area.setFixedHeight(60)
        for widget in (
            self.first, self.second, self.switch, self.tabs, self.field, self.text, self.title,
            self.choice, self.area,
        ):  # fmt: skip
            layout.addWidget(widget)


@pytest.fixture
def board(theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Board]:
    wear_font(14)
    follow_focus(qapp).by_keys = False
    made = Board()
    made.resize(500, 800)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.title.setFocus(OTHER)
    yield made
    made.close()
    delete(made)


def ring(window: QWidget) -> Ring | None:
    """The one that is seen."""
    return next((r for r in window.findChildren(Ring) if r.isVisible()), None)


def test_tab_shows_it_and_the_mouse_takes_it_away(board: Board) -> None:
    board.first.setFocus(OTHER)
    QTest.keyClick(board.first, Qt.Key.Key_Tab)
    assert board.second.hasFocus()
    shown = ring(board)
    assert shown is not None
    assert shown.widget is board.second
    QTest.mouseClick(board.first, Qt.MouseButton.LeftButton)
    assert board.first.hasFocus()
    assert ring(board) is None
    QTest.keyClick(board.first, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, Qt.Key.Key_Tab)
    shown = ring(board)
    assert shown is not None
    assert shown.widget is board.first


def test_what_the_program_does_follows_what_the_person_did_last(board: Board) -> None:
    board.first.setFocus(MOUSE)
    board.second.setFocus(OTHER)
    assert ring(board) is None
    board.first.setFocus(TAB)
    board.second.setFocus(OTHER)
    assert ring(board) is not None


def test_focus_that_qt_moves_on_is_no_key(board: Board) -> None:
    board.first.setFocus(MOUSE)
    board.first.hide()
    assert board.second.hasFocus()
    assert ring(board) is None
    board.second.setEnabled(False)
    assert board.switch.hasFocus()
    assert ring(board) is None


def test_fields_turn_their_border_and_titles_have_none(board: Board) -> None:
    for widget in (board.field, board.choice, board.title):
        widget.setFocus(TAB)
        assert widget.hasFocus()
        assert ring(board) is None


def test_what_can_be_read_has_a_ring(board: Board) -> None:
    board.text.setFocus(TAB)
    shown = ring(board)
    assert shown is not None
    assert shown.widget is board.text


def test_it_is_two_pixels_wide_two_pixels_outside(board: Board, theme: Theme) -> None:
    board.first.setFocus(TAB)
    QApplication.processEvents()
    assert margin() == 4
    middle = QPoint(0, board.first.height() // 2)
    edge = board.first.mapTo(board, middle)
    image = board.grab().toImage()
    seen = [image.pixelColor(edge + QPoint(x, 0)).name() for x in range(-6, 1)]
    page, focus = theme.colour("page").name(), theme.colour("focus").name()
    line = theme.colour("control-line").name()
    assert seen == [page, page, focus, focus, page, page, line]


def test_a_switch_and_the_open_tab_have_it_round_themselves(board: Board) -> None:
    board.switch.setFocus(TAB)
    inside, radius = board.switch.ringed()
    assert (inside.width(), inside.height(), radius) == (36, 20, 10)
    board.tabs.setFocus(TAB)
    before = board.tabs.ringed()[0]
    QTest.keyClick(board.tabs, Qt.Key.Key_Right)
    assert board.tabs.currentIndex() == 1
    assert board.tabs.ringed()[0].left() >= before.right() + 20
    assert ring(board) is not None


def test_in_what_scrolls_it_scrolls_with_it(board: Board) -> None:
    board.inside.setGeometry(0, 0, 200, 100)
    board.inside.setFocus(TAB)
    shown = ring(board)
    assert shown is not None
    # As much of it as is seen, all of it outside.
    port = QRect(board.area.viewport().mapTo(board, QPoint(0, 0)), board.area.viewport().size())
    assert shown.geometry().top() == port.top() - 4
    assert shown.geometry().bottom() == port.bottom() + 4
    board.area.verticalScrollBar().setValue(90)
    assert shown.geometry().bottom() == port.top() + 10 - 1 + 4
    board.area.verticalScrollBar().setValue(200)
    assert ring(board) is None


def test_it_stays_where_colours_change(board: Board, theme: Theme) -> None:
    board.first.setFocus(TAB)
    theme.wear(dark=True)
    shown = ring(board)
    assert shown is not None
    assert shown.widget is board.first


def test_it_outlives_the_window_that_it_lay_over(board: Board, qtbot: QtBot) -> None:
    other = Board()
    other.show()
    other.activateWindow()
    assert QTest.qWaitForWindowActive(other)
    other.second.setFocus(MOUSE)
    other.first.setFocus(TAB)
    assert ring(other) is not None
    delete(other)
    board.activateWindow()
    assert QTest.qWaitForWindowActive(board)
    board.first.setFocus(TAB)
    shown = ring(board)
    assert shown is not None
    assert shown.geometry() == QRect(board.first.pos(), board.first.size()).adjusted(-4, -4, 4, 4)


def test_cells_of_a_table_show_theirs_after_keys_only(
    theme: Theme, open_window: Callable[..., Window]
) -> None:
    window = open_window(scripted.QUESTION)
    PAGES["check-server-report"](window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    table = window.check.server.marks
    table.setCurrentIndex(table.model().index(1, 1))
    table.setFocus(MOUSE)
    QApplication.processEvents()
    assert not by_keys()
    plain = table.grab().toImage()
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert by_keys()
    assert table.grab().toImage() != plain
    where = table.visualRect(table.currentIndex()).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not by_keys()
