# SPDX-License-Identifier: MPL-2.0
"""The keyboard reaches every control, and where it is can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import ne

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from clientcfg.flows.here import Here
from clientcfg.gui.window import Window
from tests.gui.screenshots import PAGES
from tests.gui.shown import shown

pytestmark = pytest.mark.gui

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QTextEdit)
# How many pixels have to look different, at least.
SEEN = 20


def controls(window: Window) -> list[QWidget]:
    """What a person can use on the open page."""
    return [
        w
        for w in window.findChildren(QWidget)
        if isinstance(w, CONTROLS)
        and w.isVisible()
        and w.isEnabled()
        and not isinstance(w.parent(), (QComboBox, QLineEdit))
        and not w.objectName().startswith("qt_")
    ]


def picture(window: Window, widget: QWidget) -> QImage:
    """The widget and a little around it."""
    where = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6)
    return window.grab(where & QRect(QPoint(0, 0), QSize(window.size()))).toImage()


def bring_to_sight(widget: QWidget) -> None:
    """As Tab does; a focus set otherwise scrolls nothing."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QApplication.processEvents()


@contextmanager
def without_cursor(widget: QWidget) -> Iterator[None]:
    """A cursor alone is not enough."""
    if not isinstance(widget, (QLineEdit, QTextEdit)):
        yield
        return
    before = widget.isReadOnly()
    widget.setReadOnly(True)
    yield
    widget.setReadOnly(before)


def differing(first: QImage, second: QImage) -> int:
    assert first.size() == second.size()
    images = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (first, second)]
    one, other = (memoryview(image.constBits()).cast("I") for image in images)
    return sum(map(ne, one, other))


@pytest.fixture(scope="module", params=sorted(PAGES))
def window(
    request: pytest.FixtureRequest, qapp: QApplication, shared_here: Here
) -> Iterator[Window]:
    """One page, for both tests of it."""
    with shown(shared_here) as one:
        PAGES[request.param](one)
        QApplication.processEvents()
        yield one


def test_tab_comes_to_every_control(window: Window) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.set_up.arrive()
    wanted = [w for w in controls(window) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached: list[QWidget] = []
    for _step in range(3 * len(wanted) + 40):
        focused = QApplication.focusWidget()
        if focused is not None and focused not in reached:
            reached.append(focused)
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    groups = {id(w.group()) for w in reached if isinstance(w, QAbstractButton) and w.group()}
    missed = [
        w.accessibleName() or w.property("text")
        for w in wanted
        if w not in reached
        # Of what excludes each other one is reached; the arrows lead to the others.
        and not (isinstance(w, QAbstractButton) and w.group() and id(w.group()) in groups)
    ]
    assert missed == []


def test_focus_is_seen_on_every_control(window: Window) -> None:
    looked = controls(window)
    assert looked
    for widget in looked:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        bring_to_sight(widget)
        others = next(w for w in looked if w is not widget)
        others.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        before = picture(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if not widget.hasFocus():
            continue
        with without_cursor(widget):
            after = picture(window, widget)
        assert differing(before, after) >= SEEN, widget.accessibleName() or widget.property("text")
