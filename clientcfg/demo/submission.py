# SPDX-License-Identifier: MPL-2.0
"""The submission server: aiosmtpd, with AUTH inside TLS only (RFC 6409, 4954, 8314)."""

import asyncio
import logging
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import format_datetime
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from clientcfg.demo.listener import HANDSHAKE, LOOPBACK
from clientcfg.demo.mailbox import DemoAccount

_LARGEST = 1 << 20  # octets of one message


@dataclass(frozen=True, slots=True)
class Submission:
    """One message that came in with a log-in. ``tls`` is the version, as in "TLSv1.3"."""

    username: str
    mechanism: str
    tls: str
    sender: str
    recipients: tuple[str, ...]
    message_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class _Who:
    name: str
    mechanism: str


class _Delivery:
    """What happens with addresses and messages: all mail stays in the one mailbox."""

    def __init__(self, account: DemoAccount, log: list[Submission]) -> None:
        self._account = account
        self._log = log

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword) and self._account.admits(data.login, data.password):
            who = _Who(str(self._account.address), mechanism)
            return AuthResult(success=True, auth_data=who)
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address != str(self._account.address):
            return "553 5.7.1 You may send from your own address only"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.rpartition("@")[2].lower() != self._account.address.domain:
            return "550 5.7.1 The demo sends nothing to the world outside"
        if address != str(self._account.address):
            return "550 5.1.1 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        now = datetime.now(UTC)
        header = BytesHeaderParser(policy=default).parsebytes(content)
        who: object = session.auth_data
        if server.transport is None or not isinstance(who, _Who):
            return "530 5.7.0 Authentication required"
        tls = server.transport.get_extra_info("ssl_object").version()
        trace = (
            f"Return-Path: <{envelope.mail_from}>\r\n"
            f"Received: from [{LOOPBACK}] by {server.hostname} with ESMTPSA ({tls});\r\n"
            f"\t{format_datetime(now)}\r\n"
        )
        self._account.mailbox.deliver(trace.encode() + content)
        self._log.append(
            Submission(
                who.name,
                who.mechanism,
                tls,
                envelope.mail_from or "",
                tuple(envelope.rcpt_tos),
                header["Message-ID"],
                now,
            )
        )
        return "250 2.0.0 OK, it lies in the inbox"


class _Smtp(SMTP):
    """aiosmtpd's protocol, which itself only knows TLS that began with STARTTLS."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        encrypted = transport.get_extra_info("sslcontext") is not None
        if encrypted and self._tls_protocol is None:
            # Only asked whether there is one.
            self._tls_protocol = cast(SSLProtocol, transport)
        super().connection_made(transport)
        if encrypted and self.session is not None:
            self.session.ssl = {"sslcontext": transport.get_extra_info("sslcontext")}

    def end(self) -> asyncio.Task[None] | None:
        """Hang up; the task that is ending then."""
        if self.transport is not None:
            cast(asyncio.Transport, self.transport).abort()
        task: asyncio.Task[None] | None = self._handler_coroutine
        if task is not None:
            task.cancel()
        return task


class SubmissionServer:
    """Two ports of one server, until it is closed."""

    def __init__(
        self, host: str, account: DemoAccount, context: ssl.SSLContext, log: list[Submission]
    ) -> None:
        self._host = host
        self._context = context
        self._delivery = _Delivery(account, log)
        self._listeners: list[asyncio.Server] = []
        self._talks: list[_Smtp] = []

    async def start(self, *, implicit: bool) -> int:
        """Listen, with implicit TLS or with STARTTLS; the port."""
        loop = asyncio.get_running_loop()

        def talk() -> _Smtp:
            smtp = _Smtp(
                self._delivery,
                hostname=self._host,
                ident="clientcfg demo",
                data_size_limit=_LARGEST,
                enable_SMTPUTF8=True,
                tls_context=None if implicit else self._context,
                require_starttls=not implicit,
                auth_required=True,
                authenticator=self._delivery.authenticate,
                loop=loop,
            )
            self._talks = [t for t in self._talks if t.transport is not None]
            self._talks.append(smtp)
            return smtp

        listener = await loop.create_server(
            talk,
            LOOPBACK,
            0,
            ssl=self._context if implicit else None,
            ssl_handshake_timeout=HANDSHAKE if implicit else None,
        )
        self._listeners.append(listener)
        port: int = listener.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening, hang up on everybody, and wait for the last to be gone."""
        for listener in self._listeners:
            listener.close()
        ending = [task for t in self._talks if (task := t.end()) is not None]
        await asyncio.gather(*ending, return_exceptions=True)
        for listener in self._listeners:
            await listener.wait_closed()


@contextmanager
def quiet_log() -> Iterator[None]:
    """Keep aiosmtpd's log shut: at its loudest it has what clients send, log-ins too."""
    log = logging.getLogger("mail.log")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
