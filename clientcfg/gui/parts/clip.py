# SPDX-License-Identifier: MPL-2.0
"""A button that copies, and says that it has."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from clientcfg.gui.parts.text import button
from clientcfg.words import _

# How long it says so (milliseconds).
SAID = 2_000


def copy_button(
    words: str, what: Callable[[], str], kind: str = "quiet", *, name: str | None = None
) -> QPushButton:
    """Copies what *what* gives at that moment. *name*: for the screen reader."""

    def copy() -> None:
        QGuiApplication.clipboard().setText(what())
        made.setText("" if kind == "icon" else _("Copied"))
        made.setToolTip(_("Copied"))
        back.start()

    def as_before() -> None:
        made.setText(words)
        made.setToolTip(name or "")

    made = button(words, copy, kind, "copy", name=name)
    back = QTimer(made)
    back.setSingleShot(True)
    back.setInterval(SAID)
    back.timeout.connect(as_before)
    return made
