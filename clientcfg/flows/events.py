# SPDX-License-Identifier: MPL-2.0
"""What flows yield while they work. Frozen, so that they may cross threads.

The last event of every flow carries its result; whatever goes wrong comes as
an exception of :mod:`clientcfg.model.trouble`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.offer import Found, SourceAnswer
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.model.way_on import WayOn

if TYPE_CHECKING:
    # Whoever asks servers need not load what writes settings: 30 ms.
    from clientcfg.changes.entry import Entry
    from clientcfg.changes.show import Change
    from clientcfg.flows.exported import ClientExport
    from clientcfg.guides.guide import Guide
    from clientcfg.model.account import Account
    from clientcfg.model.client import Installation
    from clientcfg.model.plan import Conflict, Plan
    from clientcfg.model.trouble import Trouble
    from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Asking:
    """Sources are being asked about a domain."""

    domain: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceAnswered:
    """One source has answered, or will not."""

    answer: SourceAnswer


@dataclass(frozen=True, slots=True)
class FindDone:
    """Result of *find*."""

    found: Found


@dataclass(frozen=True, slots=True)
class Probing:
    """These endpoints are being asked, all at once; others may be asked already, or later."""

    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class EndpointAnswered:
    """One endpoint has said what it has to say, or could not be asked."""

    report: EndpointReport


@dataclass(frozen=True, slots=True)
class ProbeDone:
    """Result of *probe*: the offers, settled by what was seen, and the report.

    ``ways_on``: what a person could decide where a certificate did not verify.
    """

    found: Found
    report: ServerReport
    ways_on: tuple[WayOn, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckDone:
    """Result of *check*."""

    report: ServerReport
    verdicts: "tuple[Verdict, ...]"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What *set up* would do, before anything is written.

    ``verdict`` is None where nobody was asked (``--no-probe``); ``proved``:
    the servers took the password. ``keeping``: the same with the password in
    the program's own store, or why it cannot be kept there; None: not asked.
    """

    account: "Account"
    installation: "Installation"
    verdict: "Verdict | None"
    plan: "Plan"
    changes: "tuple[Change, ...]"
    proved: bool
    keeping: "Reviewed | Trouble | None" = None


@dataclass(frozen=True, slots=True)
class SetUpDone:
    """Result of *set up*. ``entry`` None: dry run, or there was nothing to change."""

    review: Reviewed
    entry: "Entry | None"


@dataclass(frozen=True, slots=True)
class PlanRead:
    """What a plan file would do, before anything is written, and who made it when."""

    address: str
    installation: "Installation"
    plan: "Plan"
    changes: "tuple[Change, ...]"
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PlanCarried:
    """Result of carrying a plan file out. ``entry`` None: there was nothing to change."""

    read: PlanRead
    entry: "Entry | None"


@dataclass(frozen=True, slots=True)
class Proved:
    """One step of a proof. ``ok`` None: it has begun; ``words`` may quote the server."""

    step: str
    ok: bool | None
    text: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class VerifyDone:
    """Result of *verify*. What was not proved is None."""

    logged_in: bool
    sent: bool | None
    seen: bool | None
    deleted: bool | None
    message_id: str | None
    outgoing: Endpoint | None
    incoming: Endpoint | None


@dataclass(frozen=True, slots=True)
class UndoDone:
    """Result of *undo*: how, and what was left alone."""

    entry: "Entry"
    exact: bool
    conflicts: "tuple[Conflict, ...]"


@dataclass(frozen=True, slots=True)
class ExportDone:
    """Result of *export*: the files for each program, filled but not written yet."""

    exports: "tuple[ClientExport, ...]"


@dataclass(frozen=True, slots=True)
class GuideDone:
    """Result of *guide*: a page a program."""

    guides: "tuple[Guide, ...]"


Event = (
    Asking
    | SourceAnswered
    | FindDone
    | Probing
    | EndpointAnswered
    | ProbeDone
    | CheckDone
    | Reviewed
    | SetUpDone
    | PlanRead
    | PlanCarried
    | Proved
    | VerifyDone
    | UndoDone
    | GuideDone
    | ExportDone
)
