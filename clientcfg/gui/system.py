# SPDX-License-Identifier: MPL-2.0
"""What the system wears: light or dark, an accent."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class System:
    """``accent``: None where the system has none."""

    dark: bool = False
    accent: str | None = None


def read_system(app: QApplication, scheme: Qt.ColorScheme) -> System:
    """Ask while *app* has no palette of its own; a *scheme* that is not said counts as light."""
    return System(
        dark=scheme is Qt.ColorScheme.Dark,
        accent=accent_in(app.palette(), app.style().standardPalette()),
    )


def accent_in(palette: QPalette, standard: QPalette) -> str | None:
    """The accent of a system's *palette*; None where it is only the one that the style has.

    Nor is it one where Qt, for want of any, has put the colour of the ground there.
    """
    accent = palette.color(QPalette.ColorRole.Accent)
    none = (
        standard.color(QPalette.ColorRole.Accent),
        palette.color(QPalette.ColorRole.Base),
        palette.color(QPalette.ColorRole.Window),
    )
    return None if accent in none else accent.name()
