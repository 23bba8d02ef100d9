# SPDX-License-Identifier: MPL-2.0
"""Step 3: the programs on this computer as cards, and why each can or can't."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.reasons import Reasons
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup.program_model import Card, headline, what_to_do, why
from clientcfg.gui.theme import theme
from clientcfg.words import _

COLUMNS = 2


class ProgramCard(QPushButton):
    """Tile with letters, name, version, verdict."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card
        self.setProperty("kind", "card")
        self.setCheckable(True)
        self.setAccessibleName(card.spoken)
        self.setMinimumWidth(theme().px(224))
        self.setFixedHeight(theme().px(72))
        side = theme().px(40)
        tile = text("tile", card.initials, wrap=False)
        tile.setFixedSize(side, side)
        tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = row(gap=4)
        title.addWidget(text("strong", card.name, wrap=False))
        title.addWidget(text("explain", card.version, wrap=False))
        title.addStretch(1)
        verdict = row()
        verdict.addWidget(Badge(card.shape, card.word))
        verdict.addWidget(text("caption", card.remark, wrap=False))
        verdict.addStretch(1)
        words = column(gap=2)
        words.addLayout(title)
        words.addLayout(verdict)
        layout = row(self, 12)
        layout.setContentsMargins(theme().px(12), 0, theme().px(12), 0)
        layout.addWidget(tile)
        layout.addLayout(words, 1)


class ProgramPage(Page):
    """``chosen`` carries a :class:`Card`; ``again`` looks for programs once more."""

    chosen = Signal(object)
    again = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ProgramCard] = []
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(lambda _b, _on: self._selected())
        self.drawer = Reasons(_("Why this verdict"))
        self.add_drawer(self.drawer)
        self._label = text("label", _("On this computer"))
        self.gap(16)
        self.content.addWidget(self._label)
        self.gap(8)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(8))
        self.content.addWidget(inside)
        self.blocked = text("explain")
        self.gap(16)
        self.content.addWidget(self.blocked)
        self.content.addStretch(1)
        self.bar_start.addWidget(button(_("&Back"), self.back.emit))
        self.look_again = button(_("&Look again"), self.again.emit, "quiet", "refresh")
        self.reasons = button(_("&Why?"), self._toggle, "quiet")
        self.primary = button(_("&Continue"), self._go_on, "primary")
        for at_end in (self.look_again, self.reasons, self.primary):
            self.bar_end.addWidget(at_end)

    def tell(self, cards: tuple[Card, ...]) -> None:
        """Show these programs; the first that can be set up is taken."""
        for old in self.cards:
            self._group.removeButton(old)
        empty(self._grid)
        self.cards = [ProgramCard(card) for card in cards]
        for number, widget in enumerate(self.cards):
            self._group.addButton(widget)
            self._grid.addWidget(widget, number // COLUMNS, number % COLUMNS)
        # One card alone keeps its half of the width.
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        self._label.setVisible(bool(cards))
        for wanted in (self.reasons, self.primary):
            wanted.setVisible(bool(cards))
        self.drawer.hide()
        if cards:
            self.head.say(_("Which program should send and receive?"), "")
            best = next((w for w in self.cards if not w.card.blocked), self.cards[0])
            best.setChecked(True)
            self._selected()
        else:
            self.head.say(
                _("No mail program that clientcfg knows is installed here."),
                _("Your servers are fine. Install Thunderbird, then look again."),
                "unknown",
            )
            self.blocked.hide()

    def arrive(self) -> None:
        """Focus to the card that is taken."""
        taken = self._group.checkedButton()
        if not isinstance(taken, ProgramCard):
            super().arrive()
        else:
            taken.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self) -> Card | None:
        taken = self._group.checkedButton()
        return taken.card if isinstance(taken, ProgramCard) else None

    def _selected(self) -> None:
        card = self._card()
        if card is None:
            return
        self.primary.setText(_("&Continue with {name}").format(name=card.name))
        self.primary.setEnabled(not card.blocked)
        self.primary.setToolTip(card.blocked)
        self.blocked.setText(card.blocked)
        self.blocked.setVisible(bool(card.blocked))
        self.drawer.tell(
            (card.shape, card.word), headline(card), why(card.program.verdict), what_to_do(card)
        )
        # What can't be set up is explained without being asked, unless that hid the cards.
        if card.blocked and self.has_room(self.drawer):
            self.drawer.show()

    def _toggle(self) -> None:
        self.drawer.setVisible(not self.drawer.isVisibleTo(self))

    def _go_on(self) -> None:
        card = self._card()
        if card is not None and not card.blocked:
            self.chosen.emit(card)
