# SPDX-License-Identifier: MPL-2.0
"""The exact changes without Qt: file by file, line by line, secrets as dots."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from clientcfg.flows.events import Reviewed
from clientcfg.model.place import RegistryPlace
from clientcfg.model.plan import Step
from clientcfg.model.secret import DOTS
from clientcfg.words import _, ngettext

# What stands for a secret in a diff, and what stands for it here.
_MASKED = re.compile(rf"(?<!{DOTS[0]}){DOTS}(?!{DOTS[0]})")
_SECRET = "•" * 8
_PLACE = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``sign``: "+", "-", or a blank for what stays; ``number`` where that is known."""

    number: int | None
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One place. ``said`` stands for the lines where text says nothing; ``glyph``: its kind."""

    name: str
    folder: str
    why: str
    lines: tuple[Line, ...]
    said: str = ""
    glyph: str = "file"

    @property
    def caption(self) -> str:
        """What for, what is done where no lines tell it, and where it lies: one sentence."""
        why = self.why[:1].upper() + self.why[1:]
        words = ": ".join(filter(None, (why, self.said)))
        if not words or not self.folder:
            return words or self.folder
        return _("{words}, in {folder}").format(words=words, folder=self.folder)

    @property
    def amount(self) -> str:
        """How much goes and comes."""
        added = sum(line.sign == "+" for line in self.lines)
        removed = sum(line.sign == "-" for line in self.lines)
        parts = []
        if added:
            parts.append(ngettext("{n} added", "{n} added", added).format(n=added))
        if removed:
            parts.append(ngettext("{n} removed", "{n} removed", removed).format(n=removed))
        return ", ".join(parts)

    @property
    def changed(self) -> int:
        """How many lines go or come."""
        return sum(line.sign in "+-" for line in self.lines)

    @property
    def amount_in_lines(self) -> str:
        """The same with the word: "24 lines added, 1 removed"."""
        added = sum(line.sign == "+" for line in self.lines)
        removed = sum(line.sign == "-" for line in self.lines)
        if not added:
            text = ngettext("{n} line removed", "{n} lines removed", removed)
            return text.format(n=removed) if removed else ""
        said = ngettext("{n} line added", "{n} lines added", added).format(n=added)
        if not removed:
            return said
        return ", ".join((said, ngettext("{n} removed", "{n} removed", removed).format(n=removed)))

    def as_text(self) -> str:
        """The same to read aloud and to copy."""
        return "\n".join(f"{line.sign} {line.text}" for line in self.lines) or self.said


def changed_files(review: Reviewed) -> tuple[ChangedFile, ...]:
    """Every place, in the order in which it is written."""
    kinds = {str(step.place): _glyph(step) for step in review.plan.steps}
    return tuple(
        replace(one, glyph=kinds.get(change.where, one.glyph))
        for one, change in zip(files_of(review.changes), review.changes, strict=True)
    )


def _glyph(step: Step) -> str:
    if isinstance(step.place, RegistryPlace):
        return "prefs"
    return "key" if step.place.sensitive else "file"


class Changed(Protocol):
    """A place in words, as flows tell it."""

    @property
    def where(self) -> str:
        """Its path, or key and name."""
        ...

    @property
    def diff(self) -> str:
        """A unified diff, or a phrase."""
        ...

    @property
    def why(self) -> str:
        """What for; "" where nobody said."""
        ...


def files_of(changes: Iterable[Changed]) -> tuple[ChangedFile, ...]:
    """The same of changes that were made already."""
    found = []
    for change in changes:
        folder, _slash, name = change.where.rpartition("/")
        if not name:
            folder, name = "", change.where
        is_diff = change.diff.startswith("--- ")
        lines = tuple(_lines(change.diff)) if is_diff else ()
        said = "" if is_diff else change.diff
        found.append(ChangedFile(name, folder, change.why, lines, said))
    return tuple(found)


def as_text(files: Iterable[ChangedFile]) -> str:
    """All of it to copy."""
    return "\n\n".join(
        "\n".join((f"{one.folder}/{one.name}" if one.folder else one.name, one.as_text()))
        for one in files
    )


def _lines(diff: str) -> Iterable[Line]:
    old: int | None = None
    new: int | None = None
    for text in diff.splitlines()[2:]:
        place = _PLACE.match(text)
        if place is not None:
            old, new = int(place[1]), int(place[2])
            continue
        sign, rest = text[:1], _MASKED.sub(_SECRET, text[1:])
        if sign == "-":
            yield Line(old, "-", rest)
            old = None if old is None else old + 1
            continue
        yield Line(new, "+" if sign == "+" else " ", rest)
        new = None if new is None else new + 1
        if sign != "+":
            old = None if old is None else old + 1


def amount(review: Reviewed) -> str:
    """How much the exact changes are."""
    files = changed_files(review)
    lines = sum(one.changed for one in files)
    return _("{files} and {lines}").format(
        files=ngettext("{n} file", "{n} files", len(files)).format(n=len(files)),
        lines=ngettext("{n} line", "{n} lines", lines).format(n=lines),
    )
