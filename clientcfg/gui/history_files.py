# SPDX-License-Identifier: MPL-2.0
"""The places of a change of the past: a row each, which opens its lines where they can be told."""

from PySide6.QtWidgets import QPushButton, QWidget

from clientcfg.gui.history_model import PastPlace
from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import Elided, rule, text
from clientcfg.gui.setup.exact import DiffText
from clientcfg.gui.setup.exact_model import ChangedFile
from clientcfg.gui.theme import theme
from clientcfg.words import _

# So many changed lines are a lot: beside other places they stay closed at first.
MANY = 12


class PastFiles(QWidget):
    """One below the other."""

    def __init__(self, places: tuple[PastPlace, ...]) -> None:
        super().__init__()
        self._layout = column(self, 0)
        self._places = places
        self.rows: list[PastFile] = []
        # The places alone, until their lines are read.
        self._show(tuple(ChangedFile(place.name, place.folder, "", ()) for place in places))

    @property
    def diffs(self) -> list[DiffText]:
        """The lines that can be seen or opened."""
        return [one.lines for one in self.rows if one.lines is not None]

    def tell(self, files: tuple[ChangedFile, ...]) -> None:
        """The same places with their lines, in the same order."""
        if len(files) == len(self._places):
            self._show(files)

    def _show(self, files: tuple[ChangedFile, ...]) -> None:
        empty(self._layout)
        self.rows = []
        for place, one in zip(self._places, files, strict=True):
            opened = len(files) == 1 or one.changed <= MANY
            self.rows.append(PastFile(place.glyph, one, opened=opened))
            self._layout.addWidget(rule())
            self._layout.addWidget(self.rows[-1])
        if files:
            self._layout.addWidget(rule())


class PastFile(QWidget):
    """Icon, name, folder and how much; the arrow opens and closes the lines."""

    def __init__(self, glyph: str, one: ChangedFile, *, opened: bool) -> None:
        super().__init__()
        self._one = one
        self.lines = DiffText(one.name, one.lines) if one.lines else None
        layout = column(self)
        inside = self._head(glyph)
        if self.lines is None:
            layout.addWidget(inside)
            return
        self.head = QPushButton()
        self.head.setProperty("kind", "fold")
        self.head.setLayout(row())
        self.head.clicked.connect(self.turn)
        held = self.head.layout()
        assert held is not None  # noqa: S101 - it was set just now
        held.addWidget(inside)
        self.head.setFixedHeight(max(inside.sizeHint().height(), theme().px(48)))
        layout.addWidget(self.head)
        layout.addWidget(self.lines)
        self._open(opened)

    def turn(self) -> None:
        """Open what is closed, and the other way round."""
        if self.lines is not None:
            self._open(self.lines.isHidden())

    def _open(self, opened: bool) -> None:
        assert self.lines is not None  # noqa: S101 - asked for only where there are some
        self.lines.setVisible(opened)
        self._arrow.show_icon("down" if opened else "right", "text-2")
        does = _("Hide the lines") if opened else _("Show the lines")
        self.head.setAccessibleName(f"{self._one.name}, {self._one.amount_in_lines}. {does}.")

    def _head(self, glyph: str) -> QWidget:
        one, worn = self._one, theme()
        whole = QWidget()
        layout = row(whole, 12)
        layout.setContentsMargins(0, worn.px(7), 0, worn.px(7))
        words = column(gap=1)
        words.addWidget(Elided("body", one.name))
        if one.folder:
            words.addWidget(Elided("caption", one.folder))
        if one.said:
            words.addWidget(text("caption", one.said))
        layout.addWidget(Glyph(glyph, "text-2", 20))
        layout.addLayout(words, 1)
        if one.lines:
            layout.addWidget(text("caption", one.amount_in_lines, wrap=False))
        self._arrow = Glyph("right", "text-2", 16)
        self._arrow.setVisible(bool(one.lines))
        layout.addWidget(self._arrow)
        return whole
