# SPDX-License-Identifier: MPL-2.0
"""Everything that the demo runs on, started and ended together."""

import secrets
import shutil
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from clientcfg.demo.certificate import make_certificates
from clientcfg.demo.imap import ImapSession
from clientcfg.demo.listener import LOOPBACK, Listener, Peer
from clientcfg.demo.mailbox import DemoAccount, Mailbox
from clientcfg.demo.pop3 import Pop3Session
from clientcfg.demo.submission import Submission, SubmissionServer, quiet_log
from clientcfg.demo.zone import NameServer, make_zone
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.secret import Secret

DOMAIN = "demo.clientcfg.test"
HOST = f"mail.{DOMAIN}"

# RFC 6186, RFC 8314 §5.1: how each of our listeners is called in the zone.
_LABELS = {
    (Protocol.SMTP, Security.TLS): "_submissions",
    (Protocol.SMTP, Security.STARTTLS): "_submission",
    (Protocol.IMAP, Security.TLS): "_imaps",
    (Protocol.IMAP, Security.STARTTLS): "_imap",
    (Protocol.POP3, Security.TLS): "_pop3s",
    (Protocol.POP3, Security.STARTTLS): "_pop3",
}


class World:
    """Servers on loopback, a zone that names them, one account and a temporary home.

    Use it with ``async with``; everything is there inside and gone behind it.
    ``home`` is a directory for whatever the demo writes, ``ca_file`` the
    authority to trust, ``dns`` the resolver to ask, ``log`` every message that
    was submitted with a log-in, ``mailbox`` what arrived.
    """

    home: Path
    ca_file: Path
    dns: tuple[str, int]
    endpoints: tuple[Endpoint, ...]

    def __init__(self, password: Secret | None = None) -> None:
        self.address = Address("ada", DOMAIN)
        self.password = password or Secret(secrets.token_urlsafe(15))
        self.log: list[Submission] = []
        self._account = DemoAccount(self.address, self.password)
        self._exits = AsyncExitStack()

    @property
    def mailbox(self) -> Mailbox:
        """The account's inbox."""
        return self._account.mailbox

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as exits:
            self.home = Path(tempfile.mkdtemp(prefix="clientcfg-demo-"))
            exits.callback(_remove, self.home)
            exits.enter_context(quiet_log())
            self.ca_file, context = make_certificates((HOST, "localhost", LOOPBACK), self.home)
            submission = SubmissionServer(HOST, self._account, context, self.log)
            exits.push_async_callback(submission.close)
            ports: dict[tuple[Protocol, Security], int] = {}
            for security in (Security.TLS, Security.STARTTLS):
                implicit = security is Security.TLS
                ports[Protocol.SMTP, security] = await submission.start(implicit=implicit)
                for protocol, serve in self._retrieval(context):
                    listener = Listener(serve)
                    exits.push_async_callback(listener.close)
                    port = await listener.start(context if implicit else None)
                    ports[protocol, security] = port
            zone = make_zone(DOMAIN, {label: ports[key] for key, label in _LABELS.items()})
            names = NameServer(zone)
            exits.push_async_callback(names.close)
            self.dns = (LOOPBACK, await names.start())
            self.endpoints = tuple(
                Endpoint(protocol, HOST, ports[protocol, security], security)
                for protocol, security in _LABELS
            )
            self._exits = exits.pop_all()
        return self

    def _retrieval(
        self, context: ssl.SSLContext
    ) -> tuple[tuple[Protocol, Callable[[Peer], Awaitable[None]]], ...]:
        account = self._account
        return (
            (Protocol.IMAP, lambda peer: ImapSession(peer, account, context).serve()),
            (Protocol.POP3, lambda peer: Pop3Session(peer, account, context).serve()),
        )

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._exits.aclose()

    def endpoint(self, protocol: Protocol, security: Security = Security.TLS) -> Endpoint:
        """One of the listeners."""
        return next(e for e in self.endpoints if e.protocol is protocol and e.security is security)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        # What Ctrl-C has interrupted is done once more.
        shutil.rmtree(folder, ignore_errors=True)
