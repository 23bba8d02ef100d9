# SPDX-License-Identifier: MPL-2.0
"""Files for another machine, saved: what each does there, what it does not, how it is used."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clientcfg.flows.exported import ClientExport
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.frames import Card, Said, behind, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import mono
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import Elided, breakable, button, flush, text
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here, trouble_shape, without_terminal
from clientcfg.model.export import About
from clientcfg.model.steps import told
from clientcfg.model.trouble import Trouble
from clientcfg.system import SYSTEM
from clientcfg.words import _, ngettext


class FilesPage(Page):
    """``open`` carries the folder; ``elsewhere`` picks another one."""

    open = Signal(str)
    elsewhere = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.folder = ""
        self.banner = Banner()
        inside = QWidget()
        self._files = column(inside, 12)
        self.gap(16)
        self.content.addWidget(self.banner)
        self.gap(8)
        self.content.addWidget(inside)
        self.content.addStretch(1)
        self.bar_start.addWidget(button(_("&Back"), self.back.emit))
        self.other = button(_("Choose another &folder"), self.elsewhere.emit)
        self.primary = button(_("&Open the folder"), lambda: self.open.emit(self.folder), "primary")
        self.bar_end.addWidget(self.other)
        self.bar_end.addWidget(self.primary)

    def tell(self, export: ClientExport, folder: str) -> None:
        """They are written."""
        self.folder = folder
        n = len(export.all_files)
        said = ngettext("{n} file is saved.", "{n} files are saved.", n).format(n=n)
        self.head.say(said, folder, "ready")
        self.banner.hide()
        empty(self._files)
        for note in export.notes:
            self._files.addWidget(Said("update", note))
        for file in export.all_files:
            self._files.addWidget(file_card(file.about))
        self.other.hide()
        self.primary.show()
        self.arrive()

    def fail(self, trouble: Trouble) -> None:
        """Nothing was written."""
        empty(self._files)
        self.head.say(_("The files were not saved."), "", trouble_shape(trouble))
        self.banner.tell(trouble_shape(trouble), trouble.text, " ".join(advice_here(trouble)))
        self.primary.hide()
        self.other.show()
        self.arrive()


def file_card(about: About) -> Card:
    """One file in words."""
    card = Card()
    card.fill([_title(about), _facts(about)])
    return card


def _inset(widget: QWidget, gap: int) -> None:
    layout = widget.layout()
    assert layout is not None  # noqa: S101 - given a line above
    worn = theme()
    layout.setContentsMargins(worn.px(16), worn.px(gap), worn.px(16), worn.px(gap))


def _title(about: About) -> QWidget:
    whole = QWidget()
    layout = row(whole, 12)
    _inset(whole, 12)
    words = column(gap=2)
    words.addWidget(text("strong", about.title))
    words.addWidget(Elided("caption", about.name))
    layout.addWidget(Glyph("file", "accent"), 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    return whole


def _facts(about: About) -> QWidget:
    whole = QWidget()
    layout = column(whole, 6)
    _inset(whole, 12)
    # Without what can only be asked for in a terminal.
    for line in filter(None, map(without_terminal, about.does)):
        layout.addWidget(Said("ready", line))
    for line in filter(None, map(without_terminal, about.does_not)):
        layout.addWidget(unmarked(line))
    if about.steps:
        layout.addSpacing(theme().px(6))
        layout.addWidget(text("label", _("How it is used")))
    for number, (sentence, lines) in enumerate(told(about.steps, SYSTEM), start=1):
        layout.addWidget(numbered(number, sentence))
        if lines:
            layout.addWidget(indented(to_type(sentence, lines)))
    return whole


def unmarked(line: str) -> QWidget:
    """A line that says nothing of how well something goes, with the edge of those that do."""
    return indented(text("body", breakable(line)))


def to_type(name: str, lines: tuple[str, ...]) -> QWidget:
    """Lines for a terminal below the step that says where, with a link that copies them."""
    whole = QWidget()
    layout = column(whole, 4)
    shown = mono(name, "\n".join(lines))
    # Commands are read from left to right everywhere.
    shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    shown.show_lines(len(lines))
    layout.addWidget(shown)
    copy = flush(copy_button(_("Copy these lines"), lambda: "\n".join(lines), "link"))
    layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    return whole


def indented(widget: QWidget) -> QWidget:
    """It begins where the words of a step begin, behind its number."""
    return behind(16 + 12, widget)


def numbered(number: int, line: str) -> QWidget:
    """One step of several."""
    whole = QWidget()
    layout = row(whole, 12)
    count = text("explain", str(number), wrap=False)
    count.setFixedWidth(theme().px(16))
    count.setAlignment(trailing(Qt.AlignmentFlag.AlignTop))
    layout.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(text("body", line), 1)
    return whole
