# SPDX-License-Identifier: MPL-2.0
"""Rows of step 5: the password for the test, the way back, and what else there is to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clientcfg.flows.question import PasswordWanted
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.frames import Card, behind, column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.theme import theme
from clientcfg.words import _


class AskRow(QWidget):
    """``given`` carries the password."""

    given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = row(self, 8)
        self.field = PasswordField(_("Password"))
        self.log_in = button(_("&Use this password"), self._give)
        layout.addWidget(self.field)
        layout.addWidget(self.log_in, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)

    def want(self, wanted: PasswordWanted) -> None:
        """The test needs it, and nobody has it yet."""
        self.field.rename(_("Password for {user}").format(user=wanted.username))
        self.field.explain(
            f"{wanted.store or ''} {_('For this test only; it is not kept.')}".lstrip()
        )
        self.show()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        secret = self.field.take()
        if secret is None:
            self.field.say_problem(_("The password is missing."))
            return
        self.hide()
        self.given.emit(secret)


def beside_shape(words: QWidget) -> QWidget:
    """*words* where those of the head begin, behind its shape."""
    return behind(32 + 16, words)


class Aside(QWidget):
    """Links to what a person may want beside this."""

    def __init__(self, phone: Callable[[], object], again: Callable[[], object]) -> None:
        super().__init__()
        self.same = button(_("The same on m&y phone"), phone, "link", "phone")
        self.another = button(_("Another pro&gram"), again, "link", "plus")
        layout = row(self, 8)
        # With the room before the words of a link they begin where those of the card do.
        layout.addSpacing(theme().px(16 - 9))
        layout.addWidget(self.same)
        layout.addWidget(self.another)
        layout.addStretch(1)


class UndoCard(Card):
    """What *Undo* puts back, and its button."""

    def __init__(self, pressed: Callable[[], object]) -> None:
        super().__init__()
        whole = QWidget()
        layout = row(whole, 12)
        margin = theme().px(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        words = column(gap=2)
        words.addWidget(text("strong", _("Not what you wanted?")))
        self.words = text("explain")
        words.addWidget(self.words)
        self.button = button(_("&Undo"), pressed, glyph="undo")
        layout.addWidget(Glyph("undo"))
        layout.addLayout(words, 1)
        layout.addWidget(self.button)
        self.fill([whole])
