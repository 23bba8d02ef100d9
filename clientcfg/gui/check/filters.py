# SPDX-License-Identifier: MPL-2.0
"""Which programs are shown: words to look for, chips, and how many there are."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from clientcfg.flows.compare import Compared
from clientcfg.gui.check.programs_model import Shown, chip_words
from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.search import SearchField
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _


class Filters(QWidget):
    """In one line, or in two where there is little room. ``wanted``: something else is."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(_("Program or version"))
        self.search.setMinimumWidth(theme().px(200))
        self.search.textChanged.connect(lambda _text: self.wanted.emit())
        self.chips: dict[Shown, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._line = Abreast()
        for shown, words in chip_words(None).items():
            chip = QPushButton(words)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            self.chips[shown] = chip
            self._group.addButton(chip)
            self._line.add(chip)
        self.chips[Shown.MAINTAINED].setChecked(True)
        self._group.buttonToggled.connect(lambda _b, on: self.wanted.emit() if on else None)
        self.count = text("caption", wrap=False)
        self.count.setAlignment(trailing())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(8))
        self._beside: bool | None = None
        self._place(beside=True)

    @property
    def shown(self) -> Shown:
        """Which chip is chosen."""
        return next((s for s, chip in self.chips.items() if chip.isChecked()), Shown.ALL)

    def reset(self) -> None:
        """As in the beginning."""
        self.search.clear()
        self.chips[Shown.MAINTAINED].setChecked(True)

    def tell(self, compared: Compared) -> None:
        """How much each chip holds."""
        for shown, words in chip_words(compared).items():
            self.chips[shown].setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One line or two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The field takes all that it may, before the chips get what is left.
        needed = self.search.maximumWidth() + self._line.sizeHint().width()
        needed += self.count.sizeHint().width() + 2 * theme().px(12)
        self._place(beside=needed <= self.width())

    def _place(self, *, beside: bool) -> None:
        if beside is self._beside:
            return
        self._beside = beside
        grid = self._grid
        for widget in (self.search, self._line, self.count):
            grid.removeWidget(widget)
        grid.addWidget(self.search, 0, 0)
        if beside:
            grid.addWidget(self._line, 0, 1)
            grid.addWidget(self.count, 0, 2)
        else:
            grid.addWidget(self.count, 0, 1, 1, 2)
            grid.addWidget(self._line, 1, 0, 1, 3)
        grid.setColumnStretch(0, 100)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 0 if beside else 1)
