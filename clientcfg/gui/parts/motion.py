# SPDX-License-Identifier: MPL-2.0
"""What moves: how far it is, and who paints the next frame.

Whoever is painted while it moves asks for its next frame. What is hidden, scrolled away
or on another page is not painted, so it asks for none, and all stands still by itself.
"""

import math
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from shiboken6 import isValid

# Milliseconds: between two frames (20 a second), until a station is lit, from one breath
# to the next, until a drawer is open.
FRAME, LIGHT, BREATH, SLIDE = 50, 120, 1200, 160
# How faint a breath makes it.
_FAINT = 0.6


def now() -> float:
    """Milliseconds of a clock that only goes on."""
    return time.monotonic() * 1000


def is_still(widget: QWidget) -> bool:
    """Whether the system wants nothing to move."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    if widget.style().styleHint(hint, None, widget) == 0:
        return True
    accessibility = getattr(QApplication.styleHints(), "accessibility", None)  # since Qt 6.10
    preference = getattr(accessibility and accessibility(), "motionPreference", None)  # since 6.12
    return preference is not None and preference().name != "NoPreference"


def lit(since: float) -> float:
    """How much of a station shows that is lit since then, from 0 to 1."""
    return min(1.0, max(0.0, (now() - since) / LIGHT))


def breath() -> float:
    """How strong what works is just now; all that works breathes together."""
    middle = (1 + _FAINT) / 2
    return middle + (1 - middle) * math.cos(2 * math.pi * now() / BREATH)


class Pace(QObject):
    """``due`` comes in the turn after :meth:`ask`, but never twice within a frame."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def ask(self) -> None:
        """There is something to be seen."""
        if not self._timer.isActive():
            wait = math.ceil(self._last + FRAME - now())
            self._timer.start(min(FRAME, max(0, wait)))

    def is_asked(self) -> bool:
        """Whether it will come."""
        return self._timer.isActive()

    def _turn(self) -> None:
        self._last = now()
        self.due.emit()


class Frames(QObject):
    """Paints all that moves at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._moving: set[QWidget] = set()
        self._pace = Pace(self)
        self._pace.due.connect(self._paint)

    def ask(self, widget: QWidget) -> None:
        """*widget* moves; called while it is painted."""
        self._moving.add(widget)
        self._pace.ask()

    def is_idle(self) -> bool:
        """Whether nothing moves."""
        return not self._pace.is_asked()

    def _paint(self) -> None:
        moving, self._moving = self._moving, set()
        for widget in moving:
            if isValid(widget):
                widget.update()


_frames: list[Frames] = []


def frames() -> Frames:
    """The one clock that everything moves by; it ends with the application."""
    app = QApplication.instance()
    if not _frames or not isValid(_frames[0]):
        assert app is not None  # noqa: S101 - something of it is being painted
        _frames[:] = [Frames(app)]
    return _frames[0]
