# SPDX-License-Identifier: MPL-2.0
"""A list to choose from, with our own arrow at its end."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.text import restyle
from clientcfg.gui.theme import theme


class Choice(QComboBox):
    """The style sheet cannot recolour an arrow, so it is painted, at the end in both directions."""

    def __init__(self) -> None:
        super().__init__()
        self._turn()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Read from the other side."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn()

    def _turn(self) -> None:
        """Style sheets mirror nothing, so the room for the arrow is theirs to change by name."""
        self.setProperty("mirrored", self.isRightToLeft())
        restyle(self)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The box, its words as far as there is room, then the arrow."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        side = theme().px(16)
        drawn = pixmap("down", "text-2", side, self.devicePixelRatioF())
        air = theme().px(10)
        left = air if self.isRightToLeft() else self.width() - side - air
        painter.drawPixmap(left, (self.height() - side) // 2, drawn)
        painter.end()
