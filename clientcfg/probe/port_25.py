# SPDX-License-Identifier: MPL-2.0
"""A port 25 that does not answer: blocked on the way from here, or closed there?

Many networks let nobody out on port 25. From here alone that looks like a dead
server; the other ports of the same host, and a server that must answer on 25
for mail to reach it, tell them apart.
"""

from collections.abc import Iterable
from typing import Final

from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.report import EndpointReport, Problem
from clientcfg.probe.words import problem

PORT: Final = 25
_SILENT: Final = frozenset({"no-answer", "no-connection", "no-route", "refused"})


def silent_on_25(reports: Iterable[EndpointReport]) -> tuple[EndpointReport, ...]:
    """Those whose port 25 did not come to a connection while their host answered elsewhere."""
    told = tuple(reports)
    alive = {r.endpoint.host for r in told if r.reachable}
    return tuple(
        r
        for r in told
        if r.endpoint.protocol is Protocol.SMTP
        and r.endpoint.port == PORT
        and r.address is None
        and r.endpoint.host in alive
        and {p.code for p in r.problems} & _SILENT
    )


def explained(control: Endpoint | None, answers: bool | None) -> Problem:
    """Why port 25 is silent. *control* is another server's port 25; *answers*: whether it did.

    Without one, or where that is not clear, both explanations stand.
    """
    if control is None or answers is None:
        return problem("port-25-silent")
    if answers:
        return problem("port-25-closed-there", control=control.host)
    return problem("port-25-blocked-here", control=control.host)
