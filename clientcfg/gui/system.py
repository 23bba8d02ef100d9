# SPDX-License-Identifier: MPL-2.0
"""What the system wears: light or dark, an accent, high contrast."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class System:
    """``accent``: None where the system has none. ``contrast``: its palette, where it is high."""

    dark: bool = False
    accent: str | None = None
    contrast: QPalette | None = None


def read_system(app: QApplication, scheme: Qt.ColorScheme) -> System:
    """Ask while *app* has no palette of its own; a *scheme* that is not said counts as light."""
    palette = app.palette()
    return System(
        dark=scheme is Qt.ColorScheme.Dark,
        accent=accent_in(palette, app.style().standardPalette()),
        contrast=palette if wants_contrast(app.styleHints()) else None,
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


def wants_contrast(hints: object) -> bool:
    """Whether a person wants high contrast, as far as the style *hints* tell."""
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:  # before Qt 6.10
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)
