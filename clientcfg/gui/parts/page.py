# SPDX-License-Identifier: MPL-2.0
"""What all steps share: scrolling content, a drawer beside it, a strip and the bar below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.beside import Beside
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import Head, column, row
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.sides import SIDE, side_of
from clientcfg.gui.theme import theme

__all__ = ["SIDE", "Page", "side_of"]

# Air below all of it; in a page that is lower than this, hardly any.
AIR, NO_AIR, LOW = 24, 8, 560


class Page(QWidget):
    """One page. ``content`` takes widgets; ``primary`` is what Enter presses."""

    primary: QPushButton
    # Air below all of it in a low page.
    least_air = NO_AIR

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        worn = theme()
        self.head = Head()
        self.content, self.area = scrolled(SIDE, 32)
        self.content.addWidget(self.head)
        self._beside = Beside(self.area)
        self.strip = Banner("strip", beside=True)
        self.bar_start, self.bar_end = row(), row()
        bar = QFrame()
        bar.setProperty("role", "bar")
        bar.setFixedHeight(worn.px(64))
        self._bar = inside = row(bar)
        inside.setContentsMargins(worn.px(SIDE), 0, worn.px(SIDE), 0)
        inside.addLayout(self.bar_start)
        inside.addStretch(1)
        inside.addLayout(self.bar_end)
        layout = column(self)
        layout.addWidget(self._beside, 1)
        layout.addWidget(self.strip)
        layout.addWidget(bar)

    def add_drawer(self, drawer: Drawer) -> None:
        """Stand *drawer* beside the content, or before it where there is little room."""
        self._beside.add_drawer(drawer)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        side = theme().px(side_of(self))
        self.area.set_side(side)
        low = self.height() < theme().px(LOW)
        self.area.set_below(theme().px(self.least_air if low else AIR))
        margins = self._bar.contentsMargins()
        if margins.left() != side:
            self._bar.setContentsMargins(side, margins.top(), side, margins.bottom())

    def has_room(self, drawer: Drawer) -> bool:
        """Whether *drawer* fits beside the content."""
        return self._beside.has_room(drawer)

    def gap(self, measure: int) -> None:
        """Air between two things."""
        self.content.addSpacing(theme().px(measure))

    @property
    def leads(self) -> QPushButton:
        """What Enter presses."""
        return self.primary

    def arrive(self) -> None:
        """The page is shown from its top: the focus goes to the title, so that it is read."""
        self.area.verticalScrollBar().setValue(0)
        self.head.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, else the primary one."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        wanted = focused if isinstance(focused, QPushButton) else self.leads
        if isinstance(focused, QPushButton) and focused.isCheckable():
            focused.setChecked(True)
            wanted = self.leads
        if wanted.isVisible() and wanted.isEnabled():
            wanted.click()
