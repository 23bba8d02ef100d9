# SPDX-License-Identifier: MPL-2.0
"""Rows of step 4: servers, user name and folders, and what is asked about the password."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from clientcfg.flows.events import Reviewed
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.frames import TOP, Card, column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.switch import Switch, explained
from clientcfg.gui.parts.text import Elided, text
from clientcfg.gui.setup.review_model import Row, where_kept, why_not_kept, without_password
from clientcfg.gui.theme import theme
from clientcfg.model.secret import Secret
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


class PasswordChoice(QWidget):
    """Whether the password is set, too; its field, or what comes of it otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.keep = Switch(_("Password"))
        self.field = _Field()
        self._note = text("caption")
        layout = column(self, 8)
        layout.addWidget(explained(self.keep, self._note))
        layout.addWidget(self.field)

    def begin(self, held: Secret | None) -> None:
        """Nothing is known yet but, perhaps, the password."""
        self.field.edit.setText("" if held is None else held.reveal())
        self.keep.setChecked(False)
        self.hide()

    def tell(self, review: Reviewed) -> None:
        """Whose password it is; for a plan that keeps none yet."""
        user = review.account.outgoing.username
        self.keep.setText(_("Set the &password for {user}, too").format(user=user))
        self.field.rename(_("Password for {user}").format(user=user))
        self.field.explain(where_kept(review))
        on = self.keep.isChecked()
        self.field.setVisible(on)
        words = why_not_kept(review) or ("" if on else without_password(review))
        self._note.setText(words)
        self._note.setVisible(bool(words))


class _Field(PasswordField):
    """The switch above it says whose password it is, so that it has no label of its own."""

    def __init__(self) -> None:
        super().__init__(_("Password"))
        self._label.hide()
        self.edit.setMaximumWidth(theme().px(FIELD))
