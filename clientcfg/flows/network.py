# SPDX-License-Identifier: MPL-2.0
"""Whether it is this computer's own network that keeps the answers away."""

import asyncio
import socket
from collections.abc import Collection, Iterable

from clientcfg.discover.dns import Resolver
from clientcfg.discover.http import NotHttp, Request, TooLong, connect, exchange
from clientcfg.discover.place import REDIRECTS
from clientcfg.discover.wildcard import wildcard_addresses
from clientcfg.flows.question import Question
from clientcfg.model.connection import Connection
from clientcfg.model.endpoint import is_literal_loopback
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import NotFoundOut
from clientcfg.words import _

# RFC 5737, RFC 3849: nobody has them, so only a way to everywhere leads there.
_ANYWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
# RFC 6761 §6.4: no name below it exists, whatever a name server says.
_NOWHERE = "invalid"
# What a log-in page answers with: itself, the way to itself, or RFC 6585 §6. A
# proxy that says that it reached nobody (502, 504) is no such page.
_LOG_IN_PAGE = frozenset({200, 511}) | REDIRECTS
_WEB = 80
_PATIENCE, _PAGE_CAP = 2.0, 64 * 1024  # seconds, octets


class NotConnected(NotFoundOut):
    """Nobody outside was reached, and it is this computer's network that kept them away."""

    def __init__(self, connection: Connection, text: str, advice: str) -> None:
        super().__init__(connection.value, text, advice)
        self.connection = connection


def is_connected() -> bool:
    """Whether this computer has a way out of its own network at all; nothing is sent."""
    for family, address in _ANYWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as line:
                line.connect((address, 53))
        except OSError:
            continue
        return True
    return False


def is_suspect(answers: Iterable[SourceAnswer], reports: Collection[EndpointReport]) -> bool:
    """Whether what came back looks as if nothing outside of this computer had been reached."""
    if not reports:
        return any(answer.outcome is Outcome.UNKNOWN for answer in answers)
    outside = [r for r in reports if not is_literal_loopback(r.endpoint.host)]
    return bool(outside) and not any(r.reachable or r.tls is not None for r in reports)


async def network_trouble(
    question: Question, resolver: Resolver, *, answered: bool = False
) -> NotConnected | None:
    """What to say of the network where nobody could be reached; None where it may be fine.

    *answered*: somebody did, but perhaps not who was asked. Who named a resolver,
    or wanted nobody asked, knows what the network is like.
    """
    if question.offline or question.nameserver is not None:
        return None
    if not answered and not is_connected():
        return NotConnected(
            Connection.OFFLINE,
            _(
                "This computer is not connected to the internet. That says nothing about your "
                "provider."
            ),
            _("Connect it to a network, then try again."),
        )
    if await wildcard_addresses(resolver, _NOWHERE) or await _page_from_nowhere():
        return log_in_page()
    return None


async def _page_from_nowhere() -> bool:
    """Whether somebody answers on the web where nobody is: a network that wants a log-in.

    A network that lets nobody through yet sends every request on port 80 to its
    own page (RFC 8952 §1). This one is for an address that is nobody's, and says nothing.
    """
    addresses = tuple(address for _family, address in _ANYWHERE)
    request = Request(addresses[0], addresses[0], "/")
    try:
        async with asyncio.timeout(_PATIENCE):
            line = await connect(addresses, _WEB)
            reply = await exchange(line, request, tls=None, cap=_PAGE_CAP)
    except TooLong:
        return True
    except (OSError, NotHttp):
        return False
    return reply.status in _LOG_IN_PAGE


def log_in_page() -> NotConnected:
    """What is said where the network answers in the place of everybody."""
    return NotConnected(
        Connection.LOG_IN,
        _(
            "This network answers in the place of everybody else, as one does that wants a "
            "log-in or a click first."
        ),
        _(
            "Open a browser. If the network shows a page there, accept it or log in, then try "
            "again."
        ),
    )


def may_be_in_the_way(reports: Iterable[EndpointReport]) -> str | None:
    """One more thing to look at where several hosts showed one certificate, for none of them."""
    shown: dict[str, set[str]] = {}
    for report in reports:
        if report.tls is None or report.tls.certificate is None:
            continue
        if report.trusted:
            return None
        shown.setdefault(report.tls.certificate.sha256, set()).add(report.endpoint.host)
    if not any(len(hosts) > 1 for hosts in shown.values()):
        return None
    return _(
        "All of them showed the same certificate. In a hotel, a train or a company, a log-in page "
        "of the network may be in the way: open a browser and look."
    )
