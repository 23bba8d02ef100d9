# SPDX-License-Identifier: MPL-2.0
"""Text of an account that goes into files of other programs: all of it can be seen."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from clientcfg.model.account import Account
from clientcfg.model.trouble import Refused
from clientcfg.words import _

LONGEST: Final = 254  # as an address may be: RFC 5321 §4.5.3.1.3
# Control characters, halves of surrogate pairs, ends of lines and paragraphs.
_NEVER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Marks that turn the direction of what follows, blanks of no width: a name with
# them can look like another one.
_UNSEEN: Final = frozenset(
    "\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)


def refuse_hidden(account: Account) -> None:
    """Raise :class:`Refused` where a name is longer than any, or holds more than text."""
    for text in _texts(account):
        refuse_hidden_in(text)
        if len(text) > LONGEST:
            raise Refused(
                "name-too-long",
                _("A name of this account is longer than {count} characters: {name}").format(
                    count=LONGEST, name=in_ascii(text)
                ),
            )


def refuse_hidden_in(*texts: str) -> None:
    """Raise :class:`Refused` ("control-character") for a name with more in it than text."""
    for text in texts:
        if has_hidden(text):
            raise Refused(
                "control-character",
                _(
                    "A name of this account has a character in it that cannot be seen: {name}"
                ).format(name=in_ascii(text)),
                _("Type that name again, without copying it."),
            )


def has_hidden(text: str) -> bool:
    """Whether *text* has a character in it that no name needs and some file would stumble over."""
    return any(map(is_hidden, text))


def is_hidden(character: str) -> bool:
    """Whether it is a control character, cannot be seen, or is none at all (Unicode §23.7)."""
    code = ord(character)
    nobodys = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return nobodys or character in _UNSEEN or unicodedata.category(character) in _NEVER


def in_ascii(text: str) -> str:
    """The beginning of *text*, what is not ASCII in it escaped, for a sentence about it."""
    return ascii(text if len(text) <= 60 else f"{text[:59]}…")


def without_accents(text: str) -> str | None:
    """*text* in ASCII, its letters without their accents; None where it has other letters."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return plain if plain.isascii() else None


def _texts(account: Account) -> Iterator[str]:
    yield account.name
    yield str(account.address)
    for login in (account.outgoing, account.incoming):
        if login is not None:
            yield login.username
            yield login.endpoint.host
