# SPDX-License-Identifier: MPL-2.0
"""``cert_override.txt``: the certificates that a Mozilla client trusts one by one.

A line is ``HOST:PORT:ATTRIBUTES <TAB> OID <TAB> FINGERPRINT <TAB>`` and whatever
older versions wrote behind that; lines with ``#`` are comments. The client
keeps the last line of a place and, whenever it writes the file itself, writes
only what it understood, in an order of its own.
"""

import re
from dataclasses import dataclass
from typing import Final

from clientcfg.model.trouble import Refused
from clientcfg.words import _

HEADER: Final = (
    b"# PSM Certificate Override Settings file\n# This is a generated file!  Do not edit.\n"
)
# SHA-256 (NIST's arc); the client skips lines with any other hash.
_OID: Final = b"OID.2.16.840.1.101.3.4.2.1"
# Attributes (a container, a private window) make it another place, so there are none here.
_ENTRY: Final = re.compile(
    rb"(?P<place>(?:\[[^\]\t]*\]|[^:\[\t#][^:\[\t]*):[0-9]+):?\t%s\t(?P<fingerprint>[^\t]*)\t.*"
    % re.escape(_OID),
    re.DOTALL,
)
# What we write: a host name in A-labels or an address in brackets, and a port.
_PLACE: Final = re.compile(
    r"(?:[0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._-]+)?\]):[0-9]{1,5}", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Overrides:
    """The lines of one file, each with its end; together they are the file, byte for byte."""

    lines: tuple[bytes, ...]

    @classmethod
    def parse(cls, data: bytes | None) -> "Overrides":
        """Every file can be read: what is no entry is kept as it is."""
        return cls(tuple(re.findall(rb"[^\n]*\n|[^\n]+", data or b"")))

    @property
    def data(self) -> bytes:
        """The file."""
        return b"".join(self.lines)

    @property
    def entries(self) -> dict[str, str]:
        """Place → fingerprint as it is written; the last one of a place counts."""
        found = (_read(line) for line in self.lines)
        return {_text(m["place"]): _text(m["fingerprint"]) for m in found if m is not None}

    def with_entry(self, place: str, fingerprint: str) -> "Overrides":
        """*fingerprint* at *place*: in the line that counts there, else in a new last one.

        Raises :class:`Refused` for what would be more, or less, than one entry.
        """
        if not _PLACE.fullmatch(place) or re.search(r"[\t\n]", fingerprint):
            raise Refused(
                "not-a-host-name",
                _("“{place}” cannot be written as a host and a port.").format(place=ascii(place)),
            )
        number = self._counting(place)
        if number is not None:
            lines, (start, end) = list(self.lines), self._span(number)
            line = lines[number]
            lines[number] = line[:start] + _bytes(fingerprint) + line[end:]
            return Overrides(tuple(lines))
        head = self.lines or tuple(HEADER.splitlines(keepends=True))
        if not head[-1].endswith(b"\n"):
            head = (*head[:-1], head[-1] + b"\n")
        new = b"%s:\t%s\t%s\t\n" % (_bytes(place), _OID, _bytes(fingerprint))
        return Overrides((*head, new))

    def without_entry(self, place: str) -> "Overrides":
        """No entry at *place*."""
        return Overrides(tuple(line for line in self.lines if not _is_at(line, place)))

    def _counting(self, place: str) -> int | None:
        numbers = [n for n, line in enumerate(self.lines) if _is_at(line, place)]
        return numbers[-1] if numbers else None

    def _span(self, number: int) -> tuple[int, int]:
        match = _read(self.lines[number])
        assert match is not None  # noqa: S101 - only asked of entries
        return match.span("fingerprint")


def place_of(host: str, port: int) -> str:
    """How the file names a service: an IPv6 address has brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def fingerprint_of(sha256: str) -> str:
    """A fingerprint in hex as the client compares it: upper case, a colon after each octet."""
    return ":".join(re.findall("..", sha256.upper()))


def _read(line: bytes) -> re.Match[bytes] | None:
    return _ENTRY.fullmatch(line)


def _is_at(line: bytes, place: str) -> bool:
    match = _read(line)
    return match is not None and match["place"] == _bytes(place)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
