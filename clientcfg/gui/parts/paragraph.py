# SPDX-License-Identifier: MPL-2.0
"""Words that go on in the next line, at the distance that the type scale says.

Qt's labels set lines as close as the font has them. One line alone is left to
Qt; the style sheet gives it its height. Qt asks hundreds of labels while it lays
a page out, and each answer in Python waits for the interpreter, so as little as
can be is answered here.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QStyle

from clientcfg.gui.theme import theme

# Height of a line by style; everything else is body.
LINES = {"title": 32, "subtitle": 24, "caption": 16, "label": 16, "problem": 16, "waiting": 16}
BODY = 20
# Qt's sign for a line that ends, in a text that is laid out by lines.
_ENDS = "\u2028"


class Paragraph(QLabel):
    """A label of several lines. Plain text; a mnemonic or a selection is Qt's own label's."""

    def __init__(self, words: str, kind: str) -> None:
        super().__init__(words)
        self.setWordWrap(True)
        self._line = LINES.get(kind, BODY)
        # Asked for again and again while a page is laid out: the heights that are known.
        self._heights: dict[int, int] = {}
        self._font = QFont()
        self._known: tuple[object, ...] = ()
        self._set = QTextLayout()

    def setText(self, words: str) -> None:  # noqa: N802
        """Other words, other heights."""
        self._heights = {}
        super().setText(words)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As many lines as it takes; in another font they are others."""
        font = self.font()
        if font != self._font:
            self._heights, self._font = {}, font
        if width not in self._heights:
            self._heights[width] = self._high_at(width)
        return self._heights[width]

    def _high_at(self, width: int) -> int:
        if self._is_qts():
            return super().heightForWidth(width)
        words = self.text()
        if "\n" not in words and self.fontMetrics().horizontalAdvance(words) < width:
            return theme().px(self._line)
        return max(1, self._lay(width)) * theme().px(self._line)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as Qt would have it."""
        return self._high(super().sizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same where it is as narrow as it can be."""
        return self._high(super().minimumSizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Line for line."""
        one = self.heightForWidth(self.width()) <= theme().px(self._line)
        if one or self._is_qts() or self._lay(self.width()) < 2:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        high = self._set.lineCount() * theme().px(self._line)
        where = QStyle.alignedRect(
            self.layoutDirection(), self.alignment(), QSize(self.width(), high), self.rect()
        )
        self._set.draw(painter, QPointF(0, where.top()))
        painter.end()

    def _is_qts(self) -> bool:
        return self.buddy() is not None or bool(
            self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def _high(self, hint: QSize) -> QSize:
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(hint.width())))

    def _lay(self, width: int) -> int:
        """Set the words for *width*; the number of lines."""
        now = (self.text(), self.font().key(), self.alignment(), width)
        if now == self._known:
            return self._set.lineCount()
        self._known = now
        self._set = QTextLayout(self.text().replace("\n", _ENDS), QFont(self.font()))
        self._set.setTextOption(QTextOption(self.alignment()))
        height, number = theme().px(self._line), 0
        self._set.beginLayout()
        while (line := self._set.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * height + (height - line.height()) / 2))
            number += 1
        self._set.endLayout()
        return number
