# SPDX-License-Identifier: MPL-2.0
"""What happens to STARTTLS and to TLS on its way here."""

import asyncio
import ssl
import warnings
from dataclasses import dataclass

from clientcfg.model.endpoint import Security
from tests.support.fakes.liars.row import Liar, Told
from tests.support.fakes.liars.smtp import BOTH, Then
from tests.support.fakes.scripts import Says, Smtp, silent, up_to_starttls
from tests.support.fakes.server import Session


@dataclass(frozen=True, slots=True)
class AfterGo:
    """Offers STARTTLS, says go, hears the ClientHello, answers *data* and hangs up or stays."""

    data: bytes
    stays: bool = False
    waits: bool = True

    async def __call__(self, session: Session) -> None:
        await up_to_starttls(session)
        await session.say(b"220 go")
        if self.waits:
            await session.some()
        await session.send(self.data)
        if self.stays:
            await session.hear_out()
        session.close()


async def _injects_late(session: Session) -> None:
    """Text in a segment of its own between "go" and the handshake."""
    await up_to_starttls(session)
    session.stop_listening()
    await session.say(b"220 go")
    await asyncio.sleep(0.05)
    await session.say(b"250 AUTH GSSAPI")
    await asyncio.sleep(0.05)
    await session.start_tls()
    await session.line()
    await session.say(b"250-hi", b"250 AUTH PLAIN LOGIN")


async def _speaks_tls_1_0(session: Session) -> None:
    assert session.context is not None
    session.context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        session.context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        session.context.maximum_version = ssl.TLSVersion.TLSv1
    await Smtp()(session)


async def _breaks_a_record(session: Session) -> None:
    """After the handshake it sends bytes that no key of the session made."""
    await up_to_starttls(session)
    await session.say(b"220 go")
    await session.start_tls()
    await session.line()
    await session.send_below_tls(b"\x17\x03\x03\x00\x20" + b"\xaa" * 32)
    await session.hear_out()


ALERT_80 = bytes([21, 3, 3, 0, 2, 2, 80])
ALERT_40 = bytes([21, 3, 3, 0, 2, 2, 40])


def _certificate(kind: str, *codes: str) -> Liar:
    told = Told(before=(), auth=BOTH, tls=codes)
    return Liar(f"certificate-{kind}", Smtp(), told, kind=kind)


LIARS: tuple[Liar, ...] = (
    # STARTTLS
    Liar(
        "starttls-stripped",
        Smtp(offers=(b"PIPELINING", b"AUTH PLAIN")),
        Told(("starttls-not-offered",), before=("PLAIN",)),
    ),
    Liar(
        "starttls-overwritten",
        Smtp(offers=(b"PIPELINING", b"XXXXXXXA")),
        Told(("starttls-masked", "starttls-not-offered"), before=(), words=("XXXXXXXA",)),
    ),
    Liar(
        "starttls-refused",
        Smtp(starttls=b"454 TLS not available"),
        Told(("starttls-refused",), before=(), words=("454 TLS not available",)),
    ),
    Liar(
        "starttls-then-alert-80",
        AfterGo(ALERT_80),
        Told(("starttls-broken",), before=(), words=("alert 80 (internal error)",)),
    ),
    Liar(
        "starttls-then-alert-40",
        AfterGo(ALERT_40),
        Told(("starttls-broken",), before=(), words=("alert 40 (handshake failure)",)),
    ),
    Liar(
        "starttls-then-nobody",
        AfterGo(b""),
        Told(("starttls-broken",), before=(), words=("the server hung up",)),
    ),
    Liar(
        "starttls-then-silence",
        AfterGo(b"", stays=True),
        Told(("no-answer",), before=(), words=("step: TLS handshake",)),
        patience=0.5,
    ),
    Liar(
        "starttls-then-half-a-record",
        AfterGo(b"\x16\x03\x03\x40\x00\x02", stays=True),
        Told(("no-answer",), before=(), words=("step: TLS handshake",)),
        patience=0.5,
    ),
    Liar(
        "starttls-then-http",
        AfterGo(b"HTTP/1.1 400 Bad Request\r\n"),
        Told(("plaintext-after-starttls", "starttls-broken"), before=()),
    ),
    Liar(
        "words-injected-with-the-answer",
        Smtp(injected=b"250-hi\r\n250 AUTH GSSAPI\r\n"),
        Told(("plaintext-after-starttls",), before=(), auth=BOTH, tls=()),
    ),
    Liar(
        "half-a-word-injected",
        Smtp(injected=b"250-"),
        Told(("plaintext-after-starttls",), before=(), auth=BOTH, tls=()),
    ),
    Liar(
        "words-injected-in-a-segment-of-their-own",
        _injects_late,
        Told(("plaintext-after-starttls",), before=(), auth=BOTH, tls=()),
    ),
    # TLS itself
    Liar(
        "tls-1.0-only",
        _speaks_tls_1_0,
        Told(before=(), auth=BOTH, tls=("tls-too-old",)),
    ),
    Liar(
        "tls-record-damaged",
        _breaks_a_record,
        Told(("tls-broken",), before=(), tls=(), trusted=True),
    ),
    Liar(
        "speaks-in-the-clear-on-a-tls-port",
        Says(b"220 hi\r\n"),
        Told(("not-tls",), reachable=False, words=("220 hi",)),
        security=Security.TLS,
    ),
    Liar(
        "says-nothing-on-a-tls-port",
        silent,
        Told(("no-answer",), reachable=False, words=("step: TLS handshake",)),
        security=Security.TLS,
        patience=0.4,
    ),
    Liar(
        "alert-on-a-tls-port",
        Says(ALERT_80),
        Told(("tls-failed",), reachable=False, words=("alert 80",)),
        security=Security.TLS,
    ),
    Liar(
        "floods-a-tls-port",
        Says(b"\x80" * 3_000_000),
        Told(("line-too-long",), reachable=False),
        security=Security.TLS,
    ),
    Liar(
        "silent-inside-a-tls-port",
        silent,
        Told(("no-answer",), reachable=False, tls=(), trusted=True, words=("step: greeting",)),
        security=Security.TLS,
        kind="good+implicit",
        patience=0.6,
    ),
    # Certificates
    _certificate("expired", "certificate-expired"),
    _certificate("wrong-name", "name-mismatch"),
    _certificate("stranger", "unknown-issuer"),
    _certificate("self-signed", "self-signed", "certificate-not-yet-valid"),
    _certificate("all-wrong", "unknown-issuer", "name-mismatch", "certificate-expired"),
    _certificate("alone", "unknown-issuer", "chain-incomplete"),
    _certificate("weak-key", "weak-key"),
    _certificate("no-names", "certificate-without-names"),
    Liar(
        "starttls-takes-no-arguments-it-says",
        Then((b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"501 no arguments\r\n")),
        Told(("starttls-refused",), before=(), words=("501 no arguments",)),
    ),
)
