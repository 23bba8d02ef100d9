# SPDX-License-Identifier: MPL-2.0
"""Step 3: the programs on this computer as cards, others by search, and why each can or can't."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from clientcfg.flows.catalog_search import Hit, Known
from clientcfg.gui.parts.fold import Fold
from clientcfg.gui.parts.frames import column
from clientcfg.gui.parts.keys import bind
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.sides import SIDE, side_of
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup.look import Program
from clientcfg.gui.setup.program_cards import CardGrid, ProgramCard
from clientcfg.gui.setup.program_model import Card, How, card, instead
from clientcfg.gui.setup.program_panel import ProgramPanel
from clientcfg.gui.setup.program_search import Found, SearchField
from clientcfg.gui.theme import theme
from clientcfg.words import _


class ProgramPage(Page):
    """``chosen`` carries a :class:`Card`; ``again`` looks for programs once more.

    ``wanted`` carries id, version and platform of one in the catalog.
    """

    chosen = Signal(object)
    wanted = Signal(object)
    again = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[Known, ...] = ()
        self._also: tuple[Card, ...] = ()
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(lambda _b, on: self._selected() if on else None)
        self.panel = ProgramPanel()
        self.panel.asked.connect(self.wanted)
        self.panel.instead.connect(self._take_instead)
        self.panel.turned.connect(self._turned)
        self.add_drawer(self.panel)
        self.drawer = self.panel
        self._here, self._others = CardGrid(self._group), CardGrid(self._group)
        self.found = Found()
        self.found.taken.connect(self._hit)
        self._cards = QWidget()
        self._here_label = text("label", _("On this computer"))
        self._other_label = text("label", _("Also looked at"))
        inside = column(self._cards)
        inside.addWidget(self._here_label)
        inside.addSpacing(theme().px(8))
        inside.addWidget(self._here)
        inside.addSpacing(theme().px(16))
        inside.addWidget(self._other_label)
        inside.addSpacing(theme().px(8))
        inside.addWidget(self._others)
        inside.addStretch(1)
        # The cards scroll, the search below them stays in view.
        lines, self.cards_area = scrolled(0, 0)
        for widget in (self._cards, self.found):
            lines.addWidget(widget)
        self.found.hide()
        self.cards_area.verticalScrollBar().rangeChanged.connect(self._see_taken)
        self.gap(24)
        self.content.addWidget(self.cards_area, 1)
        self.blocked = text("explain")
        self.content.addWidget(self.blocked)
        self.gap(12)
        self.search = SearchField()
        self.content.addWidget(self.search)
        self.search.typed.connect(self._search)
        self.search.entered.connect(self.found.take_first)
        self.search.down.connect(self.found.enter)
        self._build_bar()

    def _build_bar(self) -> None:
        self.bar_start.addWidget(button(_("&Back"), self.back.emit))
        self.look_again = button(_("&Look again"), self.again.emit, "quiet", "refresh")
        self.reasons = button(_("&Why?"), self._toggle, "quiet", "source")
        self.primary = button(_("&Continue"), self._go_on, "primary")
        for at_end in (self.look_again, self.reasons, self.primary):
            self.bar_end.addWidget(at_end)
        Fold(self.primary, (self.look_again, self.reasons))
        keys = {
            "Ctrl+I": self._toggle,
            "Ctrl+F": self.search.edit.setFocus,
            "F5": self.again.emit,
            "Esc": self.panel.hide,
        }
        bind(self, keys)

    @property
    def cards(self) -> list[ProgramCard]:
        """Every card that is shown, those of this computer first."""
        return [*self._here.shown, *self._others.shown]

    def tell(self, cards: tuple[Card, ...], known: tuple[Known, ...] = ()) -> None:
        """Show these programs; the first that can be set up is taken."""
        self._known, self._also = known, ()
        self.search.tell(len(known))
        self.search.edit.clear()
        self._here.tell(cards)
        self._show_others()
        self._here_label.setVisible(bool(cards))
        if cards:
            self._ask()
            best = next((w for w in self._here.shown if w.card.how is How.HERE), None)
            self._take(best or self._here.shown[0])
        else:
            self.head.say(
                _("No mail program that clientcfg knows is installed here."),
                _("Your servers are fine. Install Thunderbird and look again, or search below."),
                "unknown",
            )
            self._selected()

    def add(self, program: Program) -> None:
        """A program that was looked up; it is taken."""
        new = card(program)
        same = [one for one in self._also if one.program.known.id == new.program.known.id]
        kept = tuple(one for one in self._also if one not in same)
        self._also = (new, *kept)
        self.search.edit.clear()
        self._show_others()
        self._take(self._others.shown[0])
        self._ask()
        self._others.shown[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.cards_area.ensureWidgetVisible(self._others.shown[0])

    def _ask(self) -> None:
        """The question, in few words where there is little room."""
        short = side_of(self) < SIDE
        self.head.say(
            _("Which program?") if short else _("Which program should send and receive?"), ""
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More room or less for the question."""
        super().resizeEvent(event)
        if self.cards:
            self._ask()

    def _see_taken(self) -> None:
        """Where there is more or less to scroll, the card that is taken stays in sight."""
        taken = self._group.checkedButton()
        if taken is not None:
            self.cards_area.ensureWidgetVisible(taken)

    def arrive(self) -> None:
        """Focus to the card that is taken."""
        taken = self._group.checkedButton()
        if not isinstance(taken, ProgramCard):
            super().arrive()
        else:
            taken.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_others(self) -> None:
        self._others.tell(self._also)
        for widget in (self._other_label, self._others):
            widget.setVisible(bool(self._also))

    def _take(self, widget: ProgramCard) -> None:
        if widget.isChecked():
            self._selected()
        else:
            widget.setChecked(True)

    def _take_instead(self) -> None:
        shown = self._card()
        other = None if shown is None else instead(shown, tuple(w.card for w in self.cards))
        widget = next((w for w in self.cards if w.card is other), None)
        if widget is not None:
            self._take(widget)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self) -> Card | None:
        taken = self._group.checkedButton()
        return taken.card if isinstance(taken, ProgramCard) else None

    def _selected(self) -> None:
        shown = self._card()
        for wanted in (self.reasons, self.primary):
            wanted.setVisible(shown is not None)
        if shown is None:
            self.panel.hide()
            self.blocked.hide()
            return
        self.primary.setText(_("&Continue with {name}").format(name=shown.name))
        never = shown.how is How.NOT
        self.primary.setEnabled(not never)
        self.primary.setToolTip(shown.blocked if never else "")
        self.blocked.setText(shown.blocked)
        others = tuple(w.card for w in self.cards)
        self.panel.tell(shown, self._versions(shown), instead(shown, others))
        # Why stands beside the cards where there is room, and never hides them unasked.
        room = self.has_room(self.panel)
        self.panel.setVisible(room)
        self.reasons.setVisible(not room)
        self.blocked.setVisible(bool(shown.blocked) and not room)

    def _versions(self, shown: Card) -> Known | None:
        """What can be chosen for a program that is not here."""
        if shown.program.installation is not None:
            return None
        return next((k for k in self._known if k.id == shown.program.known.id), None)

    def _search(self, typed: str) -> None:
        looking = bool(typed.strip())
        if looking:
            self.found.tell(self._known, typed)
        self.found.setVisible(looking)
        self._cards.setVisible(not looking)

    def _hit(self, hit: Hit) -> None:
        self.wanted.emit((hit.known.id, hit.version, None))

    def _turned(self) -> None:
        """Why is asked for where it is not in sight."""
        shown = self.panel.isVisibleTo(self)
        self.reasons.setVisible(self._card() is not None and not shown)

    def _toggle(self) -> None:
        if self._card() is not None:
            self.panel.setVisible(not self.panel.isVisibleTo(self))

    def _go_on(self) -> None:
        shown = self._card()
        if shown is not None and shown.how is not How.NOT:
            self.chosen.emit(shown)
