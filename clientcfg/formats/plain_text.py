# SPDX-License-Identifier: MPL-2.0
"""Text of an account that goes into files of other programs: all of it can be seen."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from clientcfg.model.account import Account
from clientcfg.model.trouble import Refused
from clientcfg.words import _

# Control characters, halves of surrogate pairs, ends of lines and paragraphs; then what XML,
# and UTF-16 as some programs read it, have no place for.
_NEVER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")


def refuse_hidden(account: Account) -> None:
    """Raise :class:`Refused` where a name holds what would be more than text in some file."""
    for text in _texts(account):
        if has_hidden(text):
            raise Refused(
                "control-character",
                _(
                    "A name of this account has a character in it that cannot be seen: {name}"
                ).format(name=ascii(text if len(text) <= 80 else text[:79] + "…")),
                _("Type that name again, without copying it."),
            )


def has_hidden(text: str) -> bool:
    """Whether *text* has a character in it that no name needs and some file would stumble over."""
    return any(unicodedata.category(c) in _NEVER or c in _NO_CHARACTERS for c in text)


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
