# SPDX-License-Identifier: MPL-2.0
"""Files for another machine: find, probe, check, and make what that program can use."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.changes.fill import Secrets
from clientcfg.flows.best_servers import best_incoming, best_outgoing, same_host_implicit
from clientcfg.flows.by_verdict import chosen_by_verdict
from clientcfg.flows.choose import Choice, agree_on_hosts, certificates_agreed_to
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, ExportDone, ProbeDone
from clientcfg.flows.export_made import Making
from clientcfg.flows.export_settled import Extras, Settled
from clientcfg.flows.exported import ClientExport
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import ask_password, log_in_everywhere
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.model.client import ClientVersion
from clientcfg.model.trouble import Trouble
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _


async def export(
    question: Question,
    clients: tuple[ClientVersion, ...],
    extras: Extras,
    answerer: Answerer,
    here: Here,
) -> AsyncIterator[Event]:
    """Make the files of one person for *clients*; ends with :class:`ExportDone`.

    Nothing is written. Raises a :class:`Trouble` where the servers cannot be
    trusted, and for a single client that cannot send there.
    """
    job = Job(question, extras, answerer, here)
    if not question.probe:
        choices = taken_as_named(question)
        yield ExportDone(tuple(job.made(client, Settled(choices)) for client in clients))
        return
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            async for step in job.probed(event, clients):
                yield step


@dataclass(frozen=True, slots=True)
class Job:
    """One person's export."""

    question: Question
    extras: Extras
    answerer: Answerer
    here: Here

    async def probed(
        self, event: ProbeDone, clients: tuple[ClientVersion, ...]
    ) -> AsyncIterator[Event]:
        """With what the servers said; ends with :class:`ExportDone`."""
        settled: dict[ClientVersion, Settled] = {}
        for client in clients:
            settled[client] = await self.settle(event, client, alone=len(clients) == 1)
        secrets: Secrets = {}
        if self.extras.with_password:
            able = [one for one in settled.values() if one.trouble is None]
            choices = tuple(dict.fromkeys(c for one in able for c in one.choices))
            why = _("It is to be written into the files, as you asked.")
            door = Door(self.question, self.here.remembered)
            door.refuse_weaker(choices, event.report)
            secret = await ask_password(choices, self.answerer, why)
            async for step in log_in_everywhere(door, choices, secret):
                yield step
            secrets = {"password": secret}
        yield ExportDone(tuple(self.made(client, one, secrets) for client, one in settled.items()))

    async def settle(self, probed: ProbeDone, client: ClientVersion, *, alone: bool) -> Settled:
        """The servers for *client*.

        Raises a :class:`Trouble` where they cannot be trusted; *alone*: also where
        the program cannot send there.
        """
        question = self.question
        verdict = self.here.verdict(probed.report, client, question)
        trouble: Trouble | None = None
        choices: tuple[Choice, ...] = ()
        if verdict.kind is not VerdictKind.UNKNOWN:
            try:
                choices = chosen_by_verdict(question, probed, client, verdict, unsure=True)
            except Trouble as why:
                if alone:
                    raise
                trouble = why
        if not choices:
            # Nobody can say that it works, or that it does not: the page says which.
            outgoing = best_outgoing(question, probed, client, verdict)
            incoming = best_incoming(question, probed, client)
            choices = (outgoing,) if incoming is None else (outgoing, incoming)
        choices = tuple(same_host_implicit(c, question, probed, client) for c in choices)
        await agree_on_hosts(choices, question, self.answerer)
        certificates = certificates_agreed_to(question, probed, choices)
        return Settled(choices, verdict, probed.report, certificates, trouble)

    def made(
        self, client: ClientVersion, settled: Settled, secrets: Secrets | None = None
    ) -> ClientExport:
        """Every kind of files that this program can use; see :class:`Making`."""
        return Making(self.question, self.extras, self.here).made(client, settled, secrets or {})
