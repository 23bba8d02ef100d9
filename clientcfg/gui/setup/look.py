# SPDX-License-Identifier: MPL-2.0
"""What steps 2 and 3 look at: the servers, then the programs here held against them. No Qt."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.flows.events import Event, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program and its verdict. ``writable``: clientcfg can write its settings."""

    installation: Installation
    known: ClientVersion
    verdict: Verdict
    writable: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Result of :func:`look`."""

    probed: ProbeDone
    programs: tuple[Program, ...]


async def look(question: Question, here: Here) -> AsyncIterator[Event | Looked]:
    """Probe, then look which programs are here; ends with :class:`Looked`."""
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            yield Looked(event, programs(event.report, question, here))


async def look_again(probed: ProbeDone, question: Question, here: Here) -> AsyncIterator[Looked]:
    """Look for programs once more, against servers that have answered already."""
    yield Looked(probed, programs(probed.report, question, here))


def programs(report: ServerReport, question: Question, here: Here) -> tuple[Program, ...]:
    """Every installed program with its verdict."""
    found = []
    for installation in here.installed():
        known = here.catalog.of(installation)
        verdict = here.verdict(report, known, question)
        found.append(Program(installation, known, verdict, known.format in here.formats))
    return tuple(found)
