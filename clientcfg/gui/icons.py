# SPDX-License-Identifier: MPL-2.0
"""Icons: drawn in black and white, recoloured from tokens when they are loaded."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from clientcfg.gui.theme import Theme, theme
from clientcfg.rooms import resource_path

# What shows where the words lead, and so the other way where they are read from the right.
# Padlocks, ticks and clocks stay as they are.
LEADING = frozenset({"left", "right", "send", "undo", "verdict-step"})


@lru_cache(maxsize=256)
def _drawn(name: str, ink: str, glyph: str, size: int, ratio: float, *, mirrored: bool) -> QPixmap:
    svg = resource_path("icons", f"{name}.svg").read_text("utf-8")
    coloured = svg.replace("#000000", ink).replace("#FFFFFF", glyph)
    renderer = QSvgRenderer(QByteArray(coloured.encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    if mirrored:
        pixmap = pixmap.transformed(QTransform().scale(-1, 1))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=1)
def _drop_with(worn: Theme) -> None:
    """What was drawn for other colours, or another screen, is not kept."""
    worn.changed.connect(_drawn.cache_clear)


def drawn() -> int:
    """How many drawings are kept."""
    return _drawn.cache_info().currsize


def pixmap(name: str, token: str, size: int, ratio: float = 1.0, glyph: str = "surface") -> QPixmap:
    """One icon in the colour of *token*; *glyph* colours what lies inside a filled shape."""
    worn = theme()
    _drop_with(worn)
    mirrored = name in LEADING and QGuiApplication.isRightToLeft()
    ink, inside = worn.colour(token).name(), worn.colour(glyph).name()
    return _drawn(name, ink, inside, size, ratio, mirrored=mirrored)


def icon(name: str, ink: str = "text-2") -> QIcon:
    """The same for a button, sharp also on dense screens, grey where the button is disabled."""
    return _icon(name, ink, theme().px(20), 0, mirrored=False)


def icon_before_words(name: str, ink: str, size: int, gap: int, *, mirrored: bool) -> QIcon:
    """The same with a *gap* between it and the words of its button; without it where it is alone.

    Qt's own gap is fixed. *mirrored*: the words stand on its left.
    """
    return _icon(name, ink, size, gap, mirrored=mirrored)


def _icon(name: str, ink: str, size: int, gap: int, *, mirrored: bool) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0):
        for token, mode in ((ink, QIcon.Mode.Normal), ("disabled", QIcon.Mode.Disabled)):
            drawn = pixmap(name, token, size, ratio)
            made.addPixmap(drawn, mode)
            if gap:
                made.addPixmap(_widened(drawn, gap, mirrored=mirrored), mode)
    return made


def _widened(drawn: QPixmap, gap: int, *, mirrored: bool) -> QPixmap:
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(gap if mirrored else 0, 0, drawn)
    painter.end()
    return wide


def app_icon() -> QIcon:
    """The program's own."""
    return QIcon(str(resource_path("icon.svg")))
