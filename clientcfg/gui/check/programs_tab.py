# SPDX-License-Identifier: MPL-2.0
"""The second tab: every program's verdict, today and if the server changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from clientcfg.flows.compare import Compared
from clientcfg.gui.check.filters import Filters
from clientcfg.gui.check.programs_model import count_words, nothing_words, rows
from clientcfg.gui.check.programs_paint import ProgramsView
from clientcfg.gui.check.programs_table import ProgramsModel
from clientcfg.gui.check.switches import Switches
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.beside import Beside
from clientcfg.gui.parts.cells import Index
from clientcfg.gui.parts.frames import Card, column, row
from clientcfg.gui.parts.reasons import Reasons
from clientcfg.gui.parts.sides import keep_sides
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
        self.table = ProgramsView(self.model)
        self.table.activated.connect(self._explain)
        self.table.clicked.connect(self._explain)
        self.filters = Filters()
        self.filters.wanted.connect(self._want)
        self.search = self.filters.search
        self.switches = Switches()
        self.switches.turned.connect(self.supposed)
        self._title = text("subtitle", _("What if the server changed?"), wrap=False)
        self._note = text(
            "caption", _("Nothing is changed at the server. It is only thought through here.")
        )
        self._note.setAlignment(trailing())
        head = row(gap=16)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        self.drawer = Reasons(_("Why this verdict"))
        inside = QWidget()
        self._layout = layout = column(inside)
        layout.setContentsMargins(0, worn.px(20), 0, worn.px(16))
        layout.addLayout(head)
        layout.addSpacing(worn.px(8))
        layout.addWidget(self.switches)
        layout.addSpacing(worn.px(16))
        layout.addWidget(self.filters)
        layout.addSpacing(worn.px(12))
        layout.addWidget(self._body(), 1)
        self._sides = Beside(inside)
        self._sides.add_drawer(self.drawer)
        column(self).addWidget(self._sides)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        keep_sides(self, self._layout)

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
        self.filters.reset()
        self._want()

    def tell(self, compared: Compared) -> None:
        """Show it; what is looked at keeps its place."""
        self.model.tell(rows(compared))
        self.switches.tell(compared.remarks)
        self.filters.tell(compared)
        self._want()
        if self.drawer.isVisibleTo(self):
            self._explain(self.table.currentIndex())

    def _want(self) -> None:
        wanted = self.filters.shown
        self.model.want(wanted, self.search.text())
        shown, total = len(self.model.rows), len(self.model.every)
        self.filters.count.setText(count_words(shown, total))
        self._stack.setCurrentIndex(int(total > 0 and shown == 0))
        self.nothing.setText(nothing_words(wanted, self.search.text()))
        self.table.fit(comparing=bool(self.switches.change))

    def _explain(self, index: Index) -> None:
        if not index.isValid():
            self.drawer.hide()
            return
        one = self.model.rows[index.row()]
        verdict = one.held.then
        said = sentence(one.title, verdict.kind)
        self.drawer.tell(one.then, said, why(verdict), advised(verdict))
        self.drawer.show()
