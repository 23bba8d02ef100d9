# SPDX-License-Identifier: MPL-2.0
"""What the servers would say if their owner changed something: a report, thought through.

Nothing is asked. What is supposed stands in no transcript, and its evidence
says that it is only supposed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import PLAIN, SIGN_INS, XOAUTH2, Mechanism
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import (
    Announcement,
    AuthLine,
    EndpointReport,
    Line,
    ServerReport,
    Speaker,
    Tls,
)
from clientcfg.words import _

VERSIONS: Final = ("1.0", "1.1", "1.2", "1.3")

_Kept = Callable[[tuple[Mechanism, ...]], tuple[Mechanism, ...]]

_WITHOUT_FETCHING: Final = {
    Regime.BOTH: Regime.AUTH_ONLY,
    Regime.POP_BEFORE_SMTP: Regime.NO_WAY_IN,
}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is supposed. ``least_tls``: "1.2" or "1.3", what is older is refused; None: as it is."""

    oauth2_only: bool = False
    least_tls: str | None = None
    no_plain: bool = False
    no_pop_before_smtp: bool = False

    def __bool__(self) -> bool:
        return self != AS_IT_IS


AS_IT_IS: Final = WhatIf()


def supposed(report: ServerReport, change: WhatIf) -> ServerReport:
    """*report* as it would be after *change*. Servers that were not reached stay unknown."""
    if not change:
        return report
    changed = (_supposed(e, change) if e.reachable else e for e in report.endpoints)
    return replace(report, endpoints=tuple(changed))


def sends_after_fetching(report: ServerReport) -> bool:
    """Whether any program that fetches mail may send for a while afterwards, as was seen."""
    seen = (e.relay.regime for e in report.endpoints if e.relay is not None)
    return any(regime in _WITHOUT_FETCHING for regime in seen)


def _supposed(report: EndpointReport, change: WhatIf) -> EndpointReport:
    if change.no_plain:
        report = _keeping(report, lambda names: tuple(m for m in names if m != PLAIN))
    if change.oauth2_only:
        report = _signing_in(report)
    if change.least_tls is not None and report.tls is not None:
        report = replace(report, tls=_newer(report.tls, change.least_tls))
    if change.no_pop_before_smtp and report.relay is not None:
        report = replace(report, relay=_without_fetching(report.relay))
    return report


def _keeping(report: EndpointReport, kept: _Kept) -> EndpointReport:
    """The lists with only what *kept* leaves of them; one that was not seen stays unseen."""
    lines = (replace(line, mechanisms=kept(line.mechanisms)) for line in report.auth_lines)
    return replace(
        report,
        auth_before_tls=None if report.auth_before_tls is None else kept(report.auth_before_tls),
        auth=None if report.auth is None else kept(report.auth),
        auth_lines=tuple(line for line in lines if line.mechanisms),
    )


def _signing_in(report: EndpointReport) -> EndpointReport:
    """Only sign-ins are left; where none is offered yet, one is supposed in the place of the rest.

    The protocol's own log-in with a password ends, too.
    """
    left = _keeping(report, lambda names: tuple(m for m in names if m in SIGN_INS))
    left = replace(left, password_login=_ended(report.password_login))
    left = replace(left, password_login_before_tls=_ended(report.password_login_before_tls))
    if left.auth or not report.auth:
        return left
    inside = report.endpoint.security is not Security.PLAIN
    forms = [line.form for line in report.auth_lines if line.inside_tls is inside]
    told = Line(Speaker.EVENT, _("only supposed: OAuth 2.0 only"), inside, 0.0)
    lines = tuple(
        AuthLine(form, (XOAUTH2,), inside, told)
        for form in dict.fromkeys(forms or [Announcement.STANDARD])
    )
    return replace(left, auth=(XOAUTH2,), auth_lines=(*left.auth_lines, *lines))


def _ended(usable: bool | None) -> bool | None:
    return None if usable is None else False


def _newer(tls: Tls, least: str) -> Tls:
    """What is older is refused; where nothing else was taken, *least* is supposed."""
    takes: dict[str, bool | None] = dict(tls.versions or ())
    takes[tls.version] = True
    old = VERSIONS[: VERSIONS.index(least)]
    after = {v: False if v in old else takes.get(v) for v in VERSIONS}
    version = tls.version
    if version not in VERSIONS or version in old:
        version = least
        after[least] = True
    return replace(tls, version=version, versions=tuple(after.items()))


def _without_fetching(relay: Relay) -> Relay:
    regime = _WITHOUT_FETCHING.get(relay.regime)
    if regime is None:
        return relay
    return replace(relay, regime=regime, text=_("Supposed: POP-before-SMTP is turned off."))
