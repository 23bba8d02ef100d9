# SPDX-License-Identifier: MPL-2.0
"""What SMTP servers say, and should not."""

import asyncio
from dataclasses import dataclass

from clientcfg.model.endpoint import Security
from tests.support.fakes.liars.row import Liar, Told
from tests.support.fakes.scripts import Drips, Says, Smtp, hangs_up, silent, up_to_starttls
from tests.support.fakes.server import Session

BOTH = ("PLAIN", "LOGIN")
GOOD = Told(before=(), auth=BOTH, tls=(), trusted=True)
EHLO = b"EHLO [127.0.0.1]\r\n"
WHOLE = EHLO + b"STARTTLS\r\n" + EHLO + b"QUIT\r\n"


@dataclass(frozen=True, slots=True)
class Floods:
    """Greets, and answers whatever comes with *data* without end."""

    data: bytes
    greeting: bytes = b"220 hi\r\n"

    async def __call__(self, session: Session) -> None:
        await session.send(self.greeting)
        await session.line()
        for _round in range(5_000):
            await session.send(self.data)


@dataclass(frozen=True, slots=True)
class Then:
    """Says these answers, one to each line that comes, and then nothing more."""

    answers: tuple[bytes, ...]

    async def __call__(self, session: Session) -> None:
        for answer in self.answers:
            await session.send(answer)
            await session.line()


async def _pauses_in_greeting(session: Session) -> None:
    """Whoever talks before the last line of the greeting is turned away, as postscreen does."""
    await session.say(b"220-please wait")
    try:
        await asyncio.wait_for(session.line(), 0.3)
        await session.say(b"554 you talk too early")
    except TimeoutError:
        await Smtp(greeting=b"220 now")(session)


async def _refuses_and_answers_all_the_same(session: Session) -> None:
    """Sendmail's greet_pause: after 554 it still gives a 250 list."""
    await session.say(b"554 mail.fake.test ESMTP not accepting messages")
    while line := await session.line():
        await session.say(b"221 bye" if line == b"QUIT" else b"250-hi", b"250 AUTH PLAIN")


async def _drops_after_greeting(session: Session) -> None:
    await session.say(b"220 hi")
    await session.line()
    session.hang_up()


async def _byte_by_byte(session: Session) -> None:
    await Smtp()(_Slow(session))


class _Slow(Session):
    """Every byte in a segment of its own."""

    def __init__(self, session: Session) -> None:
        self.__dict__ = session.__dict__

    async def send(self, data: bytes) -> None:
        for byte in data:
            await super().send(bytes([byte]))
            await asyncio.sleep(0)


async def _no_second_answer(session: Session) -> None:
    await up_to_starttls(session)
    await session.say(b"220 go")
    await session.start_tls()
    await session.hear_out()


async def _refuses_inside_tls(session: Session) -> None:
    await up_to_starttls(session)
    await session.say(b"220 go")
    await session.start_tls()
    await session.line()
    await session.say(b"421 too busy")


