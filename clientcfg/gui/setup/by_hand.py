# SPDX-License-Identifier: MPL-2.0
"""Servers by hand, in place: host, port, security, user name."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from clientcfg.gui.parts.choice import Choice
from clientcfg.gui.parts.frames import column
from clientcfg.gui.parts.problem import Problem
from clientcfg.gui.parts.text import text
from clientcfg.gui.setup.by_hand_model import (
    NamedServer,
    NamedServers,
    as_typed,
    security_words,
    usual_port,
)
from clientcfg.gui.setup.servers_model import Conclusion
from clientcfg.gui.theme import theme
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.words import _


class _ServerFields:
    """The fields of one server in a grid."""

    def __init__(self, title: str, protocols: tuple[Protocol, ...]) -> None:
        worn = theme()
        self.kind = Choice()
        for protocol in protocols:
            self.kind.addItem(protocol.value.upper(), protocol)
        self.kind.setAccessibleName(_("{title}: kind").format(title=title))
        self.kind.setEnabled(len(protocols) > 1)
        self.host, self.port, self.security = QLineEdit(), QLineEdit(), Choice()
        self.host.setAccessibleName(_("{title}: server").format(title=title))
        self.host.setPlaceholderText("mail.example.org")
        self.port.setAccessibleName(_("{title}: port").format(title=title))
        self.port.setFixedWidth(worn.px(72))
        self.security.setAccessibleName(_("{title}: encryption").format(title=title))
        for security, words in security_words().items():
            self.security.addItem(words, security)
        self.security.activated.connect(self._usual_port)
        self.kind.activated.connect(self._usual_port)

    def fill(self, server: NamedServer) -> None:
        """Begin with *server*."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(server.protocol)))
        self.host.setText(server.host)
        self.port.setText(server.port)
        self.security.setCurrentIndex(self.security.findData(server.security))

    def typed(self) -> NamedServer:
        """What stands there now."""
        return NamedServer(
            Protocol(self.kind.currentData()),
            self.host.text(),
            self.port.text(),
            Security(self.security.currentData()),
        )

    def _usual_port(self) -> None:
        now = self.typed()
        self.port.setText(usual_port(now.protocol, now.security))


class ByHandForm(QWidget):
    """Both servers and the user name; *asked* is told what was typed."""

    def __init__(self, asked: Callable[[NamedServers], object]) -> None:
        super().__init__()
        self._asked = asked
        self.sending = _ServerFields(_("Sending"), (Protocol.SMTP,))
        self.receiving = _ServerFields(_("Receiving"), (Protocol.IMAP, Protocol.POP3))
        self.user = QLineEdit()
        self.user.setAccessibleName(_("User name"))
        self.user.setPlaceholderText(_("your address"))
        self.problem = Problem()
        worn, grid = theme(), QGridLayout()
        grid.setHorizontalSpacing(worn.px(12))
        grid.setVerticalSpacing(worn.px(12))
        heads = ("", _("Kind"), _("Server"), _("Port"), _("Encryption"))
        for place, head in enumerate(heads):
            grid.addWidget(text("label", head), 0, place)
        for line, (title, fields) in enumerate(
            ((_("Sending"), self.sending), (_("Receiving"), self.receiving)), start=1
        ):
            grid.addWidget(text("strong", title, wrap=False), line, 0)
            for place, widget in enumerate(
                (fields.kind, fields.host, fields.port, fields.security)
            ):
                grid.addWidget(widget, line, place + 1)
        grid.addWidget(text("strong", _("User name"), wrap=False), 3, 0)
        grid.addWidget(self.user, 3, 2)
        grid.setColumnMinimumWidth(0, worn.px(96))
        grid.setColumnStretch(2, 1)
        layout = column(self, 16)
        layout.addSpacing(worn.px(8))
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addStretch(1)

    def fill(self, conclusion: Conclusion | None, username: str) -> None:
        """Begin with what is known."""
        outgoing = conclusion.outgoing if conclusion is not None else None
        incoming = conclusion.incoming if conclusion is not None else None
        self.take(
            NamedServers(
                as_typed(Protocol.SMTP, outgoing.login.endpoint if outgoing else None),
                as_typed(Protocol.IMAP, incoming.login.endpoint if incoming else None),
                username,
            )
        )

    def take(self, named: NamedServers) -> None:
        """Begin with these."""
        self.sending.fill(named.sending)
        self.receiving.fill(named.receiving)
        self.user.setText(named.username)
        self.say_problem("")

    def ask(self) -> None:
        """Take what was typed."""
        self._asked(NamedServers(self.sending.typed(), self.receiving.typed(), self.user.text()))

    def say_problem(self, sentence: str) -> None:
        """What is wrong; empty: nothing."""
        self.problem.say(sentence)

    def begin(self) -> None:
        """Focus to the first field."""
        self.sending.host.setFocus()
