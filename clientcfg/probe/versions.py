# SPDX-License-Identifier: MPL-2.0
"""Which TLS versions a server takes: each asked on a connection of its own, all at once."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import Tls
from clientcfg.probe.connect import Unreachable
from clientcfg.probe.contexts import VERSIONS, only
from clientcfg.probe.conversations import conversation
from clientcfg.probe.dialogue import Dialogue
from clientcfg.probe.manners import Manners
from clientcfg.probe.tls import HandshakeFailed

Takes = Mapping[str, bool | None]

# The newest is what the usual connection negotiates, so it need not be asked for.
ASKED: Final = tuple(VERSIONS)[:-1]
# How long the better one of two endpoints may take longer to connect (seconds).
_GRACE: Final = 0.025

# Alerts by which a server says that it will not have this version (RFC 8446 §6.2).
_NOT_THIS_VERSION: Final = frozenset(
    {"protocol_version", "handshake_failure", "inappropriate_fallback"}
)
# What OpenSSL says where the server answered with another version than the one offered.
_OTHER_VERSION: Final = frozenset(
    {"UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION", "WRONG_VERSION_NUMBER"}
)


class Candidates:
    """Of several endpoints one has its versions asked: the best that can be reached.

    One that speaks TLS from the first byte is asked sooner and with fewer
    words than one with STARTTLS; port 25 comes last.
    """

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._order = sorted(endpoints, key=_rank)
        self._settled: dict[Endpoint, asyncio.Event] = {e: asyncio.Event() for e in self._order}
        self._chosen: Endpoint | None = None

    def connected(self, endpoint: Endpoint) -> None:
        """*endpoint* is reached."""
        self._settled[endpoint].set()

    def out(self, endpoint: Endpoint) -> None:
        """*endpoint* cannot be reached, or has no TLS."""
        if endpoint in self._order and self._chosen != endpoint:
            self._order.remove(endpoint)
        self._settled[endpoint].set()

    async def is_chosen(self, endpoint: Endpoint) -> bool:
        """Whether it is *endpoint*, which is connected. Better ones have a moment to come up."""
        better = self._order[: self._order.index(endpoint)] if endpoint in self._order else []
        waiting = [asyncio.create_task(self._settled[e].wait()) for e in better]
        if waiting:
            _done, late = await asyncio.wait(waiting, timeout=_GRACE)
            for task in late:
                task.cancel()
        if self._chosen is None and not any(
            self._settled[e].is_set() for e in better if e in self._order
        ):
            self._chosen = endpoint
        return self._chosen == endpoint


def candidates(endpoints: Iterable[Endpoint]) -> dict[Endpoint, Candidates]:
    """By default one submission and one IMAP endpoint of each host have their versions asked."""
    kinds: dict[tuple[str, Protocol], list[Endpoint]] = {}
    for endpoint in endpoints:
        if endpoint.protocol is not Protocol.POP3 and endpoint.security is not Security.PLAIN:
            kinds.setdefault((endpoint.host, endpoint.protocol), []).append(endpoint)
    return {e: chosen for kind in kinds.values() for chosen in (Candidates(kind),) for e in kind}


async def ask_versions(endpoint: Endpoint, address: str, manners: Manners) -> Takes | None:
    """Whether the server at *address* takes each of :data:`ASKED`; None where it was not asked.

    Takes as long as the server does; cancel it at the deadline. Raises nothing
    for the network.
    """
    if not manners.room((address, endpoint.port), len(ASKED)):
        return None
    answers = await asyncio.gather(*(_takes(endpoint, address, v, manners) for v in ASKED))
    return dict(zip(ASKED, answers, strict=True))


def with_versions(tls: Tls, asked: Takes) -> tuple[tuple[str, bool | None], ...]:
    """All versions: those *asked*, and what the negotiated one tells.

    Whoever is offered several takes the newest it has (RFC 8446 §4.1.3), so
    what is newer than the negotiated version is not there. Where a server
    hangs up on one version but takes another, it refuses that one.
    """
    order = list(VERSIONS)
    found: dict[str, bool | None] = dict.fromkeys(order)
    found.update(asked)
    if tls.version in order:
        found[tls.version] = True
        found.update(dict.fromkeys(order[order.index(tls.version) + 1 :], False))
    return tuple(found.items())


async def _takes(endpoint: Endpoint, address: str, version: str, manners: Manners) -> bool | None:
    talk = conversation(endpoint, lambda: 0.0, brief=True)
    dialogue = Dialogue(talk, only(version))
    try:
        async with manners.session((address, endpoint.port)):
            await dialogue.hold((address,))
    except HandshakeFailed as failure:
        return _refuses(failure)
    except Unreachable:
        return None
    finally:
        dialogue.hang_up()
    return True if talk.tls is not None else None


def _refuses(failure: HandshakeFailed) -> bool | None:
    """False where the server will not have the version; None where something else is wrong."""
    alert = failure.alert
    if alert is not None:
        return False if alert.name in _NOT_THIS_VERSION else None
    if failure.hung_up:
        return False
    reason = failure.error.reason if failure.error is not None else None
    return False if reason in _OTHER_VERSION else None


def _rank(endpoint: Endpoint) -> tuple[bool, bool]:
    return endpoint.security is not Security.TLS, endpoint.port == 25
