# SPDX-License-Identifier: MPL-2.0
"""What the servers really say, and what that makes of the offers."""

import asyncio
import time
from collections.abc import AsyncIterator

from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.rank import rank, settle
from clientcfg.flows.events import (
    EndpointAnswered,
    Event,
    FindDone,
    ProbeDone,
    Probing,
)
from clientcfg.flows.find import find
from clientcfg.flows.port_25 import about_port_25
from clientcfg.flows.question import FIND_TIMEOUT, Question
from clientcfg.flows.ways_on import faults_of, ways_on
from clientcfg.model.address import host_name
from clientcfg.model.endpoint import STANDARD_PORTS, Endpoint
from clientcfg.model.offer import Found, Outcome
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.model.trouble import No, NotFoundOut
from clientcfg.model.way_on import WayOn
from clientcfg.probe.driver import Resolve, probe_all
from clientcfg.words import _


async def probe(question: Question) -> AsyncIterator[Event]:
    """Find, then ask every endpoint at once; ends with :class:`ProbeDone`.

    A name that discovery knows nothing of is taken for a host and asked on the
    seven usual ports. Raises :class:`No` or :class:`NotFoundOut` where an
    address leads to no server at all.
    """
    began = time.monotonic()
    found = Found(question.target, (), ())
    async for event in find(question.within(FIND_TIMEOUT)):
        yield event
        if isinstance(event, FindDone):
            found = event.found
    endpoints, kind = _endpoints(question, found)
    yield Probing(endpoints)
    reports: dict[Endpoint, EndpointReport] = {}
    # Looked for as soon as a fault is seen: a port that never answers takes all the time there is.
    looking: dict[Endpoint, asyncio.Task[tuple[WayOn, ...]]] = {}
    end = began + max(question.timeout, time.monotonic() - began + 0.5)
    resolve = resolve_for(question)
    try:
        async for report in probe_all(
            endpoints,
            trust=question.trust,
            timeout=end - time.monotonic(),
            resolve=resolve,
            extent=question.extent,
        ):
            reports[report.endpoint] = report
            if faults_of(report):
                left = max(end - time.monotonic(), 0.0)
                looking[report.endpoint] = asyncio.create_task(
                    ways_on(report, trust=question.trust, timeout=left, resolve=resolve)
                )
            yield EndpointAnswered(report)
        ways = [way for e in endpoints if e in looking for way in await looking[e]]
        for told in await about_port_25(
            question, reports.values(), end - time.monotonic(), resolve
        ):
            reports[told.endpoint] = told
    finally:
        for task in looking.values():
            task.cancel()
    offers = rank(settle(offer, reports.get(offer.endpoint)) for offer in found.offers)
    whole = ServerReport(question.target, kind, tuple(reports[e] for e in endpoints))
    yield ProbeDone(Found(found.target, offers, found.sources), whole, tuple(ways))


def resolve_for(question: Question) -> Resolve | None:
    """How host names become addresses: the named resolver, or the system's (None)."""
    if question.nameserver is None:
        return None
    resolver = question.resolver()

    async def resolve(host: str) -> tuple[str, ...]:
        try:
            return await resolver.addresses(host)
        except NoSuchName:
            return ()
        except NoAnswer as e:
            raise OSError(str(e)) from e

    return resolve


def _endpoints(question: Question, found: Found) -> tuple[tuple[Endpoint, ...], str]:
    if found.offers:
        return tuple(dict.fromkeys(o.endpoint for o in found.offers)), question.target_kind
    if question.address is None and question.name is not None:
        host = host_name(question.name)
        return tuple(Endpoint(p, host, port, s) for p, port, s in STANDARD_PORTS), "host"
    raise nothing_found(found, question)


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
