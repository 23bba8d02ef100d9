# SPDX-License-Identifier: MPL-2.0
"""What step 2 shows in the end: the chosen servers, two names to compare, or a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from clientcfg.gui.parts.frames import Card, Fact, Said, TableRow, column, empty, row
from clientcfg.gui.parts.glyph import Glyph, shape
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.setup.servers_model import FAILED, Conclusion, Progress, ServerRow
from clientcfg.gui.setup.servers_views import source_line
from clientcfg.gui.theme import theme
from clientcfg.gui.words import port_line, purpose
from clientcfg.model.endpoint import Protocol
from clientcfg.model.phrases import source_name
from clientcfg.words import _


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
                )
            )
        users = tuple(dict.fromkeys(c.login.username for c in conclusion.choices))
        self._rows.addWidget(rule())
        self._rows.addWidget(
            Fact("user", _("Sign-in"), ", ".join(users), _("Your user name there"))
        )
        self._rows.addWidget(rule())


class ConfirmView(QWidget):
    """Both names in full, side by side, and the servers they stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, 24)

    def tell(self, domain: str, conclusion: Conclusion) -> None:
        """Show whose word it is."""
        empty(self._layout)
        hosts = tuple(dict.fromkeys(o.endpoint.host for o in conclusion.confirm))
        beside = row(gap=16)
        beside.addWidget(_name_card(_("Your address ends in"), domain, _("what you typed")), 1)
        beside.addWidget(Glyph("right"))
        said = ", ".join(dict.fromkeys(source_name(o.source) for o in conclusion.confirm))
        named = _("named by {source}, not secured").format(source=said)
        beside.addWidget(_name_card(_("Your mail would go through"), "\n".join(hosts), named), 1)
        self._layout.addLayout(beside)
        card = Card()
        card.fill(
            [
                TableRow(
                    "send" if c.login.endpoint.protocol is Protocol.SMTP else "inbox",
                    purpose(c.login.endpoint.protocol),
                    c.login.endpoint.host,
                    port_line(c.login.endpoint),
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
    card.fill([inside])
    return card


class TroubleView(QWidget):
    """What a person can do, and what was tried."""

    def __init__(self, by_hand: Callable[[], object]) -> None:
        super().__init__()
        self._by_hand = by_hand
        self._layout = column(self, 12)

    def tell(self, conclusion: Conclusion, progress: Progress) -> None:
        """Show the way out first, then what was seen."""
        empty(self._layout)
        self._layout.addWidget(text("subtitle", _("What you can do")))
        for line in conclusion.advice:
            self._layout.addWidget(Said(None, line))
        hand = row(gap=4)
        hand.addWidget(Glyph("edit", "text-2"))
        hand.addWidget(text("body", _("You know your servers?"), wrap=False))
        hand.addWidget(button(_("Enter them by hand"), self._by_hand, "link"))
        hand.addStretch(1)
        self._layout.addLayout(hand)
        tried = tried_rows(progress)
        if tried:
            self._layout.addSpacing(theme().px(16))
            self._layout.addWidget(text("label", _("What we tried")))
        for widget in tried:
            self._layout.addWidget(rule())
            self._layout.addWidget(widget)


def tried_rows(progress: Progress) -> list[QWidget]:
    """Who was asked and what came of it, a row each."""
    tried = [source_line(s) for s in progress.sources if s.kind != ""]
    return tried + [_tried(server) for server in progress.servers]


def _tried(server: ServerRow) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    answered = server.stations[2] == "done"
    kind = "no" if FAILED in server.stations else "ready" if answered else "unknown"
    grid.addWidget(shape(kind, 16), 0, 0)
    endpoint = server.endpoint
    where = _("{purpose}: {host}, {port}").format(
        purpose=purpose(endpoint.protocol), host=endpoint.host, port=port_line(endpoint)
    )
    grid.addWidget(text("body", where), 0, 1)
    says: QLabel = text("caption", server.says)
    says.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(says, 0, 2)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 2)
    return widget
