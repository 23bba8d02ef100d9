# SPDX-License-Identifier: MPL-2.0
"""A light look at whether the program is open, for as long as a page is shown."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from clientcfg.flows.client_open import ClientOpen, watch_client
from clientcfg.flows.here import Here
from clientcfg.gui.engine import Engine, Job
from clientcfg.model.client import Installation


class OpenProgram(QObject):
    """``turned`` carries whether it is open, each time that it is opened or closed."""

    turned = Signal(bool)

    def __init__(self, page: QWidget, engine: Engine, here: Here) -> None:
        super().__init__(page)
        self._page, self._engine, self._here = page, engine, here
        self._watched: Installation | None = None
        self.job: Job | None = None
        page.installEventFilter(self)

    def watch(self, installation: Installation) -> None:
        """From now on look at this one; it says how it is now."""
        self._watched = installation
        if self._page.isVisible():
            self._begin()

    def forget(self) -> None:
        """There is nothing to look at any more."""
        self._watched = None
        self._end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Nobody looks while the page is not shown."""
        if event.type() is QEvent.Type.Hide:
            self._end()
        elif event.type() is QEvent.Type.Show:
            self._begin()
        return False

    def _begin(self) -> None:
        self._end()
        installation, here = self._watched, self._here
        if installation is not None:
            self.job = self._engine.start(lambda _answerer: watch_client(installation, here))
            self.job.heard.connect(self._tell)

    def _end(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def _tell(self, event: object) -> None:
        if isinstance(event, ClientOpen) and self._watched is not None:
            self._watched = replace(self._watched, running=event.open)
            self.turned.emit(event.open)
