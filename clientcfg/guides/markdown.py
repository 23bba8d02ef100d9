# SPDX-License-Identifier: MPL-2.0
"""A guide as Markdown (CommonMark with tables)."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from clientcfg.clients.guide_row import Word
from clientcfg.guides.guide import Group, Guide, Kind, Note, Setting, Step
from clientcfg.guides.phrases import names_of_programs
from clientcfg.guides.words import (
    MARK,
    STAR,
    advice_head,
    foot,
    shown_value,
    title,
)
from clientcfg.words import _, quoted

# What could be taken for markup; "." and ")" only begin a list behind a number.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#+|~!&-])")


def as_markdown(guides: Sequence[Guide]) -> str:
    """The pages one after another."""
    pages = ["\n".join(_page(guide)) for guide in guides]
    return f"<!-- {MARK} -->\n\n" + "\n\n---\n\n".join(pages) + "\n"


def escaped(text: str) -> str:
    """*text* so that no Markdown reader sees anything but text in it."""
    return _MARKUP.sub(r"\\\1", text)


def _page(guide: Guide) -> Iterable[str]:
    yield f"# {escaped(title(guide))}"
    for note in guide.notes:
        yield ""
        yield from _note(note)
    for group in guide.groups:
        yield from ("", f"## {escaped(group.title)}", "", *_group(group))
    yield from ("", f"## {_('Step by step')}")
    for number, step in enumerate(guide.steps, 1):
        yield from ("", *_step(number, step))
    yield ""
    yield "  \n".join(f"*{escaped(line)}*" for line in foot(guide))


def _note(note: Note) -> Iterable[str]:
    text = escaped(note.text)
    yield f"> **{text}**" if note.grave else f"> {text}"
    if note.points:
        yield ">"
    for point in note.points:
        yield f"> - {escaped(point)}"
    if note.advice:
        yield from (">", f"> {advice_head(note)}", ">")
    for number, advice in enumerate(note.advice, 1):
        yield f"> {number}. {escaped(advice)}"


def _group(group: Group) -> Iterable[str]:
    named = any(value.label is not None for value in group.values)
    yield f"| | |{f' {names_of_programs()} |' if named else ''}"
    yield "|---|---|---|" if named else "|---|---|"
    for value in group.values:
        row = f"| {escaped(value.what)} | **{escaped(value.value)}** |"
        if named:
            row += f" {_word(value.label) if value.label is not None else ''} |"
        yield row


def _step(number: int, step: Step) -> Iterable[str]:
    indent = " " * (len(str(number)) + 2)
    yield f"{number}. {escaped(step.lead)}"
    if step.menu:
        way = " › ".join(_word(word) for word in step.menu)
        yield f"{indent}{way}"
    if step.settings:
        yield ""
    for setting in step.settings:
        yield f"{indent}- {_setting(setting)}"
    if step.lines:
        fence = _fence(step.lines)
        yield from ("", indent + fence, *(indent + line for line in step.lines), indent + fence)
    for remark in step.remarks:
        yield from ("", f"{indent}{escaped(remark)}")


def _fence(lines: Sequence[str]) -> str:
    """A fence that none of *lines* can close."""
    runs = (len(run) for line in lines for run in re.findall("`+", line))
    return "`" * max(3, 1 + max(runs, default=0))


def _setting(setting: Setting) -> str:
    label = _word(setting.label)
    if setting.kind in (Kind.TYPE, Kind.CHOOSE):
        return f"{label}: **{escaped(shown_value(setting))}**"
    marks = {Kind.TICK: "☑", Kind.UNTICK: "☐"}
    if setting.kind in marks:
        return f"{marks[setting.kind]} {label}"
    return _("Press {label}").format(label=label)


def _word(word: Word) -> str:
    return quoted(escaped(word.text)) + ("" if word.sure else escaped(STAR))
