# SPDX-License-Identifier: MPL-2.0
"""Frames around words: the head of a page, banners, rows of facts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import Elided, breakable, rule, text
from clientcfg.gui.theme import theme

TOP = Qt.AlignmentFlag.AlignTop


def column(parent: QWidget | None = None, gap: int = 0) -> QVBoxLayout:
    """Things below each other, without margins."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().px(gap) if gap else 0)
    return layout


def row(parent: QWidget | None = None, gap: int = 8) -> QHBoxLayout:
    """Things beside each other, without margins."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().px(gap) if gap else 0)
    return layout


def empty(layout: QLayout) -> None:
    """Take everything out of *layout*."""
    while drop(layout, 0):
        pass


def drop(layout: QLayout, place: int) -> bool:
    """Take out what stands at *place*; False where nothing does."""
    item = layout.takeAt(place)
    if item is None:
        return False
    widget, inner = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    elif inner is not None:
        empty(inner)
    return True


def behind(start: float, widget: QWidget) -> QWidget:
    """*widget*, so far in from where lines begin; a margin would not mirror."""
    whole = QWidget()
    layout = row(whole, 0)
    layout.addSpacing(theme().px(start))
    layout.addWidget(widget, 1)
    return whole


class Head(QWidget):
    """Title, explaining line, and a shape before them where the page gives an answer."""

    def __init__(self) -> None:
        super().__init__()
        self._shape = Glyph("verdict-unknown", "unknown", 32)
        self._shape.hide()
        self.kind: str | None = None
        self.title = text("title")
        # Reached when a page has no field to begin with, so that it is read.
        self.title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._text = text("explain")
        words = column(gap=4)
        words.addWidget(self.title)
        words.addWidget(self._text)
        layout = row(self, 16)
        layout.addWidget(self._shape, 0, TOP)
        layout.addLayout(words, 1)

    def say(self, title: str, words: str, kind: str | None = None) -> None:
        """Another head; *kind* is a verdict's shape."""
        self.kind = kind
        self._shape.setVisible(kind is not None)
        if kind is not None:
            self._shape.show_shape(kind)
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self._text.setText(words)
        self._text.setVisible(bool(words))


class Fact(QWidget):
    """Icon, caption, strong line, explaining line; *seal* is an icon at the end."""

    def __init__(
        self, glyph: str, caption: str, strong: str, explain: str, seal: str | None = None
    ) -> None:
        super().__init__()
        worn = theme()
        words = column(gap=1)
        words.addWidget(text("caption", caption))
        words.addWidget(Elided("strong", strong))
        words.addWidget(text("explain", explain))
        # Words begin where the head's words do, 48 pixels in.
        layout = row(self, 0)
        layout.setContentsMargins(0, worn.px(14), 0, worn.px(14))
        layout.addSpacing(worn.px(6))
        layout.addWidget(Glyph(glyph, "accent"), 0, TOP)
        layout.addSpacing(worn.px(22))
        layout.addLayout(words, 1)
        if seal is not None:
            layout.addSpacing(worn.px(22))
            layout.addWidget(Glyph(seal, "accent"), 0, Qt.AlignmentFlag.AlignVCenter)


class TableRow(QWidget):
    """Icon, name in a column of its own, strong value with a caption below.

    *names*: how wide that column is where the longest one needs more (pixels).
    """

    def __init__(self, glyph: str, name: str, strong: str, caption: str, names: int = 0) -> None:
        super().__init__()
        worn = theme()
        label = text("explain", name, wrap=False)
        label.setFixedWidth(max(worn.px(112), names))
        words = column(gap=3)
        words.addWidget(Elided("strong", strong))
        words.addWidget(text("caption", caption))
        layout = row(self, 12)
        layout.setContentsMargins(worn.px(16), worn.px(12), worn.px(16), worn.px(12))
        layout.addWidget(Glyph(glyph, "accent"), 0, TOP)
        layout.addWidget(label, 0, TOP)
        layout.addLayout(words, 1)


class Said(QWidget):
    """A small shape (or nothing), a line, and where it is known from."""

    def __init__(self, kind: str | None, line: str, caption: str = "") -> None:
        super().__init__()
        self._mark = Glyph("minus", "text-3", 16)
        self._line, self._caption = text("body"), text("caption")
        words = column(gap=1)
        words.addWidget(self._line)
        words.addWidget(self._caption)
        layout = row(self, 12)
        layout.addWidget(self._mark, 0, TOP)
        layout.addLayout(words, 1)
        self.say(kind, line, caption)

    def say(self, kind: str | None, line: str, caption: str = "") -> None:
        """Something else in its place."""
        if kind is None:
            self._mark.show_icon("minus", "text-3")
        else:
            self._mark.show_shape(kind)
        self._line.setText(breakable(line))
        self._caption.setText(breakable(caption))
        self._caption.setVisible(bool(caption))


class Card(QFrame):
    """A framed list of rows with hairlines between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._rows = column(self)
        self._rows.setContentsMargins(1, 1, 1, 1)

    def fill(self, rows: list[QWidget]) -> None:
        """Show these."""
        empty(self._rows)
        for number, widget in enumerate(rows):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(widget)
