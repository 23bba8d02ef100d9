# SPDX-License-Identifier: MPL-2.0
"""The rail at the side: which part of the app is open."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from clientcfg.gui.icons import app_icon, icon
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _

WIDE, NARROW = 208, 56


class Rail(QFrame):
    """Parts by name; ``items`` are (icon, words). *opened* is told the number."""

    def __init__(self, items: tuple[tuple[str, str], ...], opened: Callable[[int], None]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        worn = theme()
        self._words = items
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
        for number, (_glyph, words) in enumerate(items):
            item = QPushButton()
            item.setProperty("kind", "rail")
            item.setCheckable(True)
            item.setAccessibleName(words)
            self._group.addButton(item, number)
            self.items.append(item)
            layout.addWidget(item)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(item.click)
        layout.addStretch(1)
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
        for item, (_glyph, words) in zip(self.items, self._words, strict=True):
            item.setText("" if narrow else f"  {words}")
            item.setToolTip(words if narrow else "")
        self.setFixedWidth(theme().px(NARROW) if narrow else self._wide())
        self._draw()

    def _wide(self) -> int:
        """As drawn, or as wide as the longest words are when they are chosen."""
        worn, face = theme(), QFont(self.font())
        face.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(face)
        longest = max(metrics.horizontalAdvance(words) for _glyph, words in self._words)
        # Margins of the rail and of the item, icon, and what stands between it and the words.
        return max(worn.px(WIDE), longest + worn.px(2 * 12 + 2 * 12 + 20 + 16))

    def _draw_mark(self) -> None:
        side = theme().px(24)
        self._mark.setPixmap(app_icon().pixmap(QSize(side, side)))

    def _draw(self) -> None:
        worn = theme()
        for item, (glyph, _words) in zip(self.items, self._words, strict=True):
            item.setIconSize(QSize(worn.px(20), worn.px(20)))
            item.setIcon(icon(glyph, "accent" if item.isChecked() else "text-2"))


def parts() -> tuple[tuple[str, str], ...]:
    """What stands in the rail."""
    return (("setup", _("Set up")), ("server", _("Check a server")), ("history", _("History")))
