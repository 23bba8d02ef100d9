# SPDX-License-Identifier: MPL-2.0
"""Step 4: what will be set, in words; the exact changes on demand; the password only if wanted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clientcfg.flows.events import Reviewed
from clientcfg.gui.parts.fold import Fold
from clientcfg.gui.parts.frames import Said, column, empty, row
from clientcfg.gui.parts.keys import bind
from clientcfg.gui.parts.page import AIR, Page
from clientcfg.gui.parts.text import breakable, button, flush, text
from clientcfg.gui.setup import review_model as model
from clientcfg.gui.setup.exact import ExactDrawer
from clientcfg.gui.setup.exact_model import amount, changed_files
from clientcfg.gui.setup.open_strip import OpenStrip
from clientcfg.gui.setup.review_banner import ReviewBanner
from clientcfg.gui.setup.review_rows import PasswordChoice, PlanCard
from clientcfg.gui.theme import theme
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewPage(Page):
    """``go`` carries the password to keep, or None; ``gave_up`` stops waiting, ``front`` brings
    the open program to the front.

    ``take`` carries "file", "guide" or "code"; ``accept`` a host that may
    protect the password less than before.
    """

    # A strip lies below the field.
    least_air = AIR

    go = Signal(object)
    take = Signal(str)
    accept = Signal(str)
    gave_up = Signal()
    front = Signal()
    again = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.review: Reviewed | None = None
        self.handing: model.Handing | None = None
        self._again = False
        self.banner = ReviewBanner()
        self.banner.accept.connect(self.accept)
        self.card = PlanCard()
        inside = QWidget()
        self._sentences = column(inside, 8)
        self.drawer = ExactDrawer()
        self.add_drawer(self.drawer)
        self.show_exact = flush(button(_("Show the e&xact changes"), self._toggle, "link", "right"))
        self.show_exact.setCheckable(True)
        self.drawer.turned.connect(
            lambda: self.show_exact.setChecked(self.drawer.isVisibleTo(self))
        )
        self._amount = text("caption")
        exact = row()
        exact.addWidget(self.show_exact)
        exact.addWidget(self._amount, 1)
        self.choice = PasswordChoice()
        self.keep, self.password = self.choice.keep, self.choice.field
        self.keep.toggled.connect(self._keeping)
        for gap, widget in ((12, self.banner), (12, self.card), (0, inside)):
            self.gap(gap)
            self.content.addWidget(widget)
        self.gap(12)
        self.content.addLayout(exact)
        self.gap(8)
        self.content.addWidget(self.choice)
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
        self._open = OpenStrip(self.strip, self.front.emit, self.gave_up.emit)
        self.stop_waiting, self.bring = self._open.stop, self._open.front
        bind(self, {"Ctrl+D": self._toggle, "Esc": self.drawer.hide})

    def begin(self, name: str, held: Secret | None) -> None:
        """The plan is being made. *held*: a password that is known already."""
        self.review = self.handing = None
        self.head.say(_("Looking at the settings of {name}…").format(name=name), "")
        self.choice.begin(held)
        for widget in (
            self.card, self.show_exact, self.try_again,
            self.primary, self.banner, self.strip, self.drawer, *self.ways.values(),
        ):  # fmt: skip
            widget.hide()
        self._amount.setText("")
        empty(self._sentences)

    def offer(self, ways: tuple[str, ...]) -> None:
        """Which of "file", "guide" and "code" there are, beside what the primary button does."""
        for what, way in self.ways.items():
            way.setVisible(what in ways)

    def tell(self, review: Reviewed, *, again: bool = False, can_bring: bool | None = None) -> None:
        """Show what would be set. *again*: it is another plan than the one agreed to.

        *can_bring*: whether the open program can be brought to the front; None: as before.
        """
        self.review, self._again = review, again
        if can_bring is not None:
            self._open.can_bring = can_bring
        self.head.say(model.title(review), model.text(review))
        self.card.tell(model.rows(review.account, review.plan.folders))
        self.card.show()
        self.choice.setVisible(model.may_keep(review) and not again)
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
        self.card.tell(handing.rows)
        self.card.show()
        empty(self._sentences)
        for note in handing.notes:
            self._say(text("body", note))
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
        plain = self.review
        assert plain is not None  # noqa: S101 - there is a plan
        # The first one stands below the title.
        for line in model.told(plain)[1:]:
            self._say(text("body", breakable(line)))
        for note in review.plan.notes:
            self._say(Said("update", note))
        self.choice.tell(plain)
        below = self.keep.isChecked() and not self.choice.isHidden()
        self.card.say(model.USER, model.signs_in_with(plain.account, below=below))
        self.drawer.tell(changed_files(review))
        self._amount.setText(amount(review))
        self.show_exact.setVisible(bool(review.changes))
        self._amount.setVisible(bool(review.changes))

    def _say(self, line: QWidget) -> None:
        """One more line between the card and what else is offered."""
        if not self._sentences.count():
            self._sentences.addSpacing(theme().px(12))
        self._sentences.addWidget(line)

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
        self._show_plan()
        if on:
            self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            # Once it has its room; no further than needed, so that the title stays in sight.
            field, air = self.password, theme().px(24)
            QTimer.singleShot(0, field, lambda: self.area.ensureWidgetVisible(field, 0, air))

    def _toggle(self) -> None:
        if self.review is not None and self.review.changes:
            self.drawer.setVisible(not self.drawer.isVisibleTo(self))
