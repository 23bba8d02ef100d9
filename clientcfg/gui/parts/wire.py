# SPDX-License-Identifier: MPL-2.0
"""The wire: a server as a line with three stations, reached, encrypted, answered."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clientcfg.gui.icons import pixmap
from clientcfg.gui.theme import theme

STATION = 16
STRETCH = 52


class Wire(QWidget):
    """``stations``: each "waiting", "working", "done" or "failed"."""

    def __init__(self, stations: tuple[str, ...]) -> None:
        super().__init__()
        self._stations = stations
        worn = theme()
        self.setFixedSize(worn.px(3 * STATION + 2 * STRETCH + 4), worn.px(STATION + 4))

    def light(self, stations: tuple[str, ...]) -> None:
        """Show how far it is."""
        if stations != self._stations:
            self._stations = stations
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Lines first, then the stations over them."""
        worn = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, side = self.height() / 2, float(worn.px(STATION))
        lefts = [2 + i * float(worn.px(STATION + STRETCH)) for i in range(len(self._stations))]
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            lefts.reverse()
        for i in range(1, len(lefts)):
            lit = self._stations[i - 1] == "done" and self._stations[i] != "waiting"
            painter.setPen(QPen(worn.colour("accent" if lit else "line"), 1.5))
            ends = sorted(lefts[i - 1 : i + 1])
            painter.drawLine(QPointF(ends[0] + side, middle), QPointF(ends[1], middle))
        for left, state in zip(lefts, self._stations, strict=True):
            self._station(painter, QRectF(left, middle - side / 2, side, side), state)
        painter.end()

    def _station(self, painter: QPainter, where: QRectF, state: str) -> None:
        worn, ratio = theme(), self.devicePixelRatioF()
        if state == "failed":
            drawn = pixmap("verdict-no", "no", round(where.width()), ratio)
            painter.drawPixmap(where.topLeft(), drawn)
            return
        lit = state in ("done", "working")
        painter.setPen(QPen(worn.colour("accent" if lit else "control-line"), lit + 1.0))
        painter.setBrush(worn.colour("accent" if state == "done" else "page"))
        inset = 1.0 if lit else 0.5
        painter.drawEllipse(where.adjusted(inset, inset, -inset, -inset))
        if state == "done":
            size = round(where.width() * 0.7)
            offset = (where.width() - size) / 2
            drawn = pixmap("check", "on-accent", size, ratio)
            painter.drawPixmap(where.topLeft() + QPointF(offset, offset), drawn)
        elif state == "working":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.colour("accent"))
            painter.drawEllipse(where.center(), where.width() / 5, where.width() / 5)
