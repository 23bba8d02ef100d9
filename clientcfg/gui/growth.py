# SPDX-License-Identifier: MPL-2.0
"""What was measured for another font grows with it, while the window is open.

Measures of the drawings are whole numbers, so that what stands in a widget or a
layout tells which one it was made from. What is measured by words measures itself.
"""

from collections.abc import Callable

from PySide6.QtCore import QMargins
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QScrollBar,
    QWidget,
)

# No limit, as Qt says it.
_UNLIMITED = 16_777_215

_Again = Callable[[int], int]


def grow(before: float, px: Callable[[float], int]) -> None:
    """Every measure there is, from the scale *before* to the one of *px*."""

    def again(pixels: int) -> int:
        if pixels <= 0 or pixels >= _UNLIMITED:
            return pixels
        return px(round(pixels / before))

    for widget in QApplication.allWidgets():
        if widget.isWindow() or isinstance(widget, QScrollBar) or _is_of_qt(widget):
            continue
        _grow_sizes(widget, again)
        if not isinstance(widget, QAbstractScrollArea):
            widget.setContentsMargins(_margins(widget.contentsMargins(), again))
        layout = widget.layout()
        if layout is not None:
            _grow_layout(layout, again)


def place_again() -> None:
    """Whoever decides by its width what fits decides again."""
    for widget in QApplication.allWidgets():
        if type(widget).__module__.startswith("clientcfg."):
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))


def _is_of_qt(widget: QWidget) -> bool:
    """Whether Qt made it for itself inside another widget."""
    return widget.objectName().startswith("qt_")


def _grow_sizes(widget: QWidget, again: _Again) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    # The largest first: the least may never be more.
    widget.setMaximumSize(again(most.width()), again(most.height()))
    widget.setMinimumSize(again(least.width()), again(least.height()))


def _grow_layout(layout: QLayout, again: _Again) -> None:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, spacer = item.layout(), item.spacerItem()
        if inner is not None:
            # Before the layout around it, from which it may have its spacing.
            _grow_layout(inner, again)
        elif spacer is not None:
            size, policy = spacer.sizeHint(), spacer.sizePolicy()
            spacer.changeSize(
                again(size.width()),
                again(size.height()),
                policy.horizontalPolicy(),
                policy.verticalPolicy(),
            )
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(again(layout.horizontalSpacing()))
        layout.setVerticalSpacing(again(layout.verticalSpacing()))
        for column in range(layout.columnCount()):
            least = layout.columnMinimumWidth(column)
            layout.setColumnMinimumWidth(column, again(least))
    elif isinstance(layout, QBoxLayout):
        layout.setSpacing(again(layout.spacing()))
    layout.setContentsMargins(_margins(layout.contentsMargins(), again))
    layout.invalidate()


def _margins(margins: QMargins, again: _Again) -> QMargins:
    sides = (margins.left(), margins.top(), margins.right(), margins.bottom())
    return QMargins(*(again(side) for side in sides))
