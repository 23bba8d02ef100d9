# SPDX-License-Identifier: MPL-2.0
"""The drawer “How do you know?”."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import Said, empty
from clientcfg.gui.parts.marked import MarkedLines
from clientcfg.gui.parts.mono import Mono, mono
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.setup.evidence_model import Conversation, Evidence
from clientcfg.gui.setup.source_line import SourceLine
from clientcfg.gui.theme import theme
from clientcfg.words import _


class EvidenceDrawer(Drawer):
    """Sources, certificates, and what the servers said."""

    def __init__(self) -> None:
        copy = copy_button("", lambda: self.as_text, "icon", name=_("Copy all of it"))
        super().__init__(_("How do you know?"), copy=copy)
        self.copy_button = copy
        self.as_text = ""
        self.ticket = ""
        self._read: Callable[[], Evidence] | None = None

    def about(self, read: Callable[[], Evidence]) -> None:
        """What to show; *read* once the drawer is opened, as most people never do."""
        self._read = read
        if self.isVisible():
            self._open()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Now it is wanted."""
        self._open()
        super().showEvent(event)

    def _open(self) -> None:
        if self._read is not None:
            read, self._read = self._read, None
            self.tell(read())

    def tell(self, evidence: Evidence) -> None:
        """Show *evidence*."""
        empty(self.content)
        self.as_text = evidence.as_text()
        self.ticket = evidence.ticket
        self.content.setSpacing(theme().px(10))
        self._part(_("Who named these servers"), [SourceLine(s) for s in evidence.sources])
        rows: list[QWidget] = [
            Said("ready" if c.trusted else "no", c.title, "\n".join(c.lines))
            for c in evidence.certificates
        ]
        self._part(_("Who the server is"), rows)
        for said in evidence.conversations:
            self._part(_("What it said ({who})").format(who=said.title), [transcript(said)])
        if evidence.conversations:
            words = _("The marked lines say which sign-ins it takes.")
            self.content.addWidget(text("caption", words))
        ticket = button(_("Copy for a &ticket"), self._copy_ticket, "link", "copy")
        ticket.setToolTip(_("Without your address, your IP address and your user name."))
        self.content.addWidget(ticket)
        self.content.addStretch(1)

    def _part(self, title: str, rows: list[QWidget]) -> None:
        layout: QVBoxLayout = self.content
        if layout.count():
            layout.addWidget(rule())
        layout.addWidget(text("label", title))
        for widget in rows:
            layout.addWidget(widget)

    def _copy_ticket(self) -> None:
        QGuiApplication.clipboard().setText(self.ticket)


def transcript(said: Conversation) -> Mono:
    """What one server said; the lines that prove it are marked."""
    shown = mono(said.title, "\n".join(said.lines))
    MarkedLines(shown).mark(said.marked)
    shown.show_lines(min(len(said.lines), 14))
    return shown
