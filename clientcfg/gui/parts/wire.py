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
        still = is_still(self)
        strengths = [1.0] * len(lefts) if still else self._strengths()
        for left, state, strength in zip(lefts, self._stations, strengths, strict=True):
            where = QRectF(left, middle - side / 2, side, side)
            if state == "done" and strength < 1:
                self._station(painter, where, "waiting")
            painter.setOpacity(strength)
            self._station(painter, where, state)
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
