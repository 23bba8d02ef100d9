# SPDX-License-Identifier: MPL-2.0
"""What is painted first: the path and step 1. The other steps come when they are loaded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from clientcfg.gui.parts.frames import column
from clientcfg.gui.path import Path
from clientcfg.gui.setup.address import AddressPage
from clientcfg.gui.setup.address_model import Typed


class Beginning(QWidget):
    """``back`` carries the number of a finished step that was pressed.

    ``waiting``: an address that was entered before anybody could look for its servers.
    """

    back = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.path, self.address = Path(self.back.emit), AddressPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.address)
        layout = column(self)
        layout.addWidget(self.path)
        layout.addWidget(self.pages, 1)
        self.waiting: Typed | None = None
        self.address.typed.connect(self._wait)
        self.path.tell(0, ())

    def _wait(self, typed: Typed) -> None:
        self.waiting = typed
