# SPDX-License-Identifier: MPL-2.0
"""The text of the app's QR codes, version 1: compact JSON arrays in UTF-8.

``[1, [number, of], incoming, [[outgoing, identity]], …]``, where a server is
``[kind, host, port, security, authentication, user]``. Nothing optional is
written: a name that equals the address is to be left out, ``null`` makes the
app refuse the whole code, and so would elements that it does not know of later.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from clientcfg.formats.thunderbird_android.reader_rules import incoming_of
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, OAUTHBEARER, PLAIN, XOAUTH2
from clientcfg.model.plan import Content
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import No
from clientcfg.words import _

VERSION: Final = 1
EACH: Final = 3
"""Accounts in one code, as Thunderbird's own export has it."""
LONGEST: Final = 800
"""Characters in one code; phones fail on denser ones."""

_KIND: Final = {Protocol.IMAP: 0, Protocol.POP3: 1, Protocol.SMTP: 0}
# 0 would be none; 1 is a relic that the app reads as STARTTLS.
_SECURITY: Final = {Security.STARTTLS: 2, Security.TLS: 3}
# Not Thunderbird's own numbers. 0 would be none, 3 GSSAPI and 4 NTLM (both refused),
# 5 a client's certificate.
_AUTHENTICATION: Final = {PLAIN: 1, LOGIN: 1, CRAM_MD5: 2, XOAUTH2: 6, OAUTHBEARER: 6}


def payloads(accounts: Sequence[Account], *, with_password: bool = False) -> tuple[Content, ...]:
    """The texts of as many codes as *accounts* need, numbered from 1.

    *with_password*: with a hole wherever the password belongs; a sign-in has
    none. Raises a :class:`Trouble` for an account that the app would refuse, or
    that is too long for a code.
    """
    parts = [accounts[n : n + EACH] for n in range(0, len(accounts), EACH)]
    return tuple(
        tuple(_code(part, number, len(parts), with_password=with_password))
        for number, part in enumerate(parts, 1)
    )


def _code(
    part: Sequence[Account], number: int, of: int, *, with_password: bool
) -> Iterator[bytes | Hole]:
    pieces: list[bytes | Hole] = [b"[%d,[%d,%d]" % (VERSION, number, of)]
    for account in part:
        incoming = incoming_of(account)
        identity = _json([str(account.address), account.name])
        # The account's name stands between user and password, so it has to be there, empty.
        pieces += (b",", *_server(incoming, b',""', with_password=with_password), b",[[")
        pieces += _server(account.outgoing, b"", with_password=with_password)
        pieces += (b",", identity, b"]]")
    pieces.append(b"]")
    length = sum(len(piece.decode()) for piece in pieces if isinstance(piece, bytes))
    if length > LONGEST:
        raise No(
            "too-long-for-qr",
            _("{count} characters are too many for a QR code that a phone can read.").format(
                count=length
            ),
            _("Use the file instead, or a shorter name."),
        )
    yield from pieces


def _server(login: ServerLogin, name: bytes, *, with_password: bool) -> tuple[bytes | Hole, ...]:
    endpoint = login.endpoint
    text = _json(
        [
            _KIND[endpoint.protocol],
            endpoint.host,
            endpoint.port,
            _SECURITY[endpoint.security],
            _AUTHENTICATION[login.mechanism],
            login.username,
        ]
    )
    if not with_password or login.mechanism in {XOAUTH2, OAUTHBEARER}:
        return (text,)
    return (text[:-1] + name + b",", Hole("password", "json-text"), b"]")


def _json(value: list[int | str]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
