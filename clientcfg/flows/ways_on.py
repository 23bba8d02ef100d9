# SPDX-License-Identifier: MPL-2.0
"""What a person can do where a certificate did not verify, found without sending a secret."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from clientcfg.model.address import host_name
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import WrongUsage
from clientcfg.model.way_on import WayOn, WayOnKind
from clientcfg.probe.connect import Resolve, Unreachable, addresses_of, system_resolve
from clientcfg.probe.driver import probe_endpoint
from clientcfg.probe.trust import Trust

_NAMES_ASKED: Final = 5

# Faults that the very certificate can make up for, once a person knows it. A
# certificate that changed, weak TLS and words put into the conversation are not among them.
_PINNABLE: Final = frozenset(
    {
        "certificate-expired",
        "certificate-not-yet-valid",
        "certificate-without-names",
        "chain-incomplete",
        "issuer-expired",
        "name-mismatch",
        "self-signed",
        "unknown-issuer",
    }
)
# Oddities of the conversation that say nothing about who the server is.
_HARMLESS: Final = frozenset({"address-without-answer", "mixed-codes", "no-capa"})


def faults_of(report: EndpointReport) -> frozenset[str]:
    """The codes of what is wrong with the TLS there; none where it verified or was not seen."""
    if report.tls is None or report.tls.trusted:
        return frozenset()
    return frozenset(problem.code for problem in report.tls.problems)


def trust_certificate(report: EndpointReport) -> WayOn | None:
    """The way of trusting exactly this certificate; None where that must not be offered."""
    faults = faults_of(report)
    odd = {problem.code for problem in report.problems} - _HARMLESS
    if not faults or not faults <= _PINNABLE or odd:
        return None
    assert report.tls is not None  # noqa: S101 - it has faults
    certificate = report.tls.certificate
    if certificate is None:
        return None
    endpoint = report.endpoint
    return WayOn(WayOnKind.TRUST_CERTIFICATE, endpoint, endpoint, certificate)


def names_to_try(report: EndpointReport) -> tuple[Endpoint, ...]:
    """The same endpoint under the names in its certificate, where only the name was wrong."""
    if faults_of(report) != {"name-mismatch"} or trust_certificate(report) is None:
        return ()
    assert report.tls is not None  # noqa: S101 - it has faults
    assert report.tls.certificate is not None  # noqa: S101 - names stand in it
    names = _host_names(report.tls.certificate.names)
    return tuple(replace(report.endpoint, host=name) for name in names)[:_NAMES_ASKED]


async def ways_on(
    report: EndpointReport, *, trust: Trust, timeout: float, resolve: Resolve | None = None
) -> tuple[WayOn, ...]:
    """All ways on from *report*, within *timeout* seconds; better ones first.

    Another name counts only where it leads to the address that answered and
    the server there, asked by that name, verifies. Raises nothing for the network.
    """
    found: list[WayOn] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout):
            for endpoint in names_to_try(report):
                way = await _under(endpoint, report, trust, timeout, resolve or system_resolve)
                found += [way] if way is not None else []
    pin = trust_certificate(report)
    return (*found, *([pin] if pin is not None else []))


async def _under(
    endpoint: Endpoint, report: EndpointReport, trust: Trust, timeout: float, resolve: Resolve
) -> WayOn | None:
    try:
        addresses = await addresses_of(endpoint.host, resolve)
    except Unreachable:
        return None
    address = report.address
    if address is None or address not in addresses:
        return None

    async def there(_host: str) -> tuple[str, ...]:
        return (address,)

    again = await probe_endpoint(endpoint, trust=trust, timeout=timeout, resolve=there)
    if not again.trusted or again.tls is None or again.tls.certificate is None:
        return None
    return WayOn(WayOnKind.OTHER_NAME, report.endpoint, endpoint, again.tls.certificate)


def _host_names(names: Iterable[str]) -> Iterable[str]:
    """Names that are hosts: no wildcard, no address, nothing that only looks like one."""
    for name in dict.fromkeys(names):
        if "." in name and not name.rpartition(".")[2].isdigit() and ":" not in name:
            with suppress(WrongUsage):
                yield host_name(name)
