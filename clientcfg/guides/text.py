# SPDX-License-Identifier: MPL-2.0
"""A guide as plain text."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from clientcfg.guides.guide import Group, Guide, Kind, Note, Setting, Step
from clientcfg.guides.words import (
    MARK,
    advice_head,
    foot,
    label_of,
    shown_value,
    title,
    told,
)
from clientcfg.words import _

_WIDTH: Final = 80
_BETWEEN: Final = " > "
_BOXES: Final = {Kind.TICK: "[x]", Kind.UNTICK: "[ ]"}


def as_text(guides: Sequence[Guide]) -> str:
    """The pages one after another, lines of at most 80 columns where words allow it."""
    pages = ["\n".join(_page(guide)) for guide in guides]
    rule = "\n\n" + "=" * _WIDTH + "\n\n"
    return rule.join(pages) + f"\n[{MARK}]\n"


def _page(guide: Guide) -> Iterable[str]:
    head = title(guide)
    yield from (*_wrapped(head), "=" * min(len(head), _WIDTH), "")
    for note in guide.notes:
        yield from (*_note(note), "")
    width = max(len(value.what) for group in guide.groups for value in group.values)
    for group in guide.groups:
        yield from (*_group(group, width), "")
    yield _("Step by step")
    yield "-" * len(_("Step by step"))
    for number, step in enumerate(guide.steps, 1):
        yield from _step(number, step)
        yield ""
    for line in foot(guide):
        yield from _wrapped(line)


def _note(note: Note) -> Iterable[str]:
    yield from _wrapped(note.text, "! " if note.grave else "- ", "  ")
    for point in note.points:
        yield from _wrapped(point, "  - ", "    ")
    if note.advice:
        yield f"  {advice_head(note)}"
    for number, advice in enumerate(note.advice, 1):
        yield from _wrapped(advice, f"  {number}. ", "     ")


def _group(group: Group, width: int) -> Iterable[str]:
    """The values; beside them what the program calls them, where there is room for all."""
    yield group.title
    room = max(len(value.value) for value in group.values)
    rows = [(f"  {v.what:{width}}  {v.value:{room}}", label_of(v)) for v in group.values]
    fits = all(len(row) + len(label) + 2 <= _WIDTH for row, label in rows)
    for row, label in rows:
        yield (f"{row}  {label}" if fits else row).rstrip()


def _step(number: int, step: Step) -> Iterable[str]:
    mark = f"{number}. "
    indent = " " * len(mark)
    yield from _wrapped(step.lead, mark, indent)
    if step.menu:
        yield from _wrapped(
            _BETWEEN.join(word.text + ("" if word.sure else "*") for word in step.menu),
            indent,
            indent + "  ",
        )
    width = max((len(told(s.label)) for s in step.settings if _has_value(s)), default=0)
    for setting in step.settings:
        yield f"{indent}  {_setting(setting, width)}"
    for line in step.lines:
        yield f"{indent}  {line}"
    for remark in step.remarks:
        yield from _wrapped(remark, indent, indent)


def _setting(setting: Setting, width: int) -> str:
    label = told(setting.label)
    if setting.kind in _BOXES:
        return f"{_BOXES[setting.kind]} {label}"
    if setting.kind is Kind.PRESS:
        return _("Press {label}").format(label=label)
    return f"{label:{width}}  {shown_value(setting)}"


def _has_value(setting: Setting) -> bool:
    return setting.kind in (Kind.TYPE, Kind.CHOOSE)


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
