# SPDX-License-Identifier: MPL-2.0
"""Autoconfig of the domain itself: draft-ietf-mailmaint-autoconfig-06, method 1.

All places are asked at once, without the address; the one that stands first in
the draft wins. With the person's consent the first place is asked once more
with the address, over https alone, where it said that it has nothing without.
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from clientcfg.discover.autoconfig_xml import Reading, read_autoconfig
from clientcfg.discover.place import Place
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.web import NotProved, NotReached, NotThere, WantsMore
from clientcfg.discover.wildcard import stands_for_everything
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "autoconfig"
LABEL: Final = "autoconfig"
FILE: Final = "/mail/config-v1.1.xml"
# A place that stands further up in the order has this long (seconds) after
# one below it has the file.
GRACE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """What one place said: what it offers, or why it offers nothing.

    ``plain``: there is simply nothing; ``wants_more``: with the whole address it
    would perhaps say something else; ``unproved``: its certificate does not verify.
    """

    place: Place
    outcome: Outcome
    reason: str
    reading: Reading | None = None
    plain: bool = False
    wants_more: bool = False
    unproved: bool = False


def places(domain: str, *, allow_http: bool = False) -> tuple[Place, ...]:
    """Where the file of *domain* may lie, in the order of the draft.

    The third is of a draft that was given up, and one desktop still asks for it.
    """
    found = [
        Place(f"{LABEL}.{domain}", FILE),
        Place(domain, "/.well-known/autoconfig" + FILE),
        Place(f"{LABEL}.{domain}", "/.well-known/mail-v1.xml"),
    ]
    if allow_http:
        found += [Place(p.host, p.target, https=False, port=80) for p in found[:2]]
    return tuple(found)


def with_address(place: Place, address: str) -> Place:
    """*Place* with the parameter ``emailaddress``; dots stay, one provider echoes them escaped."""
    return Place(place.host, f"{place.target}?emailaddress={quote(address, safe='')}")


async def ask(question: Ask) -> SourceAnswer:
    """Ask the domain's own web servers."""
    wanted = places(question.domain, allow_http=question.allow_http)
    heard = list(await first_of(question, tuple((p, Trust.A2) for p in wanted), NAME))
    first = heard[0]
    may_tell = question.send_address and question.address is not None
    if may_tell and not any(h.outcome is Outcome.FOUND for h in heard) and first.wants_more:
        assert question.address is not None  # noqa: S101 - asked above
        place = with_address(wanted[0], question.address)
        heard[0] = await hear(question, place, NAME, Trust.A2, on_site=True)
    return summed_up(NAME, heard, _("{domain} publishes no configuration"), question.domain)


async def first_of(
    question: Ask, wanted: tuple[tuple[Place, Trust], ...], source: str
) -> tuple[Heard, ...]:
    """Ask all *wanted* at once; what each said, in their order, up to the first that has it.

    Who is slow after one below it had the file is left out, and said to be.
    """
    tasks = [asyncio.create_task(hear(question, p, source, trust)) for p, trust in wanted]
    loop = asyncio.get_running_loop()
    until: float | None = None
    try:
        while True:
            done = [t.result() if t.done() else None for t in tasks]
            found = next((i for i, h in enumerate(done) if h and h.outcome is Outcome.FOUND), None)
            before = done if found is None else done[:found]
            if None not in before:
                break
            if found is not None and until is None:
                until = loop.time() + GRACE
            left = None if until is None else until - loop.time()
            if left is not None and left <= 0:
                break
            running = [t for t in tasks if not t.done()]
            await asyncio.wait(running, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        return tuple(
            heard if heard is not None else Heard(place, Outcome.UNKNOWN, _("it is slow"))
            for (place, _trust), heard in zip(wanted, done, strict=True)
        )
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def hear(
    question: Ask,
    place: Place,
    source: str,
    trust: Trust,
    *,
    on_site: bool = False,
) -> Heard:
    """What *place* says. Whoever redirected us to somebody else's site is believed no further."""
    try:
        page = await question.web.get(place, on_site=on_site)
    except WantsMore as why:
        return Heard(place, Outcome.UNKNOWN, str(why), wants_more=True)
    except NotProved as why:
        return await _nobody(question, place, why)
    except NotReached as why:
        return Heard(place, Outcome.UNKNOWN, str(why))
    except NotThere as why:
        return Heard(place, Outcome.NO, str(why), plain=why.plain, wants_more=why.answered)
    if page.crossed or not place.https:
        trust = Trust.A6 if place.https else Trust.A7
    confirm = trust in {Trust.A6, Trust.A7}
    reading = read_autoconfig(
        page.body, question.local, question.domain, source, trust=trust, confirm=confirm
    )
    if reading.reason is not None:
        return Heard(page.place, Outcome.NO, reading.reason, reading)
    return Heard(page.place, Outcome.FOUND, "", reading)


async def _nobody(question: Ask, place: Place, why: NotProved) -> Heard:
    """A host that a wildcard has made, and that proves to be nobody, is not there."""
    label, _dot, above = place.host.partition(".")
    if label == LABEL and await stands_for_everything(question.resolver, place.host, above):
        reason = _("every name there has an address, and nobody proves to have this one ({why})")
        return Heard(place, Outcome.NO, reason.format(why=why))
    return Heard(place, Outcome.UNKNOWN, str(why), unproved=why.certificate)


def summed_up(source: str, heard: list[Heard], nothing: str, domain: str) -> SourceAnswer:
    """One answer of all that was *heard*; where all is a plain no, *nothing* with *domain*."""
    for one in heard:
        if one.outcome is Outcome.FOUND and one.reading is not None:
            count = len(one.reading.offers)
            text = _("{host} names {count} servers").format(host=one.place.host, count=count)
            reason = "; ".join((text, *one.reading.notes, *_unknown_before(heard, one)))
            offers = one.reading.offers
            return SourceAnswer(source, str(one.place), Outcome.FOUND, reason, 0.0, offers)
    unknown = [h for h in heard if h.outcome is Outcome.UNKNOWN]
    if unknown:
        return SourceAnswer(
            source,
            str(unknown[0].place),
            Outcome.UNKNOWN,
            _all_said(unknown),
            0.0,
            unproved=all(h.unproved for h in unknown),
        )
    spoke = [h for h in heard if not h.plain]
    reason = _all_said(spoke or heard) if spoke else nothing.format(domain=domain)
    return SourceAnswer(source, str((spoke or heard)[0].place), Outcome.NO, reason, 0.0)


def _unknown_before(heard: list[Heard], one: Heard) -> list[str]:
    """Who stands before *one* and could not be asked: their word would have counted more."""
    return [
        _("{place} could not be asked: {reason}").format(place=h.place.host, reason=h.reason)
        for h in heard[: heard.index(one)]
        if h.outcome is Outcome.UNKNOWN
    ]


def _all_said(heard: list[Heard]) -> str:
    said = dict.fromkeys(
        _("{place}: {reason}").format(place=h.place.host, reason=h.reason) for h in heard
    )
    return "; ".join(said)


AUTOCONFIG = Source(NAME, ask)
