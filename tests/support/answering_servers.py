# SPDX-License-Identifier: MPL-2.0
"""Mail servers that answer as a table says, in the place of the probe: no sockets."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.report import Certificate, EndpointReport, Tls

_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Servers:
    """``good`` and ``bad``: "host:port" that answers, with a certificate that verifies or not.

    Everybody else refuses. ``waits``: seconds that one host takes; ``names``:
    more names in the certificates; ``asked``: endpoints in the order in which
    they were asked, with the loop time.
    """

    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    waits: dict[str, float] = field(default_factory=dict)
    asked: dict[Endpoint, float] = field(default_factory=dict)

    async def probe_all(self, endpoints: Iterable[Endpoint], **_how: Any) -> AsyncIterator[Any]:
        wanted = tuple(endpoints)
        for endpoint in wanted:
            assert endpoint not in self.asked, "each is asked once"
            self.asked[endpoint] = asyncio.get_running_loop().time()
        for endpoint in wanted:
            await asyncio.sleep(self.waits.get(endpoint.host, 0))
            yield self.report(endpoint)

    def report(self, endpoint: Endpoint) -> EndpointReport:
        place = f"{endpoint.host}:{endpoint.port}"
        if place not in self.good | self.bad:
            return EndpointReport(endpoint, None, reachable=False)
        if endpoint.security is Security.PLAIN:
            return EndpointReport(endpoint, "192.0.2.1", reachable=True, auth=(PLAIN,))
        trusted = place in self.good
        certificate = Certificate(
            subject=f"CN={endpoint.host}",
            names=(endpoint.host, *self.names),
            issuer="CN=Test",
            not_before=_DAY,
            not_after=_DAY,
            sha256="00",
        )
        tls = Tls("1.3", "x", trusted, certificate)
        return EndpointReport(endpoint, "192.0.2.1", reachable=True, auth=(PLAIN,), tls=tls)
