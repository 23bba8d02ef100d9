# SPDX-License-Identifier: MPL-2.0
"""``[[guide]]`` of a profile file → :class:`GuideRow`, strictly.

``docs/guides.md`` says how one is written. A word of the program that ends in
``?`` is reported but not confirmed, as everywhere in profiles.
"""

import re
from collections.abc import Iterable
from typing import Final

from clientcfg.clients.guide_row import (
    ACTIONS,
    CONDITIONS,
    LOGINS,
    QUOTES,
    SAYINGS,
    VALUES,
    Entry,
    GuideRow,
    Line,
    StepRow,
    Word,
)
from clientcfg.clients.profile import CURRENT
from clientcfg.clients.versions import Numbering, Version
from clientcfg.model.client import Confidence
from clientcfg.model.endpoint import Security
from clientcfg.model.trouble import WrongUsage
from clientcfg.tables import Table
from clientcfg.words import _

PLACE: Final = re.compile(r"\{([a-z]+(?:\.[a-z-]+)?)(?::([a-z]+))?\}")

_KEYS: Final = (
    "from",
    "to",
    "platforms",
    "steps",
    "security",
    "auth",
    "say",
    "source",
    "confidence",
)
_STEP_KEYS: Final = frozenset({"menu", "set", "file", "write", "quote", "say", "when"})
_PORT: Final = re.compile(r"port-\d{1,5}")
_MOST_STEPS: Final = 40


def read_guides(
    top: Table, platforms: tuple[str, ...], numbering: Numbering
) -> tuple[GuideRow, ...]:
    """Every ``[[guide]]`` of a file. Raises :class:`WrongUsage` with file, line and key."""
    sources = top.table("sources")
    return tuple(_guide(own, sources, platforms, numbering) for own in top.tables("guide"))


def _guide(
    own: Table, sources: Table, platforms: tuple[str, ...], numbering: Numbering
) -> GuideRow:
    own.only(_KEYS)
    some = own.strings("platforms")
    if not set(some) <= set(platforms):
        raise own.fault("platforms", _("names one that the top of the file does not"))
    confidence = own.string("confidence")
    if confidence not in set(Confidence):
        raise own.fault("confidence", _("must be documented, derived or recollection"))
    reader = _Steps(own)
    return GuideRow(
        first=_version(own, "from", numbering),
        last=_version(own, "to", numbering),
        platforms=some,
        steps=reader.steps(),
        security=_words(own, "security", tuple(Security)),
        auth=_words(own, "auth", LOGINS),
        say=reader.known("say", own.strings("say"), SAYINGS),
        sources=_cited(own, sources),
        confidence=Confidence(confidence),
    )


def word(text: str) -> Word:
    """*text* as a word of the program; a final "?" says that it is only reported."""
    return Word(text[:-1].rstrip(), sure=False) if text.endswith("?") else Word(text)


def _version(own: Table, key: str, numbering: Numbering) -> str | None:
    text = own.maybe(key)
    if text is None or (key == "to" and text == CURRENT):
        return None
    try:
        Version.parse(text, numbering)
    except WrongUsage as e:
        raise own.fault(key, _("is not a version")) from e
    return text


def _words(own: Table, key: str, known: Iterable[str]) -> dict[str, Word]:
    inner = own.table(key)
    if not set(inner.values) <= set(known):
        raise own.fault(key, _("may name only: {words}").format(words=", ".join(known)))
    found = {}
    for name, text in inner.values.items():
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            raise own.fault(key, _("must hold texts of one line"))
        found[name] = word(text)
    return found


def _cited(own: Table, sources: Table) -> tuple[str, ...]:
    names = own.strings("source")
    if not names:
        raise own.fault("source", _("must name at least one source"))
    for name in names:
        if name not in sources.values and " " not in name and "://" not in name:
            raise own.fault("source", _("is neither in [sources] nor an address"))
    return tuple(str(sources.values.get(name, name)) for name in names)


class _Steps:
    """The steps of one guide; every fault is told at the guide's own key."""

    def __init__(self, own: Table) -> None:
        self._own = own

    def steps(self) -> tuple[StepRow, ...]:
        value = self._own.values.get("steps")
        if not isinstance(value, list) or not 0 < len(value) <= _MOST_STEPS:
            raise self._own.fault("steps", _("must be a list of steps"))
        return tuple(self._step(item) for item in value)

    def known(self, key: str, words: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
        """*words*, each of which must be one of *those*."""
        found = tuple(words)
        for one in found:
            if one not in those:
                raise self._fault(key, _("has the unknown word “{word}”").format(word=one))
        return found

    def _step(self, item: object) -> StepRow:
        if not isinstance(item, dict) or not set(item) <= _STEP_KEYS:
            raise self._fault("steps", _("must be tables with menu, set, file, write, say, when"))
        quote = item.get("quote", "plain")
        file = item.get("file")
        if quote not in QUOTES or not (
            file is None or (isinstance(file, str) and file.isprintable())
        ):
            raise self._fault("steps", _("has a file or quote that is none"))
        step = StepRow(
            menu=tuple(map(word, self._texts(item.get("menu", [])))),
            entries=tuple(map(self._entry, self._list(item.get("set", [])))),
            file=file,
            lines=tuple(map(self._line, self._list(item.get("write", [])))),
            quote=quote,
            say=self.known("steps", self._texts(item.get("say", [])), SAYINGS),
            when=self._when(self._texts(item.get("when", []))),
        )
        if not (step.menu or step.entries or step.lines or step.say):
            raise self._fault("steps", _("has a step that says nothing"))
        return step

    def _entry(self, item: object) -> Entry:
        texts = self._texts(item)
        if len(texts) < 2:
            raise self._fault("steps", _("must set pairs of a label and a value"))
        label, value, *when = texts
        if value.startswith("=") and len(value) > 1:
            self._places(value)
        else:
            self.known("steps", (value,), (*VALUES, *ACTIONS))
        return Entry(word(label), value, self._when(when))

    def _line(self, item: object) -> Line:
        text, *when = self._texts([item] if isinstance(item, str) else item)
        self._places(text)
        return Line(text, self._when(when))

    def _places(self, text: str) -> None:
        for place in PLACE.finditer(text):
            self.known("steps", (place[1],), VALUES)
            self.known("steps", (place[2] or "plain",), QUOTES)

    def _when(self, words: Iterable[str]) -> tuple[str, ...]:
        found = tuple(words)
        bare = [one.removeprefix("!") for one in found]
        self.known("steps", [one for one in bare if not _PORT.fullmatch(one)], CONDITIONS)
        return found

    def _list(self, value: object) -> list[object]:
        if not isinstance(value, list):
            raise self._fault("steps", _("must hold lists"))
        return value

    def _texts(self, value: object) -> list[str]:
        texts = self._own.list_of_strings(value, "steps")
        if not all(text.replace("\t", "").isprintable() for text in texts):
            raise self._fault("steps", _("must hold texts of one line"))
        return texts

    def _fault(self, key: str, what: str) -> WrongUsage:
        return self._own.fault(key, what)
