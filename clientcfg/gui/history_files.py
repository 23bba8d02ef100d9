# SPDX-License-Identifier: MPL-2.0
"""The places of a change of the past: each with its lines, where they can be told."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import Elided, rule, text
from clientcfg.gui.setup.exact import DiffText
from clientcfg.gui.setup.exact_model import ChangedFile


class PastFiles(QWidget):
    """One below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(self, 8)
        self.diffs: list[DiffText] = []

    def wait(self, paths: Iterable[str]) -> None:
        """The places alone, until their lines are read."""
        parts = (path.rpartition("/") for path in paths)
        self.tell(tuple(ChangedFile(name or folder, folder, "", ()) for folder, _s, name in parts))

    def tell(self, files: tuple[ChangedFile, ...]) -> None:
        """The places with their lines."""
        empty(self._rows)
        self.diffs = []
        for one in files:
            self._rows.addWidget(rule())
            self._rows.addWidget(_head(one))
            if one.lines:
                self.diffs.append(DiffText(one.name, one.lines))
                self._rows.addWidget(self.diffs[-1])


def _head(one: ChangedFile) -> QWidget:
    whole = QWidget()
    layout = row(whole, 12)
    words = column(gap=2)
    words.addWidget(Elided("body", one.name))
    words.addWidget(Elided("caption", one.folder))
    if one.said:
        words.addWidget(text("caption", one.said))
    layout.addWidget(Glyph("file", "text-2", 20))
    layout.addLayout(words, 1)
    layout.addWidget(text("caption", one.amount, wrap=False))
    return whole
