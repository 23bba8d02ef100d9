# SPDX-License-Identifier: MPL-2.0
"""Names that mail servers often have, where nobody says what they are called.

Only names inside the domain that DNS knows, and the host that takes the
domain's mail; only encrypted ports, never 25. What a guess is worth is shown
by the certificate alone, so the flow asks for it last and probes what it gives.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.site import inside, owners
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import NotAServer, published_host
from clientcfg.discover.srv import SERVICES
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "guess"


@dataclass(frozen=True, slots=True)
class Habit:
    """How hosts for one protocol are often called, commonest first, and where they listen.

    "" is the domain itself.
    """

    protocol: Protocol
    labels: tuple[str, ...]
    ports: tuple[tuple[int, Security], ...]


HABITS: Final = (
    Habit(
        Protocol.SMTP,
        ("smtp", "mail", "", "smtps", "mx"),
        ((465, Security.TLS), (587, Security.STARTTLS)),
    ),
    Habit(
        Protocol.IMAP,
        ("imap", "mail", "", "imaps", "mx"),
        ((993, Security.TLS), (143, Security.STARTTLS)),
    ),
    # Only where a name says that it is for POP3.
    Habit(Protocol.POP3, ("pop", "pop3"), ((995, Security.TLS),)),
)


# The same where somebody else takes the mail: only names that say so, of his own domain.
ELSEWHERE: Final = (
    Habit(Protocol.SMTP, ("smtp", "mail"), HABITS[0].ports),
    Habit(Protocol.IMAP, ("imap", "mail"), HABITS[1].ports),
)


def names(domain: str) -> tuple[str, ...]:
    """Every host that may be guessed, each once."""
    labels = dict.fromkeys(label for habit in HABITS for label in habit.labels)
    return tuple(_below(label, domain) for label in labels)


def candidates(
    domain: str,
    known: frozenset[str],
    mx: str | None,
    not_offered: frozenset[tuple[Protocol, Security]],
    theirs: tuple[str, ...] = (),
) -> tuple[Offer, ...]:
    """The guesses for *domain*, best first, among the hosts that are *known* to DNS.

    *theirs*: the domains above *mx*, where that is somebody else's.
    """
    found: list[Offer] = []
    for habit in HABITS:
        hosts = [_below(label, domain) for label in habit.labels]
        for other in ELSEWHERE:
            if other.protocol is habit.protocol:
                hosts += [_below(label, owner) for owner in theirs for label in other.labels]
        hosts = [host for host in hosts if host in known]
        if mx is not None and habit.protocol is not Protocol.POP3:
            hosts.append(mx)
        found += [
            _offer(Endpoint(habit.protocol, host, port, security), domain)
            for host in dict.fromkeys(hosts)
            for port, security in habit.ports
            if (habit.protocol, security) not in not_offered
        ]
    return tuple(found)


async def ask(question: Ask) -> SourceAnswer:
    """Put the guesses together. Nothing is asked that was not asked before (one question)."""
    domain, resolver = question.domain, question.resolver
    url = f"dns:{domain}"
    mx = await _mx(question)
    theirs = owners(mx, domain) if mx is not None else ()
    elsewhere = [_below(x, o) for o in theirs for h in ELSEWHERE for x in h.labels]
    wanted = tuple(dict.fromkeys((*names(domain), *elsewhere)))
    answers = await asyncio.gather(
        *(resolver.addresses(name) for name in wanted), return_exceptions=True
    )
    known = frozenset(n for n, a in zip(wanted, answers, strict=True) if isinstance(a, tuple))
    silent = [a for a in answers if isinstance(a, NoAnswer)]
    offers = candidates(domain, known, mx, await _not_offered(question), theirs)
    if offers:
        reason = _("{count} usual names and ports are to be tried").format(count=len(offers))
        return SourceAnswer(NAME, url, Outcome.FOUND, reason, 0.0, offers)
    if silent:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, str(silent[0]), 0.0)
    reason = _("none of the usual names exists below {domain}").format(domain=domain)
    return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)


async def _mx(question: Ask) -> str | None:
    """The host that takes the mail, where one does."""
    try:
        return next(map(published_host, await question.resolver.mx(question.domain)), None)
    except (NoSuchName, NoAnswer, NotAServer):
        return None


async def _not_offered(question: Ask) -> frozenset[tuple[Protocol, Security]]:
    """What the domain's SRV records say it does not offer (RFC 6186 §3.4): not guessed either."""
    found: set[tuple[Protocol, Security]] = set()
    for service, protocol, security in SERVICES:
        try:
            records = await question.resolver.srv(f"{service}._tcp.{question.domain}")
        except (NoSuchName, NoAnswer):
            continue
        if not any(record.target for record in records):
            found.add((protocol, security))
    return frozenset(found)


def _offer(endpoint: Endpoint, domain: str) -> Offer:
    own = inside(endpoint.host, domain)
    return Offer(
        endpoint,
        NAME,
        trust=None if own else Trust.A6,
        needs_probe=own,
        confirm=not own,
        guessed=True,
    )


def _below(label: str, domain: str) -> str:
    return f"{label}.{domain}" if label else domain


GUESS = Source(NAME, ask)
