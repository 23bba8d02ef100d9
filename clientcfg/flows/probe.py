# SPDX-License-Identifier: MPL-2.0
"""What the servers really say, and what that makes of the offers."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from clientcfg.discover.dns import NoAnswer, NoSuchName, Resolver
from clientcfg.discover.guess import GUESS
from clientcfg.discover.safer import safer
from clientcfg.discover.source import ask_all
from clientcfg.discover.special import may_be_host
from clientcfg.flows.enough import Enough
from clientcfg.flows.events import (
    EndpointAnswered,
    Event,
    FindDone,
    ProbeDone,
    SourceAnswered,
)
from clientcfg.flows.find import NAMED, find, wanted_of
from clientcfg.flows.guessing import (
    is_time,
    kept_back,
    kept_inside,
    not_guessed,
    only_inside,
)
from clientcfg.flows.merge import Merge
from clientcfg.flows.network import is_suspect, may_be_in_the_way, network_trouble
from clientcfg.flows.notes import strangers
from clientcfg.flows.port_25 import about_port_25
from clientcfg.flows.question import FIND_TIMEOUT, Question
from clientcfg.flows.settled import settled, shown
from clientcfg.flows.waves import Waves
from clientcfg.model.address import host_name
from clientcfg.model.endpoint import STANDARD_PORTS, Endpoint
from clientcfg.model.offer import Found, Outcome, SourceAnswer
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import No, NotFoundOut
from clientcfg.probe.driver import Extent, Resolve
from clientcfg.words import _


async def probe(question: Question, extent: Extent | None = None) -> AsyncIterator[Event]:
    """Find, and ask every endpoint as soon as it is named; ends with :class:`ProbeDone`.

    A name that discovery knows nothing of is taken for a host and asked on the
    seven usual ports; for an address the usual names are tried in the end.
    *extent*: how much servers are asked, if not all that a report can tell.
    Raises :class:`No` or :class:`NotFoundOut` where it leads to no server at all.
    """
    resolver = question.resolver()
    asking = _Asking(question, resolver, extent or question.extent)
    try:
        async with Merge[Event]() as events:
            events.add(_find(question, resolver, asking.enough))
            async for event in events:
                yield event
                asking.after(event, events)
            if is_time(question, asking.answers, asking.waves.reports):
                inside = only_inside(question, asking.answers)
                events.add(_guess(question, resolver, asking.waves.left, inside=inside))
                async for event in events:
                    yield event
                    asking.after(event, events)
        yield await asking.result()
    finally:
        asking.close()
        resolver.forget()


class _Asking:
    """What has been said so far, and who is asked next."""

    def __init__(self, question: Question, resolver: Resolver, extent: Extent) -> None:
        self.question, self.resolver = question, resolver
        self.resolve = resolve_for(question, resolver)
        end = asyncio.get_running_loop().time() + question.timeout
        self.waves = Waves(question, self.resolve, end, extent)
        self.enough = Enough(question)
        self.answers: list[SourceAnswer] = []
        self.notes: tuple[str, ...] = ()
        self.kind = question.target_kind

    def after(self, event: Event, events: Merge[Event]) -> None:
        """Take *event*, and let whoever it names be asked."""
        endpoints: tuple[Endpoint, ...] = ()
        match event:
            case SourceAnswered(answer):
                self.answers.append(answer)
                endpoints = _endpoints(self.question, answer)
            case FindDone(found):
                # Those about single servers are made anew once certificates have been seen.
                single = strangers(found.offers, self.question.domain)
                self.notes = tuple(note for note in found.notes if note not in single)
                name = None if self.question.address else self.question.name
                if name is not None and not found.offers and may_be_host(name):
                    self.kind, host = "host", host_name(name)
                    endpoints = tuple(Endpoint(p, host, port, s) for p, port, s in STANDARD_PORTS)
        guess = isinstance(event, SourceAnswered) and event.answer.name == GUESS.name
        wave = self.waves.wave(endpoints, 0.0 if guess else kept_back(self.question))
        if wave is not None:
            events.add(wave)
        if isinstance(event, SourceAnswered | EndpointAnswered):
            self.enough.look(self.answers, self.waves.reports)

    async def result(self) -> ProbeDone:
        """All that came of it. Raises where that is nothing."""
        reports = self.waves.reports
        found = settled(self.question, self.answers, self.notes, reports)
        nobody = is_suspect(self.answers, reports.values())
        if nobody or may_be_in_the_way(reports.values()):
            trouble = await network_trouble(self.question, self.resolver, answered=not nobody)
            if trouble is not None:
                raise trouble
        if not found.offers and self.kind != "host":
            raise nothing_found(found, self.question)
        ways = await self.waves.ways_on()
        left = self.waves.left
        for told in await about_port_25(self.question, reports.values(), left, self.resolve):
            reports[told.endpoint] = told
        seen = shown(found, reports, self.waves.asked)
        whole = ServerReport(self.question.target, self.kind, seen)
        return ProbeDone(found, whole, ways)

    def close(self) -> None:
        """Nothing more is waited for."""
        self.waves.close()
        self.enough.close()


async def _find(
    question: Question, resolver: Resolver, enough: Enough
) -> AsyncGenerator[Event, None]:
    within = question.within(FIND_TIMEOUT)
    async for event in find(within, resolver=resolver, enough=enough.event):
        yield event


async def _guess(
    question: Question, resolver: Resolver, timeout: float, *, inside: bool
) -> AsyncGenerator[Event, None]:
    from clientcfg.flows.sources import ask_for  # noqa: PLC0415 - only where it comes to that

    ask = ask_for(question, question.domain or "", resolver)
    async for answer in ask_all((GUESS,), ask, timeout=timeout):
        yield SourceAnswered(kept_inside(answer) if inside else answer)


def _endpoints(question: Question, answer: SourceAnswer) -> tuple[Endpoint, ...]:
    """Whom to ask because of *answer*: all that it names, and the encrypted port beside."""
    offers = wanted_of(question, answer)
    beside = () if answer.name == NAMED else tuple(map(safer, offers))
    return tuple(o.endpoint for o in (*offers, *beside) if o is not None)


def resolve_for(question: Question, resolver: Resolver | None = None) -> Resolve | None:
    """How host names become addresses: the named resolver, or the system's (None)."""
    if question.nameserver is None:
        return None
    asked = resolver or question.resolver()

    async def resolve(host: str) -> tuple[str, ...]:
        try:
            return await asked.addresses(host)
        except NoSuchName:
            return ()
        except NoAnswer as e:
            raise OSError(str(e)) from e

    return resolve


def nothing_found(found: Found, question: Question) -> No | NotFoundOut:
    """The sentence for a domain that leads to no server: a definite no, or not found out."""
    advice = _("If you know the servers, name them with --smtp HOST and --imap HOST.")
    domain = question.domain or question.target
    unasked = [a for a in found.sources if a.outcome is Outcome.UNKNOWN]
    if unasked or not found.sources:
        why = unasked[0].reason if unasked else _("nobody was asked")
        return NotFoundOut(
            "servers-unknown",
            _("The mail servers of {domain} could not be found out: {why}.").format(
                domain=domain, why=why
            ),
            *filter(None, (not_guessed(question, found.sources),)),
            _("Try again when the network is back."),
            advice,
        )
    reasons = "; ".join(a.reason for a in found.sources)
    return No(
        "no-servers",
        _("Nobody says where the mail servers of {domain} are ({reasons}).").format(
            domain=domain, reasons=reasons
        ),
        _("Look whether the address is written right."),
        advice,
    )
