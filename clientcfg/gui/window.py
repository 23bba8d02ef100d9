# SPDX-License-Identifier: MPL-2.0
"""The window: the rail, and the part of the app that is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from clientcfg.flows.here import Here
from clientcfg.gui.engine import Engine
from clientcfg.gui.history import HistoryPage
from clientcfg.gui.icons import app_icon
from clientcfg.gui.parts.frames import row
from clientcfg.gui.preset import Preset
from clientcfg.gui.rail import Rail, parts
from clientcfg.gui.setup.set_up import SetUpPages
from clientcfg.gui.theme import theme

if TYPE_CHECKING:
    from clientcfg.gui.check.page import CheckPage

SET_UP, CHECK, HISTORY = range(3)
LEAST, FIRST = QSize(800, 600), QSize(1100, 720)
# Below this width the rail shows icons only.
NARROW = 1040


class Window(QWidget):
    """Everything. Closing it ends the flows that still run."""

    def __init__(self, preset: Preset, here: Here) -> None:
        super().__init__()
        self.setWindowTitle("clientcfg")
        self.setWindowIcon(app_icon())
        self.setProperty("role", "page")
        self.setMinimumSize(LEAST)
        self.resize(FIRST)
        self.engine = Engine(self)
        self.set_up = SetUpPages(self.engine, preset, here)
        self._check: CheckPage | None = None
        self._unchecked = QWidget()
        self._question, self._here = preset.question, here
        self.history = HistoryPage(self.engine, here)
        self.parts = QStackedWidget()
        for part in (self.set_up, self._unchecked, self.history):
            self.parts.addWidget(part)
        self.rail = Rail(parts(), self.open)
        layout = row(self, 0)
        layout.addWidget(self.rail)
        layout.addWidget(self.parts, 1)
        self.set_up.changed.connect(self.history.read)
        self.history.recovered.connect(self.set_up.say)
        self.history.read(recover=True)
        # The keyboard reaches the rail last.
        self.setTabOrder(self.parts, self.rail)

    @property
    def check(self) -> "CheckPage":
        """*Check a server*, made when somebody first wants it: the window opens sooner."""
        if self._check is None:
            from clientcfg.gui.check.page import CheckPage  # noqa: PLC0415 - only where opened

            self._check = CheckPage(self.engine, self._question, self._here)
            self.parts.insertWidget(CHECK, self._check)
            self.parts.removeWidget(self._unchecked)
        return self._check

    def open(self, number: int) -> None:
        """Open one part of the app."""
        part = self.check if number == CHECK else self.history if number == HISTORY else None
        self.parts.setCurrentIndex(number)
        if part is not None:
            part.arrive()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold the rail where there is little room."""
        super().resizeEvent(event)
        self.rail.fold(narrow=self.width() < theme().px(NARROW))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """End what still runs."""
        self.engine.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The first page is ready for typing."""
        super().showEvent(event)
        self.set_up.arrive()
