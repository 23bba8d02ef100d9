# SPDX-License-Identifier: MPL-2.0
"""Seven endpoints of a server that is far away, beside the floor of six round trips and swaks."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing

from benchmarks import swaks
from benchmarks.children import ROOT, child, module
from benchmarks.figures import Figure, at_most, missing, tell
from benchmarks.identity import Identity, identity
from clientcfg.model.endpoint import STANDARD_PORTS, Endpoint, Protocol, Security
from clientcfg.probe.driver import Trust, probe_all

_FLOOR = 6  # greeting 2, EHLO 3, STARTTLS 4, TLS 5, EHLO 6
_IN_PROCESS = 5
_WHOLE = 6
_SWAKS = 2
_TIMEOUT = 20.0
_PATIENCE = 40.0
_TO_SWAKS = {25: "--tls", 587: "--tls", 465: "--tls-on-connect"}


def endpoints_at(ports: Sequence[int]) -> list[Endpoint]:
    """The seven endpoints, behind these ports."""
    return [
        Endpoint(protocol, "127.0.0.1", port, security)
        for (protocol, _usual, security), port in zip(STANDARD_PORTS, ports, strict=True)
    ]


def in_process(ports: Sequence[int], ca: str) -> float:
    """Seconds until the last of seven reports, without start, imports and contexts."""

    async def ask() -> float:
        began = time.perf_counter()
        asked = probe_all(endpoints_at(ports), trust=Trust(ca_files=(ca,)), timeout=_TIMEOUT)
        async with aclosing(asked) as reports:  # type: ignore[type-var]
            complete = [report.trusted and bool(report.auth) async for report in reports]
        took = time.perf_counter() - began
        if complete.count(True) != len(STANDARD_PORTS):
            raise RuntimeError(f"only {complete.count(True)} of seven endpoints answered in full")
        return took

    return asyncio.run(ask())


def whole_process(ports: Sequence[int], ca: str) -> float:
    """Seconds of the command ``clientcfg probe``, from its start to its end."""
    options: list[str] = []
    for endpoint in endpoints_at(ports):
        options += [f"--{endpoint.protocol}", str(endpoint)]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "clientcfg", "probe", *options, "--ca", ca, "--json"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    took = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"clientcfg probe ended with {done.returncode}: {done.stderr[-300:]!r}")
    return took


def three_by_swaks(ports: Sequence[int]) -> float:
    """Seconds that swaks takes for 25, 587 and 465 in turn. Raises :class:`swaks.NoSwaks`."""
    behind = {
        usual: port
        for (protocol, usual, _security), port in zip(STANDARD_PORTS, ports, strict=True)
        if protocol is Protocol.SMTP
    }
    began = time.perf_counter()
    swaks.ask([(behind[usual], tls) for usual, tls in _TO_SWAKS.items()])
    return time.perf_counter() - began


def _at(rtt: float, server: Sequence[int], who: Identity) -> list[Figure]:
    far = f"{rtt * 1000:.0f} ms"
    floor = _FLOOR * rtt
    with child(*module("proxy", str(rtt), *map(str, server))) as ports:
        near = min(in_process(ports, who.ca) for _ in range(_IN_PROCESS))
        whole = min(whole_process(ports, who.ca) for _ in range(_WHOLE))
        figures = []
        if floor:
            ratio = near / floor
            beside = f"6 round trips: {floor:.3f} s"
            inside = at_most(1.15, ratio)
            figures += [
                Figure(f"seven endpoints at {far}", f"{near:.3f} s", beside, ratio, *inside)
            ]
        else:
            figures += [Figure(f"seven endpoints at {far}", f"{near:.3f} s")]
        own = whole - floor
        figures.append(
            Figure(
                f"the whole command at {far}",
                f"{whole:.3f} s",
                f"less the round trips: {own:.3f} s",
                None,
                *at_most(0.25, own),
            )
        )
        if rtt:
            figures += _beside_swaks(far, near, whole, ports)
        return figures


def _beside_swaks(far: str, near: float, whole: float, ports: Sequence[int]) -> list[Figure]:
    try:
        peer = min(three_by_swaks(ports) for _ in range(_SWAKS))
    except (swaks.NoSwaks, subprocess.TimeoutExpired) as error:
        return [missing(f"3 × swaks at {far}", str(error))]
    beside = f"swaks, 25, 587, 465 in turn: {peer:.3f} s"
    ratio = near / peer
    return [
        Figure(f"seven endpoints at {far}", f"{near:.3f} s", beside, ratio, *at_most(0.35, ratio)),
        # For people's eyes; what counts for the command is its own time above.
        Figure(f"the whole command at {far}", f"{whole:.3f} s", beside, whole / peer),
    ]


def measure() -> list[Figure]:
    """Near by, at 50 and at 100 ms."""
    assert STANDARD_PORTS[0][2] is Security.TLS  # noqa: S101 - the server has the same order
    with identity() as who, child(*module("seven", who.chain)) as server:
        in_process(server, who.ca)  # what is built once a process does not count
        return [figure for rtt in (0.0, 0.05, 0.1) for figure in _at(rtt, server, who)]


if __name__ == "__main__":
    tell(measure)
