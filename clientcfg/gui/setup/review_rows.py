# SPDX-License-Identifier: MPL-2.0
"""Rows of step 4: servers, user name and folders, and the field for the password."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.frames import TOP, Card, column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import Elided, text
from clientcfg.gui.setup.review_model import Row
from clientcfg.gui.theme import theme
from clientcfg.words import _

# How wide names are; in a card that is narrower than this, as wide as they have to be.
NAMES, LEAST, NARROW = 152, 80, 480
FIELD = 560


class PlanRow(QWidget):
    """Icon, name, value with a caption below. Names of hosts and people stay in one line."""

    def __init__(self, told: Row) -> None:
        super().__init__()
        worn = theme()
        self.glyph = told.glyph
        self.name = text("explain", told.name, wrap=False)
        self.caption = text("caption", told.caption)
        words = column(gap=2)
        value = text("strong", told.strong) if told.wraps else Elided("strong", told.strong)
        words.addWidget(value)
        words.addWidget(self.caption)
        layout = row(self, 12)
        layout.setContentsMargins(worn.px(16), worn.px(12), worn.px(16), worn.px(12))
        layout.addWidget(Glyph(told.glyph, "accent"), 0, TOP)
        layout.addWidget(self.name, 0, TOP)
        layout.addLayout(words, 1)


class PlanCard(Card):
    """All of them, values below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PlanRow] = []

    def tell(self, rows: tuple[Row, ...]) -> None:
        """Show these."""
        self.rows = [PlanRow(one) for one in rows]
        self.fill(list(self.rows))
        self._place()

    def say(self, glyph: str, caption: str) -> None:
        """Another caption in the row with this icon."""
        for one in self.rows:
            if one.glyph == glyph:
                one.caption.setText(caption)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less room for names where there is little."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        worn = theme()
        needed = max((one.name.sizeHint().width() for one in self.rows), default=0)
        least = LEAST if self.width() < worn.px(NARROW) else NAMES
        for one in self.rows:
            one.name.setFixedWidth(max(worn.px(least), needed))


class PasswordToSet(PasswordField):
    """The switch above it says whose password it is, so that it has no label of its own."""

    def __init__(self) -> None:
        super().__init__(_("Password"))
        self._label.hide()
        self.edit.setMaximumWidth(theme().px(FIELD))
