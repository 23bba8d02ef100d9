# SPDX-License-Identifier: MPL-2.0
"""One row of the table: how the server behaves, and exactly what is reported of it."""

from dataclasses import dataclass, field

from clientcfg.model.endpoint import Protocol, Security
from tests.support.fakes.server import Script


@dataclass(frozen=True, slots=True)
class Told:
    """The report. None in ``before``, ``auth`` and ``login`` is "not seen", which is not "none".

    ``codes`` are the problems in their order, ``tls`` those of the channel, None
    where there was no channel; ``words`` must stand in the problems' sentences.
    """

    codes: tuple[str, ...] = ()
    reachable: bool = True
    before: tuple[str, ...] | None = None
    auth: tuple[str, ...] | None = None
    login: bool | None = None
    login_before: bool | None = None
    tls: tuple[str, ...] | None = None
    trusted: bool = False
    legacy: bool = False
    words: tuple[str, ...] = ()
    greeting: str | None = None


@dataclass(frozen=True, slots=True)
class Liar:
    """A server. ``patience`` is the deadline it gets (seconds), ``kind`` its certificate.

    ``hears``: all that it may hear, connection by connection, where that matters.
    """

    name: str
    script: Script
    told: Told
    protocol: Protocol = Protocol.SMTP
    security: Security = Security.STARTTLS
    kind: str = "good"
    patience: float = 5.0
    hears: tuple[bytes, ...] | None = field(default=None)
