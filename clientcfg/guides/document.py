# SPDX-License-Identifier: MPL-2.0
"""A guide for scripts: ``clientcfg/guide/1``."""

from collections.abc import Iterable
from typing import Any

from clientcfg.clients.guide_row import Word
from clientcfg.guides.guide import Guide, Note, Setting, Step, Value
from clientcfg.guides.words import MARK, title

Document = dict[str, Any]


def guide_document(guides: Iterable[Guide]) -> Document:
    """*guide*: a page a program. Words of programs come with "sure"."""
    return {"schema": MARK, "guides": [_guide(guide) for guide in guides]}


def _guide(guide: Guide) -> Document:
    return {
        "client": guide.client,
        "name": guide.name,
        "version": guide.version,
        "platform": guide.platform,
        "title": title(guide),
        "address": guide.address,
        "made_on": guide.made_on.isoformat(),
        "proved": guide.proved,
        "verdict": guide.verdict,
        "local": guide.local,
        "wording": guide.wording,
        "sources": list(guide.sources),
        "notes": [_note(note) for note in guide.notes],
        "values": [_value(value) for group in guide.groups for value in group.values],
        "steps": [_step(step) for step in guide.steps],
    }


def _note(note: Note) -> Document:
    return {
        "code": note.code,
        "text": note.text,
        "grave": note.grave,
        "points": list(note.points),
        "advice": list(note.advice),
    }


def _value(value: Value) -> Document:
    label = None if value.label is None else _word(value.label)
    return {"id": value.id, "what": value.what, "value": value.value, "label": label}


def _step(step: Step) -> Document:
    return {
        "text": step.lead,
        "menu": [_word(word) for word in step.menu],
        "settings": [_setting(setting) for setting in step.settings],
        "file": step.file,
        "lines": list(step.lines),
        "remarks": list(step.remarks),
    }


def _setting(setting: Setting) -> Document:
    return {
        "kind": setting.kind,
        "label": _word(setting.label),
        "value": setting.value or None,
        "sure": setting.sure,
    }


def _word(word: Word) -> Document:
    return {"text": word.text, "sure": word.sure}
