# SPDX-License-Identifier: MPL-2.0
"""Servers that take any log-in, wherever it comes: whoever is careless tells them everything.

One script for the three protocols; what differs stands in a :class:`Dialect`.
"""

import asyncio
import base64
import ssl
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from clientcfg.model.endpoint import Protocol
from tests.support.fakes.server import Session

CRAM_CHALLENGE = b"<1896.697170952@mail.fake.test>"
_TAKEN = {
    b"LOGIN": b"OK welcome",
    b"USER": b"+OK and the password?",
    b"PASS": b"+OK welcome",
    b"MAIL": b"250 ok",
    b"RCPT": b"250 ok",
}
_NAME, _PASSWORD = b"Username:", b"Password:"


class Dialect(ABC):
    """How one protocol says it."""

    greeting: ClassVar[bytes]
    list_command: ClassVar[bytes]
    starttls: ClassVar[bytes]
    go_ahead: ClassVar[bytes]
    refusal: ClassVar[bytes]
    challenge: ClassVar[bytes]
    success: ClassVar[bytes]
    farewell: ClassVar[bytes]

    @abstractmethod
    def listed(self, starttls: bytes, mechanisms: tuple[bytes, ...], *, command: bool) -> bytes:
        """The list of what the server can do; *command*: it has a log-in command besides SASL."""

    def command(self, line: bytes) -> tuple[bytes, bytes, list[bytes]]:
        """Tag with a blank, verb, arguments."""
        verb, *rest = line.split(b" ")
        return b"", verb.upper(), rest


class SmtpDialect(Dialect):
    greeting = b"220 mail.fake.test ESMTP"
    list_command = b"EHLO"
    starttls = b"STARTTLS"
    go_ahead = b"220 go ahead"
    refusal = b"454 TLS not available"
    challenge = b"334 "
    success = b"235 welcome"
    farewell = b"QUIT"

    def listed(self, starttls: bytes, mechanisms: tuple[bytes, ...], *, command: bool) -> bytes:
        lines = [b"mail.fake.test", b"PIPELINING"]
        lines += [starttls] if starttls else []
        lines += [b"AUTH " + b" ".join(mechanisms)] if mechanisms else []
        return b"".join(b"250-" + line + b"\r\n" for line in lines) + b"250 HELP"


class ImapDialect(Dialect):
    greeting = b"* OK ready"
    list_command = b"CAPABILITY"
    starttls = b"STARTTLS"
    go_ahead = b"OK begin"
    refusal = b"NO not now"
    challenge = b"+ "
    success = b"OK welcome"
    farewell = b"LOGOUT"

    def listed(self, starttls: bytes, mechanisms: tuple[bytes, ...], *, command: bool) -> bytes:
        words = [b"* CAPABILITY IMAP4rev1 SASL-IR", *([starttls] if starttls else ())]
        words += [b"AUTH=" + name for name in mechanisms]
        words += [] if command else [b"LOGINDISABLED"]
        return b" ".join(words)

    def command(self, line: bytes) -> tuple[bytes, bytes, list[bytes]]:
        tag, _blank, rest = line.partition(b" ")
        verb, *arguments = rest.split(b" ")
        return tag + b" ", verb.upper().replace(b"AUTHENTICATE", b"AUTH"), arguments


class Pop3Dialect(Dialect):
    greeting = b"+OK ready"
    list_command = b"CAPA"
    starttls = b"STLS"
    go_ahead = b"+OK begin"
    refusal = b"-ERR not now"
    challenge = b"+ "
    success = b"+OK welcome"
    farewell = b"QUIT"

    def listed(self, starttls: bytes, mechanisms: tuple[bytes, ...], *, command: bool) -> bytes:
        lines = [b"+OK list", b"TOP", *([starttls] if starttls else ())]
        lines += [b"USER"] if command else []
        lines += [b"SASL " + b" ".join(mechanisms)] if mechanisms else []
        return b"\r\n".join([*lines, b"."])


DIALECTS = {
    Protocol.SMTP: SmtpDialect(),
    Protocol.IMAP: ImapDialect(),
    Protocol.POP3: Pop3Dialect(),
}


