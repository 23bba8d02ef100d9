# SPDX-License-Identifier: MPL-2.0
"""What discovery found: servers that somebody named, and who said so."""

from dataclasses import dataclass
from enum import StrEnum

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.mechanism import Mechanism


class Trust(StrEnum):
    """How hard it is for a stranger to have chosen this server; A0 is hardest.

    A0 administrator's policy · A1 PACC with matching digest · A2 https
    autoconfig of the domain · A3 bundled provider facts · A4 SRV secured by
    DNSSEC, or with a verified certificate inside the domain · A5 a guess whose
    certificate verifies inside the domain · A6 unauthenticated, a person has to
    agree · A7 plain http.
    """

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"


@dataclass(frozen=True, slots=True)
class Offer:
    """One server for one protocol, with the evidence of where it comes from.

    ``trust`` None with ``needs_probe`` means that the class depends on the
    certificate. ``confirm``: a person has to agree before any credential goes
    there. ``username`` None means that the source does not say.
    ``mechanisms`` is what the source claims, not what the server says.
    """

    endpoint: Endpoint
    source: str
    trust: Trust | None
    username: str | None = None
    mechanisms: tuple[Mechanism, ...] = ()
    needs_probe: bool = False
    confirm: bool = False
    guessed: bool = False


class Outcome(StrEnum):
    """*No* is a definite no of the source; *unknown* means it could not be asked."""

    FOUND = "found"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What one source said. ``reason`` is one sentence; ``ms`` how long it took.

    ``unproved``: it is *unknown* for no other reason than that whoever answered
    has no certificate for the name.
    """

    name: str
    url: str | None
    outcome: Outcome
    reason: str
    ms: float
    offers: tuple[Offer, ...] = ()
    unproved: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The whole answer of discovery: offers best first, and every source asked.

    ``notes``: sentences about it all, such as that good sources contradict each other.
    """

    target: str
    offers: tuple[Offer, ...]
    sources: tuple[SourceAnswer, ...]
    notes: tuple[str, ...] = ()
