# SPDX-License-Identifier: MPL-2.0
"""Content that scrolls when it has to."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clientcfg.gui.parts.frames import column
from clientcfg.gui.theme import theme


class _Content(QWidget):
    """Asks for as much height as it needs at the width it gets, not at the least one."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Wrapped words would ask for the height they have in the narrowest column."""
        return QSize(super().minimumSizeHint().width(), 0)


def scrolled(side: int, above: int) -> tuple[QVBoxLayout, QScrollArea]:
    """A layout that scrolls when it has to, and the area it lies in."""
    worn = theme()
    inside = _Content()
    inside.setProperty("role", "content")
    layout = column(inside)
    layout.setContentsMargins(worn.px(side), worn.px(above), worn.px(side), worn.px(24))
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return layout, area
