# SPDX-License-Identifier: MPL-2.0
"""Values of ``prefs.js``: how the client reads a string, and how one is safely written."""

import re
import unicodedata

from clientcfg.model.trouble import Refused
from clientcfg.words import _

PrefValue = int | str | bool

_PLAIN_ESCAPES = {b'"': b'"', b"'": b"'", b"\\": b"\\", b"n": b"\n", b"r": b"\r"}
_ESCAPE = re.compile(
    rb"""\\(?: (?P<plain>["'\\nr])
             | x (?P<byte>[0-9a-fA-F]{2})
             | u (?P<unit>[0-9a-fA-F]{4}) (?: \\u (?P<low>[dD][c-fC-F][0-9a-fA-F]{2}) )?
             | )""",
    re.VERBOSE,
)
_WRITTEN = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_INT32 = range(-(2**31), 2**31)


class _BadEscape(ValueError):  # never leaves this file
    """What makes the client skip the whole statement."""


def same(one: PrefValue | None, other: PrefValue | None) -> bool:
    """Whether two values are the same to the client, for which 1, true and "1" differ."""
    return type(one) is type(other) and one == other


def read_string(literal: bytes) -> str | None:
    """The text of a string literal, quotes included; None where the client rejects it.

    Bytes that are not UTF-8 become U+FFFD, as the client shows them.
    """
    try:
        raw = _ESCAPE.sub(_unescaped, literal[1:-1])
    except _BadEscape:
        return None
    return raw.decode("utf-8", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match["plain"]:
        return _PLAIN_ESCAPES[match["plain"]]
    if match["byte"]:
        return _not_zero(int(match["byte"], 16)).to_bytes(1, "big")
    if match["unit"] is None:
        raise _BadEscape
    unit = _not_zero(int(match["unit"], 16))
    low = match["low"]
    if 0xD800 <= unit < 0xDC00:
        if low is None:
            raise _BadEscape
        return chr(0x10000 + ((unit - 0xD800) << 10) + int(low, 16) - 0xDC00).encode()
    # A low surrogate belongs to the high one before it; alone it is an error.
    if low is not None or 0xDC00 <= unit < 0xE000:
        raise _BadEscape
    return chr(unit).encode()


def _not_zero(number: int) -> int:
    if number == 0:
        raise _BadEscape
    return number


def write_value(name: str, value: PrefValue) -> bytes:
    """*value* of the pref *name* as a token.

    Raises :class:`Refused` for an integer that does not fit into 32 bits, and
    for text with control characters other than line ends, or with surrogates.
    """
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        if value not in _INT32:
            raise _not_writable(name)
        return b"%d" % value
    if not _harmless(value):
        raise _not_writable(name)
    return f'"{value.translate(_WRITTEN)}"'.encode()


def write_statement(name: str, value: PrefValue) -> bytes:
    """One whole statement, without a line end. Raises as :func:`write_value` does."""
    return b"user_pref(%b, %b);" % (write_value(name, name), write_value(name, value))


def _harmless(text: str) -> bool:
    return all(c in "\n\r" or unicodedata.category(c) not in {"Cc", "Cs"} for c in text)


def _not_writable(name: str) -> Refused:
    shown = ascii(name)[1:-1]
    return Refused(
        "value-not-writable",
        _("The setting {name} cannot hold this value.").format(name=shown),
        _("Control characters, and numbers beyond 32 bits, do not go into prefs.js."),
    )
