# SPDX-License-Identifier: MPL-2.0
"""Step 4: what will be set, in words; the exact changes on demand; the password only if wanted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clientcfg.flows.events import Reviewed
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.parts.fold import Fold
from clientcfg.gui.parts.frames import Card, Said, TableRow, column, empty, row
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.switch import Switch
from clientcfg.gui.parts.text import Elided, button, flush, text
from clientcfg.gui.setup import review_model as model
from clientcfg.gui.setup.exact import ExactDrawer
from clientcfg.gui.setup.exact_model import amount, changed_files
from clientcfg.gui.setup.open_strip import OpenStrip
from clientcfg.gui.setup.review_banner import ReviewBanner
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewPage(Page):
    """``go`` carries the password to keep, or None; ``gave_up`` stops waiting.

    ``take`` carries "file", "guide" or "code"; ``accept`` a host that may
    protect the password less than before.
    """

    go = Signal(object)
    take = Signal(str)
    accept = Signal(str)
    gave_up = Signal()
    again = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.review: Reviewed | None = None
        self.handing: model.Handing | None = None
        self._again = False
        self.banner = ReviewBanner()
        self.banner.accept.connect(self.accept)
        self.card = Card()
        inside = QWidget()
        self._sentences = column(inside, 6)
        self.drawer = ExactDrawer()
        self.add_drawer(self.drawer)
        self.show_exact = flush(button(_("Show the e&xact changes"), self._toggle, "link", "right"))
        self._amount = Elided("caption")
        exact = row()
        exact.addWidget(self.show_exact)
        exact.addWidget(self._amount, 1)
        self.keep = Switch(_("&Keep the password in the program’s store"))
        self.keep.toggled.connect(self._keeping)
        self._not_kept = text("caption")
        self.password = PasswordField(_("Password"))
        for gap, widget in ((16, self.banner), (8, self.card), (16, inside)):
            self.gap(gap)
            self.content.addWidget(widget)
        self.gap(8)
        self.content.addLayout(exact)
        for gap, widget in ((16, self.keep), (2, self._not_kept), (12, self.password)):
            self.gap(gap)
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self._build_bar()
        self.begin("", None)

    def _build_bar(self) -> None:
        self.back_button = button(_("&Back"), self.back.emit)
        self.bar_start.addWidget(self.back_button)
        quiet = (
            ("file", _("Sa&ve as file"), "save"),
            ("guide", _("Show me &how"), "book"),
            ("code", _("&QR for my phone"), "qr"),
        )
        self.ways = {
            what: button(words, partial(self.take.emit, what), "quiet", glyph)
            for what, words, glyph in quiet
        }
        for way in self.ways.values():
            self.bar_end.addWidget(way)
        self.try_again = button(_("&Try again"), self.again.emit, glyph="refresh")
        self.primary = button(_("&Set up now"), self.press, "primary")
        self.bar_end.addWidget(self.try_again)
        self.bar_end.addWidget(self.primary)
        Fold(self.primary, self.ways.values())
        self._open = OpenStrip(self.strip, self.gave_up.emit)
        self.stop_waiting = self._open.stop
        keys = {"Ctrl+D": self._toggle, "Esc": self.drawer.hide}
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def begin(self, name: str, held: Secret | None) -> None:
        """The plan is being made. *held*: a password that is known already."""
        self.review = self.handing = None
        self.head.say(_("Looking at the settings of {name}…").format(name=name), "")
        self.password.edit.setText("" if held is None else held.reveal())
        self.keep.setChecked(False)
        for widget in (
            self.card, self.keep, self._not_kept, self.password, self.show_exact, self.try_again,
            self.primary, self.banner, self.strip, self.drawer, *self.ways.values(),
        ):  # fmt: skip
            widget.hide()
        self._amount.say("")
        empty(self._sentences)

    def offer(self, ways: tuple[str, ...]) -> None:
        """Which of "file", "guide" and "code" there are, beside what the primary button does."""
        for what, way in self.ways.items():
            way.setVisible(what in ways)

    def tell(self, review: Reviewed, *, again: bool = False) -> None:
        """Show what would be set. *again*: it is another plan than the one agreed to."""
        self.review, self._again = review, again
        self.head.say(model.title(review), _("Nothing is changed yet. All of it can be undone."))
        rows = model.rows(review.account, review.plan.folders)
        self.card.fill([TableRow(r.glyph, r.name, r.strong, r.caption) for r in rows])
        self.card.show()
        self.keep.setVisible(model.may_keep(review) and not again)
        why_not = model.why_not_kept(review)
        self._not_kept.setText(why_not)
        self._not_kept.setVisible(bool(why_not) and model.may_keep(review))
        self.password.rename(_("Password for {user}").format(user=review.account.outgoing.username))
        self.password.explain(
            _("It is tried at your servers first. {where}").format(
                where=model.asks_for_password(review)
            )
        )
        self.password.setVisible(self.keep.isChecked() and not again)
        self._show_plan()
        self._show_running()
        self.arrive()

    def tell_running(self, running: bool) -> None:
        """The program was opened or closed meanwhile."""
        if self.review is None:
            return
        now = replace(self.review.installation, running=running)
        self.review = replace(self.review, installation=now)
        self._show_running()
        if not running and self.banner.code == "client-running":
            self.banner.hide()

    def _show_running(self) -> None:
        """What the strip and the button say while it is open, and while it is not."""
        review = self.review
        if review is None:
            return
        self._open.tell(review.installation.name, running=model.waits(review))
        self._ready(model.button_words(review))

    def tell_by_hand(self, handing: model.Handing) -> None:
        """A program that a person sets up: what they take along."""
        self.handing = handing
        self.head.say(handing.title, handing.text)
        self.card.fill([TableRow(r.glyph, r.name, r.strong, r.caption) for r in handing.rows])
        self.card.show()
        empty(self._sentences)
        for note in handing.notes:
            self._sentences.addWidget(Said(None, note))
        words = {
            "file": _("&Save as file"),
            "guide": _("&Show me how"),
            "code": _("&Show the code"),
        }
        self._ready(words[handing.first])
        self.arrive()

    def _show_plan(self) -> None:
        """The plan as it is with the password kept, or without."""
        review = self.shown()
        if review is None:
            return
        empty(self._sentences)
        for line in model.sentences(review):
            self._sentences.addWidget(Said(None, line))
        for note in review.plan.notes:
            self._sentences.addWidget(Said("update", note))
        self.drawer.tell(changed_files(review))
        self._amount.say(amount(review))
        self.show_exact.setVisible(bool(review.changes))
        self._amount.setVisible(bool(review.changes))

    def shown(self) -> Reviewed | None:
        """The plan that stands on the page now."""
        if self.review is None:
            return None
        return model.shown(self.review, keep=self.keep.isChecked())

    def press(self) -> None:
        """Set it up, if nothing is missing; or hand it over."""
        if self.handing is not None:
            self.take.emit(self.handing.first)
            return
        secret: Secret | None = None
        if self.keep.isChecked() and not self._again:
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
        for widget in (self.back_button, self.keep, *self.ways.values()):
            widget.setEnabled(False)

    def waiting(self, name: str) -> None:
        """The program is open; it goes on by itself when it closes."""
        self._open.waiting(name)

    def stopping(self) -> None:
        """A person gave up before the program was waited for."""
        self.strip.hide()
        self.working(_("Stopping…"))

    def ask_host(self, domain: str, host: str, answer: Callable[[object], None]) -> None:
        """This server was not agreed to yet."""
        self.banner.ask_host(domain, host, answer)
        self.primary.hide()

    def fail(self, trouble: Trouble) -> None:
        """It was not done; nothing was changed."""
        nothing_yet = self.review is None and self.handing is None
        if self.review is not None:
            self.tell(self.review)
            self.strip.hide()
            if self.keep.isChecked():
                self.password.say_problem(trouble.text)
                self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.banner.tell_trouble(trouble)
        if nothing_yet:
            self.head.say(_("This can’t be set up yet."), "")
            self.try_again.show()
        self.back_button.setEnabled(True)

    def _ready(self, words: str, *, enabled: bool = True) -> None:
        self.primary.setText(words)
        self.primary.setEnabled(enabled)
        self.primary.show()
        review = self.review
        self.keep.setEnabled(review is None or not model.why_not_kept(review))
        for widget in (self.back_button, *self.ways.values()):
            widget.setEnabled(True)

    def _keeping(self, on: bool) -> None:
        self.password.setVisible(on)
        self._show_plan()
        if on:
            self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            # Once it has its room.
            field = self.password
            QTimer.singleShot(0, field, lambda: self.area.ensureWidgetVisible(field))

    def _toggle(self) -> None:
        if self.review is not None and self.review.changes:
            self.drawer.setVisible(not self.drawer.isVisibleTo(self))
