# SPDX-License-Identifier: MPL-2.0
"""Where the servers are, and who says so. Asks DNS and, later, web servers only."""

from collections.abc import AsyncIterator

from clientcfg.discover.providers import PROVIDERS
from clientcfg.discover.rank import rank
from clientcfg.discover.source import Ask, Source, ask_all
from clientcfg.discover.srv import SRV
from clientcfg.flows.events import Asking, Event, FindDone, SourceAnswered
from clientcfg.flows.question import FIND_TIMEOUT, Question
from clientcfg.model.endpoint import Protocol
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust
from clientcfg.words import _

SOURCES: tuple[Source, ...] = (PROVIDERS, SRV)

# The pseudo-source of servers that a person named with --smtp and its kin.
NAMED = "named"


async def find(question: Question) -> AsyncIterator[Event]:
    """Ask every source about the question's domain; ends with :class:`FindDone`.

    Servers that the person named replace discovery for their protocol, and
    discovery is left out where all that could be wanted was named.
    """
    answers: list[SourceAnswer] = []
    offers: list[Offer] = [
        Offer(server, NAMED, Trust.A0, username=question.username) for server in question.servers
    ]
    if offers:
        reason = _("named by you")
        answers.append(SourceAnswer(NAMED, None, Outcome.FOUND, reason, 0.0, tuple(offers)))
        yield SourceAnswered(answers[-1])
    if question.domain is not None and _wanting(question):
        sources = tuple(s for s in SOURCES if s.offline or not question.offline)
        yield Asking(question.domain, tuple(s.name for s in sources))
        local = question.address.local if question.address is not None else None
        ask = Ask(question.domain, question.resolver(), local)
        async for answer in ask_all(sources, ask, timeout=min(question.timeout, FIND_TIMEOUT)):
            answers.append(answer)
            offers += [o for o in answer.offers if o.endpoint.protocol not in _named(question)]
            yield SourceAnswered(answer)
    yield FindDone(Found(question.target, rank(offers), tuple(answers)))


def _named(question: Question) -> frozenset[Protocol]:
    return frozenset(server.protocol for server in question.servers)


def _wanting(question: Question) -> bool:
    """Whether something is left to be looked for: a server to send with, or one to read from."""
    named = _named(question)
    if question.host or (named and not question.probe):
        return False
    return Protocol.SMTP not in named or not named & {Protocol.IMAP, Protocol.POP3}
