# SPDX-License-Identifier: MPL-2.0
"""The configuration that whoever takes the domain's mail publishes, found by the MX record.

draft-ietf-mailmaint-autoconfig-06, method 3. DNS has named the operator and
nobody signed that, so a person has to agree to every server (A6), unless the
operator's name is inside the domain. The operator learns that somebody looks,
never which domain or address.
"""

import asyncio
from dataclasses import replace
from typing import Final

from clientcfg.discover import ispdb, srv
from clientcfg.discover.autoconfig import Heard, first_of, places, summed_up
from clientcfg.discover.dns import NoAnswer, NoSuchDomain, NoSuchName
from clientcfg.discover.place import Place
from clientcfg.discover.providers import by_host
from clientcfg.discover.site import inside, operators
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import NotAServer, published_host
from clientcfg.discover.web import NotThere
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "mx"
Wanted = tuple[tuple[Place, Trust], ...]


async def ask(question: Ask) -> SourceAnswer:
    """Look the best MX up in the lists that are carried along, else ask its operator."""
    domain = question.domain
    url = f"dns:{domain}?type=MX"
    try:
        host = await _best(question)
    except NotThere as why:
        return SourceAnswer(NAME, url, Outcome.NO, str(why), 0.0)
    except NoAnswer as why:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, str(why), 0.0)
    listed = by_host(host, question.local, domain, source=NAME)
    if listed is not None and listed.offers:
        reason = _("{host} takes the mail; {what}").format(host=host, what=listed.reason)
        return SourceAnswer(NAME, listed.url, Outcome.FOUND, reason, 0.0, listed.offers)
    names = operators(host, domain)
    if not names:
        reason = _("{host} takes the mail, and nobody is above it").format(host=host)
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    nothing = _("the operator of {host} publishes no configuration").format(host=host)
    heard: list[Heard] = []
    for wanted in (likely(question, host, names), unlikely(question, host, names)):
        heard += await first_of(question, wanted, NAME)
        published = summed_up(NAME, heard, nothing, domain)
        if published.outcome is Outcome.FOUND:
            return published
    return await _by_srv(question, [n for n in names if n != host]) or published


def likely(question: Ask, host: str, names: tuple[str, ...]) -> Wanted:
    """Where the file of the operators *names* of *host* may lie, the nearest first.

    With consent, Thunderbird's list is asked about them, too.
    """
    found = [(places(name)[0], _trust(question, name)) for name in names]
    if question.ispdb:
        found += [(ispdb.entry(name), Trust.A6) for name in names if name != host]
    return tuple(found)


def unlikely(question: Ask, host: str, names: tuple[str, ...]) -> Wanted:
    """Where else one desktop or the other looks; a mail server is asked for no website."""
    found = [
        (place, _trust(question, name))
        for name in names
        for place in places(name, allow_http=question.allow_http)[1:]
        if place.host != host
    ]
    return tuple(sorted(found, key=lambda each: not each[0].https))


def _trust(question: Ask, name: str) -> Trust:
    return Trust.A2 if inside(name, question.domain) else Trust.A6


async def _by_srv(question: Ask, names: list[str]) -> SourceAnswer | None:
    """What DNS says of the operators themselves, the nearest first; None for nothing."""
    answers = await asyncio.gather(*(srv.ask(replace(question, domain=n)) for n in names))
    for name, answer in zip(names, answers, strict=True):
        if not answer.offers or inside(name, question.domain):
            continue
        offers = tuple(
            replace(o, source=NAME, trust=Trust.A6, needs_probe=False, confirm=True)
            for o in answer.offers
        )
        reason = _("{name}, who takes the mail: {what}").format(name=name, what=answer.reason)
        return SourceAnswer(NAME, answer.url, Outcome.FOUND, reason, 0.0, offers)
    return None


async def _best(question: Ask) -> str:
    """The most preferred MX. Raises :class:`NotThere`, :class:`NoAnswer`."""
    domain = question.domain
    try:
        hosts = await question.resolver.mx(domain)
    except NoSuchDomain:
        text = _("there is no domain {domain} in DNS")
        raise NotThere(text.format(domain=domain)) from None
    except NoSuchName:
        text = _("no server takes mail for {domain} (no MX record)")
        raise NotThere(text.format(domain=domain)) from None
    if not hosts:
        text = _("{domain} says that it takes no mail at all (null MX)")
        raise NotThere(text.format(domain=domain))
    try:
        return published_host(hosts[0])
    except NotAServer:
        text = _("the server that is to take the mail, {host}, is none")
        raise NotThere(text.format(host=hosts[0])) from None


MX = Source(NAME, ask)
