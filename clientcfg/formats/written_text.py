# SPDX-License-Identifier: MPL-2.0
"""Text that may go into a file for somebody else: one line, and what it seems to be."""

import unicodedata
from typing import Final

from clientcfg.model.trouble import Refused
from clientcfg.words import _

# Marks that turn the direction of what follows, or that nobody sees: a name with
# them can look like another one.
_DECEIVING: Final = frozenset(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def refuse_unwritable(*texts: str) -> None:
    """Raises :class:`Refused` ("value-not-writable") for a text that no such file may hold.

    That is one with control characters (line ends are some), halves of
    surrogate pairs, code points that are no characters (XML 1.0 §2.2), or marks
    that make a name look like another.
    """
    for text in texts:
        wrong = next((c for c in text if _is_wrong(c)), None)
        if wrong is not None:
            raise Refused(
                "value-not-writable",
                _("A name or user name has a character that must not be in it: {code}.").format(
                    code=f"U+{ord(wrong):04X}"
                ),
                _("Write it without, and make the files again."),
            )


def _is_wrong(character: str) -> bool:
    nothing = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return nothing or character in _DECEIVING or unicodedata.category(character) in {"Cc", "Cs"}
