# SPDX-License-Identifier: MPL-2.0
"""Things beside each other, as long as there is room; else below each other."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from clientcfg.gui.parts.frames import drop, row

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class Abreast(QWidget):
    """``add`` puts one more behind the others; it asks for the width of the widest alone."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._row = row(self, gap)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """One more."""
        self._row.insertWidget(self._row.count() - 1, widget, 0, _START)

    def clear(self) -> None:
        """None of them any more."""
        while self._row.count() > 1:
            drop(self._row, 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for all of them beside each other, also while they are below each other."""
        return QSize(self._needed(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Below each other they fit into the width of the widest."""
        margins = self._row.contentsMargins()
        widest = max((w.minimumSizeHint().width() for w in self._shown()), default=0)
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other again, or no more."""
        super().resizeEvent(event)
        fits = self._needed() <= self.width()
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def _needed(self) -> int:
        shown, margins = self._shown(), self._row.contentsMargins()
        widths = sum(w.sizeHint().width() for w in shown)
        return widths + self._row.spacing() * len(shown) + margins.left() + margins.right()

    def _shown(self) -> list[QWidget]:
        return [
            widget
            for place in range(self._row.count())
            if (item := self._row.itemAt(place)) is not None
            and (widget := item.widget()) is not None
            and not widget.isHidden()
        ]
