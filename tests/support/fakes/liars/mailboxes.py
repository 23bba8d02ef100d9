# SPDX-License-Identifier: MPL-2.0
"""What IMAP and POP3 servers say, and should not."""

from dataclasses import dataclass

from clientcfg.model.endpoint import Protocol, Security
from tests.support.fakes.liars.row import Liar, Told
from tests.support.fakes.liars.smtp import Floods, Then
from tests.support.fakes.scripts import Imap, Pop3, Says
from tests.support.fakes.server import Script, Session


def _imap(name: str, script: Script, told: Told, **more: float) -> Liar:
    return Liar(name, script, told, Protocol.IMAP, **more)  # type: ignore[arg-type]


def _pop3(name: str, script: Script, told: Told, **more: float) -> Liar:
    return Liar(name, script, told, Protocol.POP3, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Lines:
    """An IMAP server that gives *answer* to the first two lines, and then begins TLS if it may."""

    answer: bytes
    secures: bool = False

    async def __call__(self, session: Session) -> None:
        await session.say(b"* OK ready")
        await session.line()
        await session.line()
        await session.send(self.answer)
        if self.secures:
            await session.start_tls()
            await session.line()
            await session.say(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN", b"c3 OK done")


IMAP = Told(
    before=(), auth=("PLAIN", "LOGIN"), login=True, login_before=False, tls=(), trusted=True
)
POP3 = Told(before=(), auth=("PLAIN",), login=True, login_before=False, tls=(), trusted=True)

LIARS: tuple[Liar, ...] = (
    _imap("imap-honest", Imap(), IMAP),
    _imap(
        "imap-takes-us-for-logged-in",
        Imap(greeting=b"* PREAUTH hello"),
        Told(("preauth",)),
    ),
    _imap(
        "imap-says-bye",
        Imap(greeting=b"* BYE too many connections"),
        Told(("refused-us",), reachable=False, words=("too many connections",)),
    ),
    _imap(
        "imap-lists-no-log-in-but-takes-one-in-the-clear",
        Imap(offers=b"IMAP4rev1 STARTTLS", inside=b"IMAP4rev1 AUTH=PLAIN"),
        Told(before=(), auth=("PLAIN",), login=True, login_before=True, tls=(), trusted=True),
    ),
    _imap(
        "imap-greets-with-half-its-list",
        Imap(greeting=b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready"),
        IMAP,
    ),
    _imap(
        "imap-forbids-login-inside-tls-too",
        Imap(inside=b"IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2"),
        Told(before=(), auth=("XOAUTH2",), login=False, login_before=False, tls=(), trusted=True),
    ),
    _imap(
        "imap-glues-its-ok-to-the-list",
        _Lines(b"* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256c1 OK\r\nc1 OK\r\nc2 NO\r\n"),
        Told(
            ("starttls-not-offered",),
            before=("SCRAM-SHA-256C1",),
            login_before=True,
        ),
    ),
    _imap(
        "imap-knows-no-capability",
        _Lines(b"c1 BAD what?\r\nc2 OK begin\r\n", secures=True),
        Told(("capability-refused",), auth=("PLAIN",), login=True, tls=(), trusted=True),
    ),
    _imap(
        "imap-answers-out-of-order",
        _Lines(b"c2 NO\r\n* CAPABILITY IMAP4rev1\r\nc1 OK\r\n"),
        Told(("starttls-not-offered",)),
    ),
    _imap(
        "imap-answers-with-a-stranger's-tag",
        _Lines(b"a1 OK hello\r\n"),
        Told(("garbled-answer",), words=("a1 OK hello",)),
    ),
    _imap(
        "imap-floods-with-what-nobody-asked",
        Floods(b"* 1 EXISTS\r\n" * 400, b"* OK hi\r\n"),
        Told(("answer-too-long",)),
    ),
    _imap(
        "imap-never-ends-its-line",
        Floods(b"* CAPABILITY " + b"A" * 4000, b"* OK hi\r\n"),
        Told(("line-too-long",)),
    ),
    _imap(
        "imap-waits-for-more",
        _Lines(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n+ go on\r\n"),
        Told(("garbled-answer",)),
    ),
    _imap(
        "imap-injects-a-list-behind-starttls",
        _Lines(
            b"* CAPABILITY IMAP4rev1 STARTTLS\r\nc1 OK\r\nc2 OK\r\n* CAPABILITY AUTH=GSSAPI\r\n",
            secures=True,
        ),
        Told(
            ("plaintext-after-starttls",),
            before=(),
            auth=("PLAIN",),
            login=True,
            login_before=True,
            tls=(),
        ),
    ),
    _imap(
        "imap-is-a-pop3-server",
        Says(b"+OK ready\r\n"),
        Told(("not-a-mail-server",), reachable=False),
    ),
    _pop3("pop3-honest", Pop3(), POP3),
    _pop3(
        "pop3-knows-no-capa-and-no-stls",
        Pop3(offers=None),
        Told(("no-capa", "starttls-not-offered"), login_before=True),
    ),
    _pop3(
        "pop3-lists-stls-and-refuses-it",
        Then((b"+OK\r\n", b"+OK\r\nSTLS\r\n.\r\n", b"-ERR not today\r\n")),
        Told(("starttls-refused",), before=(), login_before=False, words=("not today",)),
    ),
    _pop3(
        "pop3-refuses-at-the-door",
        Says(b"-ERR too many connections\r\n"),
        Told(("refused-us",), reachable=False),
    ),
    _pop3(
        "pop3-list-without-end",
        Floods(b"X-SPAM\r\n" * 500, b"+OK hi\r\n"),
        Told(("garbled-answer",)),
    ),
    _pop3(
        "pop3-good-list-without-end",
        Then((b"+OK\r\n", b"+OK\r\n" + b"TOP\r\n" * 20_000)),
        Told(("answer-too-long",)),
    ),
    _pop3(
        "pop3-list-never-ends",
        Then((b"+OK\r\n", b"+OK\r\nSTLS\r\nUSER\r\n")),
        Told(("no-answer",), words=("step: CAPA",)),
        patience=0.4,
    ),
    _pop3(
        "pop3-dots-doubled",
        Pop3(inside=(b"..X", b"USER", b"SASL PLAIN")),
        POP3,
    ),
    _pop3(
        "pop3-takes-passwords-in-the-clear",
        Pop3(offers=(b"STLS", b"USER")),
        Told(before=(), auth=("PLAIN",), login=True, login_before=True, tls=(), trusted=True),
    ),
    Liar(
        "pop3-without-tls-of-2001",
        Pop3(greeting=b"+OK <1896.697170952@mail.fake.test>", offers=None),
        Told(("no-capa",), login=True),
        Protocol.POP3,
        Security.PLAIN,
    ),
)
