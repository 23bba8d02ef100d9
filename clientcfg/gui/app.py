# SPDX-License-Identifier: MPL-2.0
"""Opening the app."""

import os
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clientcfg.flows.preferences import Preferences, read_preferences
from clientcfg.flows.whose import home_of
from clientcfg.gui.garbage import GarbageCollection
from clientcfg.gui.preferred import Preferred
from clientcfg.gui.preset import Preset
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window
from clientcfg.words import speak

__all__ = ["Preset", "run"]

# The name that desktops know the app by: of its .desktop file, its icon and its catalog entry.
APP_ID = "io.github.clientcfg.clientcfg"

# How often Python gets a turn to see Ctrl+C in the terminal (milliseconds).
TURN = 250


def run(preset: Preset | None = None) -> int:
    """Open the window and stay until it is closed; gives the exit status.

    Raises :class:`Trouble` where there is no home to work in, and what kept
    the window from being completed.
    """
    if preset is None:
        home_of(os.environ)
    # The demo begins as it is described, whatever a person prefers elsewhere.
    preferred = Preferred(read_preferences() if preset is None else Preferences())
    if preferred.now.language is not None:
        speak([preferred.now.language])
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("clientcfg")
    app.setDesktopFileName(APP_ID)
    wear(app, preferred.now.scheme)
    garbage = GarbageCollection(app)
    window = Window(preset, preferred=preferred)
    before = signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    turn = QTimer()
    turn.timeout.connect(lambda: None)
    turn.start(TURN)
    try:
        status = _stay(app, window, garbage)
        while window.again:
            speak([preferred.now.language] if preferred.now.language else None)
            window, before_it = Window(preset, preferred=preferred), window
            window.begin_like(before_it)
            before_it.deleteLater()
            status = _stay(app, window, garbage)
    finally:
        window.close()
        signal.signal(signal.SIGINT, before)
    if window.trouble is not None:
        raise window.trouble
    return status


def _stay(app: QApplication, window: Window, garbage: GarbageCollection) -> int:
    window.completed.connect(garbage.settle)
    window.show()
    return app.exec()
