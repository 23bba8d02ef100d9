# SPDX-License-Identifier: MPL-2.0
"""What of a window's words cannot be read, measured; and ``python -m tests.gui.cut_off``.

The module run as a program measures every page with the scale and the font of
its environment (``QT_SCALE_FACTOR``, ``CLIENTCFG_TEST_FONT``), and prints a line
for everything that is cut off.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from clientcfg.gui.parts.text import Elided
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window
from tests.gui.screenshots import PAGES
from tests.gui.shown import place, shown
from tests.gui.still import stand_still

# Rounding of fonts and margins (pixels).
SLACK = 2
# What a window is measured in: the least one, a small screen, and as it opens.
SIZES = [(800, 600), (1024, 640), (1100, 720)]
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly


def cut_off(window: QWidget) -> list[str]:
    """One line for each label, button and list whose words have too little room."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or (widget.visibleRegion().isEmpty() and not _scrolls(widget)):
            continue
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, Elided):
            found += [f"{why}: {widget.text()!r}" for why in _label(widget)]
        elif isinstance(widget, QAbstractButton | QComboBox):
            found += [f"{why}: {_words(widget)!r}" for why in _button(widget)]
    return found


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _words(widget: QWidget) -> str:
    return str(widget.property("text") or widget.accessibleName())


def _label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    if label.wordWrap():
        metrics = QFontMetrics(label.font())
        longest = max(metrics.horizontalAdvance(w) for w in re.split(r"[\s\u200b]+", label.text()))
        if longest > room.width() + SLACK:
            yield f"a word of {longest} in {room.width()}"
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"{needed} high in {label.height()}"
        # What a label asks for may be wrong, or forget its own margins: so what its words take.
        around = QRect(0, 0, room.width(), 10_000)
        words = metrics.boundingRect(around, Qt.TextFlag.TextWordWrap, label.text()).height()
        if words > room.height() + SLACK:
            yield f"words {words} high in {room.height()}"
    else:
        wanted = label.sizeHint()
        if wanted.width() > label.width() + SLACK or wanted.height() > label.height() + SLACK:
            yield f"{_size(wanted)} in {_size(label.size())}"
    yield from _outside(label)


def _button(button: QWidget) -> Iterator[str]:
    needed = button.minimumSizeHint()
    tight = needed.width() > button.width() + SLACK or needed.height() > button.height() + SLACK
    # One that shows its icon only, as in a field, needs no room for words.
    silent = isinstance(button, QToolButton) and button.toolButtonStyle() is ICON_ONLY
    if button.property("text") and tight and not silent:
        yield f"{_size(needed)} in {_size(button.size())}"
    # The least height is that of one line; words that wrap take more.
    if button.hasHeightForWidth():
        high = button.heightForWidth(button.width())
        if high > button.height() + SLACK:
            yield f"{high} high in {button.height()}"
    yield from _outside(button)


def _outside(widget: QWidget) -> Iterator[str]:
    """Where something above it ends before it does; what scrolls may go on below."""
    above = widget.parentWidget()
    while above is not None:
        rect = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
        edge = above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if rect.left() < edge.left() or rect.right() > edge.right():
            yield f"{rect.left()}…{rect.right()} in {type(above).__name__} {above.width()} wide"
            return
        port = _port_of(above)
        if port is not None:
            if above.width() > port.width() + SLACK:
                yield f"content {above.width()} in {port.width()}"
            return
        if rect.bottom() > edge.bottom() or rect.top() < edge.top():
            yield f"{rect.top()}…{rect.bottom()} in {type(above).__name__} {above.height()} high"
            return
        above = above.parentWidget()


def _port_of(widget: QWidget) -> QWidget | None:
    """What *widget* scrolls in, if it does."""
    port = widget.parentWidget()
    area = port.parentWidget() if port is not None else None
    return port if isinstance(area, QScrollArea) and area.widget() is widget else None


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def show(window: Window, page: str, size: tuple[int, int]) -> None:
    """Open *page* in that size, laid out."""
    PAGES[page](window)
    fit(window, size)


def fit(window: Window, size: tuple[int, int]) -> None:
    """Another size."""
    window.resize(*size)
    for _turn in range(12):
        QApplication.processEvents()


def wear_font(pixels: int) -> None:
    """The application's font, and everything measured by it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font = QFont("Inter")
    font.setPixelSize(pixels)
    app.setFont(font)
    wear(app).wear(dark=False)
    stand_still(app)


@contextmanager
def drawn_font(pixels: int) -> Iterator[None]:
    """That font for a while; the one before is put back."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = QFont(app.font())
    wear_font(pixels)
    try:
        yield
    finally:
        app.setFont(before)
        wear(app).wear(dark=False)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    wear_font(int(os.environ.get("CLIENTCFG_TEST_FONT", "14")))
    if "--mirrored" in sys.argv:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    width, _x, height = sys.argv[1].partition("x")
    print(f"ratio {app.devicePixelRatio():g}")
    for page in PAGES:
        with tempfile.TemporaryDirectory() as home, shown(place(Path(home))) as window:
            show(window, page, (int(width), int(height)))
            for line in cut_off(window):
                print(f"{page}: {line}")


if __name__ == "__main__":
    main()
