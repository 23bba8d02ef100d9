# SPDX-License-Identifier: MPL-2.0
"""The servers to name for a program, also where nobody can say that the program can."""

from dataclasses import replace

from clientcfg.flows.choose import Choice, choose, may_log_in, usable_mechanism, why_none
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import Question
from clientcfg.model.account import ServerLogin
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import XOAUTH2, Mechanism
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Refused
from clientcfg.model.verdict import Verdict


def best_outgoing(
    question: Question, probed: ProbeDone, client: ClientVersion, verdict: Verdict
) -> Choice:
    """What the verdict chose; else the best server there is, for a page that says what is wrong."""
    for offer in probed.found.offers:
        if offer.endpoint == verdict.endpoint and verdict.mechanism is not None:
            user = question.user_for(Protocol.SMTP, offer.username)
            return Choice(ServerLogin(offer.endpoint, user, verdict.mechanism), offer)
    found = _best(question, probed, client, Protocol.SMTP)
    if found is None:
        raise why_none(probed, Protocol.SMTP)
    return found


def best_incoming(question: Question, probed: ProbeDone, client: ClientVersion) -> Choice | None:
    """The best server to read from. Raises :class:`Refused` where all of them are unsafe."""
    for protocol in (Protocol.IMAP, Protocol.POP3):
        found = _best(question, probed, client, protocol)
        if found is not None:
            return found
        if any(r.reachable for r in probed.report.of(protocol)):
            trouble = why_none(probed, protocol)
            if isinstance(trouble, Refused):
                raise trouble
    return None


def _best(
    question: Question, probed: ProbeDone, client: ClientVersion, protocol: Protocol
) -> Choice | None:
    """The best offer of *protocol*, with a log-in that the program can do if there is one."""

    def can(mechanism: Mechanism) -> bool:
        return client.abilities.mechanisms.can(mechanism) is not Answer.NO

    found = choose(question, probed, (protocol,), can)
    if found is not None:
        return found
    reports = {r.endpoint: r for r in probed.report.endpoints}
    for offer in probed.found.offers:
        report = reports.get(offer.endpoint)
        if report is None or offer.endpoint.protocol is not protocol:
            continue
        mechanism = _any_mechanism(report, question)
        if mechanism is not None:
            user = question.user_for(protocol, offer.username)
            return Choice(ServerLogin(offer.endpoint, user, mechanism), offer)
    return None


def _any_mechanism(report: EndpointReport, question: Question) -> Mechanism | None:
    """A log-in of that server, also one that only a program can do."""
    if not may_log_in(report, question):
        return None
    usable = usable_mechanism(report, question, lambda _: True)
    if usable is None and XOAUTH2 in (report.auth or ()):
        return XOAUTH2
    return usable or next(iter(report.auth or ()), None)


def same_host_implicit(
    choice: Choice, question: Question, probed: ProbeDone, client: ClientVersion
) -> Choice:
    """The same server over implicit TLS, where it does that too (RFC 8314 §3.3).

    In a file there is no second try: some readers take a "use SSL" for TLS from
    the first byte only, and what asks for STARTTLS can be talked out of it.
    """
    endpoint = choice.login.endpoint
    if endpoint.security is not Security.STARTTLS:
        return choice
    if client.abilities.implicit_tls.value is not Answer.YES:
        return choice
    for report in probed.report.of(endpoint.protocol):
        other = report.endpoint
        same = other.host == endpoint.host and other.security is Security.TLS
        usable = same and usable_mechanism(
            report, question, lambda mechanism: mechanism == choice.login.mechanism
        )
        offer = next((o for o in probed.found.offers if o.endpoint == other), None)
        if usable and offer is not None:
            return Choice(replace(choice.login, endpoint=other), offer)
    return choice
