# SPDX-License-Identifier: MPL-2.0
"""What if the server changed: a switch a change, each with how it is today."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from clientcfg.advise.what_if import WhatIf
from clientcfg.flows.supposing import Remarks
from clientcfg.gui.parts.switch import Switch, explained
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _

# Below this width two stand beside each other, not three.
NARROW = 720


class Switches(QWidget):
    """``turned`` carries a :class:`WhatIf`."""

    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.oauth2 = Switch(_("&OAuth 2.0 only"))
        self.tls_1_2 = Switch(_("TLS 1.&2 or newer only"))
        self.tls_1_3 = Switch(_("TLS 1.&3 only"))
        self.plain = Switch(_("&PLAIN turned off"))
        self.fetching = Switch(_("POP-before-SMTP turned o&ff"))
        self._all = (self.oauth2, self.tls_1_2, self.plain, self.tls_1_3, self.fetching)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(24))
        self._grid.setVerticalSpacing(theme().px(8))
        self._notes = {switch: text("caption") for switch in self._all}
        self._cells = [explained(switch, self._notes[switch]) for switch in self._all]
        self._beside = 0
        for switch in self._all:
            switch.toggled.connect(self._turned)
        self._place(3)

    @property
    def change(self) -> WhatIf:
        """What is supposed."""
        least = "1.3" if self.tls_1_3.isChecked() else "1.2" if self.tls_1_2.isChecked() else None
        return WhatIf(
            oauth2_only=self.oauth2.isChecked(),
            least_tls=least,
            no_plain=self.plain.isChecked(),
            no_pop_before_smtp=self.fetching.isChecked(),
        )

    def reset(self) -> None:
        """All off, without a word."""
        for switch in self._all:
            switch.blockSignals(True)
            switch.setChecked(False)
            switch.blockSignals(False)
            _embolden(switch)

    def tell(self, remarks: Remarks) -> None:
        """How it is today."""
        said = {
            self.oauth2: remarks.oauth2_only,
            self.tls_1_2: remarks.tls_1_2,
            self.tls_1_3: remarks.tls_1_3,
            self.plain: remarks.no_plain,
            self.fetching: remarks.no_pop_before_smtp,
        }
        for switch, words in said.items():
            self._notes[switch].setText(words)
            switch.setAccessibleDescription(words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._place(2 if self.width() < theme().px(NARROW) else 3)

    def _place(self, beside: int) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        last = len(self._cells) - 1
        for number, cell in enumerate(self._cells):
            # The longest comes last, and nothing stands beside it.
            wide = 2 if number == last else 1
            self._grid.addWidget(cell, number // beside, number % beside, 1, wide)
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < beside else 0)

    def _turned(self) -> None:
        for switch in self._all:
            _embolden(switch)
        self.turned.emit(self.change)


def _embolden(switch: Switch) -> None:
    """What is supposed stands out."""
    font = QFont(switch.font())
    font.setWeight(QFont.Weight.DemiBold if switch.isChecked() else QFont.Weight.Normal)
    switch.setFont(font)
