# SPDX-License-Identifier: MPL-2.0
"""Content that scrolls when it has to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clientcfg.gui.parts.frames import column
from clientcfg.gui.theme import theme


class Scrolling(QScrollArea):
    """Its bar lies in the air at the side: nothing moves when it comes, and edges stay in line."""

    def __init__(self, content: QWidget, layout: QVBoxLayout) -> None:
        super().__init__()
        self._layout, self._taken = layout, 0
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._tuck)

    def set_side(self, side: int) -> None:
        """Other air at the sides (pixels)."""
        self._taken = min(self._taken, side)
        self._place(side)

    def set_below(self, below: int) -> None:
        """Other air below all of it (pixels)."""
        margins = self._layout.contentsMargins()
        if margins.bottom() != below:
            margins.setBottom(below)
            self._layout.setContentsMargins(margins)

    def _tuck(self, least: int, most: int) -> None:
        """The bar comes, or goes."""
        side = self._side()
        taken = min(side, self.verticalScrollBar().sizeHint().width()) if most > least else 0
        if taken != self._taken:
            self._taken = taken
            self._place(side)

    def _side(self) -> int:
        margins = self._layout.contentsMargins()
        return self._taken + (margins.left() if self.isRightToLeft() else margins.right())

    def _place(self, side: int) -> None:
        margins, less = self._layout.contentsMargins(), side - self._taken
        left, right = (less, side) if self.isRightToLeft() else (side, less)
        self._layout.setContentsMargins(left, margins.top(), right, margins.bottom())


def scrolled(side: int, above: int) -> tuple[QVBoxLayout, Scrolling]:
    """A layout that scrolls when it has to, and the area it lies in."""
    worn = theme()
    inside = QWidget()
    # It gets the height that it needs at its width. Without this it would get at least what
    # wrapped words need in the narrowest column.
    inside.setMinimumHeight(1)
    inside.setProperty("role", "content")
    layout = column(inside)
    layout.setContentsMargins(worn.px(side), worn.px(above), worn.px(side), worn.px(24))
    return layout, Scrolling(inside, layout)
