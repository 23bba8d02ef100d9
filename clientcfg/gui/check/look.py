# SPDX-License-Identifier: MPL-2.0
"""What *Check a server* looks at: the servers, then every program held against them. No Qt."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from clientcfg.advise.what_if import AS_IT_IS
from clientcfg.flows.assessment import Assessment, answered, assess
from clientcfg.flows.compare import Compared, compare
from clientcfg.flows.events import Event, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.identity import Identity, identities
from clientcfg.flows.letter import text_for_administrator
from clientcfg.flows.picture import Picture, picture
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.readable import relay_lines
from clientcfg.flows.relay import RelayTest, TestOfRelaying
from clientcfg.flows.relay_tests import RelayTests
from clientcfg.flows.ticket import ticket_text
from clientcfg.flows.times import Times, times
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import ServerReport


@dataclass(frozen=True, slots=True)
class RelayAnswer:
    """Does a server take mail for elsewhere without a log-in? ``shown``: its own words."""

    text: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that the pages show of servers. ``at``: when they had answered.

    ``relay``: empty where that was not asked; ``can_relay``: there is a server
    that could be. ``letter`` is empty where every certificate verified.
    """

    done: ProbeDone
    at: datetime
    assessment: Assessment
    answered: str
    picture: Picture
    times: tuple[Times, ...]
    identities: tuple[Identity, ...]
    relay: tuple[RelayAnswer, ...]
    can_relay: bool
    ticket: str
    letter: str

    @property
    def report(self) -> ServerReport:
        """What the servers said."""
        return self.done.report


def checked(done: ProbeDone, question: Question, at: datetime) -> Checked:
    """What the pages show of *done*."""
    report = done.report
    names = frozenset(n for n in (question.username, question.smtp_username) if n)
    return Checked(
        done=done,
        at=at,
        assessment=assess(report),
        answered=answered(report),
        picture=picture(report),
        times=times(report),
        identities=identities(report, at),
        relay=_relay(report),
        can_relay=any(e.reachable for e in report.of(Protocol.SMTP)),
        ticket=ticket_text(report, names=names),
        letter=text_for_administrator(report.endpoints),
    )


async def look(question: Question, here: Here) -> AsyncIterator[Event | Checked | Compared]:
    """Probe, then hold every program against the answer; ends with :class:`Compared`."""
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            yield checked(event, question, here.now())
            async for compared in compare(event.report, question, here, AS_IT_IS):
                yield compared


async def ask_relaying(
    before: Checked, question: Question, elsewhere: Address, here: Here, answerer: Answerer
) -> AsyncIterator[Event | Checked]:
    """Ask each server that answered whether it takes mail for *elsewhere* without a log-in."""
    test = TestOfRelaying(
        question,
        RelayTest(elsewhere, compare=False),
        answerer,
        kept=RelayTests(here.state, here.disk, here.now),
    )
    async for event in test.run(before.done):
        if isinstance(event, ProbeDone):
            yield checked(event, question, here.now())
        else:
            yield event


def _relay(report: ServerReport) -> tuple[RelayAnswer, ...]:
    asked = (e.relay for e in report.endpoints if e.relay is not None and e.relay.tested)
    return tuple(RelayAnswer(next(iter(relay_lines(r))), r.evidence) for r in asked)
