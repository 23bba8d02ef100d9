# SPDX-License-Identifier: MPL-2.0
"""What steps 2 and 3 look at: the servers, then programs held against them. No Qt."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from clientcfg.flows.catalog_search import Known, known_programs
from clientcfg.flows.choose import choose
from clientcfg.flows.events import Event, ProbeDone
from clientcfg.flows.hand_over import can_make_codes
from clientcfg.flows.here import Here
from clientcfg.flows.log_in import LogIn, log_in_at
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.flows.unhurried import unhurried
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Program:
    """A program and its verdict. ``installation`` None: it is not on this computer.

    ``writable``: clientcfg can write its settings here.
    """

    installation: Installation | None
    known: ClientVersion
    verdict: Verdict
    writable: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Result of :func:`look`. ``known``: the whole catalog, to search in.

    ``codes``: a code for a phone's camera can be made.
    """

    probed: ProbeDone
    programs: tuple[Program, ...]
    known: tuple[Known, ...] = ()
    log_in: LogIn = field(default_factory=LogIn)
    codes: bool = False


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Result of :func:`look_at`."""

    program: Program


async def look(question: Question, here: Here) -> AsyncIterator[Event | Looked]:
    """Probe, then look which programs are here; ends with :class:`Looked`."""
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            yield await _looked(event, question, here)


async def look_again(probed: ProbeDone, question: Question, here: Here) -> AsyncIterator[Looked]:
    """Look for programs once more, against servers that have answered already."""
    yield await _looked(probed, question, here)


async def look_at(
    probed: ProbeDone, question: Question, wanted: tuple[str, str | None, str | None], here: Here
) -> AsyncIterator[LookedAt]:
    """One program of the catalog: *wanted* is id, version and platform."""
    known = here.catalog.at(*wanted)
    verdict = here.verdict(probed.report, known, question)
    yield LookedAt(Program(None, known, verdict, writable=False))


async def _looked(probed: ProbeDone, question: Question, here: Here) -> Looked:
    outgoing = choose(question, probed, (Protocol.SMTP,), lambda _m: True)
    await unhurried(here.catalog.each())
    found = await unhurried(here.each_installed())
    return Looked(
        probed,
        await unhurried(_programs(found, probed.report, question, here)),
        known_programs(here.catalog),
        log_in_at(outgoing, here.rules(probed.report, question)),
        can_make_codes(here),
    )


def _programs(
    installed: tuple[Installation, ...], report: ServerReport, question: Question, here: Here
) -> Iterator[Program]:
    """Every installed program with its verdict."""
    for installation in installed:
        known = here.catalog.of(installation)
        verdict = here.verdict(report, known, question)
        yield Program(installation, known, verdict, known.format in here.formats)
