# SPDX-License-Identifier: MPL-2.0
"""Scripts for :class:`FakeServer`: honest servers with one thing to turn each, and liars."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.fakes.server import Session


async def up_to_starttls(session: Session) -> None:
    """Greet, list STARTTLS alone, and hear the client ask for it; what comes then is yours."""
    await session.say(b"220 hi")
    await session.line()
    await session.say(b"250-hi", b"250 STARTTLS")
    await session.line()


@dataclass(frozen=True, slots=True)
class Smtp:
    """A submission server. ``injected`` goes out in one segment with STARTTLS's answer."""

    greeting: bytes = b"220 mail.fake.test ESMTP"
    offers: tuple[bytes, ...] = (b"PIPELINING", b"STARTTLS")
    inside: tuple[bytes, ...] = (b"PIPELINING", b"AUTH PLAIN LOGIN")
    starttls: bytes = b"220 go ahead"
    injected: bytes = b""
    implicit_tls: bool = False
    other: Mapping[bytes, bytes] = field(default_factory=dict)

    async def __call__(self, session: Session) -> None:
        """Play."""
        await session.say(self.greeting)
        offers = self.inside if self.implicit_tls else self.offers
        while line := await session.line():
            verb = line.split(b" ")[0]
            if line in self.other:
                await session.say(self.other[line])
            elif verb == b"EHLO":
                lines = [b"mail.fake.test", *offers]
                dashed = [b"250-" + text for text in lines[:-1]]
                await session.say(*dashed, b"250 " + lines[-1])
            elif verb == b"STARTTLS":
                await session.send(self.starttls + b"\r\n" + self.injected)
                if self.starttls.startswith(b"220"):
                    await session.start_tls()
                    offers = self.inside
            elif verb == b"QUIT":
                await session.say(b"221 bye")
                session.close()
                return
            else:
                await session.say(b"500 what?")


@dataclass(frozen=True, slots=True)
class Imap:
    """An IMAP server."""

    greeting: bytes = b"* OK ready"
    offers: bytes = b"IMAP4rev1 STARTTLS LOGINDISABLED"
    inside: bytes = b"IMAP4rev1 AUTH=PLAIN AUTH=LOGIN"
    implicit_tls: bool = False

    async def __call__(self, session: Session) -> None:
        """Play."""
        await session.say(self.greeting)
        offers = self.inside if self.implicit_tls else self.offers
        while line := await session.line():
            tag, verb = line.split(b" ")
            if verb == b"CAPABILITY":
                await session.say(b"* CAPABILITY " + offers, tag + b" OK done")
            elif verb == b"STARTTLS" and b"STARTTLS" in offers:
                await session.say(tag + b" OK begin")
                await session.start_tls()
                offers = self.inside
            elif verb == b"LOGOUT":
                await session.say(b"* BYE", tag + b" OK")
                session.close()
                return
            else:
                await session.say(tag + b" BAD what?")


@dataclass(frozen=True, slots=True)
class Pop3:
    """A POP3 server; ``offers`` None: it does not know CAPA."""

    greeting: bytes = b"+OK ready"
    offers: tuple[bytes, ...] | None = (b"TOP", b"STLS")
    inside: tuple[bytes, ...] | None = (b"TOP", b"USER", b"SASL PLAIN")
    implicit_tls: bool = False

    async def __call__(self, session: Session) -> None:
        """Play."""
        await session.say(self.greeting)
        offers = self.inside if self.implicit_tls else self.offers
        while line := await session.line():
            if line == b"CAPA" and offers is not None:
                await session.say(b"+OK list follows", *offers, b".")
            elif line == b"STLS" and offers and b"STLS" in offers:
                await session.say(b"+OK begin")
                await session.start_tls()
                offers = self.inside
            elif line == b"QUIT":
                await session.say(b"+OK bye")
                session.close()
                return
            else:
                await session.say(b"-ERR what?")


@dataclass(frozen=True, slots=True)
class Says:
    """Says this at once and nothing more."""

    data: bytes

    async def __call__(self, session: Session) -> None:
        """Play."""
        await session.send(self.data)


@dataclass(frozen=True, slots=True)
class Drips:
    """Says this one byte at a time, with a pause after each, over and over."""

    data: bytes
    pause: float

    async def __call__(self, session: Session) -> None:
        """Play."""
        while True:
            for byte in self.data:
                await session.send(bytes([byte]))
                await asyncio.sleep(self.pause)


async def silent(session: Session) -> None:
    """Takes the connection and says nothing."""
    await session.hear_out()


async def hangs_up(session: Session) -> None:
    """Takes the connection and drops it."""
    session.hang_up()
