# SPDX-License-Identifier: MPL-2.0
"""Play events to a conversation by hand, without any network."""

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.probe.actions import Action, Send, StartTls
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.imap import ImapConversation
from clientcfg.probe.pop3 import Pop3Conversation
from clientcfg.probe.smtp import SmtpConversation

TRUSTED = Tls("1.3", "TLS_AES_256_GCM_SHA384", True, None)
UNTRUSTED = Tls("1.3", "TLS_AES_256_GCM_SHA384", False, None)

_PORTS = {Protocol.SMTP: 587, Protocol.IMAP: 143, Protocol.POP3: 110}


def conversation(
    protocol: Protocol, security: Security = Security.STARTTLS, *, stay: bool = False
) -> Conversation:
    """A conversation whose clock stands still."""
    endpoint = Endpoint(protocol, "mail.fake.test", _PORTS[protocol], security)
    match protocol:
        case Protocol.SMTP:
            return SmtpConversation(endpoint, _noon, stay=stay, own_name="here.fake.test")
        case Protocol.IMAP:
            return ImapConversation(endpoint, _noon, stay=stay)
        case Protocol.POP3:
            return Pop3Conversation(endpoint, _noon, stay=stay)


class Play:
    """Feeds a conversation and keeps what it sends. ``wants_tls`` after a StartTls."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self.sent = b""
        self.wants_tls = False
        self._take(talk.connected())

    def hear(self, *lines: bytes) -> "Play":
        """Whole lines come, in one segment."""
        return self.pieces(b"".join(line + b"\r\n" for line in lines))

    def pieces(self, *pieces: bytes) -> "Play":
        """Bytes come in these pieces."""
        for piece in pieces:
            self._take(self.talk.received(piece))
        return self

    def secure(self, tls: Tls = TRUSTED) -> "Play":
        """The handshake succeeds."""
        assert self.wants_tls
        self.wants_tls = False
        self._take(self.talk.secured(tls))
        return self

    def end(self) -> "Play":
        """The server hangs up."""
        self._take(self.talk.eof())
        return self

    @property
    def report(self) -> EndpointReport:
        """What the conversation has found."""
        return self.talk.report("127.0.0.1")

    @property
    def codes(self) -> list[str]:
        """The codes of its problems."""
        return [problem.code for problem in self.report.problems]

    def _take(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.sent += action.data
            self.wants_tls = self.wants_tls or isinstance(action, StartTls)


def _noon() -> float:
    return 0.0
