# SPDX-License-Identifier: MPL-2.0
"""Colours and measures: tokens into a palette and a style sheet, as the system wears it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QPalette, QPen
from PySide6.QtWidgets import QApplication

from clientcfg.gui.palette import palette_of
from clientcfg.gui.system import System, read_system
from clientcfg.rooms import resource_path

# The font height (pixels) that all measures were drawn for.
BASE = 14

_TOKEN = re.compile(r"\{([a-z0-9-]+)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEASURE = re.compile(r"(\d+)px")
# What a person may want, in Qt's words.
_SCHEMES = {
    None: Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_SHEETS = ("theme.qss", "window.qss")
_PATTERNS = {
    "time-1": Qt.BrushStyle.Dense6Pattern,
    "time-2": Qt.BrushStyle.BDiagPattern,
    "time-3": Qt.BrushStyle.Dense3Pattern,
}


def colours(*, dark: bool) -> Mapping[str, str]:
    """Every colour token of one scheme."""
    tokens = json.loads(resource_path("tokens.json").read_text("utf-8"))
    return {name: pair[1 if dark else 0] for name, pair in tokens["color"].items()}


def colours_in(system: System) -> Mapping[str, str]:
    """Every colour token as the system wants it."""
    # What the first paint seldom needs is loaded when it does.
    if system.contrast is not None:
        from clientcfg.gui.high_contrast import tokens_of  # noqa: PLC0415

        return tokens_of(system.contrast)
    ours = colours(dark=system.dark)
    if system.accent is not None:
        from clientcfg.gui.accent import accented  # noqa: PLC0415

        return accented(ours, system.accent, dark=system.dark)
    return ours


def style_sheet(tokens: Mapping[str, str], scale: float, *more: str) -> str:
    """The style sheet with colours filled in and measures grown by *scale*."""
    template = "\n".join(resource_path(name).read_text("utf-8") for name in (*_SHEETS, *more))
    filled = _TOKEN.sub(lambda found: tokens[found[1]], _COMMENT.sub("", template))
    return _MEASURE.sub(lambda found: f"{max(1, round(int(found[1]) * scale))}px", filled)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the application had when everything was filled: with another one it is again."""

    font: QFont
    high: int
    ratio: float
    palette: QPalette


class Theme(QObject):
    """What is painted with now. ``changed`` fires when the system, or its font, is another."""

    changed = Signal()

    def __init__(self, app: QApplication, wanted: str | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = wanted
        self.scale = 1.0
        self._colours: Mapping[str, str] = {}
        self._palette = QPalette()
        app.setStyle("Fusion")
        self._seen = self._see()
        hints = app.styleHints()
        if wanted is not None:
            self._ask_for_scheme()
        # Our palette hides the system's, so that is read first.
        self._system = read_system(app, self._scheme(hints.colorScheme()))
        hints.colorSchemeChanged.connect(self.follow)
        self._fill()

    @property
    def dark(self) -> bool:
        """Whether the system is dark."""
        return self._system.dark

    @property
    def high_contrast(self) -> bool:
        """Whether colours tell nothing, so that lines have to."""
        return self._system.contrast is not None

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Wear what the system wears now."""
        now = self._read(scheme)
        if now != self._system or self._see() != self._seen:
            self._system = now
            self._fill()

    def look_again(self) -> None:
        """The system has changed; perhaps nothing that concerns us."""
        self.follow(self._app.styleHints().colorScheme())

    def fill_again(self) -> None:
        """Something of the application has changed; perhaps only because it was filled."""
        seen = self._see()
        if seen.palette != self._seen.palette:
            self.look_again()
        elif seen != self._seen:
            self._fill()

    def want(self, wanted: str | None) -> None:
        """Wear "light" or "dark" whatever the system does; None: what it does."""
        self._wanted = wanted
        self._ask_for_scheme()
        self.look_again()

    def _ask_for_scheme(self) -> None:
        """What Qt draws by itself, and the system round our windows, may follow, too."""
        self._app.styleHints().setColorScheme(_SCHEMES[self._wanted])

    def _scheme(self, said: Qt.ColorScheme) -> Qt.ColorScheme:
        return said if self._wanted is None else _SCHEMES[self._wanted]

    def wear(
        self, *, dark: bool, accent: str | None = None, contrast: QPalette | None = None
    ) -> None:
        """Wear this, whatever the system does."""
        self._system = System(dark, accent, contrast)
        self._fill()

    def colour(self, token: str) -> QColor:
        """One token's colour."""
        return QColor(self._colours[token])

    def brush(self, token: str) -> QBrush:
        """The same to fill with; where colours tell nothing, patterns tell parts apart."""
        solid = Qt.BrushStyle.SolidPattern
        return QBrush(
            self.colour(token), _PATTERNS.get(token, solid) if self.high_contrast else solid
        )

    def joint(self, lit_in: str, width: float, *, lit: bool) -> QPen:
        """What joins two stations; where colours tell nothing, dots tell what is not lit."""
        pen = QPen(self.colour(lit_in if lit else "line"), width)
        if self.high_contrast and not lit:
            pen.setStyle(Qt.PenStyle.DotLine)
        return pen

    def px(self, measure: float) -> int:
        """A measure of the drawings, in pixels of this font size."""
        return max(1, round(measure * self.scale))

    def _read(self, scheme: Qt.ColorScheme) -> System:
        """What the system wears below our palette."""
        self._app.setPalette(QPalette())
        now = read_system(self._app, self._scheme(scheme))
        self._app.setPalette(self._palette)
        return now

    def _fill(self) -> None:
        """Fill palette and style sheet again; what was measured before grows with the font."""
        now, before = self._see(), self.scale
        is_another = (now.font, now.high) != (self._seen.font, self._seen.high)
        self.scale = now.high / BASE
        self._colours = colours_in(self._system)
        contrast = self._system.contrast
        self._palette = palette_of(self._colours) if contrast is None else contrast
        self._app.setPalette(self._palette)
        if self.scale != before and is_another:
            from clientcfg.gui.growth import grow  # noqa: PLC0415 - a window is open by now

            grow(before, self.px)
        more = ("contrast.qss",) if contrast is not None else ()
        self._app.setStyleSheet(style_sheet(self._colours, self.scale, *more))
        self._seen = self._see()
        self.changed.emit()
        if is_another:
            from clientcfg.gui.growth import place_again  # noqa: PLC0415

            place_again()

    def _see(self) -> _Seen:
        app, font = self._app, QFont(self._app.font())
        return _Seen(font, QFontInfo(font).pixelSize(), app.devicePixelRatio(), app.palette())


_worn: list[Theme] = []


def wear(app: QApplication, wanted: str | None = None) -> Theme:
    """Dress the application, once; *wanted* as in :meth:`Theme.want`."""
    if not _worn:
        _worn.append(Theme(app, wanted))
    return _worn[0]


def theme() -> Theme:
    """What the application wears."""
    return _worn[0]
