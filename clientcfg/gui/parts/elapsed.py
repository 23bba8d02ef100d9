# SPDX-License-Identifier: MPL-2.0
"""How long something has taken, and how long it takes at most."""

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel

from clientcfg.gui.parts.along import trailing
from clientcfg.words import _

# Milliseconds between two looks at the clock; what is over sooner needs no clock.
PACE, SOON = 100, 400


class Elapsed(QLabel):
    """Empty until it is begun; it stands still once it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "caption")
        self.setAlignment(trailing())
        self._most = 0.0
        self._since = QElapsedTimer()
        self._clock = QTimer(self)
        self._clock.setInterval(PACE)
        self._clock.timeout.connect(self._tick)

    def begin(self, most: float) -> None:
        """From now on, at most *most* seconds."""
        self._most = most
        self.setText("")
        # Room for the longest, so that the bar beside it keeps its length.
        self.setMinimumWidth(0)
        self._say(most)
        self.setMinimumWidth(self.sizeHint().width())
        self.setText("")
        self._since.start()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nobody looks."""
        super().hideEvent(event)
        self._clock.stop()

    def _tick(self) -> None:
        passed = self._since.elapsed()
        if passed >= SOON:
            self._say(min(passed / 1000, self._most))

    def _say(self, used: float) -> None:
        words = _("{used:.1f} s, up to {most:.0f} s")
        self.setText(words.format(used=used, most=self._most))
