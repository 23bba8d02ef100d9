# SPDX-License-Identifier: MPL-2.0
"""Step 4: what will be set, in words; the exact changes on demand; the password only if wanted."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientcfg.flows.events import Reviewed
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.frames import Banner, Card, Said, TableRow, column, empty, row
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.switch import Switch
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup import review_model as model
from clientcfg.gui.setup.exact import Exact
from clientcfg.gui.words import advice_here, trouble_shape
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewPage(Page):
    """``go`` carries the password to keep, or None; ``gave_up`` stops waiting."""

    go = Signal(object)
    gave_up = Signal()
    again = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.review: Reviewed | None = None
        self.banner = Banner()
        self._answer_host: Callable[[object], None] = lambda _yes: None
        self.refuse = button(_("&No, stop here"), lambda: self._host_answered(yes=False), "small")
        self.agree = button(_("&Yes"), lambda: self._host_answered(yes=True), "small")
        for answer in (self.refuse, self.agree):
            answer.hide()
            self.banner.buttons.addWidget(answer)
        self.card = Card()
        inside = QWidget()
        self._sentences = column(inside, 6)
        self.drawer = Drawer(_("The exact changes"), 464)
        self.exact = Exact(_("The exact changes"))
        self.drawer.content.addWidget(self.exact)
        self.add_drawer(self.drawer)
        self.show_exact = button(_("Show the e&xact changes"), self._toggle, "link", "right")
        self._amount = text("caption", wrap=False)
        exact = row()
        exact.addWidget(self.show_exact)
        exact.addWidget(self._amount)
        exact.addStretch(1)
        self.keep = Switch(_("&Keep the password in the program’s store"))
        self.keep.toggled.connect(self._keeping)
        self.password = PasswordField(_("Password"))
        for gap, widget in ((16, self.banner), (8, self.card), (16, inside)):
            self.gap(gap)
            self.content.addWidget(widget)
        self.gap(8)
        self.content.addLayout(exact)
        for gap, widget in ((16, self.keep), (12, self.password)):
            self.gap(gap)
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self._build_bar()
        self._keeping(on=False)

    def _build_bar(self) -> None:
        self.back_button = button(_("&Back"), self.back.emit)
        self.bar_start.addWidget(self.back_button)
        self.try_again = button(_("&Try again"), self.again.emit, glyph="refresh")
        self.primary = button(_("&Set up now"), self.press, "primary")
        self.bar_end.addWidget(self.try_again)
        self.bar_end.addWidget(self.primary)
        self.stop_waiting = button(_("Cancel"), self.gave_up.emit, "small", name=_("Stop waiting"))
        self.strip.buttons.addWidget(self.stop_waiting)
        keys = {"Ctrl+D": self._toggle, "Esc": self.drawer.hide}
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def begin(self, name: str, held: Secret | None) -> None:
        """The plan is being made. *held*: a password that is known already."""
        self.review = None
        self.head.say(_("Looking at the settings of {name}…").format(name=name), "")
        self.password.edit.setText("" if held is None else held.reveal())
        self.keep.setChecked(False)
        for widget in (self.card, self.keep, self.show_exact, self.try_again):
            widget.hide()
        self.primary.hide()
        self._amount.setText("")
        empty(self._sentences)
        self.banner.hide()
        self.strip.hide()
        self.drawer.hide()

    def tell(self, review: Reviewed) -> None:
        """Show what would be set."""
        self.review = review
        name = review.installation.name
        self.head.say(model.title(review), _("Nothing is changed yet. All of it can be undone."))
        self.card.fill([TableRow(r.glyph, r.name, r.strong, r.caption) for r in model.rows(review)])
        self._fill_sentences(self._sentences, review)
        self.exact.tell(model.exact(review))
        self._amount.setText(model.amount(review))
        self.show_exact.setVisible(bool(review.changes))
        self._amount.setVisible(bool(review.changes))
        self.card.show()
        self.keep.setVisible(bool(review.plan.steps))
        self.password.rename(_("Password for {user}").format(user=review.account.outgoing.username))
        self.password.explain(
            _("It is tried at your servers first. {where}").format(
                where=model.asks_for_password(review)
            )
        )
        self.password.setVisible(self.keep.isChecked())
        running = bool(review.installation.running and review.plan.steps)
        if running:
            self.strip.tell(
                "step",
                _("{name} is open.").format(name=name),
                _("Close it and we go on by ourselves."),
            )
        self.strip.setVisible(running)
        self.stop_waiting.hide()
        if not review.plan.steps:
            words = _("&Continue")
        else:
            words = _("&Wait and set up") if running else _("&Set up now")
        self._ready(words)
        self.arrive()

    def _fill_sentences(self, layout: QVBoxLayout, review: Reviewed) -> None:
        empty(layout)
        for line in model.sentences(review):
            layout.addWidget(Said(None, line))
        for note in review.plan.notes:
            layout.addWidget(Said("update", note))

    def press(self) -> None:
        """Set it up, if nothing is missing."""
        secret: Secret | None = None
        if self.keep.isChecked():
            secret = self.password.take()
            if secret is None:
                self.password.say_problem(_("The password is missing."))
                self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.go.emit(secret)

    def working(self, words: str) -> None:
        """It is being set up."""
        self.banner.hide()
        self._ready(words, enabled=False)
        self.back_button.setEnabled(False)
        self.keep.setEnabled(False)

    def waiting(self, name: str) -> None:
        """The program is open; it goes on by itself when it closes."""
        self.strip.tell(
            "step",
            _("Waiting for {name} to close.").format(name=name),
            _("We go on by ourselves then. Nothing has been written yet."),
        )
        self.stop_waiting.show()

    def ask_host(self, domain: str, host: str, answer: Callable[[object], None]) -> None:
        """This server was not agreed to yet: both names in full, and two equal answers."""
        self._answer_host = answer
        self.banner.tell(
            "unknown",
            _("Does this company run your e-mail?"),
            _("Your address ends in {domain}, the server is {host}.").format(
                domain=domain, host=host
            ),
        )
        self.agree.setText(_("&Yes, use {host}").format(host=host))
        self.agree.show()
        self.refuse.show()
        self.primary.hide()

    def _host_answered(self, *, yes: bool) -> None:
        for widget in (self.banner, self.agree, self.refuse):
            widget.hide()
        self._answer_host(yes)

    def fail(self, trouble: Trouble) -> None:
        """It was not done; nothing was changed."""
        self.banner.tell(trouble_shape(trouble), trouble.text, " ".join(advice_here(trouble)))
        if self.review is None:
            self.head.say(_("This can’t be set up yet."), "")
            self.try_again.show()
        else:
            self.tell(self.review)
            self.strip.hide()
            self.banner.show()
            if self.keep.isChecked():
                self.password.say_problem(trouble.text)
                self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.back_button.setEnabled(True)

    def _ready(self, words: str, *, enabled: bool = True) -> None:
        self.primary.setText(words)
        self.primary.setEnabled(enabled)
        self.primary.show()
        self.keep.setEnabled(True)
        self.back_button.setEnabled(True)

    def _keeping(self, on: bool) -> None:
        self.password.setVisible(on)
        if on:
            self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self) -> None:
        if self.review is not None:
            self.drawer.setVisible(not self.drawer.isVisibleTo(self))
