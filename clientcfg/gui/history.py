# SPDX-License-Identifier: MPL-2.0
"""History: what was changed when, and Undo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QWidget

from clientcfg.flows.events import UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.past_changes import PastChanges, changes_of_past
from clientcfg.flows.question import ClientRuns
from clientcfg.flows.undo import undo
from clientcfg.gui.engine import Asked, Engine
from clientcfg.gui.history_facts import PastFacts
from clientcfg.gui.history_files import PastFiles
from clientcfg.gui.history_line import Line
from clientcfg.gui.history_model import Past, Read, read_history
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.frames import Card, Head, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.sides import side_of
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.setup.done_model import when_undone
from clientcfg.gui.setup.exact_model import files_of
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# At the sides of one change, behind the line that parts it from the list.
SIDE = 32


class HistoryPage(QWidget):
    """The list on the left, one change on the right.

    ``recovered`` says what a run that was cut off had left, and that it was taken back.
    """

    recovered = Signal(str)

    def __init__(self, engine: Engine, here: Here) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._engine, self._here = engine, here
        self._waiting: Asked | None = None
        self.lines: list[Line] = []
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(lambda _b, on: self._select() if on else None)
        worn = theme()
        self._list, area = scrolled(24, 32)
        margins = self._list.contentsMargins()
        self._list.setContentsMargins(margins.left(), margins.top(), worn.px(12), margins.bottom())
        area.setFixedWidth(worn.px(312))
        self._detail, self._right = scrolled(SIDE, 32)
        self.head, self.banner = Head(), Banner()
        self._facts, self.changes = QWidget(), PastFiles(())
        self._rows = column(self._facts)
        self._rows.addWidget(self.changes)
        self.undo_card, self.undo_button = Card(), button(_("&Undo"), self._undo, glyph="undo")
        self._undo_words = text("explain")
        self.keep = button(_("&Leave those, undo the rest"), lambda: self._undo(keep=True), "small")
        self.banner.buttons.addWidget(self.keep)
        self.stop = button(_("Cancel"), self._give_up, "small", name=_("Stop waiting"))
        self.banner.buttons.addWidget(self.stop)
        for widget in (self.head, self.banner, self._facts):
            self._detail.addWidget(widget)
            self._detail.addSpacing(worn.px(16))
        self._detail.addStretch(1)
        self.undo_card.fill([self._undo_row()])
        # However much was changed, the way back stays in sight.
        right, self._foot = QWidget(), column()
        self._foot.setContentsMargins(0, worn.px(8), 0, worn.px(24))
        self._foot.addWidget(self.undo_card)
        beside = column(right)
        beside.addWidget(self._right, 1)
        more = rule()
        more.hide()
        beside.addWidget(more)
        bar = self._right.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: more.setVisible(most > least))
        beside.addLayout(self._foot)
        layout = row(self, 0)
        layout.addWidget(area)
        layout.addWidget(rule("upright"))
        layout.addWidget(right, 1)
        self._show_list(())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        side, foot = theme().px(min(SIDE, side_of(self))), self._foot.contentsMargins()
        self._right.set_side(side)
        self._foot.setContentsMargins(side, foot.top(), side, foot.bottom())

    def _undo_row(self) -> QWidget:
        whole = QWidget()
        layout = row(whole, 12)
        margin = theme().px(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        words = column(gap=2)
        words.addWidget(text("strong", _("Undo is possible")))
        words.addWidget(self._undo_words)
        layout.addWidget(Glyph("undo"))
        layout.addLayout(words, 1)
        layout.addWidget(self.undo_button)
        return whole

    def read(self, *, recover: bool = False) -> None:
        """Read the journal; with *recover* take back first what was cut off."""
        here = self._here
        job = self._engine.start(lambda _answerer: read_history(here, recover=recover))
        job.heard.connect(self._tell)
        job.failed.connect(self._failed)

    def arrive(self) -> None:
        """The page is shown: read again."""
        self.banner.hide()
        self.read()
        self.head.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, read: object) -> None:
        if isinstance(read, Read):
            self._show_list(read.entries)
            if read.said:
                self.recovered.emit(" ".join(read.said))
                self.banner.tell("update", " ".join(read.said))
                self.keep.hide()
                self.stop.hide()

    def _show_list(self, entries: tuple[Past, ...]) -> None:
        for line in self.lines:
            self._group.removeButton(line)
        empty(self._list)
        self.lines = [Line(past) for past in entries]
        self._list.addWidget(_aligned("title", _("History")))
        group = ""
        for line in self.lines:
            if line.past.group != group:
                group = line.past.group
                self._list.addSpacing(theme().px(16))
                self._list.addWidget(_aligned("label", group))
                self._list.addSpacing(theme().px(4))
            self._group.addButton(line)
            self._list.addWidget(line)
        self._list.addStretch(1)
        for widget in (self._facts, self.undo_card):
            widget.setVisible(bool(entries))
        if self.lines:
            self.lines[0].setChecked(True)
        else:
            self.head.say(
                _("clientcfg has changed nothing here."),
                _("What you set up stands here, with Undo."),
            )

    def _past(self) -> Past | None:
        chosen = self._group.checkedButton()
        return chosen.past if isinstance(chosen, Line) else None

    def _select(self) -> None:
        past = self._past()
        if past is None:
            return
        self.head.say(past.whose, past.when)
        empty(self._rows)
        self._rows.addWidget(PastFacts(past))
        self._rows.addSpacing(theme().px(28))
        self._rows.addWidget(text("subtitle", _("What was changed")))
        self._rows.addSpacing(theme().px(8))
        self.changes = PastFiles(past.places)
        self._rows.addWidget(self.changes)
        self._read_changes(past)
        self.undo_card.setVisible(past.undoable)
        self._undo_words.setText(past.back)
        self.undo_button.setEnabled(True)

    def _read_changes(self, past: Past) -> None:
        here = self._here
        job = self._engine.start(lambda _answerer: changes_of_past(past.id, here))
        job.heard.connect(self._tell_changes)

    def _tell_changes(self, heard: object) -> None:
        past = self._past()
        if isinstance(heard, PastChanges) and past is not None and heard.id == past.id:
            self.changes.tell(files_of(heard.changes))

    def _undo(self, *, keep: bool = False) -> None:
        past, here = self._past(), self._here
        if past is None:
            return
        self.undo_button.setEnabled(False)
        self.banner.hide()
        job = self._engine.start(lambda answerer: undo(past.id, answerer, here, keep=keep))
        job.heard.connect(self._undone)
        job.failed.connect(self._failed)
        job.asked.connect(self._asked)

    def _undone(self, event: object) -> None:
        if isinstance(event, UndoDone):
            self.read()
            said = when_undone(event)
            self._say("ready", said.title, said.text)

    def _failed(self, trouble: Trouble) -> None:
        self.undo_button.setEnabled(True)
        self._say("no", trouble.text, " ".join(advice_here(trouble)))
        self.keep.setVisible(trouble.code == "changed-since")

    def _asked(self, asked: Asked) -> None:
        if isinstance(asked.wanted, ClientRuns):
            self._waiting = asked
            name = asked.wanted.installation.name
            words = _("Close it and Undo goes on by itself.")
            self._say("step", _("{name} is open.").format(name=name), words)
            self.stop.show()
        else:
            asked.answer(False)

    def _give_up(self) -> None:
        if self._waiting is not None:
            self._waiting.answer(False)
            self._waiting = None

    def _say(self, kind: str, sentence: str, more: str) -> None:
        self.banner.tell(kind, sentence, more)
        self.keep.hide()
        self.stop.hide()


def _aligned(kind: str, words: str) -> QLabel:
    """Words that begin where those of the entries do."""
    label = text(kind, words)
    label.setIndent(theme().px(16))
    return label
