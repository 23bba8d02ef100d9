# SPDX-License-Identifier: MPL-2.0
"""Who was asked for the servers, what they said, and how long it took."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.frames import TOP
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.motion import breath, frames, is_still
from clientcfg.gui.parts.text import breakable, text
from clientcfg.gui.parts.wire import paint_station
from clientcfg.gui.setup.servers_model import WORKING, SourceRow
from clientcfg.gui.theme import theme
from clientcfg.words import _


class SourceLine(QWidget):
    """Its rows keep their place while it is told more."""

    def __init__(self, source: SourceRow) -> None:
        super().__init__()
        self._mark, self._line, self._caption = _Mark(), text("body"), text("caption")
        self._took = text("caption", wrap=False)
        self._took.setAlignment(trailing())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(0)
        grid.addWidget(self._mark, 0, 0, TOP)
        grid.addWidget(self._line, 0, 1)
        grid.addWidget(self._took, 0, 2)
        grid.addWidget(self._caption, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.tell(source)

    def tell(self, source: SourceRow) -> None:
        """What it said in the meantime."""
        self._mark.show_kind(source.kind)
        self._line.setText(breakable(source.name))
        self._caption.setText(breakable(source.says))
        self._caption.setVisible(bool(source.says))
        self._took.setText(_("{ms:.0f} ms").format(ms=source.ms) if source.ms else "")


class _Mark(Glyph):
    """A verdict's shape, a line for a definite no, and a station while it is asked."""

    def __init__(self) -> None:
        super().__init__("minus", "text-3", 16)
        self._working = False

    def show_kind(self, kind: str | None) -> None:
        """As :class:`SourceRow` has it."""
        self._working = kind == ""
        if kind:
            self.show_shape(kind)
        else:
            self.show_icon("minus", "text-3")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Breathing while somebody is asked."""
        if not self._working:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        still = is_still(self)
        painter.setOpacity(1.0 if still else breath())
        paint_station(painter, self.rect().toRectF(), WORKING, self.devicePixelRatioF())
        painter.end()
        if not still:
            frames().ask(self)
