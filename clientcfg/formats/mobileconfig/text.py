# SPDX-License-Identifier: MPL-2.0
"""What may stand in a profile as text, and what would mislead whoever reads it on a device."""

import ipaddress
import unicodedata
from typing import Final

from clientcfg.model.address import host_name
from clientcfg.model.trouble import WrongUsage
from clientcfg.tables import shown
from clientcfg.words import _, quoted

NAME: Final = 128
USER: Final = 320
CONSENT: Final = 4_000
"""The most characters; more would fill the page on which a person decides."""

# Control characters, half surrogate pairs, and what breaks lines in a display.
_NEVER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# They change what is read without being seen: marks of direction, blanks of no width.
_UNSEEN: Final = frozenset(
    "\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)


def written(text: str, longest: int = NAME, *, lines: bool = False) -> str:
    """*text* as it stands in the profile. Raises :class:`WrongUsage` ("text-unwritable").

    *lines*: line breaks may be in it, and come out as line feeds.
    """
    plain = text.replace("\r\n", "\n") if lines else text
    if any(_is_bad(c) for c in plain if not (lines and c == "\n")):
        raise _unwritable(plain, _("it has characters that control a display or are not seen"))
    if len(plain) > longest:
        too_long = _("it has more than {count} characters").format(count=longest)
        raise _unwritable(plain, too_long)
    return plain


def host(name: str) -> str:
    """A server's name or address. Raises :class:`WrongUsage` where it is neither."""
    try:
        literal = ipaddress.ip_address(name)
    except ValueError:
        return host_name(name)
    if "%" in name:  # a scope, which may be any text and is of one machine only (RFC 4007 §11)
        return host_name(name)
    return str(literal)


def fit(text: str, longest: int = NAME) -> str | None:
    """*text* of somebody else where it may be shown, else None."""
    try:
        return written(text, longest) or None
    except WrongUsage:
        return None


def _is_bad(character: str) -> bool:
    code = ord(character)
    nobodys = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # Unicode §23.7
    return nobodys or character in _UNSEEN or unicodedata.category(character) in _NEVER


def _unwritable(text: str, why: str) -> WrongUsage:
    return WrongUsage(
        "text-unwritable",
        _("{text} cannot stand in a profile: {why}.").format(text=quoted(shown(text)), why=why),
        _("Write it in plain letters, and shorter."),
    )
