# SPDX-License-Identifier: MPL-2.0
"""Icons and verdict shapes as widgets; they follow light and dark by themselves."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStyle, QWidget

from clientcfg.gui.icons import pixmap
from clientcfg.gui.theme import theme


class Glyph(QWidget):
    """One icon. It has no name of its own: the words beside it say what it means."""

    def __init__(self, name: str, ink: str = "text-2", size: int = 20) -> None:
        super().__init__()
        self._name, self._token, self._ground = name, ink, "surface"
        side = theme().px(size)
        self.setFixedSize(side, side)

    def show_icon(self, name: str, token: str) -> None:
        """Show another one."""
        self._name, self._token = name, token
        self.update()

    def show_shape(self, shape: str) -> None:
        """Show a verdict's shape in its colour."""
        self.show_icon(f"verdict-{shape}", shape)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it in the colour of now."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, pixmap(self._name, self._token, self.width(), ratio, self._ground))
        painter.end()


def shape(kind: str, size: int = 20) -> Glyph:
    """A verdict's shape."""
    return Glyph(f"verdict-{kind}", kind, size)


def badge_font() -> QFont:
    """The font of a badge's word."""
    font = QFont(QApplication.font())
    font.setPixelSize(theme().px(12))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def badge_size(word: str) -> QSize:
    """Room for shape, word and padding."""
    worn = theme()
    width = QFontMetrics(badge_font()).horizontalAdvance(word)
    return QSize(width + worn.px(16 + 4 + 6 + 8), worn.px(24))


def paint_badge(painter: QPainter, where: QRect, kind: str, word: str, *, mirrored: bool) -> None:
    """Shape and word of a verdict on its tint, at *where*."""
    worn = theme()
    way = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(worn.colour(f"{kind}-tint"))
    around = QRectF(where)
    if worn.high_contrast:
        painter.setPen(QPen(worn.colour("line"), 1))
        around.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(around, worn.px(4), worn.px(4))
    side = worn.px(16)
    top = where.top() + (where.height() - side) // 2
    shape_at = QStyle.visualRect(way, where, QRect(where.left() + worn.px(4), top, side, side))
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(shape_at.topLeft(), pixmap(f"verdict-{kind}", kind, side, ratio))
    painter.setPen(worn.colour(kind))
    painter.setFont(badge_font())
    words = QStyle.visualRect(way, where, where.adjusted(worn.px(4 + 16 + 6), 0, 0, 0))
    along = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(words, along | Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()


class Badge(QLabel):
    """Shape and word of a verdict on its tint."""

    def __init__(self, kind: str, word: str) -> None:
        super().__init__(word)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def show_verdict(self, kind: str, word: str) -> None:
        """Show another one."""
        self._kind = kind
        self.setText(word)
        self._measure()
        self.update()

    def _measure(self) -> None:
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for shape, word and padding."""
        return badge_size(self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint, shape, word."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        paint_badge(painter, self.rect(), self._kind, self.text(), mirrored=mirrored)
        painter.end()
