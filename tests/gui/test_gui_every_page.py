# SPDX-License-Identifier: MPL-2.0
"""Every page in every language: shown once, and looked at in every way.

The tests of one page share its window, so none of them may change what is on it.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from clientcfg.flows.here import Here
from clientcfg.gui.window import Window
from clientcfg.words import speak
from tests.catalogs.catalogs import catalogs
from tests.gui.cut_off import SIZES, cut_off, drawn_font, fit, show
from tests.gui.screenshots import PAGES
from tests.gui.shown import shown

pytestmark = pytest.mark.gui

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QTextEdit,
    QProgressBar,
    QTabBar,
    QTableView,
)


@pytest.fixture(
    scope="module",
    params=[(language, page) for language in ("en", *catalogs()) for page in sorted(PAGES)],
    ids="-".join,
)
def window(
    request: pytest.FixtureRequest, qapp: QApplication, shared_here: Here
) -> Iterator[Window]:
    """One page in one language."""
    language, page = request.param
    speak([language])
    with drawn_font(14), shown(shared_here) as one:
        show(one, page, SIZES[0])
        yield one
    speak(["en"])


def nameless(root: QWidget) -> list[str]:
    """Controls in *root* that a screen reader would announce without a name."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget.parent(), (QComboBox, QLineEdit)):
            continue
        seen = QAccessible.queryAccessibleInterface(widget)
        if not seen.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_every_control_has_a_name(window: Window) -> None:
    shown_ones = [w for w in window.findChildren(QAbstractButton) if w.isVisible()]
    assert shown_ones
    assert nameless(window.set_up.pages) == []
    assert nameless(window.rail) == []
    assert nameless(window.history) == []
    assert nameless(window.check) == []
    assert nameless(window.set_up.path) == []


def test_mnemonics_are_unique_on_a_page(window: Window) -> None:
    keys = [
        w.text()[w.text().index("&") + 1].lower()
        for w in window.findChildren(QAbstractButton)
        if w.isVisible() and "&" in w.text()
    ]
    assert len(keys) == len(set(keys)), keys


def test_the_least_window_shows_the_whole_bar(window: Window) -> None:
    fit(window, (800, 600))
    assert window.width() == 800
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.property("kind") in ("primary", ""):
            right = button.mapTo(window, button.rect().topRight()).x()
            assert right <= window.width(), button.text()
            assert button.width() >= button.minimumSizeHint().width(), button.text()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_off(window: Window, size: tuple[int, int]) -> None:
    fit(window, size)
    assert cut_off(window) == []


@pytest.mark.parametrize("width", [800, 1100])
def test_no_page_is_cut_off_at_its_side(window: Window, width: int) -> None:
    fit(window, (width, 720))
    for area in window.findChildren(QScrollArea):
        content = area.widget()
        if content is not None and area.isVisible():
            needed = content.minimumSizeHint().width()
            assert needed <= area.viewport().width(), f"{needed}: {wide(area, needed)}"


def wide(area: QScrollArea, width: int) -> list[str]:
    """What in *area* makes it so wide."""
    return [
        f"{type(w).__name__} {w.minimumSizeHint().width()} {w.property('text') or ''}"
        for w in area.findChildren(QWidget)
        if w.isVisible() and w.minimumSizeHint().width() > width // 3
    ]


def test_nothing_of_it_lies_outside_the_window(window: Window) -> None:
    """It would outlive the window, and be dressed with each new style sheet."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    outside = [w for w in QApplication.topLevelWidgets() if w.parent() is None and w is not window]
    assert [f"{type(w).__name__}: {w.children()}" for w in outside] == []
