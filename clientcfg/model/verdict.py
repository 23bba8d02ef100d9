# SPDX-License-Identifier: MPL-2.0
"""Can this program send there with SMTP-Auth, why, and what should its owner do."""

from dataclasses import dataclass
from enum import StrEnum

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.mechanism import Mechanism


class VerdictKind(StrEnum):
    """Six answers; the words are what scripts see."""

    READY = "ready"
    NEEDS_STEP = "needs-step"
    UPGRADE = "upgrade"
    BRIDGE = "bridge"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact the verdict rests on; ``evidence`` is a transcript line or a catalog source."""

    code: str
    text: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do; ``action`` is a stable word: "upgrade", "switch", "app-password", …"""

    action: str
    text: str
    client: str | None = None
    version: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one client version against one server.

    ``endpoint`` and ``mechanism`` are the best way in where there is one.
    ``missing_fact``: for *unknown*, the one fact that would decide it.
    """

    client: str
    version: str | None
    kind: VerdictKind
    endpoint: Endpoint | None
    mechanism: Mechanism | None
    reasons: tuple[Reason, ...]
    advice: tuple[Advice, ...]
    missing_fact: str | None = None
