# SPDX-License-Identifier: MPL-2.0
"""Program versions, compared as their makers mean them.

``2.0b3`` comes before ``2.0``, ``6.0 SP1`` after ``6.0`` and before ``6.0.1``;
``153.7.0esr`` is ``153.7.0``; ``38`` is ``38.0``. Makers who count in decimal
fractions (``4.08`` < ``4.5`` < ``4.72`` < ``4.8``) say so in their profile.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, total_ordering
from typing import Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.tables import shown
from clientcfg.words import _

_LONGEST: Final = 64
_REMARK = re.compile(r"\([^()]*\)")
_NUMBERS = re.compile(r"[0-9]+(?:[._-][0-9]+)*")
_WORD_OR_NUMBER = re.compile(r"[a-z]+|[0-9]+")

# What comes before a release, earliest first. "a" and "b" count only with a
# number behind them; alone they are the letters of a patched release.
_BEFORE: Final = {"dev": 0, "a": 1, "alpha": 1, "b": 2, "beta": 2, "pre": 3, "rc": 4}
_NEEDS_NUMBER: Final = frozenset({"a", "b"})

# Words that name a channel or an open end, not an order.
_WITHOUT_ORDER: Final = frozenset({"esr", "x"})

_PRE, _RELEASE, _AFTER, _NUMBER = range(4)
_FRACTION_DIGITS: Final = 12

_Piece = tuple[int, int, str, int]
_END: Final[_Piece] = (_RELEASE, 0, "", 0)


class Numbering(StrEnum):
    """How a maker counts: ``dotted`` numbers, or a ``decimal`` fraction after the first dot."""

    DOTTED = "dotted"
    DECIMAL = "decimal"


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """One version, in the order its maker means. ``numbers`` are as written, zeros kept.

    ``suffix`` holds what follows them: pre-release words, service packs.
    """

    numbers: tuple[int, ...]
    suffix: tuple[_Piece, ...] = ()

    @classmethod
    def parse(cls, text: str, numbering: Numbering = Numbering.DOTTED) -> "Version":
        """Read a version as a program prints it; words before the first digit do not count.

        What stands in brackets is a remark. Raises :class:`WrongUsage` where
        there is no digit or the text is longer than 64 characters.
        """
        found = _parsed(text, numbering)
        if found is None:
            raise WrongUsage(
                "not-a-version",
                _("“{text}” is not a version.").format(text=shown(text)),
                _("Write it as the program prints it, for example 4.08 or “6.0 SP1”."),
            )
        return found

    def __lt__(self, other: "Version") -> bool:
        return self._key() < other._key()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def within(self, end: "Version") -> bool:
        """Whether this version is not beyond the upper *end* of a range.

        An end covers everything that begins with it: ``1.14`` covers
        ``1.14.7``. An end with a service pack covers the build numbers of it,
        because programs print those instead (``5.5 SP2``: ``5.50.4807.1700``).
        """
        width = len(end.numbers)
        head = (*self.numbers, *(0,) * width)[:width]
        if head != end.numbers:
            return head < end.numbers
        if not end.suffix or len(self.numbers) > width:
            return True
        return self <= end

    def _key(self) -> tuple[_Piece, ...]:
        numbers = self.numbers
        while numbers and numbers[-1] == 0:
            numbers = numbers[:-1]
        return (*((_NUMBER, n, "", 0) for n in numbers), *self.suffix, _END)


@lru_cache(maxsize=4096)
def _parsed(text: str, numbering: Numbering) -> Version | None:
    """The ends of ranges are read again for every version that is asked about."""
    bare = _REMARK.sub(" ", text.lower())
    match = _NUMBERS.search(bare)
    if match is None or len(text) > _LONGEST:
        return None
    return Version(_numbers(match[0], numbering), _suffix(bare[match.end() :]))


def _numbers(text: str, numbering: Numbering) -> tuple[int, ...]:
    parts = re.split("[._-]", text)
    if numbering is Numbering.DECIMAL and len(parts) > 1:
        parts[1] = parts[1][:_FRACTION_DIGITS].ljust(_FRACTION_DIGITS, "0")
    return tuple(int(part) for part in parts)


def _suffix(text: str) -> tuple[_Piece, ...]:
    words = _WORD_OR_NUMBER.findall(text)
    pieces: list[_Piece] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.isdigit():
            pieces.append((_NUMBER, int(word), "", 0))
            continue
        if word in _WITHOUT_ORDER:
            continue
        counted = at < len(words) and words[at].isdigit()
        count = int(words[at]) if counted else 0
        at += counted
        if word in _BEFORE and (counted or word not in _NEEDS_NUMBER):
            pieces.append((_PRE, _BEFORE[word], "", count))
        else:
            pieces.append((_AFTER, 0, word, count))
    return tuple(pieces)
