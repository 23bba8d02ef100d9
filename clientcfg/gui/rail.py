# SPDX-License-Identifier: MPL-2.0
"""The rail at the side: which part of the app is open."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from clientcfg.gui.icons import app_icon, icon
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _

WIDE, NARROW = 208, 56


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the app: icon, words, the keys that open it. ``last``: at the bottom."""

    glyph: str
    words: str
    keys: str
    last: bool = False


class Rail(QFrame):
    """*parts* by name; *opened* is told the number of one."""

    def __init__(self, parts: tuple[Part, ...], opened: Callable[[int], None]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        worn = theme()
        self._parts = parts
        self._brand = text("strong", "clientcfg", wrap=False)
        self._group = QButtonGroup(self)
        self.items: list[QPushButton] = []
        self._mark = QLabel()
        brand = row(gap=10)
        brand.setContentsMargins(worn.px(10), 0, 0, 0)
        brand.addWidget(self._mark)
        brand.addWidget(self._brand, 1)
        layout = column(self, 4)
        self._column = layout
        layout.addLayout(brand)
        layout.addSpacing(worn.px(20))
        for number, part in enumerate(parts):
            item = QPushButton()
            item.setProperty("kind", "rail")
            item.setCheckable(True)
            item.setAccessibleName(part.words)
            self._group.addButton(item, number)
            self.items.append(item)
            if part.last:
                layout.addStretch(1)
            layout.addWidget(item)
            shortcut = QShortcut(QKeySequence(part.keys), self)
            shortcut.activated.connect(item.click)
        self._group.idToggled.connect(lambda _number, _on: self._draw())
        self._group.idClicked.connect(opened)
        worn.changed.connect(self._draw)
        worn.changed.connect(self._draw_mark)
        self._draw_mark()
        self.fold(narrow=False)
        self.items[0].setChecked(True)

    def choose(self, number: int) -> None:
        """Mark a part as the open one."""
        self.items[number].setChecked(True)

    def fold(self, *, narrow: bool) -> None:
        """Icons only, where the window is narrow."""
        self._column.setContentsMargins(
            *(theme().px(m) for m in ((8, 20, 8, 12) if narrow else (12, 20, 12, 12)))
        )
        self._brand.setVisible(not narrow)
        for item, part in zip(self.items, self._parts, strict=True):
            item.setText("" if narrow else f"  {part.words}")
            item.setToolTip(part.words if narrow else "")
        self.setFixedWidth(theme().px(NARROW) if narrow else self._wide())
        self._draw()

    def _wide(self) -> int:
        """As drawn, or as wide as the longest words are when they are chosen."""
        worn, face = theme(), QFont(self.font())
        face.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(face)
        longest = max(metrics.horizontalAdvance(part.words) for part in self._parts)
        # Margins of the rail and of the item, icon, and what stands between it and the words.
        return max(worn.px(WIDE), longest + worn.px(2 * 12 + 2 * 12 + 20 + 16))

    def _draw_mark(self) -> None:
        side = theme().px(24)
        self._mark.setPixmap(app_icon().pixmap(QSize(side, side)))

    def _draw(self) -> None:
        worn = theme()
        for item, part in zip(self.items, self._parts, strict=True):
            item.setIconSize(QSize(worn.px(20), worn.px(20)))
            item.setIcon(icon(part.glyph, "accent" if item.isChecked() else "text-2"))


def parts() -> tuple[Part, ...]:
    """What stands in the rail."""
    return (
        Part("setup", _("Set up"), "Ctrl+1"),
        Part("server", _("Check a server"), "Ctrl+2"),
        Part("history", _("History"), "Ctrl+3"),
        Part("prefs", _("Preferences"), "Ctrl+,", last=True),
    )
