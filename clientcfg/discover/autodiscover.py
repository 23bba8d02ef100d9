# SPDX-License-Identifier: MPL-2.0
"""Autodiscover POX (MS-OXDISCO), only where the person lets its hosts have the whole address.

It is asked over https, without a password and without a second try where one
is wanted. Redirects are counted, and the address goes to nobody whom DNS does
not connect with the domain, and never to a parent domain: that back-off has
leaked hundreds of thousands of credentials of other programs.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from clientcfg.discover.autodiscover_xml import CONTENT_TYPE, NAME, Said, read, request_for
from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.place import REDIRECTS, NotAPlace, Place, read_place, redirected
from clientcfg.discover.site import inside, owners, same_site, site
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.web import FETCH_SECONDS, PASSING, NotReached, NotThere
from clientcfg.discover.wildcard import stands_for_everything
from clientcfg.model.address import Address
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

FILE: Final = "/autodiscover/autodiscover.xml"
REDIRECT_LIMIT: Final = 10


@dataclass(frozen=True, slots=True)
class _Told:
    place: Place
    outcome: Outcome
    reason: str
    offers: tuple[Offer, ...] = ()


async def ask(question: Ask) -> SourceAnswer:
    """Ask the domain's own hosts, then those that DNS names."""
    domain = question.domain
    own = Place(f"autodiscover.{domain}", FILE)
    if question.address is None or not question.send_address:
        reason = _("it was not asked, because it would learn the whole address")
        return SourceAnswer(NAME, str(own), Outcome.NO, reason, 0.0)
    wanted = [Place(domain, FILE)]
    if not await stands_for_everything(question.resolver, own.host, domain):
        wanted.insert(0, own)
    told = list(await asyncio.gather(*(_one(question, p, Trust.A2) for p in wanted)))
    if not any(t.outcome is Outcome.FOUND for t in told):
        more = [(p, Trust.A6) for p in await _named_by_dns(question, own.host)]
        more += [(p, Trust.A7) for p in await _named_in_the_clear(question, own.host)]
        told += await asyncio.gather(*(_one(question, p, trust) for p, trust in more))
    best = next((t for t in told if t.outcome is Outcome.FOUND), None)
    best = best or next((t for t in told if t.outcome is Outcome.UNKNOWN), None)
    best = best or next((t for t in told if t.reason), told[0])
    return SourceAnswer(NAME, str(best.place), best.outcome, best.reason, 0.0, best.offers)


async def _one(question: Ask, first: Place, trust: Trust) -> _Told:
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            return await _follow(question, first, trust)
    except TimeoutError:
        outcome = Outcome.UNKNOWN
        reason = _("no answer within {seconds:g} seconds").format(seconds=FETCH_SECONDS)
    except NotReached as why:
        outcome, reason = Outcome.UNKNOWN, str(why)
    except NotThere as why:
        outcome, reason = Outcome.NO, str(why)
    except (NotAPlace, WrongUsage) as why:
        outcome, reason = Outcome.NO, _("it redirects, but {why}").format(why=why)
    return _Told(first, outcome, f"{first.host}: {reason}")


async def _follow(question: Ask, first: Place, trust: Trust) -> _Told:
    at, address = first, question.address or ""
    for _hop in range(REDIRECT_LIMIT + 1):
        reply = await question.web.once(at, request_for(address), CONTENT_TYPE)
        if reply.status in REDIRECTS:
            at = await _allowed(question, redirected(at, reply.location))
        elif reply.status == 200:
            said = read(reply.body, trust)
            if said.offers:
                text = _("{host} names {count} servers")
                reason = text.format(host=at.host, count=len(said.offers))
                return _Told(at, Outcome.FOUND, reason, said.offers)
            at, address = await _sent_on(question, said, at, address)
        else:
            raise _refusal(reply.status)
        # Whoever was named by a stranger's answer is one (MS-OXDISCO).
        trust = trust if same_site(at.host, question.domain) else max(trust, Trust.A6)
    raise NotThere(_("it redirects more than {count} times").format(count=REDIRECT_LIMIT))


