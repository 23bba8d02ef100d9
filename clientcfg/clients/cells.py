# SPDX-License-Identifier: MPL-2.0
"""What one version range can do, read from the cells of a profile file.

A cell is a bare value, or ``{value = …, source = [..], confidence = …}`` where
it is better or worse known than its range. A value that ends in ``?`` is
reported but not confirmed: it counts as unknown.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    Confidence,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
)
from clientcfg.model.mechanism import Mechanism, mechanism
from clientcfg.model.report import Announcement
from clientcfg.tables import Table
from clientcfg.words import _

ABILITY_KEYS: Final = (
    "smtp_auth",
    "mechanisms",
    "starttls",
    "implicit_tls",
    "custom_port",
    "separate_smtp_user",
    "pop_before_smtp",
    "max_tls",
    "sni",
    "oauth2",
    "reads",
    "quirks",
    "source",
    "confidence",
)

# Behaviour that verdicts know; a profile may not invent words.
QUIRKS: Final = ("auth-before-starttls", "exchange-account", "wants-log-in")

_MAX_TLS: Final = ("none", "ssl3", "1.0", "1.1", "1.2", "1.3", "os", "lib", "unknown")
_PROVIDER = re.compile(r"[a-z][a-z0-9-]{0,30}")
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Cell:
    table: Table
    key: str
    value: object
    source: str
    confidence: Confidence

    def fault(self, what: str) -> Exception:
        return self.table.fault(self.key, what)


class Cells:
    """The cells of one ``[[versions]]`` table, with ``[defaults]`` behind it."""

    def __init__(self, own: Table, defaults: Table, sources: Table) -> None:
        self._own = own
        self._defaults = defaults
        self._sources = sources
        self._source = self._cited(self.holder("source"), "source")
        self._confidence = self._confident(self.holder("confidence"))

    def holder(self, key: str) -> Table:
        """The table that has *key*: the range itself, else the defaults, else the range."""
        return self._defaults if self._missing(key) and key in self._defaults.values else self._own

    def abilities(self) -> Abilities:
        """Every ability of the range; what is not written is unknown."""
        if self._missing("smtp_auth") and "smtp_auth" not in self._defaults.values:
            raise self._own.fault("smtp_auth", _("must say yes, no or unknown"))
        oauth2, providers, reported = self._oauth2()
        return Abilities(
            smtp_auth=self._ability("smtp_auth"),
            mechanisms=self._mechanisms(),
            starttls=self._starttls(),
            implicit_tls=self._ability("implicit_tls"),
            custom_port=self._ability("custom_port"),
            separate_smtp_user=self._ability("separate_smtp_user"),
            pop_before_smtp=self._ability("pop_before_smtp"),
            max_tls=self._max_tls(),
            oauth2=oauth2,
            oauth2_providers=providers,
            reads=self._reads(),
            oauth2_reported=reported,
            quirks=self._quirks(),
            sni=self._ability("sni"),
        )

    def maintained(self) -> Answer:
        """Whether the range still gets releases; reported counts as unknown."""
        return _word(self._cell("maintained"), Answer)[0]

    def _missing(self, key: str) -> bool:
        return key not in self._own.values

    def _cell(self, key: str) -> _Cell:
        table = self.holder(key)
        value = table.values.get(key, "unknown")
        source, confidence = self._source, self._confidence
        if isinstance(value, dict) and key != "reads":
            inner = Table(table.path, table.text, table.name, table.index, value)
            for name in value:
                if name not in ("value", "source", "confidence"):
                    raise table.fault(key, _("may have value, source and confidence only"))
            if "value" not in value:
                raise table.fault(key, _("must have a value"))
            if "source" in value:
                source = self._cited(inner, "source")
            if "confidence" in value:
                confidence = self._confident(inner)
            value = value["value"]
        if isinstance(value, str) and value.endswith("?"):
            confidence = Confidence.RECOLLECTION
        return _Cell(table, key, value, source, confidence)

    def _cited(self, table: Table, key: str) -> str:
        names = table.strings(key)
        if not names:
            raise table.fault(key, _("must name at least one of [sources]"))
        for name in names:
            if name not in self._sources.values:
                raise table.fault(
                    key, _("names “{name}”, which is not in [sources]").format(name=name)
                )
        return "; ".join(_(self._sources.string(name)) for name in names)

    def _confident(self, table: Table) -> Confidence:
        value = table.values.get("confidence")
        if not isinstance(value, str) or value not in set(Confidence):
            raise table.fault("confidence", _one_of(Confidence))
        return Confidence(value)

    def _ability(self, key: str) -> Ability:
        cell = self._cell(key)
        value, reported = _word(cell, Answer)
        return Ability(value, cell.confidence, cell.source, reported)

    def _starttls(self) -> StartTlsAbility:
        cell = self._cell("starttls")
        value, reported = _word(cell, StartTls)
        return StartTlsAbility(value, cell.confidence, cell.source, reported)

    def _max_tls(self) -> MaxTls:
        cell = self._cell("max_tls")
        bare, reported = _unconfirmed(cell.value)
        if bare not in _MAX_TLS or (reported and bare == "unknown"):
            raise cell.fault(_must_be(_MAX_TLS))
        if reported:
            return MaxTls("unknown", cell.confidence, cell.source, bare)
        return MaxTls(bare, cell.confidence, cell.source)

    def _mechanisms(self) -> Mechanisms:
        cell = self._cell("mechanisms")
        if cell.value in ("none", "unknown"):
            return Mechanisms((), (), cell.value == "none", cell.confidence, cell.source)
        yes: list[Mechanism] = []
        said: list[Mechanism] = []
        either: tuple[Mechanism, ...] = ()
        entries = cell.table.list_of_strings(cell.value, cell.key)
        for entry in entries:
            if entry == "*":
                continue
            if "|" in entry:
                either = tuple(_sasl_name(cell, word) for word in entry.split("|"))
                continue
            bare, reported = _unconfirmed(entry)
            (said if reported else yes).append(_sasl_name(cell, bare))
        return Mechanisms(
            tuple(yes), tuple(said), "*" not in entries, cell.confidence, cell.source, either
        )

    def _oauth2(self) -> tuple[Ability, tuple[str, ...], tuple[str, ...]]:
        cell = self._cell("oauth2")
        if isinstance(cell.value, str):
            return self._ability("oauth2"), (), ()
        yes: list[str] = []
        said: list[str] = []
        for entry in cell.table.list_of_strings(cell.value, cell.key):
            bare, reported = _unconfirmed(entry)
            if not _PROVIDER.fullmatch(bare):
                raise cell.fault(_("must be yes, no, unknown or a list of providers"))
            (said if reported else yes).append(bare)
        value = Answer.YES if yes else Answer.UNKNOWN
        reported_yes = Answer.YES if said and not yes else None
        ability = Ability(value, cell.confidence, cell.source, reported_yes)
        return ability, tuple(yes), tuple(said)

    def _reads(self) -> tuple[tuple[Announcement, Answer], ...]:
        table = self.holder("reads")
        forms = table.values.get("reads", {})
        what = _("must say for “AUTH ” and “AUTH=” whether they are understood")
        if not isinstance(forms, dict):
            raise table.fault("reads", what)
        for form, answer in forms.items():
            if form not in set(Announcement) or answer not in tuple(Answer):
                raise table.fault("reads", what)
        return tuple((Announcement(form), Answer(answer)) for form, answer in forms.items())

    def _quirks(self) -> tuple[str, ...]:
        table = self.holder("quirks")
        words = table.strings("quirks")
        if not set(words) <= set(QUIRKS):
            raise table.fault("quirks", _must_be(QUIRKS))
        return words


def _word(cell: _Cell, words: type[_Word]) -> tuple[_Word, _Word | None]:
    bare, reported = _unconfirmed(cell.value)
    if bare not in set(words) or (reported and bare == "unknown"):
        raise cell.fault(_one_of(words))
    return (words("unknown"), words(bare)) if reported else (words(bare), None)


def _unconfirmed(value: object) -> tuple[str, bool]:
    if not isinstance(value, str):
        return "", False
    return value.removesuffix("?"), value.endswith("?")


def _sasl_name(cell: _Cell, word: str) -> Mechanism:
    name = mechanism(word)
    if name is None or name != word:
        raise cell.fault(_("has “{word}”, which is not a mechanism name").format(word=word))
    return name


def _one_of(words: type[StrEnum]) -> str:
    return _must_be(tuple(words))


def _must_be(words: tuple[str, ...]) -> str:
    return _("must be one of {words}").format(words=", ".join(words))
