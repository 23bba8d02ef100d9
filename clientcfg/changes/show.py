# SPDX-License-Identifier: MPL-2.0
"""A plan for eyes: what would change where, without any secret, ours or others'."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.show_registry import registry_diff
from clientcfg.model.place import FilePlace, Snapshot
from clientcfg.model.plan import Coded, Companion, Content, FileStep, Plan, RegistryStep, Step
from clientcfg.model.secret import DOTS, Hole
from clientcfg.words import _, ngettext

_LONG_LINE = 200
# Where a long line may be broken for showing: after a bracket or a comma.
_ATOM = re.compile(r"[^,{}\[\]]*[,{}\[\]]|[^,{}\[\]]+")
# Text that looks like ciphertext or a token; of a file with secrets it is never shown.
_TOKEN = re.compile(r"[A-Za-z0-9+/=_-]{24,}")


@dataclass(frozen=True, slots=True)
class Change:
    """One place of a plan. ``diff`` is a unified diff, or a phrase where text says nothing.

    Of a registry key it is a line for each value: its name, what it is and what
    it will be. ``kind`` is "file" or "registry" (later also "secret", "dbus", "command").
    """

    kind: str
    where: str
    diff: str
    why: str


def changes_of(plan: Plan, snapshot: Snapshot) -> tuple[Change, ...]:
    """What *plan* changes in the places as *snapshot* saw them; steps without effect left out."""
    return tuple(
        Change(step.place.kind, shown(step.place.path), diff, step.why)
        for step in plan.steps
        if (diff := _diff_of(step, snapshot))
    )


def _diff_of(step: Step, snapshot: Snapshot) -> str:
    if isinstance(step, RegistryStep):
        return registry_diff(step, snapshot.registry(step.place))
    return _diff(step, snapshot.content(step.place))


def _diff(step: FileStep, old: bytes | None) -> str:
    content, where = step.content, shown(step.place.path)
    if content is None:
        return _removal(step, old)
    if any(isinstance(part, Companion) for part in content):
        if old is None:
            return _("new file, made by the client’s own library")
        return _("changed by the client’s own library")
    if old is not None and _is_just(content, old):
        return ""
    new = _public_text(content)
    if "\0" in new or b"\0" in (old or b""):
        return _("new content that is not text")
    source = "/dev/null" if old is None else where
    before = _text(old or b"")
    if step.place.sensitive:
        diff = "\n".join(_only_ours(before, new, source, where))
    else:
        diff = _unified(before, new, source, where)
    return diff or _("only the ends of lines")


def file_diff(place: FilePlace, before: bytes | None, after: bytes | None) -> str:
    """The lines that differ in a file without secrets, or a phrase where text says nothing."""
    if b"\0" in (before or b"") or b"\0" in (after or b""):
        return _("new content that is not text")
    where, nothing = shown(place.path), "/dev/null"
    return _unified(
        _text(before or b""),
        _text(after or b""),
        nothing if before is None else where,
        nothing if after is None else where,
    ) or _("only the ends of lines")


def _removal(step: FileStep, old: bytes | None) -> str:
    if old is None:
        return ""
    if step.place.sensitive or b"\0" in old:
        return _("the file is removed")
    return _unified(_text(old), "", shown(step.place.path), "/dev/null")


def _is_just(content: Content, old: bytes) -> bool:
    """Whether *content* has no holes and is just *old*."""
    known = [part for part in content if isinstance(part, bytes)]
    return len(known) == len(content) and b"".join(known) == old


def _unified(before: str, after: str, source: str, where: str) -> str:
    lines = difflib.unified_diff(_lines(before), _lines(after), source, where, lineterm="")
    return "\n".join(lines)


def _only_ours(old: str, new: str, source: str, where: str) -> Iterator[str]:
    """What *new* adds. What goes, and what stays around it, may be somebody's secret."""
    before, after = list(_atoms(old)), list(_atoms(new))
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if changes:
        yield "--- " + source
        yield "+++ " + where
    for _tag, a, z, first, last in changes:
        if a < z:
            yield "- " + ngettext(
                "({n} line of a file with secrets)", "({n} lines of a file with secrets)", z - a
            ).format(n=z - a)
        yield from ("+" + _TOKEN.sub(DOTS, atom) for atom in after[first:last])


def _atoms(text: str) -> Iterator[str]:
    for line in _lines(text):
        if len(line) <= _LONG_LINE:
            yield line
        else:
            yield from _ATOM.findall(line)


def _public_text(content: Content) -> str:
    """The text of *content* with dots in its holes."""
    # Bytes are joined first: a character may be cut by the end of a part.
    joined: list[bytes] = []
    for part in content:
        match part:
            case bytes():
                joined.append(part)
            case Coded(text):
                joined.append(text.encode("utf-8", "backslashreplace"))
            case Hole():
                joined.append(DOTS.encode())
            case Companion():
                continue
    return _text(b"".join(joined))


def _text(content: bytes) -> str:
    return content.decode("utf-8", "backslashreplace")


def _lines(text: str) -> list[str]:
    """Lines without their ends, safe for a terminal."""
    *lines, last = (_safe(line.removesuffix("\r")) for line in text.split("\n"))
    return [*lines, last] if last else lines


def _safe(line: str) -> str:
    return "\t".join(shown(piece) for piece in line.split("\t"))