@dataclass(frozen=True, slots=True)
class Tempting:
    """Offers *clear* outside TLS and *inside* in it, and takes every log-in.

    ``login_command``: IMAP's LOGIN and POP3's USER are there, too.
    ``offered`` is the word for STARTTLS in the list, empty where it is
    stripped. ``injected`` goes out in one segment with the go-ahead,
    ``injected_late`` on its own before the handshake. ``in_auth``: what it
    does instead of answering a log-in: "hang", "drip" or "clear" (ends TLS and
    asks for the password without it).
    """

    protocol: Protocol
    implicit_tls: bool = False
    greeting: bytes | None = None
    offered: bytes | None = None
    refuses: bool = False
    injected: bytes = b""
    injected_late: bytes = b""
    clear: tuple[bytes, ...] = ()
    inside: tuple[bytes, ...] = (b"PLAIN", b"LOGIN")
    login_command: bool = True
    in_auth: str = ""

    async def __call__(self, session: Session) -> None:
        """Play."""
        says = DIALECTS[self.protocol]
        await session.say(self.greeting or says.greeting)
        talk: Talk = session
        secure = self.implicit_tls
        while line := await talk.line():
            tag, verb, rest = says.command(line)
            if verb == says.list_command:
                await talk.say(*self._listed(says, tag, secure=secure))
            elif verb == says.starttls and self._takes_starttls(says, secure=secure):
                talk, secure = await self._secured(session, says, tag), True
            elif verb == b"AUTH" and self.in_auth:
                await self._torment(session, talk, says)
            elif verb == b"AUTH":
                await self._take(talk, says, tag, rest)
            elif verb == b"DATA":
                await talk.say(b"354 go on")
                while await talk.line() != b".":
                    pass
                await talk.say(b"250 ok")
            elif verb in _TAKEN:
                await talk.say(tag + _TAKEN[verb])
            elif verb == says.farewell:
                await talk.say(tag + says.success)
                session.close()
                return
            else:
                await talk.say(tag + says.refusal)

    def _takes_starttls(self, says: Dialect, *, secure: bool) -> bool:
        return not secure and not self.refuses and self.offered in {None, says.starttls}

    def _listed(self, says: Dialect, tag: bytes, *, secure: bool) -> list[bytes]:
        word = says.starttls if self.offered is None else self.offered
        word = b"" if secure else word
        mechanisms = self.inside if secure else self.clear
        listed = says.listed(word, mechanisms, command=self.login_command)
        return [listed, *([tag + b"OK"] if tag else [])]

    async def _secured(self, session: Session, says: Dialect, tag: bytes) -> "Talk":
        session.stop_listening()
        await session.send(tag + says.go_ahead + b"\r\n" + self.injected)
        if self.injected_late:
            await asyncio.sleep(0.05)
            await session.send(self.injected_late)
        if self.in_auth != "clear":
            await session.start_tls()
            return session
        own = OwnTls(session)
        await own.begin()
        return own

    async def _torment(self, session: Session, talk: "Talk", says: Dialect) -> None:
        if isinstance(talk, OwnTls):
            await talk.end()
            await session.say(says.challenge + base64.b64encode(_PASSWORD))
        while self.in_auth == "drip":
            await session.send(b"3")
            await asyncio.sleep(0.05)
        await session.hear_out()

    async def _take(self, talk: "Talk", says: Dialect, tag: bytes, rest: list[bytes]) -> None:
        async def ask(challenge: bytes) -> bytes:
            await talk.say(says.challenge + base64.b64encode(challenge))
            return base64.b64decode(await talk.line())

        mechanism, first = rest[0].upper(), rest[1:]
        if mechanism == b"PLAIN" and not first:
            await ask(b"")
        elif mechanism == b"LOGIN":
            if not first:
                await ask(_NAME)
            await ask(_PASSWORD)
        elif mechanism == b"CRAM-MD5":
            await ask(CRAM_CHALLENGE)
        elif mechanism.startswith(b"SCRAM-"):
            said = base64.b64decode(first[0]) if first else await ask(b"")
            nonce = said.rpartition(b",r=")[2]
            await ask(b"r=" + nonce + b"x,s=" + base64.b64encode(b"salt") + b",i=4096")
        await talk.say(tag + says.success)


class OwnTls:
    """TLS that the server can end while the connection stays, which asyncio's cannot."""

    def __init__(self, session: Session) -> None:
        assert session.context is not None
        self._session = session
        self._coming, self._going = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = session.context.wrap_bio(self._coming, self._going, server_side=True)
        self._said = b""

    async def begin(self) -> None:
        """Shake hands."""
        self._session.listen_again()
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._session.send(self._going.read())
                self._coming.write(await self._session.some())
            else:
                await self._session.send(self._going.read())
                return

    async def line(self) -> bytes:
        """The client's next line; what it says is kept decrypted, too."""
        while b"\n" not in self._said:
            try:
                data = self._tls.read(65536)
                self._session.heard += data
                self._said += data
            except ssl.SSLWantReadError:
                arrived = await self._session.some()
                if not arrived:
                    return b""
                self._coming.write(arrived)
        line, _end, self._said = self._said.partition(b"\n")
        return line.rstrip(b"\r")

    async def say(self, *lines: bytes) -> None:
        """Say lines, inside TLS."""
        self._tls.write(b"".join(line + b"\r\n" for line in lines))
        await self._session.send(self._going.read())

    async def end(self) -> None:
        """The closing alert; what comes next is in the clear."""
        with suppress(ssl.SSLError):
            self._tls.unwrap()
        await self._session.send(self._going.read())


Talk = Session | OwnTls
