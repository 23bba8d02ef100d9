# SPDX-License-Identifier: MPL-2.0
"""Does a server take mail for elsewhere without a log-in? What was asked, and what came back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Regime(StrEnum):
    """What a server asks of a client before it takes mail for elsewhere."""

    AUTH_ONLY = "auth-only"
    POP_BEFORE_SMTP = "pop-before-smtp"
    BOTH = "both"
    RELAYS_FOR_YOU = "relays-for-you"
    NO_WAY_IN = "no-way-in"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RelayQuestion:
    """Would mail of *sender* to *recipient*, at another domain, be taken? Both are one's own."""

    sender: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply to MAIL or RCPT: its code, and its text, escaped."""

    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class RelayReplies:
    """What came back. ``rcpt`` is None where MAIL was refused or nothing came."""

    mail: Reply | None = None
    rcpt: Reply | None = None

    @property
    def evidence(self) -> tuple[str, ...]:
        """The replies as a person reads them."""
        named = (("MAIL", self.mail), ("RCPT", self.rcpt))
        return tuple(f"{verb}: {reply}" for verb, reply in named if reply is not None)


@dataclass(frozen=True, slots=True)
class Relay:
    """What a server did with a recipient elsewhere, asked without a log-in.

    ``text`` says what that means. The vantage belongs to it: ``tested_from`` is
    our end of the connection (an address), ``at`` the time. ``replies`` came
    without a log-in anywhere; ``evidence`` is all that the server said, escaped.
    """

    regime: Regime
    text: str
    tested: bool = True
    tested_from: str | None = None
    at: datetime | None = None
    evidence: tuple[str, ...] = ()
    replies: RelayReplies = field(default_factory=RelayReplies)
