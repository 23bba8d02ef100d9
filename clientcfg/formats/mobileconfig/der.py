# SPDX-License-Identifier: MPL-2.0
"""DER read strictly (X.690 §10): one byte for the tag, lengths in their shortest form, no depth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SEQUENCE: Final = 0x30
SET: Final = 0x31
OID: Final = 0x06
INTEGER: Final = 0x02
OCTETS: Final = 0x04


@dataclass(frozen=True, slots=True)
class Value:
    """One element: its tag, what is in it, and all of it as it was encoded."""

    tag: int
    inside: bytes
    encoded: bytes

    def parts(self) -> tuple["Value", ...]:
        """The elements inside. Raises ``ValueError``."""
        return tuple(_values(self.inside))

    def of(self, tag: int) -> "Value":
        """Itself, if it has that tag. Raises ``ValueError``."""
        if self.tag != tag:
            raise ValueError(f"tag {self.tag:#x} where {tag:#x} was expected")
        return self


def read(data: bytes) -> Value:
    """The one element that *data* is. Raises ``ValueError``."""
    found = tuple(_values(data))
    if len(found) != 1:
        raise ValueError("not one element")
    return found[0]


def _values(data: bytes) -> Iterator[Value]:
    at = 0
    while at < len(data):
        start, tag = at, data[at]
        if tag & 0x1F == 0x1F or at + 2 > len(data):
            raise ValueError("a tag of several bytes, or the end")
        length, at = data[at + 1], at + 2
        if length >= 0x80:
            size = length & 0x7F
            raw = data[at : at + size]
            length, at = int.from_bytes(raw), at + size
            if len(raw) != size or not raw or raw[0] == 0 or length < 0x80:
                raise ValueError("a length that is not the shortest")
        if at + length > len(data):
            raise ValueError("cut off")
        yield Value(tag, data[at : at + length], data[start : at + length])
        at += length
