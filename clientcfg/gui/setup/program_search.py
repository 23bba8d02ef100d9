# SPDX-License-Identifier: MPL-2.0
"""Search over the whole catalog: a field that stays in view, and what it finds."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from clientcfg.flows.catalog_search import Hit, Known, matching
from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.search import SearchField as FieldWithIcon
from clientcfg.gui.parts.text import Elided, text
from clientcfg.gui.setup.program_cards import tile
from clientcfg.gui.setup.program_model import initials
from clientcfg.gui.theme import theme
from clientcfg.words import _, ngettext

# As wide as the page has room (pixels at the drawings' scale).
WIDEST = 4000


class SearchField(QWidget):
    """``typed`` carries the text; ``entered`` and ``down`` lead into what was found."""

    typed = Signal(str)
    entered = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        worn = theme()
        self.edit = FieldWithIcon(_("Another program, version or phone"), width=WIDEST)
        self._count: QLabel = text("caption", wrap=False)
        inside = row(self.edit, 0)
        inside.setContentsMargins(worn.px(12), 0, worn.px(12), 0)
        inside.addStretch(1)
        inside.addWidget(self._count)
        layout = column(self)
        layout.addWidget(self.edit)
        self.edit.textChanged.connect(self._changed)
        self.edit.installEventFilter(self)

    def tell(self, known: int) -> None:
        """How many there are to find."""
        self._count.setText(ngettext("{n} known", "{n} known", known).format(n=known))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """There may be room for the number now, or none any more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The number stands at the end where the words leave room for it."""
        words = self.edit.placeholderText()
        needed = self.edit.fontMetrics().horizontalAdvance(words) + theme().px(72)
        room = self.edit.width() - self._count.sizeHint().width() >= needed
        # In a mirrored window words of ours that are not stand where the number would.
        own_way = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        self._count.setVisible(room and own_way and not self.edit.text())

    def _changed(self, words: str) -> None:
        self._fit()
        self.typed.emit(words)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down leads to what was found, Enter takes the first; Esc empties the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.edit.text():
                # Else the page would take it for its primary button.
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.edit.text():
                self.edit.clear()
                return True
        return False


class _Line(QPushButton):
    """One program that was found."""

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self.hit = hit
        self.setProperty("kind", "row")
        name = f"{hit.known.name}, {hit.title}" if hit.title else hit.known.name
        self.setAccessibleName(", ".join(filter(None, (name, hit.known.systems))))
        self.setFixedHeight(theme().px(56))
        worn = theme()
        words = column(gap=2)
        words.setContentsMargins(0, worn.px(8), 0, worn.px(8))
        words.addWidget(Elided("strong", name, whose_end=True))
        words.addWidget(Elided("caption", hit.known.systems, whose_end=True))
        layout = row(self, 12)
        layout.setContentsMargins(worn.px(12), 0, worn.px(12), 0)
        layout.addWidget(tile(initials(hit.known.name), 34))
        layout.addLayout(words, 1)
        layout.addWidget(Glyph("right", "text-3", 16))


class Found(QWidget):
    """What the search found; ``taken`` carries a :class:`Hit`."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._layout = column(self, 8)

    def tell(self, known: tuple[Known, ...], typed: str) -> None:
        """Look for *typed*."""
        empty(self._layout)
        self._layout.addWidget(text("label", _("In the catalog")))
        self.lines = [_Line(hit) for hit in matching(known, typed)]
        for line in self.lines:
            line.clicked.connect(lambda _on=False, hit=line.hit: self.taken.emit(hit))
            self._layout.addWidget(line)
        if not self.lines:
            words = _("No program of that name is known. Its maker’s other names may be.")
            self._layout.addWidget(text("explain", words))
        self._layout.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down go from one to the next."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        places = [n for n, line in enumerate(self.lines) if line.hasFocus()]
        if step is None or not places:
            super().keyPressEvent(event)
            return
        self.enter((places[0] + step) % len(self.lines))

    def enter(self, place: int = 0) -> None:
        """Focus to one of them."""
        if self.lines:
            self.lines[place].setFocus(Qt.FocusReason.TabFocusReason)

    def take_first(self) -> None:
        """As if it had been pressed."""
        if self.lines:
            self.lines[0].click()
