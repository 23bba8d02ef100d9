# SPDX-License-Identifier: MPL-2.0
"""Can these programs send there with SMTP-Auth?"""

from collections.abc import AsyncIterator

from clientcfg.flows.events import CheckDone, Event, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.client import ClientVersion, Installation


async def check(
    question: Question, clients: tuple[ClientVersion, ...], here: Here
) -> AsyncIterator[Event]:
    """Probe, then hold each client version against the report; ends with :class:`CheckDone`."""
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            verdicts = tuple(here.verdict(event.report, client, question) for client in clients)
            yield CheckDone(event.report, verdicts)


def installed_versions(
    installations: tuple[Installation, ...], here: Here
) -> tuple[ClientVersion, ...]:
    """What the catalog knows of each program found here, each version once."""
    found = (here.catalog.of(i) for i in installations)
    return tuple(dict.fromkeys(found))
