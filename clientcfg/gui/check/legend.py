# SPDX-License-Identifier: MPL-2.0
"""What the signs of the mechanism picture mean."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from clientcfg.flows.picture import Mark, Picture
from clientcfg.gui.check.marks import ICON, draw_mark
from clientcfg.gui.check.marks_model import legend_words, marks_used
from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _


class _Sign(QWidget):
    """One mark, as it stands in the table."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(theme().px(ICON), theme().px(ICON))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint it."""
        painter = QPainter(self)
        draw_mark(painter, self.rect(), self._mark)
        painter.end()


class Legend(QWidget):
    """In one line, or in two where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._moments, self._signs = QWidget(), Abreast(20)
        moments = row(self._moments, 20)
        moments.addWidget(_entry(Glyph("unlock", "text-3", ICON), _("before encryption")))
        moments.addWidget(_entry(Glyph("lock", "text-3", ICON), _("after")))
        moments.addStretch(1)
        self._lines = column(self, 4)
        self._lines.addWidget(self._moments)
        self._lines.addWidget(self._signs)
        self._lines.addStretch(1)

    def tell(self, picture: Picture) -> None:
        """Explain what *picture* shows."""
        self._signs.clear()
        for mark in marks_used(picture):
            self._signs.add(_entry(_Sign(mark), legend_words(mark)))
        self._place()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Below each other they need less."""
        widest = max(w.minimumSizeHint().width() for w in (self._moments, self._signs))
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other where that fits."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        gap = theme().px(28)
        needed = self._moments.sizeHint().width() + gap + self._signs.sizeHint().width()
        beside = needed <= self.width()
        way = QBoxLayout.Direction
        self._lines.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._lines.setSpacing(gap if beside else theme().px(4))


def _entry(sign: QWidget, words: str) -> QWidget:
    whole = QWidget()
    layout = row(whole, 4)
    layout.addWidget(sign)
    layout.addWidget(text("caption", words, wrap=False))
    return whole
