# SPDX-License-Identifier: MPL-2.0
"""The exact changes, file by file: lines tinted, numbers and signs before them."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import Lines, fixed_font, line_format
from clientcfg.gui.parts.text import Elided, breakable, rule, text
from clientcfg.gui.setup.exact_model import ChangedFile, Line, as_text
from clientcfg.gui.theme import theme
from clientcfg.words import _

# Air at the sides of the drawer; inside a diff it is part of the line.
_SIDE = 24
_INKS = {"+": "ready", "-": "no"}
# A space at which no line ends; Qt copies it as a plain one.
_STAYS = "\u00a0"
_SIGNS = {"+": "+", "-": "−", " ": " "}


class DiffText(Lines):
    """One file. Signs are text, for screen readers and for copying; all of it is shown.

    *beside*: the air before and behind the lines, inside their tint.
    """

    def __init__(self, name: str, lines: tuple[Line, ...], beside: int = 8) -> None:
        super().__init__(name)
        # Settings of programs are read from left to right everywhere.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        document = self.document()
        document.setDefaultTextOption(option)
        document.setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wide = max((len(str(line.number)) for line in lines if line.number is not None), default=0)
        numbers = [f"{'' if line.number is None else line.number:>{wide}}" for line in lines]
        rows = [
            f"{number}{_STAYS}{_SIGNS[line.sign]}{_STAYS}{line.text}"
            for number, line in zip(numbers, lines, strict=True)
        ]
        self.setPlainText("\n".join(rows))
        self._signs, self._wide = tuple(line.sign for line in lines), wide
        self._beside = beside
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        """Tints, and lines that hang, by the colours and the font of now."""
        self.setFont(fixed_font())
        worn = theme()
        hang = QFontMetrics(self.font()).horizontalAdvance("0") * (self._wide + 3)
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        block = self.document().firstBlock()
        for sign in self._signs:
            form = line_format()
            form.setLeftMargin(worn.px(self._beside) + hang)
            form.setRightMargin(worn.px(self._beside))
            form.setTextIndent(-hang)
            if sign in _INKS:
                form.setBackground(worn.colour(f"{_INKS[sign]}-tint"))
            QTextCursor(block).setBlockFormat(form)
            _ink(block, 0, self._wide, "text-3")
            if sign in _INKS:
                _ink(block, self._wide + 1, 1, _INKS[sign], QFont.Weight.Bold)
            block = block.next()
        whole.endEditBlock()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As high as its lines are at this width; the drawer scrolls."""
        super().resizeEvent(event)
        frame = self.height() - self.viewport().height()
        self.setFixedHeight(ceil(self.band(self.document().lastBlock()).bottom()) + frame)


def _ink(block: QTextBlock, start: int, count: int, token: str, weight: int = 400) -> None:
    """Write *count* characters of a line in this colour."""
    if not count:
        return
    form = QTextCharFormat()
    form.setForeground(theme().colour(token))
    form.setFontWeight(weight)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + start + count, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(form)


class ExactDrawer(Drawer):
    """Every place of a plan."""

    def __init__(self) -> None:
        copy = copy_button("", lambda: self.as_text, "icon", name=_("Copy the changes"))
        super().__init__(_("The exact changes"), 464, copy=copy)
        self.copy_button = copy
        self._files: tuple[ChangedFile, ...] = ()

    @property
    def as_text(self) -> str:
        """All of it, to copy."""
        return as_text(self._files)

    def tell(self, files: tuple[ChangedFile, ...]) -> None:
        """Show *files*."""
        self._files = files
        empty(self.content)
        # The tint of a line runs from edge to edge.
        self.area.set_side(0)
        self.content.setContentsMargins(0, 0, 0, theme().px(24))
        for number, one in enumerate(files):
            if number:
                self.content.addWidget(rule())
            self.content.addWidget(_head(one))
            if one.lines:
                self.content.addWidget(DiffText(one.name, one.lines, _SIDE))
                self.content.addSpacing(theme().px(8))
        self.content.addStretch(1)


def _head(one: ChangedFile) -> QWidget:
    whole, worn = QWidget(), theme()
    layout = column(whole, 4)
    layout.setContentsMargins(worn.px(_SIDE), worn.px(10), worn.px(_SIDE), worn.px(10))
    name = row(gap=8)
    name.addWidget(Glyph(one.glyph, "text-2", 16))
    name.addWidget(Elided("strong", one.name), 1)
    name.addWidget(text("caption", one.amount, wrap=False))
    layout.addLayout(name)
    caption = text("caption", breakable(one.caption))
    caption.setVisible(bool(one.caption))
    layout.addWidget(caption)
    return whole
