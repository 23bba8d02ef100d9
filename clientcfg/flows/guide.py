# SPDX-License-Identifier: MPL-2.0
"""The configuration page of a program, with this account's own values."""

from collections.abc import AsyncIterator

from clientcfg.clients.guide_choice import guide_for
from clientcfg.flows.choose import Choice, choose, may_log_in, usable_mechanism, why_none
from clientcfg.flows.events import Event, GuideDone, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.guides.guide import Guide
from clientcfg.guides.mailbox import Mailbox
from clientcfg.guides.subject import Subject
from clientcfg.guides.write import write
from clientcfg.model.account import ServerLogin
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import XOAUTH2, Mechanism
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Refused
from clientcfg.model.verdict import Verdict


async def guide(
    question: Question, clients: tuple[ClientVersion, ...], here: Here
) -> AsyncIterator[Event]:
    """Find and probe, or take the servers as named; ends with :class:`GuideDone`.

    Raises a :class:`Trouble` where no server is known that a password may go to.
    """
    if not question.probe:
        choices = taken_as_named(question)
        yield GuideDone(tuple(_page(question, choices, client, None, here) for client in clients))
        return
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            yield GuideDone(tuple(_probed(question, event, client, here) for client in clients))


def _probed(question: Question, probed: ProbeDone, client: ClientVersion, here: Here) -> Guide:
    verdict = here.verdict(probed.report, client, question)
    outgoing = _outgoing(question, probed, client, verdict)
    incoming = _incoming(question, probed, client)
    choices = (outgoing,) if incoming is None else (outgoing, incoming)
    return _page(question, choices, client, verdict, here)


def _page(
    question: Question,
    choices: tuple[Choice, ...],
    client: ClientVersion,
    verdict: Verdict | None,
    here: Here,
) -> Guide:
    mailbox = Mailbox(
        address=None if question.address is None else str(question.address),
        name=question.real_name or "",
        outgoing=choices[0].login,
        incoming=choices[1].login if len(choices) > 1 else None,
    )
    hosts = dict.fromkeys(c.offer.endpoint.host for c in choices if c.offer.confirm)
    subject = Subject(
        mailbox=mailbox,
        client=client,
        row=guide_for(here.catalog.profile(client.id), client.version, client.platform),
        proved=verdict is not None,
        verdict=verdict,
        unconfirmed=tuple(host for host in hosts if host not in question.accepted_hosts),
    )
    return write(subject, here.now().date())


def _outgoing(
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


def _incoming(question: Question, probed: ProbeDone, client: ClientVersion) -> Choice | None:
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
