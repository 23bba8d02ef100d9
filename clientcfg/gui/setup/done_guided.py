# SPDX-License-Identifier: MPL-2.0
"""What only the person can do and see: a sign-in in the program, and the first message."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.steps import StepRow
from clientcfg.gui.parts.text import button
from clientcfg.gui.setup.done_model import Guided
from clientcfg.gui.theme import theme
from clientcfg.words import _


class GuidedList(QWidget):
    """Steps in order; each has to be said to be done. Never green: nobody here has seen it.

    ``turned`` carries how many are done; ``failed``: it did not work.
    """

    turned = Signal(int)
    failed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.done = 0
        self.buttons: list[QPushButton] = []
        self._guided: tuple[Guided, ...] = ()
        inside = QWidget()
        self._rows = column(inside)
        self.not_working = button(_("It did &not work"), self.failed.emit, "link")
        end = row(gap=0)
        end.setContentsMargins(0, 0, 0, theme().px(8))
        end.addSpacing(theme().px(40))
        end.addWidget(self.not_working)
        end.addStretch(1)
        layout = column(self)
        layout.addWidget(inside)
        layout.addLayout(end)

    def tell(self, guided: tuple[Guided, ...]) -> None:
        """Begin with the first."""
        self._guided, self.done = guided, 0
        self._build()

    def _build(self) -> None:
        empty(self._rows)
        self.buttons = []
        for number, one in enumerate(self._guided):
            kind = "step" if number < self.done else (None if number == self.done else "")
            last = number == len(self._guided) - 1
            after = None if last else ("begun" if number < self.done else "")
            line = StepRow(kind, one.text, one.caption, after)
            if number == self.done:
                words = _("I &saw it") if last else _("&Done")
                name = _("{step}: done").format(step=one.text)
                made = button(words, self._next, "small", name=name)
                self.buttons.append(made)
                line.end.addWidget(made)
            self._rows.addWidget(line)

    def _next(self) -> None:
        self.done += 1
        self._build()
        if self.buttons:
            self.buttons[0].setFocus()
        self.turned.emit(self.done)
