# SPDX-License-Identifier: MPL-2.0
"""Content that scrolls when it has to."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clientcfg.gui.parts.frames import column
from clientcfg.gui.theme import theme


class _Content(QWidget):
    """Asks for as much height as it needs at the width it gets, not at the least one."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Wrapped words would ask for the height they have in the narrowest column."""
        return QSize(super().minimumSizeHint().width(), 0)


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
        self.verticalScrollBar().installEventFilter(self)

    def set_side(self, side: int) -> None:
        """Other air at the sides (pixels)."""
        self._taken = min(self._taken, side)
        self._place(side)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The bar comes, or goes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            bar = self.verticalScrollBar()
            side = self._side()
            taken = min(side, bar.width()) if bar.isVisible() else 0
            if taken != self._taken:
                self._taken = taken
                self._place(side)
        return super().eventFilter(watched, event)

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
    inside = _Content()
    inside.setProperty("role", "content")
    layout = column(inside)
    layout.setContentsMargins(worn.px(side), worn.px(above), worn.px(side), worn.px(24))
    return layout, Scrolling(inside, layout)
