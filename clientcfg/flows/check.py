# SPDX-License-Identifier: MPL-2.0
"""Can these programs send there with SMTP-Auth?"""

from collections.abc import AsyncIterator

from clientcfg.flows.events import CheckDone, Event, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.policy import Rules, Topic
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import No, NotFoundOut

# How discovery ends where it finds no server; its codes.
_NO_SERVER = frozenset({"no-servers", "servers-unknown"})


async def check(
    question: Question, clients: tuple[ClientVersion, ...], here: Here
) -> AsyncIterator[Event]:
    """Probe, then hold each client version against the report; ends with :class:`CheckDone`.

    A provider that has no server for mail programs at all is an answer, too,
    where it is known what stands in for one.
    """
    try:
        async for event in probe(question):
            yield event
            if isinstance(event, ProbeDone):
                yield _held(event.report, question, clients, here)
    except (No, NotFoundOut) as trouble:
        nobody = ServerReport(question.target, question.target_kind, ())
        if trouble.code not in _NO_SERVER or not _bridge_instead(here.rules(nobody, question)):
            raise
        yield _held(nobody, question, clients, here)


def _held(
    report: ServerReport, question: Question, clients: tuple[ClientVersion, ...], here: Here
) -> CheckDone:
    return CheckDone(report, here.verdicts(report, clients, question))


def _bridge_instead(rules: Rules) -> bool:
    home = rules.of_address
    return home is not None and home.in_force(Topic.BRIDGE, rules.day) is not None


def installed_versions(
    installations: tuple[Installation, ...], here: Here
) -> tuple[ClientVersion, ...]:
    """What the catalog knows of each program found here, each version once."""
    found = (here.catalog.of(i) for i in installations)
    return tuple(dict.fromkeys(found))
