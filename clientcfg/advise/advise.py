# SPDX-License-Identifier: MPL-2.0
"""Can this version send there with SMTP-Auth, why, and what should its owner do?

A way in is *no* if one of its conditions is a no, *yes* if all are yes, else
*unknown*. One yes is enough; all noes are an answer, too; what is left is
unknown, and names the fact that would decide it.
"""

from clientcfg.advise.ask import look_again, without_way_out
from clientcfg.advise.conclude import missing, nearest, why_not, why_ready, why_unknown
from clientcfg.advise.successors import Catalog, way_out
from clientcfg.advise.ways import ways_in
from clientcfg.model.answer import Answer, any_of
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Advice, Reason, Verdict, VerdictKind
from clientcfg.words import _


def advise(
    report: ServerReport,
    client: ClientVersion,
    catalog: Catalog,
    *,
    clear_allowed: frozenset[Endpoint] = frozenset(),
) -> Verdict:
    """The verdict for *client* at the servers of *report*.

    *clear_allowed* are plain endpoints at a literal loopback address that the
    person named; nowhere else is a way without TLS one.
    """

    def ready(other: ClientVersion) -> bool:
        return any(way.answer is Answer.YES for way in ways_in(report, other, clear_allowed))

    ways = ways_in(report, client, clear_allowed)
    if not any(endpoint.reachable for endpoint in report.of(Protocol.SMTP)):
        return _nobody_there(report, client, why_not(ways))
    answer = any_of(way.answer for way in ways)
    if answer is Answer.YES:
        best = next(way for way in ways if way.answer is Answer.YES)
        return Verdict(
            client.id,
            client.version,
            VerdictKind.READY,
            best.endpoint,
            best.mechanism,
            why_ready(best),
            (),
        )
    out = way_out(client, catalog, ready)
    advice = () if out is None else (out,)
    if answer is Answer.UNKNOWN:
        way = nearest(ways)
        return _closed(client, VerdictKind.UNKNOWN, why_unknown(way), advice, missing(way))
    reasons = why_not(ways)
    if advice:
        return _closed(client, VerdictKind.UPGRADE, reasons, advice)
    return _closed(client, VerdictKind.IMPOSSIBLE, reasons, without_way_out(client, reasons))


def _nobody_there(
    report: ServerReport, client: ClientVersion, reasons: tuple[Reason, ...]
) -> Verdict:
    fact = _("What the server offers for sending: none answered from here.")
    if not report.of(Protocol.SMTP):
        fact = _("Which server takes mail for sending: none is known.")
    return _closed(client, VerdictKind.UNKNOWN, reasons, (look_again(),), fact)


def _closed(
    client: ClientVersion,
    kind: VerdictKind,
    reasons: tuple[Reason, ...],
    advice: tuple[Advice, ...],
    missing_fact: str | None = None,
) -> Verdict:
    return Verdict(client.id, client.version, kind, None, None, reasons, advice, missing_fact)
