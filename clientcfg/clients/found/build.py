# SPDX-License-Identifier: MPL-2.0
"""What a build says about itself → facts. Pure but for asking.

Facts per program: ``mutt -v`` prints ``+USE_GSASL`` or ``-USE_SASL``, ``msmtp
--version`` its exact list of mechanisms; the patterns are in the profiles.
"""

import re
from collections.abc import Iterable
from functools import cache

from clientcfg.clients.found.rows import BuildRow
from clientcfg.clients.machine import Machine
from clientcfg.model.answer import Answer
from clientcfg.model.client import BuildFact
from clientcfg.model.mechanism import Mechanism, mechanism
from clientcfg.words import _

_LONGEST = 80


def build_facts(
    rows: Iterable[BuildRow], machine: Machine, said: str | None, command: str
) -> tuple[BuildFact, ...]:
    """One fact a row. *said* is what *command* (as a person would type it) printed."""

    @cache
    def asked(words: tuple[str, ...]) -> str | None:
        programs = [words[0]] if machine.resolve(words[0]) else []
        programs += machine.on_path(words[0].rpartition("/")[2])
        return machine.says(programs[0], *words[1:]) if programs else None

    facts = []
    for row in rows:
        text = asked(row.ask) if row.ask else said
        facts.append(fact(row, text, row.ask[0].rpartition("/")[2] if row.ask else command))
    return tuple(facts)


def fact(row: BuildRow, said: str | None, command: str) -> BuildFact:
    """What *said* means for *row*: yes goes before no, silence is unknown."""
    if said is None:
        text = _("{command} did not answer").format(command=command)
        return BuildFact(row.feature, Answer.UNKNOWN, text)
    if row.mechanisms is not None and (listed := row.mechanisms.search(said)):
        names = _names(listed[1])
        text = _says(command, listed[0])
        return BuildFact(row.feature, Answer.YES if names else Answer.NO, text, names)
    for pattern, value in ((row.yes, Answer.YES), (row.no, Answer.NO)):
        if pattern is not None and (match := pattern.search(said)):
            return BuildFact(row.feature, value, _says(command, match[0]))
    text = _("{command} does not say").format(command=command)
    return BuildFact(row.feature, Answer.UNKNOWN, text)


def _names(listed: str) -> tuple[Mechanism, ...]:
    words = (mechanism(word) for word in re.split(r"[\s,]+", listed))
    return tuple(dict.fromkeys(word for word in words if word is not None))


def _says(command: str, words: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST - 1]}…"
    return _("{command} says {words}").format(command=command, words=shown)
