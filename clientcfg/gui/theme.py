# SPDX-License-Identifier: MPL-2.0
"""Colours and measures: tokens into a palette and a style sheet, light or dark as the system is."""

import json
import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from clientcfg.rooms import resource_path

# The font height (pixels) that all measures were drawn for.
BASE = 14

_TOKEN = re.compile(r"\{([a-z0-9-]+)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEASURE = re.compile(r"(\d+)px")

_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.PlaceholderText: "text-3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control-line",
    QPalette.ColorRole.BrightText: "no",
}


def colours(*, dark: bool) -> Mapping[str, str]:
    """Every colour token of one scheme."""
    tokens = json.loads(resource_path("tokens.json").read_text("utf-8"))
    return {name: pair[1 if dark else 0] for name, pair in tokens["color"].items()}


def style_sheet(tokens: Mapping[str, str], scale: float) -> str:
    """The style sheet with colours filled in and measures grown by *scale*."""
    template = "\n".join(
        resource_path(name).read_text("utf-8") for name in ("theme.qss", "window.qss")
    )
    filled = _TOKEN.sub(lambda found: tokens[found[1]], _COMMENT.sub("", template))
    return _MEASURE.sub(lambda found: f"{max(1, round(int(found[1]) * scale))}px", filled)


class Theme(QObject):
    """What is painted with now. ``changed`` fires when the system turns light or dark."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.dark = False
        self.scale = 1.0
        self._colours: Mapping[str, str] = {}
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        self.follow(hints.colorScheme())

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Take the system's scheme; what it does not say counts as light."""
        self.wear(dark=scheme is Qt.ColorScheme.Dark)

    def wear(self, *, dark: bool) -> None:
        """Fill palette and style sheet again."""
        self.dark = dark
        self.scale = QFontInfo(self._app.font()).pixelSize() / BASE
        self._colours = colours(dark=dark)
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(style_sheet(self._colours, self.scale))
        self.changed.emit()

    def colour(self, token: str) -> QColor:
        """One token's colour."""
        return QColor(self._colours[token])

    def px(self, measure: float) -> int:
        """A measure of the drawings, in pixels of this font size."""
        return max(1, round(measure * self.scale))

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette


_worn: list[Theme] = []


def wear(app: QApplication) -> Theme:
    """Dress the application; once."""
    if not _worn:
        _worn.append(Theme(app))
    return _worn[0]


def theme() -> Theme:
    """What the application wears."""
    return _worn[0]
