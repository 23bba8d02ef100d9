# SPDX-License-Identifier: MPL-2.0
"""Files for many people: each domain's servers are found and asked once, not once a person."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from clientcfg.flows.choose import Choice
from clientcfg.flows.events import Event, ExportDone, FindDone, ProbeDone
from clientcfg.flows.export import Extras, Job, Settled
from clientcfg.flows.exported import ClientExport
from clientcfg.flows.find import find
from clientcfg.flows.here import Here
from clientcfg.flows.people import Fault, FaultyRows, Person
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.unasked import taken_as_named
from clientcfg.model.account import ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.trouble import NotFoundOut, Trouble
from clientcfg.model.user_names import form_of
from clientcfg.words import _

Clients = tuple[ClientVersion, ...]


async def export_people(
    question: Question,
    people: Sequence[Person],
    clients: Clients,
    extras: Extras,
    answerer: Answerer,
    here: Here,
) -> AsyncIterator[Event]:
    """Make the files of all *people*; ends with :class:`ExportDone`, in their order.

    *question* says everything but whose it is. Nothing is written. Raises
    :class:`FaultyRows` where somebody's files cannot be made, and another
    :class:`Trouble` where a domain's servers cannot be used.
    """
    job = _Many(question, clients, extras, answerer, here)
    by_domain: dict[str, list[Person]] = {}
    for person in people:
        by_domain.setdefault(person.address.domain, []).append(person)
    made: dict[int, tuple[ClientExport, ...]] = {}
    faults: list[Fault] = []
    for those in by_domain.values():
        domain: _Domain | None = None
        if question.probe:
            async for event in job.asked(those[0].address):
                if isinstance(event, _Domain):
                    domain = event
                else:
                    yield event
        for person in those:
            try:
                made[person.row] = await job.made(person, domain)
            except Trouble as trouble:
                faults.append(Fault(person.row, None, trouble.text))
    if faults:
        raise FaultyRows(sorted(faults, key=lambda fault: fault.row))
    yield ExportDone(tuple(export for person in people for export in made[person.row]))


@dataclass(frozen=True, slots=True)
class _Domain:
    """What holds for all addresses of a domain, learned with ``example``."""

    example: Address
    settled: dict[ClientVersion, Settled]


@dataclass(frozen=True, slots=True)
class _Many:
    """One export for many."""

    question: Question
    clients: Clients
    extras: Extras
    answerer: Answerer
    here: Here

    async def asked(self, example: Address) -> AsyncIterator[Event | _Domain]:
        """Find and probe the domain of *example*; ends with what is known of it."""
        question = replace(self.question, address=example)
        job = Job(question, self.extras, self.answerer, self.here)
        async for event in probe(question):
            yield event
            if isinstance(event, ProbeDone):
                alone = len(self.clients) == 1
                settled = {c: await job.settle(event, c, alone=alone) for c in self.clients}
                yield _Domain(example, settled)

    async def made(self, person: Person, domain: _Domain | None) -> tuple[ClientExport, ...]:
        """The files of one person for every program."""
        question = replace(
            self.question,
            address=person.address,
            real_name=person.name,
            username=person.user,
            smtp_username=person.smtp_user,
        )
        job = Job(question, self.extras, self.answerer, self.here)
        if domain is None:
            settled = Settled(taken_as_named(question))
            return tuple(job.made(client, settled) for client in self.clients)
        names = _Names(question, domain.example)
        done = []
        for client, common in domain.settled.items():
            choices = [await names.of(choice) for choice in common.choices]
            done.append(job.made(client, replace(common, choices=tuple(choices))))
        return tuple(done)


class _Names:
    """The user names of one person, by analogy to those of the example."""

    def __init__(self, question: Question, example: Address) -> None:
        self._question = question
        self._example = example
        self._found: dict[Endpoint, str | None] | None = None

    async def of(self, choice: Choice) -> Choice:
        """The same server for this person. Raises :class:`NotFoundOut` where nobody says how."""
        question, endpoint = self._question, choice.login.endpoint
        offered = choice.offer.username
        if offered is not None and question.address is not None:
            form = form_of(offered, self._example)
            said = question.user_for(endpoint.protocol, "") != str(question.address)
            if form is not None:
                offered = form.of(question.address)
            elif not said:
                offered = await self._asked_again(endpoint)
        user = question.user_for(endpoint.protocol, offered)
        login = ServerLogin(endpoint, user, choice.login.mechanism)
        return Choice(login, replace(choice.offer, username=offered))

    async def _asked_again(self, endpoint: Endpoint) -> str:
        """The user name that the sources have for this very address there."""
        if self._found is None:
            self._found = {}
            async for event in find(self._question):
                if isinstance(event, FindDone):
                    for offer in event.found.offers:
                        self._found.setdefault(offer.endpoint, offer.username)
        name = self._found.get(endpoint)
        if name is None:
            raise NotFoundOut(
                "user-name-unknown",
                _("Nobody says which user name {address} has at {host}.").format(
                    address=self._question.address, host=endpoint.host
                ),
                _("Write it into the column “user” of the list."),
            )
        return name
