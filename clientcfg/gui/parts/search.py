# SPDX-License-Identifier: MPL-2.0
"""A field with an icon before what is typed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.theme import theme

# From the border to the icon, and from there to the words.
BEFORE, GAP = 12, 8
# What the style sheet and Qt leave before words: padding and border, and a bearing.
LEFT = 12 + 2


class SearchField(QLineEdit):
    """Looks for something; its placeholder is its name.

    *size* of the icon. A line edit's own icon stands closer to the border than drawn.
    """

    def __init__(
        self, name: str, glyph: str = "search", width: int = 232, *, size: int = 16
    ) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        worn = theme()
        self.setMinimumWidth(worn.px(min(width, 160)))
        self.setMaximumWidth(worn.px(width))
        self._glyph = Glyph(glyph, "text-2", size)
        self._glyph.setParent(self)
        self._glyph.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The icon stays in the middle of the height."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Mirrored, it stands at the other end."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        side, worn = self._glyph.width(), theme()
        before, mirrored = 1 + worn.px(BEFORE), self.isRightToLeft()
        left = self.width() - before - side if mirrored else before
        self._glyph.move(left, (self.height() - side + 1) // 2)
        taken = max(0, before + side + worn.px(GAP) - worn.px(LEFT))
        self.setTextMargins(0 if mirrored else taken, 0, taken if mirrored else 0, 0)
