# SPDX-License-Identifier: MPL-2.0
"""One change in the list of History."""

from PySide6.QtWidgets import QPushButton

from clientcfg.gui.history_model import Past
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.text import Elided, restyle, text
from clientcfg.gui.theme import theme


class Line(QPushButton):
    """Title, time, and below them for whom and how much. What was undone steps back."""

    def __init__(self, past: Past) -> None:
        super().__init__()
        self.past = past
        self.setProperty("kind", "entry")
        self.setCheckable(True)
        self.setAccessibleName(past.spoken)
        self.setFixedHeight(theme().px(56))
        self._title = text("body", past.title, wrap=False)
        self.toggled.connect(self._weigh)
        self._weigh(False)
        head = row()
        head.addWidget(self._title, 1)
        head.addWidget(text("caption" if past.undoable else "waiting", past.time, wrap=False))
        words = column(self, 2)
        words.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(8))
        words.addLayout(head)
        words.addWidget(Elided("caption" if past.undoable else "waiting", past.caption))

    def _weigh(self, on: bool, /) -> None:
        """The chosen one stands out."""
        kind = "strong" if on else "body" if self.past.undoable else "waiting-line"
        self._title.setProperty("kind", kind)
        restyle(self._title)
