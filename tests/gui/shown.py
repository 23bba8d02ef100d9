# SPDX-License-Identifier: MPL-2.0
"""A window for as long as somebody looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.preset import Preset
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.still import stand_still


def place(home: Path, root: Path | None = None, state: Path | None = None) -> Here:
    """A machine with the catalog that was read once: every window reads all of it ahead."""
    made = Here(home=home, root=root or home, state=state or home / "state")
    made.catalog = scripted.CATALOG
    return made


@contextmanager
def shown(here: Here, question: Question = scripted.QUESTION) -> Iterator[Window]:
    """The whole window, dressed; it is closed and its thread has ended in the end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wear(app)
    stand_still(app)
    window = Window(Preset(question=question, here=lambda: here), here)
    window.complete()
    window.show()
    try:
        yield window
    finally:
        window.close()
        running = window.engine.is_running()
        # Gone at once, so that the next style sheet has one window to dress.
        delete(window)
        assert not running
