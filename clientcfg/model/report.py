# SPDX-License-Identifier: MPL-2.0
"""What a server really said. Every fact keeps the transcript that shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.relay import Relay


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault or oddity. ``code`` is stable and kebab-case, ``text`` one sentence."""

    code: str
    text: str


class Speaker(StrEnum):
    """Who spoke a transcript line; ``event`` is a remark of ours (connected, TLS up)."""

    SERVER = "S"
    CLIENT = "C"
    EVENT = "="


class Line(NamedTuple):
    """One line of the conversation, escaped and capped so that it is safe to show.

    ``inside_tls`` says whether it went through the encrypted channel; ``ms`` is
    the time since the probe of this endpoint began. A tuple, for there are many.
    """

    speaker: Speaker
    text: str
    inside_tls: bool
    ms: float

    def __str__(self) -> str:
        return f"{self.speaker} {self.text}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The server's own (leaf) certificate. ``sha256`` is hex of the DER, lower case."""

    subject: str
    names: tuple[str, ...]
    issuer: str
    not_before: datetime
    not_after: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Tls:
    """The encrypted channel as it was negotiated.

    ``trusted`` is True only if chain, dates and name all verified;
    ``problems`` names what did not. ``chain`` is what the server sent behind
    its own certificate. ``known_to`` maps "system" and "mozilla" to whether the
    chain leads to an authority on that list, whatever else is wrong with it.
    ``versions`` maps "1.0" … "1.3" to whether the server takes it, None where
    that could not be told; None altogether where it was not asked.
    """

    version: str
    cipher: str
    trusted: bool
    certificate: Certificate | None
    problems: tuple[Problem, ...] = ()
    versions: tuple[tuple[str, bool | None], ...] | None = None
    chain: tuple[Certificate, ...] = ()
    known_to: tuple[tuple[str, bool], ...] = ()


class Announcement(StrEnum):
    """How a server lists its mechanisms.

    ``standard`` is ``AUTH LOGIN`` (RFC 4954), IMAP's ``AUTH=`` capability words
    and POP3's ``SASL``; ``legacy`` is the ``AUTH=LOGIN`` line of 1997 drafts,
    SMTP only.
    """

    STANDARD = "AUTH "
    LEGACY = "AUTH="


@dataclass(frozen=True, slots=True)
class AuthLine:
    """One announcement of mechanisms, and the transcript line that shows it."""

    form: Announcement
    mechanisms: tuple[Mechanism, ...]
    inside_tls: bool
    evidence: Line


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds each step took; None where it was not reached."""

    connect: float | None = None
    greeting: float | None = None
    tls: float | None = None
    total: float = 0.0


class Family(StrEnum):
    """The two kinds of address a host can have."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"

    @classmethod
    def of(cls, address: str) -> "Family":
        """The family of a literal *address*."""
        return cls.IPV6 if ":" in address else cls.IPV4


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """What one family of addresses gave; ``address`` is None where nothing answered there."""

    family: Family
    address: str | None
    reachable: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EndpointReport:
    """One endpoint, asked. The lists are None where nothing was seen.

    ``reachable``: a mail server of this protocol greeted us.
    ``auth_before_tls`` and ``auth`` hold what was announced in the clear and
    inside TLS (for ``plain``: ``auth`` is the list in the clear); ``()`` means
    seen and empty, None not seen.
    ``password_login``: the protocol's own login command (IMAP LOGIN, POP3
    USER/PASS) is usable where ``auth`` counts; None where not seen.
    ``password_login_before_tls``: the same in the clear, before STARTTLS.
    ``families``: what each kind of address gave, where the host has both.
    ``relay``: None where that was not asked for.
    """

    endpoint: Endpoint
    address: str | None
    reachable: bool
    greeting: str | None = None
    auth_before_tls: tuple[Mechanism, ...] | None = None
    auth: tuple[Mechanism, ...] | None = None
    auth_lines: tuple[AuthLine, ...] = ()
    password_login: bool | None = None
    password_login_before_tls: bool | None = None
    capabilities: tuple[tuple[str, str], ...] = ()
    tls: Tls | None = None
    problems: tuple[Problem, ...] = ()
    timing: Timing = field(default_factory=Timing)
    transcript: tuple[Line, ...] = ()
    families: tuple[FamilyAnswer, ...] = ()
    relay: Relay | None = None

    @property
    def legacy_auth_line(self) -> bool:
        """Whether an ``AUTH=`` line was seen, before or after TLS."""
        return any(line.form is Announcement.LEGACY for line in self.auth_lines)

    @property
    def offers_auth(self) -> bool | None:
        """Whether any log-in was announced, before or after TLS; None where no list was seen."""
        lists = [seen for seen in (self.auth, self.auth_before_tls) if seen is not None]
        return any(lists) if lists else None

    @property
    def trusted(self) -> bool:
        """Whether a credential could go there: inside TLS that verified."""
        return self.tls is not None and self.tls.trusted


@dataclass(frozen=True, slots=True)
class ServerReport:
    """Everything that was asked of one target, in the order of the endpoints given."""

    target: str
    target_kind: str  # "address" | "domain" | "host"
    endpoints: tuple[EndpointReport, ...]

    def of(self, protocol: Protocol) -> tuple[EndpointReport, ...]:
        """The reports of one protocol."""
        return tuple(e for e in self.endpoints if e.endpoint.protocol is protocol)
