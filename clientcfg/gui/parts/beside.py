# SPDX-License-Identifier: MPL-2.0
"""Content with a drawer beside it, or behind it where there is little room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import row
from clientcfg.gui.theme import theme

# Where less than this is left beside a drawer, it covers the page.
BESIDE = 416


class Beside(QWidget):
    """``content`` and at most one drawer."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        self._drawer: Drawer | None = None
        self._sides = row(self, 0)
        self._sides.addWidget(content, 1)

    def add_drawer(self, drawer: Drawer) -> None:
        """Stand *drawer* beside the content, or before it where there is little room."""
        self._sides.addWidget(drawer)
        self._drawer = drawer
        drawer.turned.connect(self._fit)

    def has_room(self, drawer: Drawer) -> bool:
        """Whether *drawer* fits beside the content."""
        return self.width() - drawer.least >= theme().px(BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """There may be room beside the drawer now, or none any more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._drawer is None:
            return
        alone = not self.has_room(self._drawer)
        self._drawer.fit(alone=alone, room=self.width() - theme().px(BESIDE))
        self.content.setHidden(alone and not self._drawer.isHidden())
