# SPDX-License-Identifier: MPL-2.0
"""The second tab: every program's verdict, today and if the server changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from clientcfg.flows.compare import Compared
from clientcfg.gui.check.programs_model import Shown, chip_words, count_words, nothing_words, rows
from clientcfg.gui.check.programs_paint import ProgramsView
from clientcfg.gui.check.programs_table import Filter, ProgramsModel
from clientcfg.gui.check.switches import Switches
from clientcfg.gui.parts.beside import Beside
from clientcfg.gui.parts.cells import Index
from clientcfg.gui.parts.frames import Card, column, row
from clientcfg.gui.parts.reasons import Reasons
from clientcfg.gui.parts.search import SearchField
from clientcfg.gui.parts.text import text
from clientcfg.gui.setup.program_model import advised, sentence, why
from clientcfg.gui.theme import theme
from clientcfg.words import _


class ProgramsTab(QWidget):
    """``supposed`` carries a :class:`WhatIf` to be thought through."""

    supposed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        worn = theme()
        self.model = ProgramsModel()
        self.filter = Filter(self.model)
        self.table = ProgramsView(self.filter)
        self.table.activated.connect(self._explain)
        self.table.clicked.connect(self._explain)
        self.switches = Switches()
        self.switches.turned.connect(self.supposed)
        self._title = text("subtitle", _("What if the server changed?"), wrap=False)
        self._note = text(
            "caption", _("Nothing is changed at the server. It is only thought through here.")
        )
        self._note.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        head = row(gap=16)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        self.drawer = Reasons(_("Why this verdict"))
        inside = QWidget()
        layout = column(inside)
        margin = worn.px(40)
        layout.setContentsMargins(margin, worn.px(20), margin, worn.px(16))
        layout.addLayout(head)
        layout.addSpacing(worn.px(8))
        layout.addWidget(self.switches)
        layout.addSpacing(worn.px(16))
        layout.addLayout(self._filters())
        layout.addSpacing(worn.px(12))
        layout.addWidget(self._body(), 1)
        self._sides = Beside(inside)
        self._sides.add_drawer(self.drawer)
        column(self).addWidget(self._sides)

    def _filters(self) -> QHBoxLayout:
        self.search = SearchField(_("Program or version"))
        self.search.textChanged.connect(lambda _text: self._want())
        self.chips: dict[Shown, QPushButton] = {}
        self._group = QButtonGroup(self)
        line = row(gap=8)
        line.addWidget(self.search, 100)
        for shown, words in chip_words(None).items():
            chip = QPushButton(words)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            self.chips[shown] = chip
            self._group.addButton(chip)
            line.addWidget(chip)
        self.chips[Shown.MAINTAINED].setChecked(True)
        self._group.buttonToggled.connect(lambda _b, on: self._want() if on else None)
        self.count = text("caption", wrap=False)
        line.addStretch(1)
        line.addWidget(self.count)
        return line

    def _body(self) -> QWidget:
        card = Card()
        card.fill([self.table])
        self.nothing = text("explain")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(card)
        self._stack.addWidget(self.nothing)
        return self._stack

    def begin(self) -> None:
        """Another server is being asked."""
        self.drawer.hide()
        self.switches.reset()
        self.model.tell(())
        self.chips[Shown.MAINTAINED].setChecked(True)
        self.search.clear()
        self._want()

    def tell(self, compared: Compared) -> None:
        """Show it; what is looked at keeps its place."""
        self.model.tell(rows(compared))
        self.switches.tell(compared.remarks)
        for shown, words in chip_words(compared).items():
            self.chips[shown].setText(words)
        self.table.compare(on=bool(compared.change))
        self._want()
        if self.drawer.isVisibleTo(self):
            self._explain(self.table.currentIndex())

    def _want(self) -> None:
        wanted = next((s for s, chip in self.chips.items() if chip.isChecked()), Shown.ALL)
        self.filter.want(wanted, self.search.text())
        shown, total = self.filter.rowCount(), len(self.model.rows)
        self.count.setText(count_words(shown, total))
        self._stack.setCurrentIndex(int(total > 0 and shown == 0))
        self.nothing.setText(nothing_words(wanted, self.search.text()))
        self.table.compare(on=bool(self.switches.change))

    def _explain(self, index: Index) -> None:
        if not index.isValid():
            self.drawer.hide()
            return
        one = self.filter.row(index)
        verdict = one.held.then
        named = f"{one.name} {one.versions}"
        self.drawer.tell(one.then, sentence(named, verdict.kind), why(verdict), advised(verdict))
        self.drawer.show()
