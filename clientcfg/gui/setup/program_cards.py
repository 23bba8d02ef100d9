# SPDX-License-Identifier: MPL-2.0
"""Programs as cards: two columns where there is room, else rows with the verdict at the end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QWidget

from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.text import Elided, text
from clientcfg.gui.setup.program_model import Card
from clientcfg.gui.theme import theme

LEAST, GAP = 224, 8
HIGH, LOW = 72, 56


class ProgramCard(QPushButton):
    """Tile or icon, name, version, verdict. ``narrow``: as a row of a single column."""

    def __init__(self, card: Card, *, narrow: bool) -> None:
        super().__init__()
        self.card = card
        worn = theme()
        self.setProperty("kind", "row" if narrow else "card")
        self.setCheckable(True)
        self.setAccessibleName(card.spoken)
        self.setMinimumWidth(worn.px(LEAST))
        self.setFixedHeight(worn.px(LOW if narrow else HIGH))
        words = column(gap=2)
        badge = Badge(card.shape, card.word)
        layout = row(self, 12)
        layout.setContentsMargins(worn.px(12), 0, worn.px(12), 0)
        layout.addWidget(tile(card.initials, 34 if narrow else 40, card.icon))
        if narrow:
            words.addWidget(Elided("strong", card.name, whose_end=True))
            below = ", ".join(filter(None, (card.version, card.remark)))
            words.addWidget(text("caption", below, wrap=False))
            words.setContentsMargins(0, worn.px(8), 0, worn.px(8))
            layout.addLayout(words, 1)
            layout.addWidget(badge)
            return
        words.addStretch(1)
        title = row(gap=4)
        name, remark = text("strong", card.name, wrap=False), card.remark
        if name.sizeHint().width() <= worn.px(LEAST - 40 - 36):
            title.addWidget(name)
            title.addWidget(Elided("explain", card.version, whose_end=True), 1)
        else:
            # A long name takes the whole line, its version goes below.
            title.addWidget(Elided("strong", card.name, whose_end=True), 1)
            remark = card.version or remark
        verdict = row()
        verdict.addWidget(badge)
        verdict.addWidget(Elided("caption", remark, whose_end=True), 1)
        words.addLayout(title)
        words.addLayout(verdict)
        words.addStretch(1)
        layout.addLayout(words, 1)


def tile(initials: str, size: int, own: str = "") -> QLabel:
    """The icon called *own* as the system's theme has it, else the program's letters."""
    side = theme().px(size)
    if own and QIcon.hasThemeIcon(own):
        shown = text("", "", wrap=False)
        shown.setPixmap(QIcon.fromTheme(own).pixmap(QSize(side, side)))
    else:
        shown = text("tile", initials, wrap=False)
    shown.setFixedSize(side, side)
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return shown


class CardGrid(QWidget):
    """Cards of one kind; all cards of a page are in one *group*, so that one is taken."""

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__()
        self._group = group
        self._cards: tuple[Card, ...] = ()
        self._columns = 0
        self.shown: list[ProgramCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(GAP))
        theme().changed.connect(self._build)

    def tell(self, cards: tuple[Card, ...]) -> None:
        """Show these."""
        self._cards = cards
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """There may be room for two columns now, or no more."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._build()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One column always fits."""
        height = super().minimumSizeHint().height()
        return QSize(theme().px(LEAST), height)

    def _fitting(self) -> int:
        return 2 if self.width() >= theme().px(2 * LEAST + GAP) else 1

    def _build(self) -> None:
        taken = next((one for one in self.shown if one.isChecked()), None)
        chosen = None if taken is None else taken.card
        focused = taken is not None and taken.hasFocus()
        for old in self.shown:
            self._group.removeButton(old)
        empty(self._grid)
        self._columns = self._fitting()
        self.shown = [ProgramCard(card, narrow=self._columns == 1) for card in self._cards]
        self._group.blockSignals(True)
        for number, widget in enumerate(self.shown):
            self._group.addButton(widget)
            self._grid.addWidget(widget, number // self._columns, number % self._columns)
            if widget.card is chosen:
                widget.setChecked(True)
                if focused:
                    widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._group.blockSignals(False)
        for place in range(2):
            # One card alone keeps its half of the width.
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)
