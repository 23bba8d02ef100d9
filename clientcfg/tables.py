# SPDX-License-Identifier: MPL-2.0
"""A file of ``profiles/`` as tables that know where they stand.

So a fault names file, line and key, whether a client or a provider is described.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import tomli

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

# A profile of a client with thirty years of versions is 10 KiB.
LARGEST: Final = 256 * 1024

_LONGEST_SHOWN: Final = 64

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))\s*[=.]")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a profile file. ``name`` is "" at the top; ``index`` counts ``[[name]]``."""

    path: Path
    text: str
    name: str
    index: int
    values: Mapping[str, object]

    @classmethod
    def read(cls, path: Path) -> "Table":
        """The top table of the file at *path*. Raises :class:`WrongUsage` for what is none."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as e:
            reason = e.strerror or type(e).__name__
            raise _unreadable(path, _("it cannot be read: {reason}").format(reason=reason)) from e
        if len(content) > LARGEST:
            raise _unreadable(
                path, _("it is larger than {limit} KiB").format(limit=LARGEST // 1024)
            )
        try:
            text = content.decode()
            return cls(path, text, "", 0, tomli.loads(text))
        except UnicodeDecodeError as e:
            raise _unreadable(path, _("it is not UTF-8 text")) from e
        except tomli.TOMLDecodeError as e:
            raise _unreadable(path, _("it is not TOML: {reason}").format(reason=e)) from e
        except RecursionError as e:
            raise _unreadable(path, _("it is nested too deeply")) from e

    def fault(self, key: str, what: str) -> WrongUsage:
        """The trouble to raise about *key* of this table; *what* says what is wrong with it."""
        line = self._line(key)
        place = f"{self.path}:{line}" if line else str(self.path)
        owner = f"{self.name}[{self.index + 1}].{key}" if self.index or self.name else key
        return WrongUsage(
            "bad-profile",
            _("{place}: “{key}” {what}.").format(place=place, key=shown(owner), what=what),
            _("Correct the file, or take it away."),
        )

    def only(self, known: Collection[str]) -> None:
        """Raise the fault of the first key that is not *known*."""
        for key in self.values:
            if key not in known:
                raise self.fault(key, _("is not a key that profiles have"))

    def string(self, key: str, default: str | None = None) -> str:
        """A text that must not be empty. Without *default* the key must be there."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, _("must be a text"))
        return value

    def maybe(self, key: str) -> str | None:
        """A text, None where the key is absent."""
        return self.string(key) if key in self.values else None

    def strings(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of different texts."""
        return tuple(dict.fromkeys(self.list_of_strings(self.values.get(key, default), key)))

    def list_of_strings(self, value: object, key: str) -> list[str]:
        """*value* as the list of texts that *key* must be."""
        if not isinstance(value, list | tuple):
            raise self.fault(key, _("must be a list of texts"))
        texts = [item for item in value if isinstance(item, str) and item.strip()]
        if len(texts) != len(value):
            raise self.fault(key, _("must be a list of texts"))
        return texts

    def one_of(self, key: str, words: Collection[str]) -> str:
        """A text that must be one of *words*."""
        value = self.values.get(key)
        if not isinstance(value, str) or value not in words:
            raise self.fault(key, _("must be one of {words}").format(words=", ".join(words)))
        return value

    def date(self, key: str) -> date | None:
        """A day, None where the key is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, _("must be a day, written like 2026-12-31"))
        return value

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables of ``[[key]]``."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, _("must be written as [[{key}]]").format(key=key))
        return tuple(self._inner(key, i, item) for i, item in enumerate(value))

    def table(self, key: str) -> "Table":
        """The table ``[key]``, empty where it is absent."""
        return self._inner(key, 0, self.values.get(key, {}))

    def _inner(self, key: str, index: int, item: object) -> "Table":
        if not isinstance(item, dict):
            raise self.fault(key, _("must be a table"))
        return Table(self.path, self.text, key, index, item)

    def _line(self, key: str) -> int | None:
        here, seen, header = not self.name, -1, None
        for number, line in enumerate(self.text.splitlines(), 1):
            if opened := _HEADER.match(line):
                seen += opened[2] == self.name
                here = opened[2] == self.name and seen == self.index
                header = number if here else header
                if not self.name and opened[2] == key:
                    return number
            elif here and (found := _KEY.match(line)) and key in found.groups():
                return number
        return header


def has_table(path: Path, name: str) -> bool:
    """Whether ``[[name]]`` stands in the file, without parsing it; so too where it can't be read.

    Whoever reads it then finds out what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        return True
    if len(content) > LARGEST:
        return True
    return re.search(rf"^\s*\[\[\s*{name}\s*\]\]".encode(), content, re.MULTILINE) is not None


def shown(text: str) -> str:
    """*text* safe for a terminal: control characters escaped, at most 64 characters."""
    safe = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return safe if len(safe) <= _LONGEST_SHOWN else safe[: _LONGEST_SHOWN - 1] + "…"


def _unreadable(path: Path, what: str) -> WrongUsage:
    return WrongUsage(
        "bad-profile",
        _("The profile {path} cannot be used: {what}.").format(path=path, what=what),
        _("Correct the file, or take it away."),
    )