LIARS: tuple[Liar, ...] = (
    Liar("honest", Smtp(), GOOD, hears=(WHOLE,)),
    # Slow, endless, gone
    Liar(
        "drips-its-greeting",
        Drips(b"220 hello ", 0.02),
        Told(("no-answer",), reachable=False, words=("step: greeting",)),
        patience=0.5,
        hears=(b"",),
    ),
    Liar(
        "drips-greeting-lines",
        Drips(b"220-x\r\n", 0.01),
        Told(("no-answer",), reachable=False, words=("step: greeting",)),
        patience=0.5,
        hears=(b"",),
    ),
    Liar(
        "says-nothing",
        silent,
        Told(("no-answer",), reachable=False, words=("step: greeting",)),
        patience=0.4,
        hears=(b"",),
    ),
    Liar(
        "falls-silent-after-greeting",
        Says(b"220 hi\r\n"),
        Told(("no-answer",), words=("step: EHLO",), greeting="hi"),
        patience=0.4,
    ),
    Liar("hangs-up-at-once", hangs_up, Told(("hung-up",), reachable=False)),
    Liar("hangs-up-after-ehlo", _drops_after_greeting, Told(("hung-up",), words=("step: EHLO",))),
    Liar("endless-ehlo", Floods(b"250-SPAM\r\n" * 500), Told(("answer-too-long",))),
    Liar("endless-line", Floods(b"250-" + b"x" * 4000), Told(("line-too-long",))),
    Liar(
        "five-megabytes-of-greeting",
        Says(b"220-" + b"x" * 5_000_000),
        Told(("line-too-long",), reachable=False),
    ),
    Liar(
        "seven-hundred-thousand-lines-of-greeting",
        Says(b"220-x\r\n" * 700_000),
        Told(("answer-too-long",), reachable=False),
    ),
    # Refusals, and what only looks like one
    Liar(
        "refuses-with-421",
        Smtp(greeting=b"421 try later"),
        Told(("refused-us",), reachable=False, words=("421 try later",)),
        hears=(b"QUIT\r\n",),
    ),
    Liar(
        "refuses-with-554-and-answers-ehlo-all-the-same",
        _refuses_and_answers_all_the_same,
        Told(("refused-us",), reachable=False, words=("not accepting messages",)),
        hears=(b"QUIT\r\n",),
    ),
    Liar(
        "turns-away-who-talks-early",
        _pauses_in_greeting,
        Told(before=(), auth=BOTH, tls=(), trusted=True, greeting="please wait now"),
        hears=(WHOLE,),
    ),
    Liar(
        "refuses-ehlo-with-421",
        Then((b"220 hi\r\n", b"421 go away\r\n")),
        Told(("refused-us",), words=("421 go away",)),
    ),
    Liar(
        "refuses-inside-tls",
        _refuses_inside_tls,
        Told(("refused-us",), before=(), tls=(), trusted=True, words=("421 too busy",)),
    ),
    Liar(
        "never-answers-inside-tls",
        _no_second_answer,
        Told(("no-answer",), before=(), auth=None, tls=(), trusted=True, words=("step: EHLO",)),
        patience=0.6,
    ),
    # EHLO
    Liar(
        "knows-helo-only",
        Then((b"220 hi\r\n", b"502 what?\r\n", b"250 hi\r\n")),
        Told(("no-ehlo", "starttls-not-offered"), before=()),
    ),
    Liar(
        "wants-a-name-in-ehlo",
        Smtp(other={b"EHLO [127.0.0.1]": b"501 a name, please"}),
        Told(("ehlo-literal-refused",), before=(), auth=BOTH, tls=(), trusted=True),
    ),
    Liar(
        "refuses-every-hello",
        Then((b"220 hi\r\n", b"550 no\r\n", b"550 no\r\n", b"550 never\r\n")),
        Told(("ehlo-refused",), words=("550 never",)),
    ),
    Liar(
        "three-codes-in-one-answer",
        Then(
            (b"220 hi\r\n", b"250-hi\r\n250-AUTH PLAIN\r\n550 no\r\n", b"550 no\r\n", b"550 no\r\n")
        ),
        Told(("mixed-codes", "ehlo-refused")),
    ),
    Liar(
        "code-999",
        Then((b"220 hi\r\n", b"999 wow\r\n")),
        Told(("garbled-answer",), words=("999 wow",)),
    ),
    Liar(
        "code-that-is-no-number",
        Then((b"220 hi\r\n", b"2x0 hi\r\n")),
        Told(("garbled-answer",), words=("2x0 hi",)),
    ),
    Liar(
        "greets-with-354",
        Says(b"354 go on\r\n"),
        Told(("not-a-mail-server",), reachable=False),
    ),
    # What is announced
    Liar(
        "announces-the-form-of-1997-alone",
        Smtp(inside=(b"AUTH=LOGIN PLAIN",)),
        Told(before=(), auth=("LOGIN", "PLAIN"), tls=(), trusted=True, legacy=True),
    ),
    Liar(
        "announces-both-forms",
        Smtp(inside=(b"AUTH LOGIN", b"AUTH=LOGIN")),
        Told(before=(), auth=("LOGIN",), tls=(), trusted=True, legacy=True),
    ),
    Liar(
        "announces-auth-without-a-mechanism",
        Smtp(inside=(b"AUTH",)),
        Told(("auth-empty",), before=(), auth=(), tls=(), trusted=True),
    ),
    Liar(
        "announces-nonsense-beside-plain",
        Smtp(inside=(b"AUTH PLAIN \x1b[31mLOGIN {0} " + b"X" * 30,)),
        Told(before=(), auth=("PLAIN",), tls=(), trusted=True),
    ),
    Liar(
        "announces-a-thousand-mechanisms",
        Smtp(inside=(b"AUTH " + b" ".join(b"M%03d" % n for n in range(1000)),)),
        Told(before=(), auth=tuple(f"M{n:03d}" for n in range(1000)), tls=(), trusted=True),
    ),
    Liar(
        "takes-passwords-in-the-clear",
        Smtp(offers=(b"STARTTLS", b"AUTH PLAIN LOGIN")),
        Told(before=BOTH, auth=BOTH, tls=(), trusted=True),
    ),
    Liar(
        "offers-less-inside-tls",
        Smtp(offers=(b"STARTTLS", b"AUTH LOGIN PLAIN CRAM-MD5"), inside=(b"AUTH LOGIN PLAIN",)),
        Told(before=("LOGIN", "PLAIN", "CRAM-MD5"), auth=("LOGIN", "PLAIN"), tls=(), trusted=True),
    ),
    Liar(
        "offers-no-log-in-inside-tls",
        Smtp(offers=(b"STARTTLS", b"AUTH PLAIN"), inside=(b"SIZE 1",)),
        Told(before=("PLAIN",), auth=(), tls=(), trusted=True),
    ),
    Liar(
        "offers-starttls-again-inside-tls",
        Smtp(inside=(b"STARTTLS", b"AUTH PLAIN LOGIN")),
        GOOD,
        hears=(WHOLE,),
    ),
    Liar(
        "speaks-8-bit-and-escapes",
        Smtp(greeting=b"220 \xc3\xa4 \x1b[2J\x07", inside=(b"AUTH PLAIN LOGIN", b"X\x9b31m")),
        Told(before=(), auth=BOTH, tls=(), trusted=True, greeting=r"\xc3\xa4 \x1b[2J\x07"),
    ),
    Liar(
        "has-nul-in-its-greeting",
        Smtp(greeting=b"220 a\0b"),
        Told(
            before=(),
            auth=BOTH,
            tls=(),
            trusted=True,
            greeting=r"a\x00b",
        ),
    ),
    Liar(
        "ends-lines-with-lf-alone",
        Then((b"220 hi\n", b"250-hi\n250 AUTH PLAIN\n")),
        Told(("starttls-not-offered",), before=("PLAIN",)),
    ),
    Liar("sends-every-byte-by-itself", _byte_by_byte, GOOD, hears=(WHOLE,)),
    # Other trades
    Liar(
        "a-web-server",
        Says(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        Told(("not-a-mail-server",), reachable=False, words=("HTTP/1.1 400",)),
        hears=(b"",),
    ),
    Liar(
        "a-secure-shell",
        Says(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
        Told(("not-a-mail-server",), reachable=False, words=("SSH-2.0",)),
        hears=(b"",),
    ),
    Liar(
        "an-imap-server",
        Says(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"),
        Told(("not-a-mail-server",), reachable=False),
        hears=(b"",),
    ),
    Liar(
        "plain-as-was-asked-for",
        Smtp(offers=(b"AUTH PLAIN", b"STARTTLS")),
        Told(auth=("PLAIN",)),
        security=Security.PLAIN,
        hears=(EHLO + b"QUIT\r\n",),
    ),
)
