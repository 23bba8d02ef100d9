# SPDX-License-Identifier: MPL-2.0
"""Python's garbage is collected in the window's thread alone.

Left to itself, Python collects in whatever thread happens to make objects: what
is Qt's would end there, and while one looks through everything that the app is
made of (40 ms), the other stands still.
"""

import gc

from PySide6.QtCore import QObject, QTimer

# Milliseconds between two collections, and how many of them leave old objects alone.
PACE, YOUNG = 1000, 15


class GarbageCollection(QObject):
    """Make it before the window; it ends with *parent*, the app."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._until_old = YOUNG
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._collect)

    def settle(self) -> None:
        """All that is there now stays and is looked through no more; what comes later is."""
        gc.freeze()
        self._clock.start(PACE)

    def _collect(self) -> None:
        self._until_old -= 1
        gc.collect(1 if self._until_old else 2)
        self._until_old = self._until_old or YOUNG
