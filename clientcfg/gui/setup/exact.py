# SPDX-License-Identifier: MPL-2.0
"""The exact changes, file by file: lines tinted, numbers and signs before them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import fixed_font
from clientcfg.gui.parts.text import Elided, rule, text
from clientcfg.gui.setup.exact_model import ChangedFile, Line, as_text
from clientcfg.gui.theme import theme
from clientcfg.words import _

_TINTS = {"+": "ready-tint", "-": "no-tint"}
_SIGNS = {"+": "+", "-": "−", " ": " "}


class DiffText(QTextEdit):
    """One file. Signs are text, for screen readers and for copying; all of it is shown."""

    def __init__(self, name: str, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
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
        gutter = [f"{'' if line.number is None else line.number:>{wide}} " for line in lines]
        rows = [
            f"{g}{_SIGNS[line.sign]} {line.text}" for g, line in zip(gutter, lines, strict=True)
        ]
        self.setPlainText("\n".join(rows))
        self._signs, self._wide = tuple(line.sign for line in lines), wide
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        """Tints, and lines that hang, by the colours and the font of now."""
        self.setFont(fixed_font())
        hang = QFontMetrics(self.font()).horizontalAdvance("0") * (self._wide + 3)
        block = self.document().firstBlock()
        for sign in self._signs:
            form = QTextBlockFormat()
            form.setLeftMargin(hang)
            form.setTextIndent(-hang)
            if sign in _TINTS:
                form.setBackground(theme().colour(_TINTS[sign]))
            QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As high as its lines are at this width; the drawer scrolls."""
        super().resizeEvent(event)
        frame = self.height() - self.viewport().height()
        self.setFixedHeight(round(self.document().size().height()) + frame)


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
        self.content.setSpacing(theme().px(8))
        for number, one in enumerate(files):
            if number:
                self.content.addWidget(rule())
            self.content.addWidget(_head(one))
            why = one.why if not one.said else _("{why}: {said}").format(why=one.why, said=one.said)
            self.content.addWidget(text("caption", why))
            self.content.addWidget(Elided("caption", one.folder))
            if one.lines:
                self.content.addWidget(DiffText(one.name, one.lines))
        self.content.addStretch(1)


def _head(one: ChangedFile) -> QWidget:
    whole = QWidget()
    layout = row(whole, 8)
    layout.addWidget(Glyph("file", "text-2", 16))
    layout.addWidget(Elided("strong", one.name), 1)
    layout.addWidget(text("caption", one.amount, wrap=False))
    return whole
