# SPDX-License-Identifier: MPL-2.0
"""What holds up a page, or is worth knowing: a sentence on a tint."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel

from clientcfg.gui.parts.frames import TOP, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import restyle, text
from clientcfg.gui.theme import theme

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Banner(QFrame):
    """Tint, shape, sentence, and a place for buttons at the end. Hidden until it is told.

    *beside*: what more there is to say goes on in the line of the sentence, where there is room.
    """

    def __init__(self, role: str = "banner", *, beside: bool = False) -> None:
        super().__init__()
        self.setProperty("role", role)
        worn = theme()
        self._shape = Glyph("verdict-unknown", "unknown", 20)
        self.sentence = text("strong")
        self.more = text("body")
        self._beside = beside
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(worn.px(2))
        self._words.addWidget(self.sentence)
        self._words.addWidget(self.more, 1 if beside else 0)
        self.buttons = row()
        self._line = layout = row(self, 12)
        side = worn.px(40 if role == "strip" else 16)
        layout.setContentsMargins(side, worn.px(14), side, worn.px(14))
        layout.addWidget(self._shape, 0, TOP)
        layout.addLayout(self._words, 1)
        layout.addLayout(self.buttons)
        self.hide()

    def tell(self, kind: str, sentence: str, more: str = "") -> None:
        """Show it. *kind* is a verdict's shape."""
        self.setProperty("tint", kind)
        self._shape.show_shape(kind)
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        restyle(self)
        self._place()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width, other lines."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if not self._beside:
            return
        worn, first = theme(), _width(self.sentence)
        taken = first + worn.px(6) + _width(self.more) + worn.px(2 * 40 + 20 + 2 * 12)
        room = self.width() - taken - self.buttons.sizeHint().width()
        way = QBoxLayout.Direction
        self._words.setDirection(way.LeftToRight if room >= 0 else way.TopToBottom)
        # Beside one line in its middle, beside several at the first one.
        self._line.setAlignment(self._shape, MIDDLE if room >= 0 else TOP)
        self._words.setSpacing(worn.px(6 if room >= 0 else 2))
        self.sentence.setMinimumWidth(first if room >= 0 else 0)


def _width(label: QLabel) -> int:
    """Of all its words in one line."""
    return label.fontMetrics().horizontalAdvance(label.text()) + 2
