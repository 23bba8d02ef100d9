# SPDX-License-Identifier: MPL-2.0
"""What the servers' answers make of the offers. No I/O."""

from collections.abc import Iterable, Mapping, Sequence

from clientcfg.discover.rank import rank, settle
from clientcfg.discover.safer import safer
from clientcfg.flows.find import NAMED, in_order, ranked
from clientcfg.flows.guessing import after_trying
from clientcfg.flows.notes import strangers, unread
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.offer import Found, Offer, SourceAnswer
from clientcfg.model.report import EndpointReport
from clientcfg.words import _

Reports = Mapping[Endpoint, EndpointReport]


def settled(
    question: Question,
    answers: Sequence[SourceAnswer],
    notes: Iterable[str],
    reports: Reports,
) -> Found:
    """The offers with the class that their certificates give them, best first."""
    told = tuple(after_trying(answer, reports) for answer in in_order(question, answers))
    said = list(notes)
    offers: list[Offer] = []
    for offer in ranked(question, told):
        better = None if offer.source == NAMED else safer(offer)
        if better is not None and _trusted(better, reports):
            said.append(_instead(offer, better))
            offer = better  # noqa: PLW2901 - it takes its place
        offers.append(settle(offer, reports.get(offer.endpoint), question.domain))
    best = rank(offers)
    said += _silent(best, reports)
    said += (*unread(best, told), *strangers(best, question.domain))
    return Found(question.target, best, told, tuple(dict.fromkeys(said)))


def shown(found: Found, reports: Reports, asked: Iterable[Endpoint]) -> tuple[EndpointReport, ...]:
    """The reports in the order of the offers, then the others but for silent guesses."""
    offered = tuple(dict.fromkeys(o.endpoint for o in found.offers))
    named = {o.endpoint for a in found.sources for o in a.offers if not o.guessed}
    rest = (e for e in asked if e not in offered and (e in named or not found.offers))
    return tuple(reports[e] for e in (*offered, *rest) if e in reports)


def _silent(offers: Iterable[Offer], reports: Reports) -> list[str]:
    """Where nobody answered; what is offered there is as uncertain as before."""
    endpoints = dict.fromkeys(o.endpoint for o in offers)
    dead = [e for e in endpoints if e in reports and not reports[e].reachable]
    if not dead:
        return []
    places = ", ".join(f"{e.host}:{e.port}" for e in dead)
    return [_("Nobody answered at {places}.").format(places=places)]


def _trusted(offer: Offer, reports: Reports) -> bool:
    report = reports.get(offer.endpoint)
    return report is not None and report.trusted


def _instead(offer: Offer, better: Offer) -> str:
    return _(
        "{source} names {host}, port {port}, without encryption; port {other} there is encrypted "
        "and stands in its place."
    ).format(
        source=offer.source,
        host=offer.endpoint.host,
        port=offer.endpoint.port,
        other=better.endpoint.port,
    )
