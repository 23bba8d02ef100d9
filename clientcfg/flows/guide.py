# SPDX-License-Identifier: MPL-2.0
"""The configuration page of a program, with this account's own values."""

from collections.abc import AsyncIterator

from clientcfg.clients.guide_choice import guide_for
from clientcfg.flows.best_servers import best_incoming, best_outgoing
from clientcfg.flows.choose import Choice
from clientcfg.flows.events import Event, GuideDone, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.guides.guide import Guide
from clientcfg.guides.mailbox import Mailbox
from clientcfg.guides.subject import Subject
from clientcfg.guides.write import write
from clientcfg.model.client import ClientVersion
from clientcfg.model.verdict import Verdict


async def guide(
    question: Question, clients: tuple[ClientVersion, ...], here: Here
) -> AsyncIterator[Event]:
    """Find and probe, or take the servers as named; ends with :class:`GuideDone`.

    Raises a :class:`Trouble` where no server is known that a password may go to.
    """
    if not question.probe:
        choices = taken_as_named(question)
        yield GuideDone(tuple(page(question, choices, client, None, here) for client in clients))
        return
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            yield GuideDone(tuple(page_after(question, event, client, here) for client in clients))


def page_after(question: Question, probed: ProbeDone, client: ClientVersion, here: Here) -> Guide:
    """The page of *client*, with what the servers said."""
    verdict = here.verdict(probed.report, client, question)
    outgoing = best_outgoing(question, probed, client, verdict)
    incoming = best_incoming(question, probed, client)
    choices = (outgoing,) if incoming is None else (outgoing, incoming)
    return page(question, choices, client, verdict, here)


def page(
    question: Question,
    choices: tuple[Choice, ...],
    client: ClientVersion,
    verdict: Verdict | None,
    here: Here,
) -> Guide:
    """The page of *client*, with the first of *choices* to send through."""
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
