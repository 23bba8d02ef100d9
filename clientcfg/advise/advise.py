# SPDX-License-Identifier: MPL-2.0
"""Can this version send there with SMTP-Auth, why, and what should its owner do?

A way in is *no* if one of its conditions is a no, *yes* if all are yes, else
*unknown*. One yes is enough; a yes that costs a step first is told with it.
All noes are an answer, too: a later version, a successor, a bridge, or nothing.
What is left is unknown, and names the fact that would decide it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clientcfg.advise.ask import look_again, without_way_out
from clientcfg.advise.bridges import bridged, own_bridge, ports_of
from clientcfg.advise.conclude import (
    also_said,
    forbidden,
    in_time,
    missing,
    nearest,
    why,
    why_not,
    why_unknown,
)
from clientcfg.advise.of_policy import instead
from clientcfg.advise.steps import cost
from clientcfg.advise.successors import Catalog, elsewhere, ways_out
from clientcfg.advise.ways import Way, best, ways_in
from clientcfg.model.answer import Answer, any_of
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.policy import NO_RULES, Rules
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Advice, Reason, Verdict, VerdictKind
from clientcfg.words import _


def advise(
    report: ServerReport,
    client: ClientVersion,
    catalog: Catalog,
    *,
    rules: Rules = NO_RULES,
    bridges: tuple[ClientVersion, ...] = (),
    clear_allowed: frozenset[Endpoint] = frozenset(),
) -> Verdict:
    """The verdict for *client* at the servers of *report*.

    *rules* is what their providers have decided, and the day of the question.
    *bridges* are programs that can log in for another. *clear_allowed* are
    plain endpoints at a literal loopback address that the person named;
    nowhere else is a way without TLS one.
    """
    (found,) = advise_all(
        report, (client,), catalog, rules=rules, bridges=bridges, clear_allowed=clear_allowed
    )
    return found


def advise_all(
    report: ServerReport,
    clients: Iterable[ClientVersion],
    catalog: Catalog,
    *,
    rules: Rules = NO_RULES,
    bridges: tuple[ClientVersion, ...] = (),
    clear_allowed: frozenset[Endpoint] = frozenset(),
) -> tuple[Verdict, ...]:
    """The same for many: what one has for a successor is looked at once for all."""
    each = advise_each(
        report, clients, catalog, rules=rules, bridges=bridges, clear_allowed=clear_allowed
    )
    return tuple(each)


def advise_each(
    report: ServerReport,
    clients: Iterable[ClientVersion],
    catalog: Catalog,
    *,
    rules: Rules = NO_RULES,
    bridges: tuple[ClientVersion, ...] = (),
    clear_allowed: frozenset[Endpoint] = frozenset(),
) -> Iterator[Verdict]:
    """The same one after the other, for one who has to rest in between."""
    at = _Servers(report, catalog, rules, bridges, clear_allowed, {})
    return (_Case(client, at).verdict() for client in clients)


@dataclass(frozen=True, slots=True)
class _Servers:
    """What every program is held against; ``looked`` keeps the ways in of each."""

    report: ServerReport
    catalog: Catalog
    rules: Rules
    bridges: tuple[ClientVersion, ...]
    clear_allowed: frozenset[Endpoint]
    looked: dict[ClientVersion, tuple[Way, ...]]

    def ways(self, client: ClientVersion) -> tuple[Way, ...]:
        if client not in self.looked:
            found = ways_in(self.report, client, self.clear_allowed, self.rules)
            self.looked[client] = found
        return self.looked[client]

    def way_of(self, client: ClientVersion) -> Way | None:
        return best(self.ways(client))

    def price(self, client: ClientVersion) -> int | None:
        way = self.way_of(client)
        return None if way is None else cost(way.steps)


@dataclass(frozen=True, slots=True)
class _Case:
    """One client at one set of servers."""

    client: ClientVersion
    at: _Servers

    def verdict(self) -> Verdict:
        ways = self.at.ways(self.client)
        if not any(endpoint.reachable for endpoint in self.at.report.of(Protocol.SMTP)):
            return self._nobody_there(why_not(ways))
        way = best(ways)
        if way is not None and way.mechanism is not None:
            return self._open(way, ways)
        if any_of(way.answer for way in ways) is Answer.UNKNOWN:
            near = nearest(ways)
            advice = self._upgrade() or self._elsewhere()
            return self._closed(VerdictKind.UNKNOWN, why_unknown(near), advice, missing(near))
        return self._none(why_not(ways))

    def _open(self, way: Way, ways: tuple[Way, ...]) -> Verdict:
        kind = VerdictKind.NEEDS_STEP if way.steps else VerdictKind.READY
        steps = way.steps or in_time(way)
        return Verdict(
            self.client.id,
            self.client.version,
            kind,
            way.endpoint,
            way.mechanism,
            (*why(way), *forbidden(way, ways), *also_said(self.at.rules)),
            self._and_instead(steps),
        )

    def _none(self, reasons: tuple[Reason, ...]) -> Verdict:
        """Every way is closed to this version."""
        advice = self._upgrade()
        if advice:
            return self._closed(VerdictKind.UPGRADE, reasons, advice)
        more = self._elsewhere()
        bridge = bridged(self.client, self.at.bridges, self.at.way_of)
        asking = without_way_out(self.client, reasons)
        if bridge:
            # Nobody asks a provider of millions to set its servers up otherwise.
            own = not self.at.rules.all()
            asked = tuple(a for a in asking if own and a.action == "ask-administrator")
            return self._closed(VerdictKind.BRIDGE, reasons, (*bridge, *more, *asked))
        return self._closed(VerdictKind.IMPOSSIBLE, reasons, (*more, *asking))

    def _upgrade(self) -> tuple[Advice, ...]:
        """What to go to, and what that needs besides."""
        found = ways_out(self.client, self.at.catalog, self.at.price)
        way = self.at.way_of(found[0].to) if found else None
        steps = () if way is None else way.steps
        first, others = found[:1], found[1:]
        return (*(out.advice for out in first), *steps, *(out.advice for out in others))

    def _and_instead(self, advice: tuple[Advice, ...]) -> tuple[Advice, ...]:
        """*advice*, and the program's own way beside SMTP."""
        rules = self.at.rules
        return (*advice, *instead(self.client, rules.all(), rules.day, alone=not advice))

    def _elsewhere(self) -> tuple[Advice, ...]:
        other = elsewhere(self.client, self.at.catalog, self.at.price)
        return () if other is None else (other,)

    def _nobody_there(self, reasons: tuple[Reason, ...]) -> Verdict:
        bridge = own_bridge(self.at.rules)
        if bridge is not None:
            why_bridge, todo = bridge
            return self._closed(VerdictKind.BRIDGE, (why_bridge, *reasons), (todo,))
        fact = _("What the server offers for sending: none answered from here.")
        if not self.at.report.of(Protocol.SMTP):
            fact = _("Which server takes mail for sending: none is known.")
        advice = (look_again(), *ports_of(self.at.rules.all()))
        return self._closed(VerdictKind.UNKNOWN, reasons, advice, fact)

    def _closed(
        self,
        kind: VerdictKind,
        reasons: tuple[Reason, ...],
        advice: tuple[Advice, ...],
        missing_fact: str | None = None,
    ) -> Verdict:
        told = (*reasons, *also_said(self.at.rules))
        advice = self._and_instead(advice)
        client = self.client
        return Verdict(client.id, client.version, kind, None, None, told, advice, missing_fact)
