# SPDX-License-Identifier: MPL-2.0
"""Over the tabs: what to ask, and what to do with the answer."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.problem import Problem
from clientcfg.gui.parts.search import SearchField
from clientcfg.gui.parts.sides import keep_sides
from clientcfg.gui.parts.tabs import Tabs
from clientcfg.gui.parts.text import button, restyle
from clientcfg.gui.theme import theme
from clientcfg.words import _


class Head(QFrame):
    """``asked`` carries what was typed; ``stopped``, ``copied`` and ``saved`` say what is wanted.

    ``saved`` carries the ending of the file's name.
    """

    asked = Signal(str)
    stopped = Signal()
    copied = Signal()
    saved = Signal(str)

    def __init__(self, opened: Callable[[int], object]) -> None:
        super().__init__()
        self.setProperty("role", "path")
        worn = theme()
        self.field = SearchField(_("A domain, a mail server or an address"), "server", 400, size=20)
        self.field.setMinimumWidth(worn.px(220))
        self.field.textEdited.connect(lambda _text: self.say_problem(""))
        self.field.returnPressed.connect(self.ask)
        self.ask_button = button(_("&Check"), self.ask)
        self.stop_button = button(_("&Stop"), self.stopped.emit)
        self.copy_button = button(_("Copy for a &ticket"), self.copied.emit, "quiet", "copy")
        self._masked = _("Without e-mail addresses, IP addresses and user names.")
        self.save_button = button(_("&Export"), lambda: None, glyph="save")
        self.menu = QMenu(self)
        self.menu.addAction(_("As a &page (HTML)…"), lambda: self.saved.emit("html"))
        self.menu.addAction(_("As &JSON for scripts…"), lambda: self.saved.emit("json"))
        self.save_button.setMenu(self.menu)
        self.problem = Problem()
        line = row(gap=8)
        line.addWidget(self.field, 100)
        line.addWidget(self.ask_button)
        line.addWidget(self.stop_button)
        line.addStretch(1)
        line.addWidget(self.copy_button)
        line.addWidget(self.save_button)
        self._line = line
        names = (_("Server"), _("Programs"), _("Conversation"))
        self.tabs = Tabs(names, _("What is shown of the answer"))
        self.tabs.currentChanged.connect(opened)
        self._layout = layout = column(self)
        layout.setContentsMargins(0, worn.px(18), 0, 0)
        asking = column(gap=6)
        asking.addLayout(line)
        asking.addWidget(self.problem)
        layout.addLayout(asking)
        layout.addSpacing(worn.px(10))
        layout.addWidget(self.tabs)
        self.busy(on=False)
        self.has_answer(on=False)
        self.say_problem("")

    def ask(self) -> None:
        """Ask about what stands in the field."""
        self.asked.emit(self.field.text())

    def busy(self, *, on: bool) -> None:
        """Something is being asked: it can be stopped."""
        self.ask_button.setVisible(not on)
        self.stop_button.setVisible(on)

    def has_answer(self, *, on: bool) -> None:
        """There is something to copy, to save and to look at."""
        for widget in (self.copy_button, self.save_button, self.tabs):
            widget.setVisible(on)
        # Once they are dressed, and so as wide as they will be.
        QTimer.singleShot(0, self, self._fit)

    def say_problem(self, sentence: str) -> None:
        """Why that cannot be asked; empty: nothing is wrong."""
        self.problem.say(sentence)
        self.field.setProperty("problem", bool(sentence))
        self.field.setAccessibleDescription(sentence)
        restyle(self.field)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The quiet button loses its words where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = _("Copy for a &ticket")
        plain = words.replace("&", "")
        self.copy_button.setText(words)
        room = self.width() - 2 * keep_sides(self, self._layout)
        narrow = room < self._line.minimumSize().width()
        self.copy_button.setText("" if narrow else words)
        self.copy_button.setAccessibleName(plain)
        self.copy_button.setToolTip(f"{plain}. {self._masked}" if narrow else self._masked)
