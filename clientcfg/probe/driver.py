# SPDX-License-Identifier: MPL-2.0
"""Ask one endpoint, ask many at once, or open a channel that a log-in may use."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import Final

from clientcfg.model.channel import Proof, TrustedChannel, Why
from clientcfg.model.endpoint import Endpoint, Security, is_literal_loopback
from clientcfg.model.report import EndpointReport, Problem
from clientcfg.model.trouble import NotFoundOut, Refused
from clientcfg.probe.channel import ChannelWire
from clientcfg.probe.connect import Resolve, system_resolve
from clientcfg.probe.seal import SEAL
from clientcfg.probe.trust import Pin, Trust
from clientcfg.probe.visit import Visit
from clientcfg.probe.words import problem
from clientcfg.words import _

__all__ = ["Pin", "Resolve", "Trust", "open_channel", "probe_all", "probe_endpoint"]

# The strictest server's own limit for one client is four (Courier's pop3d).
AT_ONCE: Final = 4

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
    visit = Visit(endpoint, trust, resolve or system_resolve, deadline, stay=False)
    await visit.run()
    return visit.report()


async def probe_all(
    endpoints: Iterable[Endpoint], *, trust: Trust, timeout: float, resolve: Resolve | None = None
) -> AsyncIterator[EndpointReport]:
    """The reports of all *endpoints*, each as soon as it is there.

    All at once, but never more than four connections to one host and port; one
    deadline of *timeout* seconds for all of them.
    """
    deadline = asyncio.get_running_loop().time() + timeout
    turns: defaultdict[tuple[str, int], asyncio.Semaphore] = defaultdict(
        lambda: asyncio.Semaphore(AT_ONCE)
    )

    async def ask(endpoint: Endpoint) -> EndpointReport:
        try:
            async with asyncio.timeout_at(deadline):
                await turns[endpoint.host, endpoint.port].acquire()
        except TimeoutError:
            never = problem("not-asked", host=endpoint.host, port=endpoint.port)
            return EndpointReport(endpoint, None, reachable=False, problems=(never,))
        try:
            visit = Visit(endpoint, trust, resolve or system_resolve, deadline, stay=False)
            await visit.run()
            return visit.report()
        finally:
            turns[endpoint.host, endpoint.port].release()

    tasks = [asyncio.create_task(ask(endpoint)) for endpoint in dict.fromkeys(endpoints)]
    try:
        for next_report in asyncio.as_completed(tasks):
            yield await next_report
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


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
    visit = Visit(endpoint, trust, resolve or system_resolve, deadline, stay=True)
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
