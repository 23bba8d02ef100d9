# SPDX-License-Identifier: MPL-2.0
"""Lines of a text that stand out, in the colours of now."""

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from clientcfg.gui.theme import theme


class MarkedLines(QObject):
    """The lines of *shown* that prove something; it ends with it."""

    def __init__(self, shown: QTextEdit) -> None:
        super().__init__(shown)
        self._shown = shown
        self._lines: tuple[int, ...] = ()
        theme().changed.connect(self._paint)

    def mark(self, lines: Iterable[int]) -> None:
        """These of the text that stands there now, counted from 0."""
        self._lines = tuple(lines)
        self._paint()

    def _paint(self) -> None:
        worn = theme()
        # Where all grounds are one, they are written the other way round.
        ground, ink = ("accent", "on-accent") if worn.high_contrast else ("accent-tint", "text")
        below, words = QTextBlockFormat(), QTextCharFormat()
        below.setBackground(worn.colour(ground))
        words.setForeground(worn.colour(ink))
        for line in self._lines:
            cursor = QTextCursor(self._shown.document().findBlockByNumber(line))
            cursor.mergeBlockFormat(below)
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.mergeCharFormat(words)
