# SPDX-License-Identifier: MPL-2.0
"""Endpoints × mechanisms, before and after encryption: what a table or a page draws."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, PLAIN, PREFERENCE, SIGN_INS, XOAUTH2, Mechanism
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _

# Whoever hears one of these in the clear has the password.
_TELLS_THE_PASSWORD: Final = frozenset({PLAIN, LOGIN})
# What everybody asks about stands there even where nobody offers it.
_ALWAYS: Final = (PLAIN, LOGIN, XOAUTH2)
# Not a mechanism: IMAP's LOGIN, and POP3's USER with PASS.
OWN: Final = Mechanism("OWN-LOG-IN")


class Mark(StrEnum):
    """What one list says of one mechanism."""

    OFFERED = "offered"
    IN_THE_CLEAR = "in-the-clear"
    NOT_OFFERED = "not-offered"
    NOT_SEEN = "not-seen"


@dataclass(frozen=True, slots=True)
class Cell:
    """Before and after encryption; None where there is no such moment."""

    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One endpoint. ``fault``: why it has no cells, or what is wrong with them; else empty."""

    endpoint: Endpoint
    cells: tuple[Cell, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole table."""

    mechanisms: tuple[Mechanism, ...]
    rows: tuple[PictureRow, ...]


def picture(report: ServerReport) -> Picture:
    """The table of *report*: sending first, a mechanism a column."""
    mechanisms = _mechanisms(report)
    ordered = sorted(report.endpoints, key=lambda e: e.endpoint.protocol is not Protocol.SMTP)
    return Picture(mechanisms, tuple(_row(e, mechanisms) for e in ordered))


def short(mechanism: Mechanism) -> str:
    """As the head of a column has room for."""
    if mechanism == OWN:
        return _("Own log-in")
    return mechanism.replace("SCRAM-SHA-", "SCRAM-")


def mark_words(mark: Mark) -> str:
    """One mark in words."""
    return {
        Mark.OFFERED: _("offered"),
        Mark.IN_THE_CLEAR: _("offered in the clear"),
        Mark.NOT_OFFERED: _("not offered"),
        Mark.NOT_SEEN: _("not seen"),
    }[mark]


def _mechanisms(report: ServerReport) -> tuple[Mechanism, ...]:
    offered = {
        m for e in report.endpoints for m in (*(e.auth or ()), *(e.auth_before_tls or ()))
    } | set(_ALWAYS)
    order = (PLAIN, LOGIN, *(m for m in PREFERENCE if m not in _TELLS_THE_PASSWORD))
    usual = [m for m in order if m in offered]
    signs = [m for m in (XOAUTH2, *SIGN_INS) if m in offered]
    rest = sorted(offered - {*usual, *signs})
    own = (OWN,) if any(map(_only_own, report.endpoints)) else ()
    return (*own, *usual, *rest, *dict.fromkeys(signs))


def _only_own(report: EndpointReport) -> bool:
    """Whether the protocol's own log-in says something that the lists do not."""
    if report.endpoint.protocol is Protocol.SMTP:
        return False
    inside = report.password_login and not _tells(report.auth)
    clear = report.password_login_before_tls and not _tells(report.auth_before_tls)
    return bool(inside or clear)


def _tells(listed: tuple[Mechanism, ...] | None) -> bool:
    return bool(_TELLS_THE_PASSWORD.intersection(listed or ()))


def _row(report: EndpointReport, mechanisms: tuple[Mechanism, ...]) -> PictureRow:
    if not report.reachable:
        fault = report.problems[0].text if report.problems else _("It did not answer.")
        return PictureRow(report.endpoint, (), fault)
    faults = report.tls.problems if report.tls is not None else report.problems
    safe = report.trusted or report.endpoint.security is Security.PLAIN
    fault = faults[0].text if faults and not safe else ""
    return PictureRow(report.endpoint, tuple(_cell(report, m) for m in mechanisms), fault)


def _cell(report: EndpointReport, mechanism: Mechanism) -> Cell:
    if mechanism == OWN:
        inside, clear = _own(report.password_login), _own(report.password_login_before_tls)
        if report.endpoint.protocol is Protocol.SMTP:
            return Cell(None, None)
    else:
        inside = _in(mechanism, report.auth)
        clear = _in(mechanism, report.auth_before_tls)
    dangerous = mechanism == OWN or mechanism in _TELLS_THE_PASSWORD
    match report.endpoint.security:
        case Security.TLS:
            return Cell(None, inside)
        case Security.PLAIN:
            return Cell(_clear(inside, dangerous=dangerous), None)
        case Security.STARTTLS:
            return Cell(_clear(clear, dangerous=dangerous), inside)


def _in(mechanism: Mechanism, listed: tuple[Mechanism, ...] | None) -> Mark:
    if listed is None:
        return Mark.NOT_SEEN
    return Mark.OFFERED if mechanism in listed else Mark.NOT_OFFERED


def _own(usable: bool | None) -> Mark:
    if usable is None:
        return Mark.NOT_SEEN
    return Mark.OFFERED if usable else Mark.NOT_OFFERED


def _clear(mark: Mark, *, dangerous: bool) -> Mark:
    return Mark.IN_THE_CLEAR if dangerous and mark is Mark.OFFERED else mark
