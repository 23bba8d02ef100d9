# SPDX-License-Identifier: MPL-2.0
"""The sentences around a guide's values, the same in every rendering."""

from collections.abc import Iterable

from clientcfg.clients.guide_row import Word
from clientcfg.guides.guide import Guide, Kind, Note, Setting, Value
from clientcfg.guides.phrases import made_by, star, wording
from clientcfg.model.client import Confidence
from clientcfg.model.days import day_in_words
from clientcfg.words import _, quoted

# In every file that "guide --out" writes; one without it is never overwritten.
MARK = "clientcfg/guide/1"
STAR = "*"


def title(guide: Guide) -> str:
    """The head of the page."""
    if guide.address is None:
        return _("{program}: settings by hand").format(program=guide.program)
    return _("{program}: settings for {address}").format(
        program=guide.program, address=guide.address
    )


def told(word: Word) -> str:
    """A word of the program between quotes, with a star where it is not confirmed."""
    return quoted(word.text) + ("" if word.sure else STAR)


def label_of(value: Value) -> str:
    """What the program calls a value; empty where that is not known."""
    return "" if value.label is None else told(value.label)


def action(setting: Setting) -> str:
    """What is done with a setting that has no value of the account."""
    return {
        Kind.TICK: _("on"),
        Kind.UNTICK: _("off"),
        Kind.PRESS: _("press it"),
    }.get(setting.kind, setting.value)


def shown_value(setting: Setting) -> str:
    """A setting's value, or what is done with it."""
    return action(setting) + ("" if setting.sure else STAR)


def advice_head(note: Note) -> str:
    """What stands before a note's advice."""
    return _("What to do first:") if note.code == "verdict-needs-step" else _("What to do:")


def foot(guide: Guide) -> Iterable[str]:
    """What stands below the steps."""
    if guide.stars:
        yield f"{STAR} {star()}"
    if guide.stars and guide.wording is Confidence.DOCUMENTED:
        yield _("All other words of the program are documented by these sources.")
    elif guide.wording in (Confidence.DOCUMENTED, Confidence.DERIVED):
        yield wording(guide.wording)
    for source in guide.sources:
        yield _("Source: {source}").format(source=source)
    yield made_by(day_in_words(guide.made_on))
