# SPDX-License-Identifier: MPL-2.0
"""What holds up a page, or is worth knowing: a sentence on a tint."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel

from clientcfg.gui.parts.frames import TOP, column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.sides import side_of
from clientcfg.gui.parts.text import restyle, text
from clientcfg.gui.theme import theme

# Air above and below, and how high the highest button is that it takes.
_ENDS = {"banner": 8, "strip": 10}
_BUTTONS = {"banner": 28, "strip": 36}
_SIDE, _LINE = 16, 20
# What is a hint and no verdict has an icon instead of the verdict's shape.
_ICONS = {"update": ("warn", "update"), "wait": ("wait", "text-2")}
_TINTS = {"wait": "unknown"}


class Banner(QFrame):
    """Tint, shape, sentence, and a place for buttons at the end. Hidden until it is told.

    *beside*: what more there is to say goes on in the line of the sentence, where there is room.
    """

    def __init__(self, role: str = "banner", *, beside: bool = False) -> None:
        super().__init__()
        self.setProperty("role", role)
        worn = theme()
        self._shape = Glyph("verdict-unknown", "unknown", _LINE)
        self.sentence = text("strong")
        self.more = text("body")
        self._beside = beside
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(worn.px(2))
        self._words.addWidget(self.sentence)
        self._words.addWidget(self.more, 1 if beside else 0)
        self.buttons = row()
        self._line = layout = row(self, 12)
        self._role = role
        # One line is as high as a button with this, and the shape stands beside the first one.
        above = worn.px((_BUTTONS[role] - _LINE) // 2)
        self._words.setContentsMargins(0, above, 0, above)
        mark = column()
        mark.setContentsMargins(0, above, 0, above)
        mark.addWidget(self._shape, 0, TOP)
        layout.addLayout(mark)
        layout.addLayout(self._words, 1)
        layout.addLayout(self.buttons)
        self._place()
        self.hide()

    def tell(self, kind: str, sentence: str, more: str = "") -> None:
        """Show it. *kind* is a verdict's shape, "update" a warning, or "wait"."""
        self.setProperty("tint", _TINTS.get(kind, kind))
        self._shape.show_icon(*_ICONS.get(kind, (f"verdict-{kind}", kind)))
        self.sentence.setText(sentence)
        # It stands out where there is something that it stands out from.
        self.sentence.setProperty("kind", "strong" if more else "body")
        restyle(self.sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        restyle(self)
        self._place()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width, other lines, and perhaps less air at the sides of a strip."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side = side_of(self) if self._role == "strip" else _SIDE
        air, ends = theme().px(side), theme().px(_ENDS[self._role])
        self._line.setContentsMargins(air, ends, air, ends)
        if not self._beside:
            return
        worn, first = theme(), _width(self.sentence)
        taken = first + worn.px(6) + _width(self.more) + worn.px(_LINE + 2 * 12)
        room = self._line.contentsRect().width() - taken - self.buttons.sizeHint().width()
        way = QBoxLayout.Direction
        self._words.setDirection(way.LeftToRight if room >= 0 else way.TopToBottom)
        self._words.setSpacing(worn.px(6 if room >= 0 else 2))
        self.sentence.setMinimumWidth(first if room >= 0 else 0)


def _width(label: QLabel) -> int:
    """Of all its words in one line."""
    return label.fontMetrics().horizontalAdvance(label.text()) + 2
