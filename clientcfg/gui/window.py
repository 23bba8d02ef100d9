# SPDX-License-Identifier: MPL-2.0
"""The window: the rail, and the part of the app that is open.

It is painted with the first page alone. What the other pages need is loaded
behind it (:mod:`clientcfg.gui.later`), and they are added one a turn, so that
the first letters can be typed at once and nothing stands still.
"""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from clientcfg.gui.icons import app_icon
from clientcfg.gui.later import load_behind, load_in_turn
from clientcfg.gui.parts.frames import row
from clientcfg.gui.parts.page import Page
from clientcfg.gui.preferred import Preferred
from clientcfg.gui.preset import Preset
from clientcfg.gui.rail import Rail, parts
from clientcfg.gui.setup.beginning import Beginning
from clientcfg.gui.theme import theme

if TYPE_CHECKING:
    from clientcfg.flows.here import Here
    from clientcfg.gui.check.page import CheckPage
    from clientcfg.gui.engine import Engine
    from clientcfg.gui.history import HistoryPage
    from clientcfg.gui.preferences import PreferencesPage
    from clientcfg.gui.setup.set_up import SetUpPages

SET_UP, CHECK, HISTORY, PREFERENCES = range(4)
LEAST, FIRST = QSize(800, 600), QSize(1100, 720)
# Below this width the rail shows icons only.
NARROW = 1040


class Window(QWidget):
    """Everything. Closing it ends the flows that still run.

    ``set_up``, ``check``, ``history``, ``preferences`` and ``engine`` are there after
    :meth:`complete`, or a moment after the first paint; ``completed`` tells. ``trouble``: what
    kept them from it. ``again``: closed only to be opened anew.
    """

    completed = Signal()

    engine: "Engine"
    set_up: "SetUpPages"
    check: "CheckPage"
    history: "HistoryPage"
    preferences: "PreferencesPage"
    _loaded = Signal()

    def __init__(
        self,
        preset: Preset | None = None,
        here: "Here | None" = None,
        preferred: Preferred | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("clientcfg")
        self.setWindowIcon(app_icon())
        self.setProperty("role", "page")
        self.setMinimumSize(LEAST)
        self.resize(FIRST)
        self._preset, self._here = preset, here
        self.preferred, self.again = preferred or Preferred(), False
        self.trouble: Exception | None = None
        self.beginning = Beginning()
        self.parts = QStackedWidget()
        self.parts.addWidget(self.beginning)
        self.rail = Rail(parts(), self.open)
        layout = row(self, 0)
        layout.addWidget(self.rail)
        layout.addWidget(self.parts, 1)
        # The keyboard reaches the rail last.
        self.setTabOrder(self.parts, self.rail)
        if preset is not None:
            question = preset.question
            self.beginning.address.begin(question.real_name or "", str(question.address or ""))
            if preset.note:
                self.beginning.address.note.tell("step", preset.note)
        self._steps = self._build()
        self.opened, self._complete = SET_UP, False
        self._loader: threading.Thread | None = None
        self._loaded.connect(self._grow, Qt.ConnectionType.QueuedConnection)

    def _build(self) -> Iterator[None]:
        """The rest of the window; each step is short."""
        yield from load_in_turn()
        self._follow()
        from clientcfg.flows.ahead import read_ahead  # noqa: PLC0415 - not before the first paint
        from clientcfg.gui.check.page import CheckPage  # noqa: PLC0415
        from clientcfg.gui.engine import Engine  # noqa: PLC0415
        from clientcfg.gui.history import HistoryPage  # noqa: PLC0415
        from clientcfg.gui.preferences import PreferencesPage  # noqa: PLC0415
        from clientcfg.gui.setup.set_up import SetUpPages  # noqa: PLC0415

        preset = self._preset or Preset()
        here = self._here or preset.here()
        self.engine = Engine(self)
        self.set_up = SetUpPages(self.engine, preset, here, self.beginning, self.preferred)
        yield
        yield from self.set_up.build()
        self.history = HistoryPage(self.engine, here)
        yield
        self.check = CheckPage(self.engine, lambda: self.preferred.of(preset.question), here)
        yield from self.check.build()
        self.parts.addWidget(self.check)
        yield
        self.parts.addWidget(self.history)
        self.preferences = PreferencesPage(self.engine, here, self.preferred, self._open_again)
        yield
        self.parts.addWidget(self.preferences)
        self.set_up.changed.connect(self.history.read)
        self.history.recovered.connect(self.set_up.say)
        self.history.read(recover=True)
        self.setTabOrder(self.parts, self.rail)
        self.engine.start(lambda _answerer: read_ahead(here, self.engine.is_busy))
        self._complete = True
        if self.opened:
            self.open(self.opened)
        self.completed.emit()

    def _follow(self) -> None:
        """Wear what the system wears from now on, and show where the keyboard is."""
        from clientcfg.gui.following import Following  # noqa: PLC0415 - not before the first paint
        from clientcfg.gui.parts.focus import follow_focus  # noqa: PLC0415

        Following(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            follow_focus(app)

    def complete(self) -> None:
        """Add at once what is still missing."""
        for _step in self._steps:
            pass

    def _load(self) -> None:
        def load() -> None:
            # What fails here fails again where it can be told.
            try:
                load_behind()
            finally:
                self._loaded.emit()

        self._loader = threading.Thread(target=load, name="loader", daemon=True)
        self._loader.start()

    def _grow(self) -> None:
        """One step, then whatever a person did meanwhile, then the next."""
        try:
            next(self._steps)
        except StopIteration:
            return
        except Exception as e:  # it is told where the app was started
            self.trouble = e
            self.close()
            QApplication.exit(1)
        else:
            QTimer.singleShot(0, self, self._grow)

    def open(self, number: int) -> None:
        """Open one part of the app; what is not there yet is opened when it is."""
        self.opened = number
        if not self._complete:
            return
        self.parts.setCurrentIndex(number)
        if number != SET_UP:
            (self.check, self.history, self.preferences)[number - CHECK].arrive()

    def begin_like(self, before: "Window") -> None:
        """Where another window was, with what was typed there, and the same part open."""
        self.setGeometry(before.geometry())
        typed = before.beginning.address
        self.beginning.address.begin(typed.name.edit.text(), typed.address.edit.text())
        self.rail.choose(before.opened)
        self.open(before.opened)

    def _open_again(self) -> None:
        self.again = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """After the first one there is time for the rest."""
        super().paintEvent(event)
        if self._loader is None:
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold the rail where there is little room."""
        super().resizeEvent(event)
        self.rail.fold(narrow=self.width() < theme().px(NARROW))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """End what still runs."""
        self._steps = iter(())
        if self._loader is not None:
            self._loader.join()
        if hasattr(self, "engine"):
            self.engine.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The open page is ready for typing."""
        super().showEvent(event)
        page = self.beginning.pages.currentWidget()
        if isinstance(page, Page):
            page.arrive()
