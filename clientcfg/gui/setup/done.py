# SPDX-License-Identifier: MPL-2.0
"""Step 5: what was set, a test message step by step, and the way back right there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clientcfg.flows.events import SetUpDone, UndoDone, VerifyDone
from clientcfg.flows.question import PasswordWanted
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.frames import Banner, Card, Said, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup import done_model as model
from clientcfg.gui.setup.done_model import Proofs, Sentence
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class DonePage(Page):
    """``undo`` carries "", "keep" or "force"; ``password`` the secret that was asked for."""

    test = Signal()
    undo = Signal(str)
    password = Signal(object)
    gave_up = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.proofs = Proofs()
        self._note = text("explain")
        self.banner = Banner()
        self.keep = button(
            _("&Leave those, undo the rest"), lambda: self.undo.emit("keep"), "small"
        )
        self.force = button(_("&Put them back, too"), lambda: self.undo.emit("force"), "small")
        self.banner.buttons.addWidget(self.keep)
        self.banner.buttons.addWidget(self.force)
        inside = QWidget()
        self._steps = column(inside, 14)
        self._steps.setContentsMargins(theme().px(6), 0, 0, 0)
        self.ask = self._ask_row()
        self.undo_card = Card()
        for gap, widget in (
            (12, self._note),
            (16, self.banner),
            (8, inside),
            (16, self.ask),
            (16, self.undo_card),
        ):
            self.gap(gap)
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.undo_card.fill([self._undo_row()])
        self.stop_waiting = button(_("Cancel"), self.gave_up.emit, "small", name=_("Stop waiting"))
        self.strip.buttons.addWidget(self.stop_waiting)
        self.another = button(_("Set up another &program"), self.again.emit, "quiet", "plus")
        self.primary = button(_("&Send a test message"), self.test.emit, "primary")
        self.bar_end.addWidget(self.another)
        self.bar_end.addWidget(self.primary)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo_button.click)

    def _ask_row(self) -> QWidget:
        whole = QWidget()
        layout = row(whole, 8)
        self.field = PasswordField(_("Password"))
        self.log_in = button(_("&Use this password"), self._give)
        layout.addWidget(self.field)
        layout.addWidget(self.log_in, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        return whole

    def _undo_row(self) -> QWidget:
        whole = QWidget()
        layout = row(whole, 12)
        margin = theme().px(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        words = column(gap=2)
        words.addWidget(text("strong", _("Not what you wanted?")))
        self._undo_words = text("explain")
        words.addWidget(self._undo_words)
        self.undo_button = button(_("&Undo"), lambda: self.undo.emit(""), glyph="undo")
        layout.addWidget(Glyph("undo"))
        layout.addLayout(words, 1)
        layout.addWidget(self.undo_button)
        return whole

    def begin(self, done: SetUpDone) -> None:
        """It is set."""
        self.proofs = Proofs()
        self._tell_proofs()
        self._say(model.when_set(done))
        account = done.review.account
        name = done.review.installation.name
        asks = _("{name} asks for the password once, when it starts.").format(name=name)
        self._note.setText("" if account.store_password else asks)
        self._note.setVisible(not account.store_password and done.entry is not None)
        self.undo_card.setVisible(done.entry is not None)
        if done.entry is not None:
            at = f"{done.entry.at.astimezone():%H:%M}"
            words = _(
                "Undo puts everything back as it was at {time}. The mail itself is not touched."
            )
            self._undo_words.setText(words.format(time=at))
        self.undo_button.setEnabled(True)
        for widget in (self.ask, self.banner, self.strip):
            widget.hide()
        self._ready(_("&Send a test message"))

    def testing(self) -> None:
        """The test runs; Undo stays."""
        self.proofs = Proofs()
        self._tell_proofs()
        self._note.hide()
        self.banner.hide()
        self._ready(_("Testing…"), enabled=False)

    def want(self, wanted: PasswordWanted) -> None:
        """The test needs the password, and nobody has it yet."""
        self.field.rename(_("Password for {user}").format(user=wanted.username))
        self.field.explain(
            f"{wanted.store or ''} {_('For this test only; it is not kept.')}".lstrip()
        )
        self.ask.show()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def watch(self, event: object) -> None:
        """A step began or ended."""
        now = self.proofs.after(event)
        if now != self.proofs:
            self.proofs = now
            self._tell_proofs()

    def tested(self, done: VerifyDone, address: str) -> None:
        """The test has ended."""
        self._say(model.when_tested(done, address))
        self._ready(_("&Send another"))

    def test_failed(self, trouble: Trouble) -> None:
        """The test could not be carried to its end."""
        self.proofs = self.proofs.stopped()
        self._tell_proofs()
        self.ask.hide()
        self._say(model.when_test_failed(trouble))
        self._ready(_("&Try again"))

    def undoing(self) -> None:
        """It is being taken back."""
        self.undo_button.setEnabled(False)
        self.banner.hide()

    def waiting(self, name: str) -> None:
        """The program is open; undo goes on by itself when it closes."""
        words = _("Close it and Undo goes on by itself.")
        self.strip.tell("step", _("{name} is open.").format(name=name), words)

    def undone(self, done: UndoDone) -> None:
        """It was taken back."""
        self.proofs = Proofs()
        self._tell_proofs()
        self._say(model.when_undone(done))
        for widget in (self.undo_card, self.strip, self.banner, self.ask, self._note):
            widget.hide()
        self.primary.hide()

    def undo_failed(self, trouble: Trouble) -> None:
        """It was not taken back."""
        self.strip.hide()
        self.undo_button.setEnabled(True)
        changed = trouble.code == "changed-since"
        self.keep.setVisible(changed)
        self.force.setVisible(changed)
        self.banner.tell("no", trouble.text, " ".join(advice_here(trouble)))

    def _say(self, sentence: Sentence) -> None:
        self.head.say(sentence.title, sentence.text, sentence.kind)

    def _tell_proofs(self) -> None:
        empty(self._steps)
        for proof in self.proofs.steps:
            self._steps.addWidget(Said(proof.kind, proof.text, proof.words))

    def _give(self) -> None:
        secret = self.field.take()
        if secret is None:
            self.field.say_problem(_("The password is missing."))
            return
        self.ask.hide()
        self.password.emit(secret)

    def _ready(self, words: str, *, enabled: bool = True) -> None:
        self.primary.setText(words)
        self.primary.setEnabled(enabled)
        self.primary.show()
