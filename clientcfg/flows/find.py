# SPDX-License-Identifier: MPL-2.0
"""Where the servers are, and who says so. Asks DNS and web servers only."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Final

from clientcfg.discover.burst import burst
from clientcfg.discover.dns import Resolver
from clientcfg.discover.rank import rank
from clientcfg.discover.source import ask_all
from clientcfg.flows.events import Asking, Event, FindDone, SourceAnswered
from clientcfg.flows.notes import notes_on, strangers, unread
from clientcfg.flows.question import FIND_TIMEOUT, Question
from clientcfg.model.endpoint import Protocol
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust
from clientcfg.words import _

# The pseudo-source of servers that a person named with --smtp and its kin.
NAMED = "named"

# So long (seconds) a known domain's servers are asked for before twenty other names are.
_LEAD: Final = 0.001


async def find(
    question: Question,
    *,
    resolver: Resolver | None = None,
    enough: asyncio.Event | None = None,
) -> AsyncIterator[Event]:
    """Ask every source about the question's domain; ends with :class:`FindDone`.

    Servers that the person named replace discovery for their protocol, and
    discovery is left out where all that could be wanted was named. *resolver*:
    the one that goes on to be asked; sources are no more waited for once
    *enough* is set.
    """
    answers: list[SourceAnswer] = []
    if question.servers:
        named = tuple(
            Offer(server, NAMED, Trust.A0, username=question.username)
            for server in question.servers
        )
        answers.append(SourceAnswer(NAMED, None, Outcome.FOUND, _("named by you"), 0.0, named))
        yield SourceAnswered(answers[-1])
    notes: tuple[str, ...] = ()
    if question.domain is not None and wanting(question):
        asked = resolver or question.resolver()
        try:
            async for event in _ask(question, question.domain, asked, enough):
                yield event
                if isinstance(event, SourceAnswered):
                    answers.append(event.answer)
            notes = await notes_on(question, question.domain, asked, answers)
        finally:
            if resolver is None:
                asked.forget()
    answers = in_order(question, answers)
    offers = ranked(question, answers)
    notes += (*unread(offers, answers), *strangers(offers, question.domain))
    yield FindDone(Found(question.target, offers, tuple(answers), notes))


async def _ask(
    question: Question, domain: str, resolver: Resolver, enough: asyncio.Event | None
) -> AsyncIterator[Event]:
    # Where all servers were named, none of the ways to find them is loaded: 20 ms.
    from clientcfg.flows.sources import ask_for, sources_for  # noqa: PLC0415

    sources = sources_for(question)
    yield Asking(domain, tuple(s.name for s in sources))
    timeout = min(question.timeout, FIND_TIMEOUT)
    ask = ask_for(question, domain, resolver)
    known = False
    here = tuple(source for source in sources if source.offline)
    async for answer in ask_all(here, ask, timeout=timeout):
        known = known or bool(answer.offers)
        yield SourceAnswered(answer)
    others = tuple(source for source in sources if not source.offline)
    if known and enough is not None:
        await asyncio.sleep(_LEAD)
    if others:
        # Who gives a resolver goes on to ask mail servers, and may have to guess.
        guesses = question.address is not None and enough is not None
        resolver.begin(burst(domain, guesses=guesses, autodiscover=question.send_address))
    async for answer in ask_all(others, ask, timeout=timeout, enough=enough):
        yield SourceAnswered(answer)


def ranked(question: Question, answers: Iterable[SourceAnswer]) -> tuple[Offer, ...]:
    """The offers of *answers* best first, the same ones whoever answered first."""
    told = in_order(question, answers)
    return rank(offer for answer in told for offer in wanted_of(question, answer))


def in_order(question: Question, answers: Iterable[SourceAnswer]) -> list[SourceAnswer]:
    """*Answers* with the person's own word first, then as sources are believed."""
    told = list(answers)
    if all(answer.name == NAMED for answer in told):
        return told
    order = {name: place for place, name in enumerate(order_of(question))}
    return sorted(told, key=lambda a: -1 if a.name == NAMED else order.get(a.name, len(order)))


def order_of(question: Question) -> tuple[str, ...]:
    """The sources of *question* by name, as they are believed."""
    from clientcfg.flows.sources import sources_for  # noqa: PLC0415 - as above

    return tuple(source.name for source in sources_for(question))


def wanted_of(question: Question, answer: SourceAnswer) -> tuple[Offer, ...]:
    """The offers of *answer*, but for protocols whose server the person named."""
    named = frozenset(server.protocol for server in question.servers)
    if answer.name == NAMED:
        return answer.offers
    return tuple(o for o in answer.offers if o.endpoint.protocol not in named)


def wanting(question: Question) -> bool:
    """Whether something is left to be looked for: a server to send with, or one to read from."""
    named = frozenset(server.protocol for server in question.servers)
    if question.host or (named and not question.probe):
        return False
    return Protocol.SMTP not in named or not named & {Protocol.IMAP, Protocol.POP3}
