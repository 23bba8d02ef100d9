# SPDX-License-Identifier: MPL-2.0
"""Icons and verdict shapes as widgets; they follow light and dark by themselves."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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


class Badge(QLabel):
    """Shape and word of a verdict on its tint."""

    def __init__(self, kind: str, word: str) -> None:
        super().__init__(word)
        self._kind = kind
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        font.setWeight(QFont.Weight.DemiBold)
        self._face = font
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for shape, word and padding."""
        worn = theme()
        width = QFontMetrics(self._face).horizontalAdvance(self.text())
        return QSize(width + worn.px(16 + 4 + 6 + 8), worn.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint, shape, word."""
        worn = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour(f"{self._kind}-tint"))
        painter.drawRoundedRect(QRectF(self.rect()), worn.px(4), worn.px(4))
        side = worn.px(16)
        top = (self.height() - side) // 2
        drawn = pixmap(f"verdict-{self._kind}", self._kind, side, self.devicePixelRatioF())
        painter.drawPixmap(worn.px(4), top, drawn)
        painter.setPen(worn.colour(self._kind))
        painter.setFont(self._face)
        words = self.rect().adjusted(worn.px(4 + 16 + 6), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
