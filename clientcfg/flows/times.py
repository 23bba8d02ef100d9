# SPDX-License-Identifier: MPL-2.0
"""How long each endpoint took, in four parts that follow each other (milliseconds)."""

from dataclasses import dataclass

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import EndpointReport, ServerReport, Speaker
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Times:
    """One endpoint. ``find``: its address, and waiting for its turn; ``ask``: greeting and lists.

    ``encrypt`` is None where there was no TLS.
    """

    endpoint: Endpoint
    find: float
    connect: float
    encrypt: float | None
    ask: float

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """In their order."""
        return self.find, self.connect, self.encrypt or 0.0, self.ask

    @property
    def total(self) -> float:
        """All of it."""
        return sum(self.parts)


def times(report: ServerReport) -> tuple[Times, ...]:
    """Those of every endpoint that took the connection, in the order of *report*."""
    found = (_times(e) for e in report.endpoints)
    return tuple(one for one in found if one is not None)


def part_names() -> tuple[str, str, str, str]:
    """What the parts are called."""
    return _("find"), _("connect"), _("encrypt"), _("ask")


def _times(report: EndpointReport) -> Times | None:
    took = report.timing
    if took.connect is None or not report.transcript:
        return None
    first, last = report.transcript[0], report.transcript[-1]
    # The first line is our own remark that the connection stands.
    find = max(first.ms - took.connect, 0.0) if first.speaker is Speaker.EVENT else 0.0
    rest = last.ms - find - took.connect - (took.tls or 0.0)
    return Times(report.endpoint, find, took.connect, took.tls, max(rest, 0.0))
