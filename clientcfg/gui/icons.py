# SPDX-License-Identifier: MPL-2.0
"""Icons: drawn in black and white, recoloured from tokens when they are loaded."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clientcfg.gui.theme import theme
from clientcfg.rooms import resource_path


@lru_cache(maxsize=256)
def _drawn(name: str, ink: str, glyph: str, size: int, ratio: float) -> QPixmap:
    svg = resource_path("icons", f"{name}.svg").read_text("utf-8")
    coloured = svg.replace("#000000", ink).replace("#FFFFFF", glyph)
    renderer = QSvgRenderer(QByteArray(coloured.encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, token: str, size: int, ratio: float = 1.0, glyph: str = "surface") -> QPixmap:
    """One icon in the colour of *token*; *glyph* colours what lies inside a filled shape."""
    worn = theme()
    return _drawn(name, worn.colour(token).name(), worn.colour(glyph).name(), size, ratio)


def icon(name: str, ink: str = "text-2") -> QIcon:
    """The same for a button, sharp also on dense screens, grey where the button is disabled."""
    size = theme().px(20)
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, ink, size, ratio))
        made.addPixmap(pixmap(name, "disabled", size, ratio), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The program's own."""
    return QIcon(str(resource_path("icon.svg")))
