# SPDX-License-Identifier: MPL-2.0
"""Step 5: what was set, a test message step by step, and the way back right there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from clientcfg.flows.events import UndoDone, VerifyDone
from clientcfg.flows.question import PasswordWanted
from clientcfg.flows.remembered import Weaker
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.keys import bind
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, restyle, text
from clientcfg.gui.setup import done_model as model
from clientcfg.gui.setup.done_guided import GuidedList
from clientcfg.gui.setup.done_model import Finished, Sentence
from clientcfg.gui.setup.done_rows import Aside, AskRow, UndoCard, beside_shape
from clientcfg.gui.setup.proof_list import ProofList
from clientcfg.gui.setup.proof_model import Proofs
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class DonePage(Page):
    """``undo`` carries "", "keep" or "force"; ``password`` the secret that was asked for.

    ``accept``: a host that may protect the password less than before.
    """

    test = Signal()
    halt = Signal()
    undo = Signal(str)
    password = Signal(object)
    accept = Signal(str)
    gave_up = Signal()
    again = Signal()
    phone = Signal()
    start = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.proofs = Proofs()
        self._finished: Finished | None = None
        self._weaker = ""
        self._note = text("explain")
        self.banner = Banner()
        self.keep = button(
            _("&Leave those, undo the rest"), lambda: self.undo.emit("keep"), "small"
        )
        self.force = button(_("&Put them back, too"), lambda: self.undo.emit("force"), "small")
        self.accept_weaker = button(_("&Yes"), lambda: self.accept.emit(self._weaker), "small")
        for answer in (self.keep, self.force, self.accept_weaker):
            self.banner.buttons.addWidget(answer)
        self.proof_list = ProofList()
        self.guided = GuidedList()
        self.guided.turned.connect(self._guided)
        self.guided.failed.connect(self._did_not_work)
        self.ask = AskRow()
        self.ask.given.connect(self.password)
        self.field, self.log_in = self.ask.field, self.ask.log_in
        self.undo_card = UndoCard(lambda: self.undo.emit(""))
        self.undo_button = self.undo_card.button
        self.aside = Aside(self.phone.emit, self.again.emit)
        self.same = self.aside.same
        for gap, widget in (
            (12, beside_shape(self._note)),
            (12, self.banner),
            (12, self.proof_list),
            (0, self.guided),
            (8, self.ask),
            (8, self.undo_card),
            (16, self.aside),
        ):
            self.gap(gap)
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self._build_bar()

    def _build_bar(self) -> None:
        self.stop_waiting = button(_("Cancel"), self.gave_up.emit, "small", name=_("Stop waiting"))
        self.strip.buttons.addWidget(self.stop_waiting)
        self.stop = button(_("Sto&p"), self.halt.emit)
        self.bar_start.addWidget(self.stop)
        self.open = button(_("&Open {name}").format(name=""), self.start.emit)
        self.primary = button(_("&Send a test message"), self.test.emit, "primary")
        self._leads = self.primary
        self.bar_end.addWidget(self.open)
        self.bar_end.addWidget(self.primary)
        bind(self, {"Ctrl+Z": self.undo_button.click, "Esc": self._escape})

    def begin(self, finished: Finished, *, codes: bool = False) -> None:
        """It is set. *codes*: the same can be shown as a code for a phone."""
        self._finished = finished
        self._tell_proofs(Proofs())
        self._say(model.when_set(finished))
        name, written = finished.name, finished.change is not None
        asks = _("{name} asks for the password once, when it starts.").format(name=name)
        to_ask = written and not finished.account.store_password and not finished.signs_in
        self._note.setText(asks)
        self._note.setVisible(to_ask)
        self.undo_card.setVisible(written)
        self.undo_card.words.setText(model.undo_words(finished))
        self.undo_button.setEnabled(True)
        for widget in (self.ask, self.banner, self.strip, self.stop):
            widget.hide()
        self.same.setVisible(codes)
        self.open.setText(_("&Open {name}").format(name=name))
        self.open.setVisible(finished.command is not None)
        self.guided.setVisible(finished.signs_in)
        if finished.signs_in:
            self.guided.tell(model.sign_in_steps(finished))
            self.primary.hide()
            self._at_rest()
        else:
            self._ready(_("&Send a test message"))

    def testing(self) -> None:
        """The test runs; Undo stays. Nothing else is offered that could come between."""
        self.head.say(
            _("Sending a message to yourself…"),
            _("The settings are there. Now we prove that they work."),
        )
        self._tell_proofs(Proofs(), coming=True)
        self._note.hide()
        self.banner.hide()
        self.aside.hide()
        self.stop.show()
        # A program that fetches the message first would keep us from seeing it arrive.
        self._lead(self.open)
        self.open.setEnabled(False)
        self.open.setToolTip(_("As soon as the test has ended."))
        self.primary.setEnabled(False)
        self.primary.hide()

    def want(self, wanted: PasswordWanted) -> None:
        """The test needs the password, and nobody has it yet."""
        self.ask.want(wanted)

    def watch(self, event: object) -> None:
        """A step began or ended."""
        now = self.proofs.after(event)
        if now != self.proofs:
            self._tell_proofs(now, coming=True)

    def tested(self, done: VerifyDone, address: str) -> None:
        """The test has ended."""
        self._tell_proofs(self.proofs)
        said = model.when_tested(done, address)
        self._say(said)
        self._ready(_("&Send another"))
        if said.kind == "ready" and not self.open.isHidden():
            self._lead(self.open)

    def test_failed(self, trouble: Trouble) -> None:
        """The test could not be carried to its end."""
        said = model.when_test_failed(trouble)
        self._tell_proofs(self.proofs.stopped(said.kind))
        self.ask.hide()
        self._say(said)
        self._weaker = trouble.host if isinstance(trouble, Weaker) else ""
        if self._weaker:
            for widget in (self.keep, self.force):
                widget.hide()
            self.banner.tell("update", _("Is that what your provider means to do?"))
            self.accept_weaker.setText(_("&Accept it for {host}").format(host=self._weaker))
            self.accept_weaker.show()
        self._ready(_("&Try again"))

    def stopped(self) -> None:
        """A person stopped the test."""
        if self._finished is not None:
            ended = self.proofs.ended()
            self.begin(self._finished, codes=not self.same.isHidden())
            self._tell_proofs(ended)

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
        self._tell_proofs(Proofs())
        self._say(model.when_undone(done))
        for widget in (
            self.undo_card, self.strip, self.banner, self.ask, self._note, self.guided,
            self.stop, self.same, self.open, self.primary,
        ):  # fmt: skip
            widget.hide()
        self.aside.show()

    def undo_failed(self, trouble: Trouble) -> None:
        """It was not taken back."""
        self.strip.hide()
        self.undo_button.setEnabled(True)
        changed = trouble.code == "changed-since"
        self.keep.setVisible(changed)
        self.force.setVisible(changed)
        self.accept_weaker.hide()
        self.banner.tell("no", trouble.text, " ".join(advice_here(trouble)))

    def _guided(self, done: int) -> None:
        if self._finished is not None:
            self.banner.hide()
            self._say(model.when_signed_in(self._finished, done))

    def _did_not_work(self) -> None:
        if self._finished is not None:
            said = model.when_sign_in_failed(self._finished)
            for widget in (self.keep, self.force, self.accept_weaker):
                widget.hide()
            self.banner.tell(said.kind, said.title, said.text)

    def _say(self, sentence: Sentence) -> None:
        self.head.say(sentence.title, sentence.text, sentence.kind)

    def _tell_proofs(self, proofs: Proofs, *, coming: bool = False) -> None:
        self.proofs = proofs
        if self._finished is not None:
            self.proof_list.tell(proofs, self._finished.account, coming=coming)

    def _escape(self) -> None:
        if not self.stop.isHidden():
            self.halt.emit()

    @property
    def leads(self) -> QPushButton:
        """What there is to do next."""
        return self._leads

    def _lead(self, first: QPushButton) -> None:
        """*first* is the one to press next: it stands at the end, filled."""
        if first is self._leads:
            return
        second, self._leads = self._leads, first
        for one, kind in ((second, ""), (first, "primary")):
            one.setProperty("kind", kind)
            restyle(one)
        self.bar_end.removeWidget(first)
        self.bar_end.addWidget(first)
        self.setTabOrder(second, first)

    def _ready(self, words: str) -> None:
        """No test runs: the next one can be begun with these words."""
        self._lead(self.primary)
        self.primary.setText(words)
        self.primary.setEnabled(True)
        self.primary.show()
        self._at_rest()

    def _at_rest(self) -> None:
        self.open.setEnabled(True)
        self.open.setToolTip("")
        self.stop.hide()
        self.aside.show()
