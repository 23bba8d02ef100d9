# SPDX-License-Identifier: MPL-2.0
"""A field with an icon before what is typed."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from clientcfg.gui.icons import icon
from clientcfg.gui.theme import theme


class SearchField(QLineEdit):
    """Looks for something; its placeholder is its name."""

    def __init__(self, name: str, glyph: str = "search", width: int = 232) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        worn = theme()
        self.setMinimumWidth(worn.px(min(width, 160)))
        self.setMaximumWidth(worn.px(width))
        self._glyph = glyph
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        worn.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._sign.setIcon(icon(self._glyph, "text-2"))