async def _sent_on(question: Ask, said: Said, at: Place, address: str) -> tuple[Place, str]:
    """Whom to ask next, and about which address. Raises :class:`NotThere` where that is all."""
    if said.redirect_url is not None:
        return await _allowed(question, read_place(said.redirect_url)), address
    if said.redirect_address is not None:
        new = Address.parse(said.redirect_address)
        return await _allowed(question, Place(f"autodiscover.{new.domain}", at.target)), str(new)
    raise NotThere(said.reason or _("it names no server"))


def _refusal(status: int) -> NotThere | NotReached:
    if status in {401, 403}:
        return NotThere(
            _("an Exchange or similar service is there; it wants a password and gets none")
        )
    reason = _("it has no settings (status {status})").format(status=status)
    if status >= 500 or status in PASSING:
        return NotReached(reason)
    return NotThere(reason)


async def _allowed(question: Ask, place: Place) -> Place:
    """*Place*, where the address may go there. Raises :class:`NotAPlace`."""
    host, domain = place.host, question.domain
    if site(host) is None or (host != domain and inside(domain, host)):
        raise NotAPlace(_("{host} stands above the domain").format(host=host))
    if host.startswith("autodiscover.") and site(host) == host:
        # autodiscover.com and its like: everybody's parent, and somebody's trap.
        raise NotAPlace(_("{host} is nobody’s in particular").format(host=host))
    if not any(same_site(host, kin) for kin in await _kin(question)):
        raise NotAPlace(_("{host} has nothing to do with the domain in DNS").format(host=host))
    return place


async def _kin(question: Ask) -> tuple[str, ...]:
    """The names that DNS connects with the domain: itself, its mail servers, its alias, its SRV."""
    domain, resolver = question.domain, question.resolver
    alias = resolver.canonical(f"autodiscover.{domain}")
    found = await asyncio.gather(
        resolver.mx(domain), alias, _srv_hosts(question), return_exceptions=True
    )
    kin = [domain]
    for names in found:
        if isinstance(names, str):
            kin.append(names)
        elif isinstance(names, tuple):
            kin += names
    return tuple(kin)


async def _srv_hosts(question: Ask) -> tuple[str, ...]:
    records = await question.resolver.srv(f"_autodiscover._tcp.{question.domain}")
    return tuple(r.target for r in records if r.target)


async def _named_by_dns(question: Ask, own: str) -> tuple[Place, ...]:
    """Where the SRV record and the alias lead, and the operator who takes the mail; all unsigned.

    The last has every address that there is in the domain already.
    """
    domain = question.domain
    found: list[Place] = []
    try:
        records = await question.resolver.srv(f"_autodiscover._tcp.{domain}")
        found += [Place(r.target, FILE, port=r.port) for r in records if r.target]
    except (NoSuchName, NoAnswer):
        pass
    try:
        alias = await question.resolver.canonical(own)
    except (NoSuchName, NoAnswer):
        alias = own
    if alias != own:
        found.append(Place(alias, FILE))
    found = [*found[:2], *(Place(f"autodiscover.{n}", FILE) for n in await _takers(question))]
    safe = [p for p in found if site(p.host) and not inside(domain, p.host)]
    return tuple(dict.fromkeys(safe))


async def _takers(question: Ask) -> tuple[str, ...]:
    """The domains of whoever takes the mail."""
    try:
        host = next(iter(await question.resolver.mx(question.domain)), "")
    except (NoSuchName, NoAnswer):
        return ()
    return owners(host, question.domain)


async def _named_in_the_clear(question: Ask, own: str) -> tuple[Place, ...]:
    """Where an unencrypted host redirects to; it is not told the address (MS-OXDISCO §3.1.5.4)."""
    if not question.allow_http:
        return ()
    place = Place(own, FILE, https=False, port=80)
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            reply = await question.web.once(place)
        if reply.status in REDIRECTS:
            return (await _allowed(question, redirected(place, reply.location)),)
    except (TimeoutError, NotThere, NotReached, NotAPlace):
        pass
    return ()


AUTODISCOVER = Source(NAME, ask)
