# SPDX-License-Identifier: MPL-2.0
"""The SASL exchange as SMTP, IMAP and POP3 carry it: base64 lines (RFC 4422 §4)."""

import asyncio
import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from clientcfg.model.account import ServerLogin
from clientcfg.model.mechanism import LOGIN, PLAIN, Mechanism
from clientcfg.model.report import EndpointReport
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Trouble
from clientcfg.sasl import conversation
from clientcfg.verify.refusal import refused
from clientcfg.verify.talk import Talk
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Step:
    """A challenge (still base64), or the end: ``ok`` and the server's words."""

    challenge: bytes | None
    ok: bool = False
    words: bytes = b""


class Carrier(Protocol):
    """How one protocol carries the exchange."""

    talk: Talk

    async def begin(self, mechanism: Mechanism, initial: bytes | None) -> Step:
        """The command, with the initial response in base64 ("=" for an empty one)."""
        ...

    async def respond(self, response: bytes) -> Step:
        """One response line, in base64, or "*" to cancel."""
        ...

    def fits(self, mechanism: Mechanism, initial: bytes) -> bool:
        """Whether the initial response may stand on the command's own line."""
        ...


async def authenticate(carrier: Carrier, login: ServerLogin, secret: Secret) -> str:
    """Carry the exchange through; the server's words on success, safe to show.

    Raises :class:`No` "login-refused", a :class:`Trouble` of the mechanism
    (after cancelling), or :class:`NotFoundOut`.
    """
    talk = carrier.talk
    talk.hide(secret)
    said = conversation(login.mechanism, login.username, secret)
    first = None if said.initial is None else base64.b64encode(said.initial) or b"="
    if first is not None and carrier.fits(login.mechanism, first):
        step = await carrier.begin(login.mechanism, first)
        first = None
    else:
        step = await carrier.begin(login.mechanism, None)
    while step.challenge is not None:  # every conversation ends by itself or by refusing
        if first is not None:  # held back until the server asked for it
            response, first = first.removeprefix(b"="), None
        else:
            try:
                challenge = base64.b64decode(step.challenge, validate=True)
                # In a thread: SCRAM's hashing takes as long as the server says.
                answer = await asyncio.to_thread(said.answer, challenge)
            except binascii.Error:
                await _cancel(carrier)
                raise talk.nonsense() from None
            except Trouble:
                await _cancel(carrier)
                raise
            response = base64.b64encode(answer)
        step = await carrier.respond(response)
    if not step.ok:
        raise refused(talk.host, step.words, talk.quote(step.words))
    said.finish()
    return talk.quote(step.words)


async def _cancel(carrier: Carrier) -> None:
    with suppress(Trouble):  # the reason for cancelling is what counts
        await carrier.respond(b"*")


def by_command(report: EndpointReport, login: ServerLogin) -> bool:
    """Whether to use IMAP's LOGIN, or POP3's USER and PASS, rather than SASL.

    They say a password in clear, inside TLS, as PLAIN does; so they stand in
    for PLAIN and LOGIN and for nothing else.
    """
    must_be_offered(
        report,
        login,
        stands_in=bool(report.password_login) and login.mechanism in (PLAIN, LOGIN),
    )
    return login.mechanism not in (report.auth or ())


def must_be_offered(report: EndpointReport, login: ServerLogin, *, stands_in: bool = False) -> None:
    """Raises :class:`No` where the server offers no way in that *login* names."""
    if login.mechanism not in (report.auth or ()) and not stands_in:
        raise No(
            "mechanism-not-offered",
            _("{server} does not offer {mechanism} on this connection.").format(
                server=login.endpoint, mechanism=login.mechanism
            ),
            _("Probe the server again and choose a mechanism that it offers."),
        )
