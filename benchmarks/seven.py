# SPDX-License-Identifier: MPL-2.0
"""An honest, fast server with all seven endpoints, as a process: ``seven CHAIN.pem``.

Prints seven ports in the order of :data:`ENDPOINTS` and serves until standard
input ends.
"""

import asyncio
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from benchmarks.children import serve_until_let_go
from clientcfg.model.endpoint import STANDARD_PORTS as ENDPOINTS
from clientcfg.model.endpoint import Protocol, Security

_SMTP = b"mail.bench.test", b"PIPELINING", b"SIZE 10240000", b"8BITMIME"
_IMAP = b"IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE"
_POP3 = b"TOP", b"UIDL", b"PIPELINING", b"RESP-CODES"


class Talk:
    """One client; ``secure`` tells whether TLS is up."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        context: ssl.SSLContext,
        *,
        secure: bool,
    ) -> None:
        self.secure = secure
        self._context = context
        self._reader = reader
        self._writer = writer

    async def line(self) -> bytes:
        """What the client says next; empty at the end."""
        return (await self._reader.readline()).rstrip(b"\r\n")

    def say(self, *lines: bytes) -> None:
        """Lines, in one segment."""
        self._writer.write(b"".join(line + b"\r\n" for line in lines))

    async def begin_tls(self) -> None:
        """Shake hands."""
        await self._writer.start_tls(self._context)
        self.secure = True

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def smtp(talk: Talk) -> None:
    """Submission."""
    talk.say(b"220 mail.bench.test ESMTP")
    while line := (await talk.line()).upper():
        if line.startswith(b"EHLO "):
            words = (*_SMTP, b"AUTH PLAIN LOGIN SCRAM-SHA-256" if talk.secure else b"STARTTLS")
            talk.say(*(b"250-" + word for word in words[:-1]), b"250 " + words[-1])
        elif line == b"STARTTLS" and not talk.secure:
            talk.say(b"220 2.0.0 Ready to start TLS")
            await talk.begin_tls()
        elif line == b"QUIT":
            talk.say(b"221 2.0.0 Bye")
            return
        else:
            talk.say(b"500 5.5.2 What?")


async def imap(talk: Talk) -> None:
    """IMAP."""
    talk.say(b"* OK ready")
    while line := (await talk.line()).upper():
        tag, _blank, verb = line.partition(b" ")
        tag = tag.lower()
        if verb == b"CAPABILITY":
            more = b" AUTH=PLAIN AUTH=LOGIN" if talk.secure else b" STARTTLS LOGINDISABLED"
            talk.say(b"* CAPABILITY " + _IMAP + more, tag + b" OK done")
        elif verb == b"STARTTLS" and not talk.secure:
            talk.say(tag + b" OK begin")
            await talk.begin_tls()
        elif verb == b"LOGOUT":
            talk.say(b"* BYE", tag + b" OK")
            return
        else:
            talk.say(tag + b" BAD what?")


async def pop3(talk: Talk) -> None:
    """POP3."""
    talk.say(b"+OK ready")
    while line := (await talk.line()).upper():
        if line == b"CAPA":
            more = (b"USER", b"SASL PLAIN LOGIN") if talk.secure else (b"STLS",)
            talk.say(b"+OK list follows", *_POP3, *more, b".")
        elif line == b"STLS" and not talk.secure:
            talk.say(b"+OK begin")
            await talk.begin_tls()
        elif line == b"QUIT":
            talk.say(b"+OK bye")
            return
        else:
            talk.say(b"-ERR what?")


_SCRIPTS: dict[Protocol, Callable[[Talk], Awaitable[None]]] = {
    Protocol.SMTP: smtp,
    Protocol.IMAP: imap,
    Protocol.POP3: pop3,
}


async def _listen(protocol: Protocol, context: ssl.SSLContext, *, implicit: bool) -> asyncio.Server:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = Talk(reader, writer, context, secure=implicit)
        with suppress(OSError, ssl.SSLError, asyncio.CancelledError):
            await _SCRIPTS[protocol](talk)
        talk.close()

    tls = context if implicit else None
    return await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)


async def main() -> None:
    """Serve."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    servers = [
        await _listen(protocol, context, implicit=security is Security.TLS)
        for protocol, _port, security in ENDPOINTS
    ]
    await serve_until_let_go([server.sockets[0].getsockname()[1] for server in servers])


if __name__ == "__main__":
    asyncio.run(main())
