# SPDX-License-Identifier: MPL-2.0
"""Steps below each other with a line from one to the next: waiting, at work, and how each ended."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.motion import breath, frames, is_still
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme

SHAPE, INSET, GAP = 20, 6, 22


class _Mark(QWidget):
    """The shape, and the line on to the next step."""

    def __init__(self, kind: str | None, after: str | None) -> None:
        super().__init__()
        self._kind, self._after = kind, after
        self.setFixedWidth(theme().px(SHAPE))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """In the colour of now."""
        worn = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = worn.px(SHAPE)
        if self._after is not None:
            lit = self._kind == "ready" and self._after != ""
            painter.setPen(worn.joint("ready", 2, lit=lit))
            middle = side / 2
            painter.drawLine(QPointF(middle, side + 4.0), QPointF(middle, self.height() - 2.0))
        if self._kind:
            ratio = self.devicePixelRatioF()
            drawn = pixmap(f"verdict-{self._kind}", self._kind, side, ratio, "page")
            painter.drawPixmap(0, 0, drawn)
            return
        working = self._kind is None
        if working and not is_still(self):
            painter.setOpacity(breath())
            frames().ask(self)
        painter.setPen(QPen(worn.colour("accent" if working else "control-line"), 1.0 + working))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(1.5, 1.5, side - 3, side - 3))
        if working:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.colour("accent"))
            painter.drawEllipse(QPointF(side / 2, side / 2), side / 6, side / 6)


class StepRow(QWidget):
    """One step. *kind*: a verdict's shape, None at work, "" waiting; *after*: the next one's.

    ``end`` takes a button.
    """

    def __init__(self, kind: str | None, line: str, caption: str, after: str | None) -> None:
        super().__init__()
        worn = theme()
        words = column(gap=2)
        words.addWidget(text("strong" if kind != "" else "waiting-line", line))
        if caption:
            words.addWidget(text("caption", caption))
        words.addSpacing(worn.px(14))
        self.end = row()
        layout = row(self, 0)
        layout.addSpacing(worn.px(INSET))
        layout.addWidget(_Mark(kind, after))
        layout.addSpacing(worn.px(GAP))
        layout.addLayout(words, 1)
        layout.addSpacing(worn.px(GAP))
        layout.addLayout(self.end)
