# SPDX-License-Identifier: MPL-2.0
"""Tabs as words with a line below; a bold word never makes them wider."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTabBar

from clientcfg.gui.parts.focus import redraw
from clientcfg.gui.theme import theme


class Tabs(QTabBar):
    """Measured as if every word were bold."""

    def __init__(self, words: tuple[str, ...], name: str) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(name)
        for word in words:
            self.addTab(word)
        self.currentChanged.connect(lambda _number: redraw())

    def ringed(self) -> tuple[QRectF, float]:
        """The focus is seen round the open one."""
        where = QRectF(self.tabRect(self.currentIndex()))
        # Without the air before the next one.
        where.setWidth(where.width() - theme().px(24))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            where.translate(theme().px(24), 0)
        return where, theme().px(4)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """The word in bold, and what stands between two."""
        worn = theme()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        wide = QFontMetrics(bold).horizontalAdvance(self.tabText(index)) + 2
        return QSize(wide + worn.px(24), worn.px(40))
