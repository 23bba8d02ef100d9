# SPDX-License-Identifier: MPL-2.0
"""Text to read in the system's fixed font."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from clientcfg.gui.theme import theme

# Height of a line at the drawings' scale: the font alone would set them closer.
LINE = 20
# Air above the first line and below the last one: the sheet's padding and the document's margin.
AROUND = 2 * (8 + 4)


def fixed_font(size: int = 12) -> QFont:
    """The fixed font, *size* pixels high at the drawings' scale."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme().px(size))
    return font


def wear_fixed(widget: QWidget, size: int = 12, weight: QFont.Weight | None = None) -> None:
    """Write *widget* in the fixed font, also when the system's fonts change."""

    def write() -> None:
        font = fixed_font(size)
        if weight is not None:
            font.setWeight(weight)
        widget.setFont(font)

    worn = theme()
    worn.changed.connect(write)
    widget.destroyed.connect(lambda: worn.changed.disconnect(write))
    write()


def line_format() -> QTextBlockFormat:
    """A line of the fixed font, as high as the type scale says."""
    form = QTextBlockFormat()
    form.setLineHeight(theme().px(LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return form


class Lines(QTextEdit):
    """Lines that can be read and copied but not changed.

    The ground of a line fills it from edge to edge: by itself Qt fills what its
    letters take, and leaves stripes where lines are further apart.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Grounds, then the lines."""
        painter = QPainter(self.viewport())
        for block, where in self._in_sight(event.rect()):
            ground = block.blockFormat().background()
            if ground.style() is not Qt.BrushStyle.NoBrush:
                painter.fillRect(where, ground)
        painter.end()
        super().paintEvent(event)

    def band(self, block: QTextBlock) -> QRectF:
        """Where a line is, with its share of the air."""
        # Asked for, so that it is set by now: what is far below is set later.
        begins = self.document().documentLayout().blockBoundingRect(block).top()
        placed, high, off = block.layout(), theme().px(LINE), self.verticalScrollBar().value()
        if not placed.lineCount():
            return QRectF()
        first = placed.lineAt(0)
        top = begins + first.y() + (first.height() - high) / 2 - off
        return QRectF(0, round(top), self.viewport().width(), high * placed.lineCount())

    def _in_sight(self, seen: QRect) -> Iterator[tuple[QTextBlock, QRectF]]:
        block = self.cursorForPosition(seen.topLeft()).block()
        while block.isValid():
            where = self.band(block)
            if where.top() > seen.bottom():
                return
            yield block, where
            block = block.next()


class Mono(Lines):
    """Any text as such lines."""

    def __init__(self, name: str, words: str = "") -> None:
        super().__init__(name)
        self.setProperty("kind", "mono")
        wear_fixed(self)
        theme().changed.connect(self._set_apart)
        self.setPlainText(words)

    def setPlainText(self, words: str) -> None:  # noqa: N802
        """Other lines, at the same distance."""
        super().setPlainText(words)
        self._set_apart()

    def _set_apart(self) -> None:
        everything = QTextCursor(self.document())
        everything.select(QTextCursor.SelectionType.Document)
        everything.mergeBlockFormat(line_format())

    def show_lines(self, count: int) -> None:
        """Be as high as *count* lines."""
        self.setFixedHeight(theme().px(count * LINE + AROUND))


def mono(name: str, words: str) -> Mono:
    """A text that can be read and copied but not changed."""
    return Mono(name, words)
