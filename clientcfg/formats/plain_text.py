# SPDX-License-Identifier: MPL-2.0
"""Text of an account that goes into files of other programs: all of it can be seen."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from clientcfg.model.account import Account
from clientcfg.model.trouble import Refused
from clientcfg.words import _

LONGEST: Final = 254  # as an address may be: RFC 5321 §4.5.3.1.3
# Control characters, halves of surrogate pairs, ends of lines and paragraphs; then what XML,
# and UTF-16 as some programs read it, have no place for.
_NEVER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")


def refuse_hidden(account: Account) -> None:
    """Raise :class:`Refused` where a name is longer than any, or holds more than text."""
    for text in _texts(account):
        if has_hidden(text):
            raise Refused(
                "control-character",
                _(
                    "A name of this account has a character in it that cannot be seen: {name}"
                ).format(name=in_ascii(text)),
                _("Type that name again, without copying it."),
            )
        if len(text) > LONGEST:
            raise Refused(
                "name-too-long",
                _("A name of this account is longer than {count} characters: {name}").format(
                    count=LONGEST, name=in_ascii(text)
                ),
            )


def has_hidden(text: str) -> bool:
    """Whether *text* has a character in it that no name needs and some file would stumble over."""
    return any(unicodedata.category(c) in _NEVER or c in _NO_CHARACTERS for c in text)


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
