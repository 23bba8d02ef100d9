# SPDX-License-Identifier: MPL-2.0
"""The lists of providers that are carried along: no network, an answer at once (class A3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from clientcfg.discover.bundle import Bundle, Known, Upstream
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.stated import Origin, offers
from clientcfg.model.days import day_in_words, month_in_words
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

NAME: Final = "providers"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists offer. ``reason`` is one sentence, ``url`` where it can be looked up.

    ``offers`` is empty where they know the provider and name no servers.
    """

    offers: tuple[Offer, ...]
    reason: str
    url: str


async def ask(question: Ask) -> SourceAnswer:
    """Look the domain up. *No* is only the lists' no: most domains stand in none."""
    try:
        known = _bundle().of_domain(question.domain)
        if not known:
            return SourceAnswer(NAME, None, Outcome.NO, _nowhere(_bundle().upstreams), 0.0)
    except WrongUsage as e:
        return SourceAnswer(NAME, None, Outcome.UNKNOWN, str(e), 0.0)
    listed = _listed(known, question.local, question.domain, Origin(NAME, Trust.A3))
    outcome = Outcome.FOUND if listed.offers else Outcome.NO
    return SourceAnswer(NAME, listed.url, outcome, listed.reason, 0.0, listed.offers)


def by_host(host: str, local: str | None, domain: str, *, source: str) -> Listed | None:
    """What the lists offer to ``local@domain``, if *host* is a known provider's; None if not.

    *host* takes its mail, or answers DNS for it.

    DNS answers are not authenticated, so a person has to agree (class A6).
    *source* goes into every offer. Raises :class:`WrongUsage` for lists that
    cannot be read.
    """
    known = _bundle().of_host(host.lower().rstrip("."))
    if not known:
        return None
    return _listed(known, local, domain, Origin(source, Trust.A6, confirm=True))


@cache
def _bundle() -> Bundle:
    return Bundle.load()


def _listed(known: Sequence[Known], local: str | None, domain: str, origin: Origin) -> Listed:
    """The offers of all lists, the better list first; where they differ, that is said."""
    readings = [(one, *offers(one.entry.servers, local, domain, origin)) for one in known]
    naming = [(one, made) for one, made, _notes in readings if made]
    if not naming:
        return Listed((), _without_servers(known), _url(known[0]))
    first, best = naming[0]
    said = [
        _("{name} is in {lists}").format(
            name=first.entry.name or domain, lists=_lists(_list(one) for one, _made in naming)
        )
    ]
    said += [
        _("{maker}'s names other servers, too").format(maker=one.upstream.maker)
        for one, made in naming[1:]
        if not _hosts(made) <= _hosts(best)
    ]
    said += [_broken(one) for one in known if one.entry.broken]
    notes = dict.fromkeys(note for _one, _made, notes in readings for note in notes)
    every = dict.fromkeys(offer for _one, made in naming for offer in made)
    reason = ". ".join(["; ".join(said), *(note.removesuffix(".") for note in notes)])
    return Listed(tuple(every), reason, _url(first))


def _without_servers(known: Iterable[Known]) -> str:
    text = _("{list} names no servers for it")
    said = [_broken(one) if one.entry.broken else text.format(list=_list(one)) for one in known]
    return "; ".join(said)


def _broken(known: Known) -> str:
    text = _("{list} says that {maker} cannot be used there")
    return text.format(list=_list(known), maker=known.upstream.maker)


def _nowhere(upstreams: Iterable[Upstream]) -> str:
    return _("not known to {lists}").format(lists=_lists(map(_dated, upstreams)))


def _lists(texts: Iterable[str]) -> str:
    return _(" and ").join(texts)


def _list(known: Known) -> str:
    if known.entry.checked is None:
        return _dated(known.upstream)
    text = _("{list} (checked {month})")
    return text.format(list=_dated(known.upstream), month=_when(known.entry.checked))


def _when(checked: str) -> str:
    """A month ("2020-05") or a day as the lists write it; all else is said as it is."""
    for rest, said in (("", day_in_words), ("-01", month_in_words)):
        try:
            return said(date.fromisoformat(checked + rest))
        except ValueError:
            continue
    return checked


def _dated(upstream: Upstream) -> str:
    text = _("{maker}'s list of {day}")
    return text.format(maker=upstream.maker, day=day_in_words(upstream.day))


def _hosts(made: Iterable[Offer]) -> set[str]:
    return {offer.endpoint.host for offer in made}


def _url(known: Known) -> str:
    return known.upstream.url(known.entry.file)


PROVIDERS: Final = Source(NAME, ask, offline=True)
