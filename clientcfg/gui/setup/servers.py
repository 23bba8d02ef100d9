# SPDX-License-Identifier: MPL-2.0
"""Step 2: a live picture while it works, in the end one sentence, and how we know."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import PROBE_TIMEOUT
from clientcfg.gui.network import Network
from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.fold import Fold, short
from clientcfg.gui.parts.frames import behind
from clientcfg.gui.parts.keys import bind
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button
from clientcfg.gui.setup.by_hand import ByHandForm
from clientcfg.gui.setup.by_hand_model import NamedServers
from clientcfg.gui.setup.evidence import EvidenceDrawer
from clientcfg.gui.setup.evidence_model import evidence
from clientcfg.gui.setup.servers_answers import ConfirmView, DoneView
from clientcfg.gui.setup.servers_certificate import CertificateView
from clientcfg.gui.setup.servers_model import Conclusion, Kind, Progress, for_others
from clientcfg.gui.setup.servers_trouble import TroubleView
from clientcfg.gui.setup.servers_views import ProgressView
from clientcfg.gui.setup.trouble_model import waits, with_network
from clientcfg.model.connection import Connection
from clientcfg.words import _, quoted


class ServersPage(Page):
    """``agreed`` says yes to the servers shown; ``named`` carries the form.

    Ways on: ``took_name`` carries another name, ``took_certificate`` a
    fingerprint that was compared, ``allowed`` a consent.
    """

    accepted = Signal()
    agreed = Signal()
    again = Signal()
    named = Signal(object)
    took_name = Signal(str)
    took_certificate = Signal(str)
    allowed = Signal(str)
    halted = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._progress = Progress()
        self._conclusion: Conclusion | None = None
        self._username = self._domain = ""
        # Whether the form was filled from a file, and not opened from an answer.
        self._from_file = False
        self.network = Network(self)
        self.network.changed.connect(self._connected)
        self.drawer = EvidenceDrawer()
        self.add_drawer(self.drawer)
        self.why = button(_("&How do you know?"), self._toggle_drawer, "link", "right")
        self.why.setCheckable(True)
        self.drawer.turned.connect(lambda: self.why.setChecked(self.drawer.isVisibleTo(self)))
        self.by_hand = button(_("Change by hand…"), self.open_form, "link")
        self._why_row, self._hand_row = _links(self.why), _links(self.by_hand)
        self.content.addWidget(self._why_row)
        self.gap(16)
        self.progress, self.done, self.confirm = ProgressView(), DoneView(), ConfirmView()
        self.trouble, self.certificate = TroubleView(), CertificateView()
        self.form = ByHandForm(self.named.emit)
        self._views: tuple[QWidget, ...] = (
            self.progress, self.done, self.confirm, self.trouble, self.certificate, self.form,
        )  # fmt: skip
        for view in self._views:
            self.content.addWidget(view)
        self.gap(12)
        self.content.addWidget(self._hand_row)
        self.content.addStretch(1)
        self.trouble.again.connect(self.again)
        self.trouble.wanted.connect(self._wanted)
        self.certificate.named.connect(self.took_name)
        self.certificate.trusted.connect(self.took_certificate)
        # Once it has its new size.
        self.certificate.grown.connect(
            lambda widget: QTimer.singleShot(0, lambda: self.area.ensureWidgetVisible(widget))
        )
        self._build_bar()

    def _build_bar(self) -> None:
        self.stop = button(_("&Stop"), self.back.emit)
        self.back_button = button(_("&Back"), self._step_back)
        self.enter = button(_("&Enter servers by hand"), self.open_form, "quiet", "edit")
        self.letter = copy_button(_("Copy &for helpdesk"), self._text_for_others)
        self.other = button(_("Enter &another server"), self.open_form)
        self.by_hand_now = button(_("&Enter servers by hand"), self.open_form)
        self.use = button(_("&Yes"), self._use_name)
        self.try_again = button(_("&Try again"), self.again.emit, glyph="refresh")
        self.refuse = button(_("&No, stop here"), self.back.emit)
        self.agree = button(_("&Yes"), self.agreed.emit)
        self.ask = button(_("&Ask these servers"), self.form.ask, "primary")
        self.primary = button(_("&Choose a program"), self.accepted.emit, "primary")
        at_start = (self.stop, self.back_button)
        at_end = (
            self.enter, self.letter, self.other, self.by_hand_now, self.use, self.refuse,
            self.agree, self.try_again, self.ask, self.primary,
        )  # fmt: skip
        for widget in at_start:
            self.bar_start.addWidget(widget)
        for widget in at_end:
            self.bar_end.addWidget(widget)
        self._buttons = (*at_start, *at_end)
        Fold(self.primary, (self.enter, self.letter))
        keys = {"Ctrl+I": self._toggle_drawer, "Esc": self._escape}
        keys |= dict.fromkeys(("F5", "Ctrl+R"), self.again.emit)
        bind(self, keys)

    def begin(self, domain: str, seconds: float = PROBE_TIMEOUT) -> None:
        """A question is on its way; it takes so many *seconds* at most."""
        self._progress, self._conclusion, self._from_file = Progress(), None, False
        self.drawer.hide()
        self.head.say(
            _("Looking for your mail servers…"),
            _("First we ask who knows them, then the servers themselves. No password is involved."),
        )
        self.progress.begin(seconds)
        self._domain = domain
        # Where it leads stands there already.
        self.primary.setEnabled(False)
        self.primary.setToolTip(_("Your servers are being looked for."))
        self._show(self.progress, (self.stop, self.enter, self.primary))

    def watch(self, event: object) -> None:
        """Something was heard."""
        self._progress = self._progress.after(event)
        if self.progress.isVisibleTo(self):
            self.progress.tell(self._progress)

    def conclude(self, conclusion: Conclusion, probed: ProbeDone | None, username: str) -> None:
        """It has ended."""
        self._conclusion, self._username = conclusion, username
        self._why_row.setEnabled(probed is not None)
        self.drawer.ticket = ""
        if probed is not None:
            endpoints = tuple(c.login.endpoint for c in conclusion.choices)
            self.drawer.about(lambda: evidence(probed, endpoints))
        self._show_conclusion(conclusion)
        if self.isVisible():
            self.arrive()

    def _show_conclusion(self, conclusion: Conclusion) -> None:
        self.head.say(conclusion.title, conclusion.text, conclusion.shape)
        if conclusion.kind is Kind.GOOD:
            self.done.tell(conclusion)
            self.primary.setEnabled(True)
            self.primary.setToolTip("")
            self._show(self.done, (self.back_button, self.primary))
        elif conclusion.kind is Kind.CONFIRM:
            self._show_confirm(conclusion)
        elif conclusion.ways is not None:
            self.certificate.tell(conclusion.ways)
            names = conclusion.ways.names
            if names:
                self.use.setText(_("&Yes, use {host}").format(host=short(names[0].name)))
                self.use.setToolTip(names[0].name)
            # No primary button and no Enter here either.
            at_end = (self.letter, self.other, *((self.use,) if names else (self.try_again,)))
            self._show(self.certificate, (self.back_button, *at_end))
        else:
            self._show_trouble(conclusion)
        self._why_row.setVisible(self._why_row.isEnabled())
        self._hand_row.setVisible(conclusion.kind is Kind.GOOD)

    def _show_confirm(self, conclusion: Conclusion) -> None:
        names = conclusion.elsewhere
        several = _("&Yes, use these servers")
        one = _("&Yes, use {host}").format(host=short(names[0]))
        self.agree.setText(one if len(names) == 1 else several)
        self.agree.setToolTip(", ".join(names))
        self.confirm.tell(self._domain, conclusion)
        # No primary button and no Enter: a person decides, not a habit.
        self._show(self.confirm, (self.back_button, self.enter, self.refuse, self.agree))

    def _show_trouble(self, conclusion: Conclusion) -> None:
        said = with_network(conclusion, self.network.connection(), self._domain)
        self.head.say(said.title, said.text, said.shape)
        self.trouble.tell(said, self._progress)
        # Where it waits, the banner has its own way to try at once.
        way = self.by_hand_now if waits(said) else self.try_again
        self._show(self.trouble, (self.back_button, self.letter, way))

    def open_form(self) -> None:
        """Servers by hand; what is being asked is not waited for."""
        self.halted.emit()
        self.head.say(
            _("Your servers, by hand"),
            _("Your provider’s help pages name them. We ask them at once, without a password."),
        )
        self.drawer.hide()
        self.form.fill(self._conclusion, self._username)
        self._show(self.form, (self.back_button, self.ask))
        self.form.begin()

    def propose(self, file: str, named: NamedServers) -> None:
        """What *file* names, for a person to look at before anybody is asked."""
        self._conclusion, self._from_file = None, True
        self.head.say(
            _("Servers from {file}").format(file=quoted(file)),
            _("Look whether they are your provider’s. We ask them at once, without a password."),
        )
        self.drawer.hide()
        self.form.take(named)
        self._show(self.form, (self.back_button, self.ask))

    def say_form_problem(self, sentence: str) -> None:
        """What was typed cannot be read."""
        self.form.say_problem(sentence)

    @property
    def leads(self) -> QPushButton:
        """What Enter presses."""
        return self.ask if self.form.isVisibleTo(self) else self.primary

    def _step_back(self) -> None:
        """From the form to what it was opened from; else to the step before."""
        if not self.form.isVisibleTo(self) or self._from_file:
            self.back.emit()
        elif self._conclusion is None:
            self.again.emit()
        else:
            self._show_conclusion(self._conclusion)

    def _show(self, view: QWidget, buttons: tuple[QWidget, ...]) -> None:
        if view is not self.trouble:
            self.trouble.wait(False)
        for other in self._views:
            other.setVisible(other is view)
        for widget in self._buttons:
            widget.setVisible(widget in buttons)
        self._why_row.hide()
        self._hand_row.hide()

    def _wanted(self, what: str) -> None:
        if what == "by-hand":
            self.open_form()
        else:
            self.allowed.emit(what)

    def _use_name(self) -> None:
        if self._conclusion is not None and self._conclusion.ways is not None:
            self.took_name.emit(self._conclusion.ways.names[0].name)

    def _text_for_others(self) -> str:
        """The letter to the administrator, or what we saw, without anything private."""
        return for_others(self._conclusion, self._progress, self.drawer.ticket)

    def _connected(self, now: Connection) -> None:
        """The connection has come or gone while the page with the trouble is open."""
        conclusion = self._conclusion
        if conclusion is None or not self.trouble.isVisible():
            return
        if now is Connection.ONLINE and self.trouble.waiting.isVisible():
            self.again.emit()
        elif waits(with_network(conclusion, now, self._domain)):
            self._show_conclusion(conclusion)

    def _toggle_drawer(self) -> None:
        if self._why_row.isEnabled() and self._conclusion is not None:
            self.drawer.setVisible(not self.drawer.isVisibleTo(self))

    def _escape(self) -> None:
        if self.drawer.isVisibleTo(self):
            self.drawer.hide()
        elif self.progress.isVisibleTo(self):
            self.back.emit()


def _links(link: QWidget) -> QWidget:
    """A line whose words stand where the head's words do: behind a link's border and padding."""
    line = Abreast()
    line.add(link)
    return behind(39, line)
