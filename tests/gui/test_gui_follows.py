# SPDX-License-Identifier: MPL-2.0
"""Another font, palette or screen while the window is open: everything follows, once."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clientcfg.gui import icons
from clientcfg.gui.growth import grow
from clientcfg.gui.parts.glyph import Badge, badge_size
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.cut_off import cut_off, show, wear_font
from tests.gui.screenshots import PAGES

pytestmark = pytest.mark.gui

FIRST = (1100, 720)
# Something of everything that is measured: cards, tables, wires, transcripts, lists, fields.
SOME = (
    "setup-1-address",
    "setup-2-servers-progress",
    "setup-2-servers-done",
    "setup-2-error-self-signed",
    "setup-3-program-phone",
    "setup-4-review-diff",
    "setup-4-guide",
    "setup-5-done-tested",
    "check-server-report",
    "check-server-what-if",
    "history",
)


@pytest.fixture
def worn(theme: Theme) -> Theme:
    wear_font(14)
    return theme


@pytest.fixture
def heard(worn: Theme) -> Iterator[list[float]]:
    """The scale at each change of the theme."""
    scales: list[float] = []

    def hear() -> None:
        scales.append(worn.scale)

    worn.changed.connect(hear)
    yield scales
    worn.changed.disconnect(hear)


def set_font(pixels: int, family: str = "Inter") -> None:
    """As the system does; nobody tells the theme."""
    font = QFont(family)
    font.setPixelSize(pixels)
    QApplication.setFont(font)


def is_scaled(worn: Theme, pixels: int) -> bool:
    return worn.scale == pixels / 14


def settle() -> None:
    for _turn in range(8):
        QApplication.processEvents()


def worded(window: QWidget) -> dict[str, QWidget]:
    """Every label and button that is seen, by its words."""
    both: tuple[QLabel | QPushButton, ...]
    both = (*window.findChildren(QLabel), *window.findChildren(QPushButton))
    return {f"{type(w).__name__} {w.text()}": w for w in both if w.isVisible() and w.text()}


def sizes(window: QWidget) -> dict[str, QSize]:
    return {words: widget.size() for words, widget in worded(window).items()}


def written(window: QWidget) -> dict[str, int]:
    """How large each of them is written, in pixels."""
    every = worded(window).items()
    return {words: QFontInfo(widget.font()).pixelSize() for words, widget in every}


@pytest.mark.parametrize("page", SOME)
def test_a_larger_font_makes_it_grow_and_cuts_nothing_off(
    worn: Theme, heard: list[float], open_window: Callable[..., Window], page: str, qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    show(window, page, FIRST)
    before = written(window)
    set_font(20)
    qtbot.waitUntil(lambda: heard == [20 / 14])
    settle()
    assert cut_off(window) == []
    after = written(window)
    kept = before.keys() & after.keys()
    assert len(kept) >= 3
    for words in kept:
        assert after[words] == pytest.approx(before[words] * 20 / 14, abs=1), words
    assert heard == [20 / 14]


@pytest.mark.parametrize("page", ["setup-2-servers-confirm", "setup-5-done", "check-server-good"])
def test_it_is_as_if_opened_with_that_font(
    worn: Theme, open_window: Callable[..., Window], page: str, qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    show(window, page, FIRST)
    set_font(20)
    qtbot.waitUntil(lambda: worn.scale == 20 / 14)
    settle()
    grown = sizes(window)
    window.hide()
    fresh = open_window(scripted.QUESTION)
    show(fresh, page, FIRST)
    settle()
    assert grown == sizes(fresh)


def test_and_back_again(worn: Theme, open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "setup-3-program", FIRST)
    before = sizes(window.rail) | sizes(window.set_up.path)
    for pixels in (20, 14):
        set_font(pixels)
        qtbot.waitUntil(partial(is_scaled, worn, pixels))
        settle()
    assert sizes(window.rail) | sizes(window.set_up.path) == before


def test_what_is_set_again_by_hand_is_not_filled_twice(
    worn: Theme, heard: list[float], open_window: Callable[..., Window]
) -> None:
    window = open_window(scripted.QUESTION)
    wear_font(16)
    assert heard == [16 / 14]
    settle()
    assert heard == [16 / 14]
    assert window.isVisible()


def test_another_screen_of_the_same_kind_changes_nothing(
    worn: Theme, heard: list[float], open_window: Callable[..., Window]
) -> None:
    window = open_window(scripted.QUESTION)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ScreenChangeInternal))
    QApplication.sendEvent(window, QEvent(QEvent.Type.DevicePixelRatioChange))
    settle()
    assert heard == []


def test_a_screen_with_other_pixels_fills_everything_again(
    worn: Theme,
    heard: list[float],
    open_window: Callable[..., Window],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = open_window(scripted.QUESTION)
    monkeypatch.setattr(QApplication, "devicePixelRatio", lambda _app: 2.0)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ScreenChangeInternal))
    qtbot.waitUntil(lambda: heard == [1.0])
    settle()
    assert heard == [1.0]


def test_icons_drop_what_they_have_drawn(worn: Theme) -> None:
    icons.pixmap("check", "accent", 20)
    assert icons.drawn() > 0
    worn.wear(dark=True)
    # Windows that are open may have drawn theirs again already.
    before = icons.drawn()
    icons.pixmap("check", "accent", 77)
    assert icons.drawn() == before + 1
    worn.wear(dark=False)
    assert icons.drawn() <= before


def test_a_badge_measures_itself(worn: Theme, qtbot: QtBot) -> None:
    badge = Badge("ready", "Ready")
    qtbot.addWidget(badge)
    before = badge.size()
    wear_font(20)
    assert badge.size() == badge_size("Ready") != before


def test_measures_of_layouts_and_widgets_grow_exactly(worn: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    outer, inner = QVBoxLayout(QWidget(window)), QBoxLayout(QBoxLayout.Direction.LeftToRight)
    outer.setContentsMargins(40, 1, 9, 0)
    outer.setSpacing(8)
    outer.addLayout(inner)
    outer.addSpacing(24)
    label = QLabel("words")
    label.setFixedWidth(112)
    label.setMinimumHeight(20)
    inner.addWidget(label)
    grow(1.0, lambda measure: max(1, round(measure * 20 / 14)))
    margins = outer.contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (57, 1, 13, 0)
    # The inner one had its spacing from the outer.
    assert outer.spacing() == inner.spacing() == 11
    air = outer.itemAt(1)
    assert isinstance(air, QSpacerItem)
    assert air.sizeHint().height() == 34
    assert air.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed
    assert (label.minimumWidth(), label.maximumWidth()) == (160, 160)
    assert (label.minimumHeight(), label.maximumHeight()) == (29, 16_777_215)


def test_the_window_itself_keeps_its_least_size(
    worn: Theme, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    before = window.minimumSize()
    set_font(16)
    qtbot.waitUntil(lambda: worn.scale == 16 / 14)
    assert window.minimumSize() == before
    assert set(PAGES) >= set(SOME)
