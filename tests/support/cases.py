# SPDX-License-Identifier: MPL-2.0
"""One server, one program, one day, and the verdict that has to come out."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from clientcfg.advise.advise import advise
from clientcfg.clients.catalog import Catalog
from clientcfg.model.report import EndpointReport
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.policies.providers import Providers
from clientcfg.rooms import profile_path
from tests.support.servers_said import server

CATALOG: Final = Catalog(profile_path("clients"))
BRIDGES: Final = Catalog(profile_path("bridges")).all()
PROVIDERS: Final = Providers.load()

READY, STEP, UPGRADE = VerdictKind.READY, VerdictKind.NEEDS_STEP, VerdictKind.UPGRADE
BRIDGE, IMPOSSIBLE, UNKNOWN = VerdictKind.BRIDGE, VerdictKind.IMPOSSIBLE, VerdictKind.UNKNOWN

# Which TLS versions a server was seen to take.
EVERY: Final = {"1.0": True, "1.1": True, "1.2": True, "1.3": True}
TODAY: Final = {"1.0": False, "1.1": False, "1.2": True, "1.3": True}
ONLY_13: Final = {"1.0": False, "1.1": False, "1.2": False, "1.3": True}
ONLY_12: Final = {"1.0": False, "1.1": False, "1.2": True, "1.3": False}

Said = tuple[EndpointReport, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """*why* is the reasoning. ``way``: port and mechanism of a way that is open.

    ``code``: the first reason; ``to``: who is to be gone to, and in which
    version; ``step``: the first advice; ``fact``: a word of the missing fact.
    """

    why: str
    client: str
    said: Said
    kind: VerdictKind
    way: tuple[int, str] | None = None
    code: str | None = None
    to: tuple[str, str | None] | None = None
    step: str | None = None
    fact: str | None = None
    day: date = date(2026, 11, 22)
    domain: str | None = None

    def verdict(self) -> Verdict:
        """What comes out, with everything that clientcfg brings along."""
        rules = PROVIDERS.rules(self.day, [e.endpoint for e in self.said], domain=self.domain)
        return advise(
            server(*self.said), CATALOG.parse(self.client), CATALOG, rules=rules, bridges=BRIDGES
        )

    def check(self) -> None:
        """Hold it against what was reasoned."""
        found = self.verdict()
        assert found.kind is self.kind, found
        way = None if found.endpoint is None else (found.endpoint.port, str(found.mechanism))
        assert way == self.way
        first = found.advice[0] if found.advice else None
        if self.code is not None:
            assert found.reasons[0].code == self.code, found.reasons
        if self.to is not None:
            assert first is not None
            assert (first.client, first.version) == self.to
        if self.step is not None:
            assert first is not None
            assert first.action == self.step
        if self.fact is not None:
            assert self.fact.casefold() in (found.missing_fact or "").casefold(), found
        assert (found.missing_fact is None) == (found.kind is not UNKNOWN)


def at(host: str, *said: EndpointReport) -> Said:
    """The same endpoints under the name of a host."""
    return tuple(replace(e, endpoint=replace(e.endpoint, host=host)) for e in said)
