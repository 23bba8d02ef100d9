# SPDX-License-Identifier: MPL-2.0
"""How long the worst liars can hold one probe, and how much memory they can make it take."""

import asyncio
import gc
import time
import tracemalloc

from benchmarks.children import child, module
from benchmarks.figures import Figure, at_most, tell
from benchmarks.identity import identity
from benchmarks.lying import LIARS
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.probe.driver import Trust, probe_endpoint

_DEADLINE = 2.0
_LATE = 0.2
_MIB = 1024 * 1024


async def _probe(port: int, ca: str) -> str:
    """How the report names the lie."""
    endpoint = Endpoint(Protocol.SMTP, "127.0.0.1", port, Security.STARTTLS)
    report = await probe_endpoint(endpoint, trust=Trust(ca_files=(ca,)), timeout=_DEADLINE)
    return ", ".join(problem.code for problem in report.problems) or "NOTHING FOUND"


async def _seconds(port: int, ca: str) -> tuple[float, str]:
    began = time.perf_counter()
    found = await _probe(port, ca)
    return time.perf_counter() - began, found


async def _peak(port: int, ca: str) -> float:
    """MiB at the height of one probe, more than before it."""
    gc.collect()
    before, _peak = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    await _probe(port, ca)
    _now, peak = tracemalloc.get_traced_memory()
    return (peak - before) / _MIB


async def _hold_out(ports: list[int], ca: str) -> list[Figure]:
    figures = []
    for name, port in zip(LIARS, ports, strict=True):
        took, found = await _seconds(port, ca)  # first without tracemalloc, which slows down
        target = at_most(_DEADLINE + _LATE, took)
        figures.append(Figure(f"{name}: time", f"{took:.2f} s", found, None, *target))
    tracemalloc.start()
    await _probe(ports[0], ca)  # whatever is built once
    for name, port in zip(LIARS, ports, strict=True):
        peak = await _peak(port, ca)
        target = at_most(1.0, peak)
        figures.append(Figure(f"{name}: memory", f"{peak:.2f} MiB", "", None, *target))
    tracemalloc.stop()
    return figures


def measure() -> list[Figure]:
    """Time and memory for each of them."""
    with identity() as who, child(*module("lying", who.chain)) as ports:
        return asyncio.run(_hold_out(ports, who.ca))


if __name__ == "__main__":
    tell(measure)
