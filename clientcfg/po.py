# SPDX-License-Identifier: MPL-2.0
"""Reading a gettext catalog in its text form (``.po``).

The text itself is read at start, in 3 ms for a thousand sentences: so nothing
compiled lies in the repository, and a wheel, an editable install and a
checkout all speak the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

_ESCAPED = re.compile(r"\\(.)")
_MEANT: Final = {"n": "\n", "t": "\t", "r": "\r"}
_FORMS = re.compile(r"^Plural-Forms:.*?plural=(.+?);?$", re.MULTILINE)


@dataclass(slots=True)
class Entry:
    """One text of a catalog and its translation; ``forms`` has one text, or one a plural form."""

    text: str
    several: str | None = None
    forms: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether a person may see it: it is translated, and nobody doubts it (``fuzzy``)."""
        return bool(self.forms) and all(self.forms) and "fuzzy" not in self.flags


@dataclass(frozen=True, slots=True)
class Catalog:
    """Translations by English text."""

    texts: dict[str, str]
    plurals: dict[tuple[str, str], list[str]]
    form_of: Callable[[int], int]


def read_catalog(content: str) -> Catalog:
    """What can be used of a catalog. Raises :class:`ValueError` where it is damaged."""
    texts: dict[str, str] = {}
    plurals: dict[tuple[str, str], list[str]] = {}
    header = ""
    for entry in entries(content):
        if not entry.text:
            header = "".join(entry.forms)
        elif not entry.usable:
            continue
        elif entry.several is None:
            texts[entry.text] = entry.forms[0]
        else:
            plurals[entry.text, entry.several] = entry.forms
    return Catalog(texts, plurals, _form_of(header, plurals))


def entries(content: str) -> Iterator[Entry]:
    """Every entry, the header with its empty text first. Raises :class:`ValueError`."""
    entry, parts = Entry(""), dict[str, list[str]]()
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
            entry.flags += [flag.strip() for flag in line[2:].split(",")]
        elif line.startswith(("# ", "#.")):
            entry.remarks.append(line)
        elif line.strip() and line[0] != "#":
            raise ValueError(f"line {number} is not one of a catalog")
        elif not line.strip():
            if parts:
                yield _made(entry, {key: _meant("".join(part)) for key, part in parts.items()})
            entry, parts, here = Entry(""), {}, None


def _made(entry: Entry, parts: dict[str, str]) -> Entry:
    entry.text = parts.pop("msgid")
    entry.several = parts.pop("msgid_plural", None)
    entry.forms = list(parts.values())
    return entry


def _meant(written: str) -> str:
    if "\\" not in written:
        return written
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), written)


def _form_of(header: str, plurals: dict[tuple[str, str], list[str]]) -> Callable[[int], int]:
    from gettext import c2py  # noqa: PLC0415 - the rule is C; Python's own reader knows it

    found = _FORMS.search(header)
    rule: Callable[[int], int] = c2py(found[1] if found else "n != 1")
    fewest = min(map(len, plurals.values()), default=0)
    return lambda count: min(rule(count), fewest - 1)
