# SPDX-License-Identifier: MPL-2.0
"""The wire: a server as a line with three stations, reached, encrypted, answered."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.motion import breath, frames, is_still, lit, now
from clientcfg.gui.theme import theme

STATION = 16
STRETCH = 52
# The tick in a station, in parts of its width: an icon that small would be a hairline.
TICK = (QPointF(0.30, 0.52), QPointF(0.44, 0.66), QPointF(0.70, 0.36))


class Wire(QWidget):
    """``stations``: each "waiting", "working", "done" or "failed"."""

    def __init__(self, stations: tuple[str, ...]) -> None:
        super().__init__()
        self._stations = stations
        # Since when each is lit, where that was seen.
        self._lit: dict[int, float] = {}
        worn = theme()
        self.setFixedSize(worn.px(3 * STATION + 2 * STRETCH + 4), worn.px(STATION + 4))

    def light(self, stations: tuple[str, ...]) -> None:
        """Show how far it is."""
        if stations != self._stations:
            moment = now()
            for place, (before, state) in enumerate(zip(self._stations, stations, strict=True)):
                if state == "done" != before:
                    self._lit[place] = moment
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
            joined = self._stations[i - 1] == "done" and self._stations[i] != "waiting"
            painter.setPen(worn.joint("accent", 1.5, lit=joined))
            ends = sorted(lefts[i - 1 : i + 1])
            painter.drawLine(QPointF(ends[0] + side, middle), QPointF(ends[1], middle))
        still, ratio = is_still(self), self.devicePixelRatioF()
        strengths = [1.0] * len(lefts) if still else self._strengths()
        for left, state, strength in zip(lefts, self._stations, strengths, strict=True):
            where = QRectF(left, middle - side / 2, side, side)
            if state == "done" and strength < 1:
                paint_station(painter, where, "waiting", ratio)
            painter.setOpacity(strength)
            paint_station(painter, where, state, ratio)
            painter.setOpacity(1)
        painter.end()
        if min(strengths) < 1 or ("working" in self._stations and not still):
            frames().ask(self)

    def _strengths(self) -> list[float]:
        """How much of each station shows just now."""
        return [
            breath() if state == "working" else lit(self._lit[place]) if place in self._lit else 1.0
            for place, state in enumerate(self._stations)
        ]


def paint_station(painter: QPainter, where: QRectF, state: str, ratio: float) -> None:
    """One station at *where*; *ratio*: of the screen's pixels."""
    worn = theme()
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
        tick = QPen(worn.colour("on-accent"), where.width() / 10)
        tick.setCapStyle(Qt.PenCapStyle.RoundCap)
        tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(tick)
        painter.drawPolyline([where.topLeft() + point * where.width() for point in TICK])
    elif state == "working":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour("accent"))
        painter.drawEllipse(where.center(), where.width() / 5, where.width() / 5)
