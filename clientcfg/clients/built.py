# SPDX-License-Identifier: MPL-2.0
"""What a version can do, corrected by what this very build of it says. Pure.

A feature that was left out when the program was compiled takes abilities away,
whatever the catalog knows of the version. A feature that is there adds none,
with one exception: an exact list of mechanisms, printed by the program, stands
for the catalog's.
"""

from collections.abc import Iterable
from dataclasses import replace

from clientcfg.clients.found.rows import BuildRow
from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    BuildFact,
    ClientVersion,
    Confidence,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
)
from clientcfg.words import _

_SURE = Confidence.DOCUMENTED


def as_built(
    version: ClientVersion, facts: Iterable[BuildFact], rows: Iterable[BuildRow]
) -> ClientVersion:
    """*version* without what its build lacks; each such ability names the build as source."""
    by_feature = {row.feature: row for row in rows}
    abilities = version.abilities
    for fact in facts:
        row = by_feature.get(fact.feature)
        if fact.mechanisms:
            abilities = _listed(abilities, fact)
        elif fact.value is Answer.NO and row is not None:
            abilities = _without(abilities, row, fact)
    if abilities == version.abilities:
        return version
    listed_only = replace(abilities, mechanisms=version.abilities.mechanisms) == version.abilities
    lost = set(version.abilities.mechanisms.yes) - set(abilities.mechanisms.yes)
    return replace(version, abilities=abilities, reduced=bool(lost) or not listed_only)


def _source(fact: BuildFact) -> str:
    return _("this build: {said}").format(said=fact.said)


def _listed(abilities: Abilities, fact: BuildFact) -> Abilities:
    names = fact.mechanisms or ()
    return replace(abilities, mechanisms=Mechanisms(tuple(names), (), True, _SURE, _source(fact)))


def _without(abilities: Abilities, row: BuildRow, fact: BuildFact) -> Abilities:
    source = _source(fact)
    no = Ability(Answer.NO, _SURE, source)
    if "smtp_auth" in row.without:
        abilities = replace(
            abilities,
            smtp_auth=no,
            mechanisms=Mechanisms((), (), True, _SURE, source),
            oauth2=no,
            oauth2_providers=(),
            oauth2_reported=(),
        )
    if "starttls" in row.without:
        starttls = StartTlsAbility(StartTls.NO, _SURE, source)
        abilities = replace(abilities, starttls=starttls)
    if "implicit_tls" in row.without:
        abilities = replace(abilities, implicit_tls=no)
    if "max_tls" in row.without:
        abilities = replace(abilities, max_tls=MaxTls("none", _SURE, source))
    if row.keeps is not None:
        abilities = replace(abilities, mechanisms=_kept(abilities.mechanisms, row, source))
    return abilities


def _kept(mechanisms: Mechanisms, row: BuildRow, source: str) -> Mechanisms:
    """Those of the row that the version has; what it was only reported to have stays so."""
    keeps = row.keeps or ()
    said = (*mechanisms.reported, *row.maybe)
    return Mechanisms(
        yes=tuple(name for name in mechanisms.yes if name in keeps),
        reported=tuple(
            name
            for name in dict.fromkeys(said)
            if name in (*keeps, *row.maybe) and name in (*mechanisms.yes, *mechanisms.reported)
        ),
        complete=True,
        confidence=_SURE,
        source=source,
        either=tuple(name for name in mechanisms.either if name in (*keeps, *row.maybe)),
    )
