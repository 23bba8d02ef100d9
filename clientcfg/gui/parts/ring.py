# SPDX-License-Identifier: MPL-2.0
"""A ring round what has the focus, with a gap of the ground between.

A style sheet paints nothing outside a widget, so one over the window does it for all.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from clientcfg.gui.theme import theme

LINE, GAP = 2, 2
# How round what it runs around is; whatever is not named is a control.
_RADII = {"card": 8, "row": 8, "link": 4, "source": 4, "chip": 4}
_CONTROL = 6

_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
}


class Ring(QWidget):
    """Round one widget at a time, or round as much of it as is to be seen.

    It lies over the whole window, so that nothing that scrolls cuts it off. A widget with
    a method ``ringed`` says itself where its ring runs and how round that is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = 0.0

    def surround(self, widget: QWidget | None) -> None:
        """Another one; None takes it away."""
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self.widget, self._watched = widget, []
        if widget is None:
            self.hide()
            return
        if self.parentWidget() is not widget.window():
            self.setParent(widget.window())
        # Wherever one of them goes, it goes, too.
        self._watched = [widget, *_around(widget)]
        for one in self._watched:
            one.installEventFilter(self)
        self.place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Only look."""
        if event.type() in _MOVES:
            self.place()
        return False

    def place(self) -> None:
        """Where its widget is now."""
        widget, window = self.widget, self.parentWidget()
        if widget is None or window is None or not isValid(widget) or not widget.isVisible():
            self.hide()
            return
        inside, self._radius = _outline(widget)
        seen = _seen(widget, inside.toAlignedRect())
        if seen.isEmpty():
            self.hide()
            return
        off = margin()
        self.setGeometry(seen.adjusted(-off, -off, off, off) & window.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """In the colour of now."""
        line = theme().px(LINE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("focus"), line))
        round_by = self._radius + margin() - line / 2
        inwards = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(inwards, round_by, round_by)
        painter.end()


def margin() -> int:
    """How far it reaches beyond what it runs around."""
    return theme().px(LINE) + theme().px(GAP)


def _around(widget: QWidget) -> list[QWidget]:
    """What it lies in, up to its window."""
    found, above = list[QWidget](), widget.parentWidget()
    while above is not None and not widget.isWindow():
        found.append(above)
        if above.isWindow():
            break
        above = above.parentWidget()
    return found


def _seen(widget: QWidget, part: QRect) -> QRect:
    """As much of a *part* of it as nothing around it cuts off, counted from its window."""
    window = widget.window()
    seen = part.translated(widget.mapTo(window, QPoint(0, 0)))
    for above in _around(widget):
        seen &= QRect(above.mapTo(window, QPoint(0, 0)), above.size())
    return seen


def _outline(widget: QWidget) -> tuple[QRectF, float]:
    ringed = getattr(widget, "ringed", None)
    if ringed is not None:
        inside: tuple[QRectF, float] = ringed()
        return inside
    radius = _RADII.get(str(widget.property("kind")), _CONTROL)
    return QRectF(widget.rect()), theme().px(radius)
