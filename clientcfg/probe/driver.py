# SPDX-License-Identifier: MPL-2.0
"""Ask one endpoint, ask many at once, or open a channel that a log-in may use."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from functools import lru_cache, partial
from typing import Final

from clientcfg.model.channel import Proof, TrustedChannel, Why
from clientcfg.model.endpoint import Endpoint, Security, is_literal_loopback
from clientcfg.model.report import EndpointReport, Problem
from clientcfg.model.trouble import NotFoundOut, Refused
from clientcfg.probe.channel import ChannelWire
from clientcfg.probe.connect import Resolve, addresses_of, system_resolve
from clientcfg.probe.extent import BASE, Extent
from clientcfg.probe.inquiry import Inquiry
from clientcfg.probe.manners import Manners
from clientcfg.probe.seal import SEAL
from clientcfg.probe.trust import Pin, Trust
from clientcfg.probe.versions import candidates
from clientcfg.probe.visit import Find, Visit, Wanted
from clientcfg.probe.words import problem
from clientcfg.words import _

__all__ = ["Extent", "Pin", "Resolve", "Trust", "open_channel", "probe_all", "probe_endpoint"]

# How long a port of a host that answers elsewhere has to take a connection: seconds at
# least (two lost packets are sent again in that time), and share of the deadline.
CONNECT_PATIENCE: Final = 4.0
CONNECT_SHARE: Final = 0.3

# With one of these the server, or what stands before it, cannot be trusted.
_UNSAFE: Final = frozenset(
    {
        "certificate-not-trusted",
        "not-tls",
        "plaintext-after-starttls",
        "preauth",
        "starttls-masked",
        "starttls-not-offered",
        "starttls-refused",
    }
)


async def probe_endpoint(
    endpoint: Endpoint, *, trust: Trust, timeout: float, resolve: Resolve | None = None
) -> EndpointReport:
    """What *endpoint* says, within *timeout* seconds in all.

    Raises nothing for the network: whatever fails there is a problem in the
    report. :class:`WrongUsage` for a CA file that cannot be read.
    """
    deadline = asyncio.get_running_loop().time() + timeout
    visit = Visit(endpoint, trust, _find(endpoint.host, resolve), deadline, Manners())
    await visit.run()
    return visit.report()


async def probe_all(
    endpoints: Iterable[Endpoint],
    *,
    trust: Trust,
    timeout: float,
    resolve: Resolve | None = None,
    extent: Extent = BASE,
    manners: Manners | None = None,
) -> AsyncIterator[EndpointReport]:
    """The reports of all *endpoints*, each as soon as it is there.

    All at once, as far as good *manners* allow; one deadline of *timeout*
    seconds for all of them. A port that takes no connection is given up sooner
    where its host answers on another. *extent* says what is asked besides.
    """
    wanted = tuple(dict.fromkeys(endpoints))
    began = asyncio.get_running_loop().time()
    deadline = began + timeout
    polite = manners or Manners()
    addresses = _Addresses(resolve or system_resolve)
    some = candidates(wanted) if extent.versions == "some" else {}
    if any(endpoint.security is not Security.PLAIN for endpoint in wanted):
        _get_ready()
    inquiries = [
        Inquiry(
            endpoint, trust, addresses.of(endpoint.host), deadline, polite, extent,
            some.get(endpoint),
        )
        for endpoint in wanted
    ]  # fmt: skip
    give_up = began + max(CONNECT_PATIENCE, CONNECT_SHARE * timeout)
    alive: set[str] = set()
    tasks = [asyncio.create_task(inquiry.run()) for inquiry in inquiries]
    try:
        for next_report in asyncio.as_completed(tasks):
            report = await next_report
            if report.reachable and report.endpoint.host not in alive:
                alive.add(report.endpoint.host)
                for inquiry in inquiries:
                    if inquiry.endpoint.host == report.endpoint.host:
                        inquiry.expect_connection(give_up)
            yield report
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        addresses.forget()


def _find(host: str, resolve: Resolve | None) -> Find:
    """How to get the addresses of one host, for one who asks."""
    return partial(addresses_of, host, resolve or system_resolve)


class _Addresses:
    """Each host's addresses, looked up once, however many endpoints it has."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._asked: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    def of(self, host: str) -> Find:
        """How to get them. Raises :class:`Unreachable` when awaited."""

        async def find() -> tuple[str, ...]:
            task = self._asked.get(host)
            if task is None:
                task = asyncio.create_task(addresses_of(host, self._resolve))
                self._asked[host] = task
            # Who gives up waiting does not take the answer from the others.
            return await asyncio.shield(task)

        return find

    def forget(self) -> None:
        """Call off what nobody waits for any more."""
        for task in self._asked.values():
            task.cancel()


def _get_ready() -> None:
    """Load what reading certificates takes while the network is being waited for."""
    # Not a daemon: the interpreter must not end in the middle of it.
    threading.Thread(target=_warm_up, name="certificates").start()


@lru_cache(maxsize=1)
def _warm_up() -> None:
    from clientcfg.probe.known import warm_up  # noqa: PLC0415 - that is what is loaded here

    warm_up()


async def open_channel(
    endpoint: Endpoint, *, trust: Trust, timeout: float, resolve: Resolve | None = None
) -> TrustedChannel:
    """A conversation with *endpoint*, past TLS and the capability list, ready for a log-in.

    *timeout* seconds are the deadline of the whole conversation, log-in
    included. Raises :class:`Refused` where a password would not be safe there,
    :class:`NotFoundOut` where the conversation did not get that far.
    """
    plain = endpoint.security is Security.PLAIN
    named = endpoint in trust.named_loopback and is_literal_loopback(endpoint.host)
    if plain and not named:
        raise _in_the_clear(endpoint)
    deadline = asyncio.get_running_loop().time() + timeout
    find = _find(endpoint.host, resolve)
    visit = Visit(endpoint, trust, find, deadline, Manners(), Wanted(stay=True))
    await visit.run()
    report, channel = visit.report(), visit.channel
    if not visit.ready or channel is None:
        raise _why_not(report)
    if plain and not channel.peer_is_loopback:
        visit.hang_up()
        raise _in_the_clear(endpoint)
    if not plain and not report.trusted:
        visit.hang_up()
        raise _why_not(report)
    how: Why = "pinned-certificate" if trust.pins(endpoint) else "verified-tls"
    wire = ChannelWire(channel, visit.rest(), endpoint, deadline)
    return TrustedChannel(wire, report, Proof("named-loopback" if plain else how, wire, SEAL))


def _why_not(report: EndpointReport) -> Refused | NotFoundOut:
    unsafe = [found for found in report.problems if found.code in _UNSAFE]
    if report.tls is not None and not report.tls.trusted:
        unsafe += report.tls.problems
    if unsafe:
        text = " ".join(found.text for found in unsafe)
        return Refused(unsafe[0].code, text, _("No password was sent."))
    found = _first(report)
    return NotFoundOut(found.code, found.text)


def _first(report: EndpointReport) -> Problem:
    endpoint = report.endpoint
    known = [found for found in report.problems if found.code != "address-without-answer"]
    return known[0] if known else problem("not-asked", host=endpoint.host, port=endpoint.port)


def _in_the_clear(endpoint: Endpoint) -> Refused:
    found = problem("password-in-the-clear", host=endpoint.host)
    return Refused(found.code, found.text, _("Use an endpoint with TLS or STARTTLS."))
