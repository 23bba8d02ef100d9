# SPDX-License-Identifier: MPL-2.0
"""What each supposed change would mean at these servers, said before it is tried."""

from dataclasses import dataclass

from clientcfg.advise.what_if import sends_after_fetching
from clientcfg.model.days import day_in_words
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import PLAIN, SIGN_INS
from clientcfg.model.policy import Rules, Topic
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Remarks:
    """A line a change."""

    oauth2_only: str
    tls_1_2: str
    tls_1_3: str
    no_plain: str
    no_pop_before_smtp: str


def remarks(report: ServerReport, rules: Rules) -> Remarks:
    """How it is today, or for when the change is planned."""
    sending = tuple(e for e in report.of(Protocol.SMTP) if e.reachable)
    return Remarks(
        oauth2_only=_oauth2(sending, rules),
        tls_1_2=_tls(sending, ("1.0", "1.1")),
        tls_1_3=_tls(sending, ("1.0", "1.1", "1.2")),
        no_plain=_plain(sending),
        no_pop_before_smtp=_fetching(report),
    )


def _oauth2(sending: tuple[EndpointReport, ...], rules: Rules) -> str:
    for policy in rules.all():
        soon = policy.coming(Topic.PASSWORD, rules.day)
        if soon is not None and soon.since and soon.says in ("no", "off-by-default"):
            return _("planned for {day}").format(day=day_in_words(soon.since))
    offered = {m for e in sending for m in e.auth or ()}
    if offered and offered <= set(SIGN_INS):
        return _("already so at this server")
    if offered & set(SIGN_INS):
        return _("offered beside passwords today")
    return _("not offered today, we pretend it is")


def _tls(sending: tuple[EndpointReport, ...], older: tuple[str, ...]) -> str:
    asked = [dict(e.tls.versions) for e in sending if e.tls is not None and e.tls.versions]
    taken = [v for v in older if any(a.get(v) for a in asked)]
    if taken:
        return _("takes TLS {versions} today").format(versions=", ".join(taken))
    if asked and all(a.get(v) is False for a in asked for v in older):
        return _("already so at this server")
    return _("not known what it takes today")


def _plain(sending: tuple[EndpointReport, ...]) -> str:
    if any(PLAIN in (e.auth or ()) for e in sending):
        return _("offered today")
    return _("not offered here anyway")


def _fetching(report: ServerReport) -> str:
    if sends_after_fetching(report):
        return _("in use there today")
    asked = [e.relay for e in report.endpoints if e.relay is not None and e.relay.tested]
    if asked and all(relay.regime != "unknown" for relay in asked):
        return _("not in use there anyway")
    return _("not known: only a log-in shows it")
