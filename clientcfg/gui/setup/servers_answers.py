# SPDX-License-Identifier: MPL-2.0
"""What step 2 shows in the end: the chosen servers, or two names to compare."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.frames import Card, Fact, TableRow, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import rule, text
from clientcfg.gui.setup.servers_model import Conclusion
from clientcfg.gui.theme import theme
from clientcfg.gui.words import port_line, purpose
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.phrases import source_name
from clientcfg.words import _, ngettext


class DoneView(QWidget):
    """The chosen servers, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(self)

    def tell(self, conclusion: Conclusion) -> None:
        """Show *conclusion*."""
        empty(self._rows)
        for choice in conclusion.choices:
            endpoint = choice.login.endpoint
            sending = endpoint.protocol is Protocol.SMTP
            self._rows.addWidget(rule())
            self._rows.addWidget(
                Fact(
                    "send" if sending else "inbox",
                    purpose(endpoint.protocol),
                    endpoint.host,
                    port_line(endpoint),
                    "unlock" if endpoint.security is Security.PLAIN else "lock",
                )
            )
        users = tuple(dict.fromkeys(c.login.username for c in conclusion.choices))
        self._rows.addWidget(rule())
        whose = _("Your user name there")
        if conclusion.address_is_user:
            whose = _("Your address is your user name")
        self._rows.addWidget(Fact("user", _("Sign-in"), ", ".join(users), whose))
        self._rows.addWidget(rule())


class ConfirmView(QWidget):
    """Both names in full, side by side, and the servers they stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, 24)

    def tell(self, domain: str, conclusion: Conclusion) -> None:
        """Show whose word it is."""
        empty(self._layout)
        beside = row(gap=16)
        beside.addWidget(_name_card(_("Your address ends in"), domain, _("what you typed")), 1)
        beside.addWidget(Glyph("right"))
        said = ", ".join(dict.fromkeys(source_name(o.source) for o in conclusion.confirm))
        named = _("named by {source}, not secured").format(source=said)
        names, servers = conclusion.elsewhere, {o.endpoint.host for o in conclusion.confirm}
        ends = _("The servers end in")
        if servers >= set(names):
            ends = ngettext("The server is", "The servers are", len(names))
        beside.addWidget(_name_card(ends, "\n".join(names), named), 1)
        self._layout.addLayout(beside)
        purposes = {purpose(c.login.endpoint.protocol) for c in conclusion.choices}
        wide = max((self.fontMetrics().horizontalAdvance(one) for one in purposes), default=0) + 2
        card = Card()
        card.fill(
            [
                TableRow(
                    "send" if c.login.endpoint.protocol is Protocol.SMTP else "inbox",
                    purpose(c.login.endpoint.protocol),
                    c.login.endpoint.host,
                    port_line(c.login.endpoint),
                    wide,
                )
                for c in conclusion.choices
            ]
        )
        self._layout.addWidget(card)
        self._layout.addWidget(
            text(
                "explain",
                _(
                    "Look for this name on a bill or in a letter from your provider, or ask the "
                    "person who looks after your e-mail."
                ),
            )
        )


def _name_card(caption: str, name: str, below: str) -> QWidget:
    card = Card()
    inside = QWidget()
    words = column(inside, 4)
    margin = theme().px(16)
    words.setContentsMargins(margin, margin, margin, margin)
    label = text("subtitle", name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    for widget in (text("caption", caption), label, text("caption", below)):
        words.addWidget(widget)
    words.addStretch(1)
    card.fill([inside])
    return card
