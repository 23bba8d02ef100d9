# SPDX-License-Identifier: MPL-2.0
"""A list to choose from, with our own arrow at its end."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from clientcfg.gui.icons import pixmap
from clientcfg.gui.theme import theme


class Choice(QComboBox):
    """The style sheet cannot recolour an arrow, so it is painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The box, then the arrow."""
        super().paintEvent(event)
        side = theme().px(16)
        drawn = pixmap("down", "text-2", side, self.devicePixelRatioF())
        painter = QPainter(self)
        left = self.width() - side - theme().px(10)
        painter.drawPixmap(left, (self.height() - side) // 2, drawn)
        painter.end()
