# SPDX-License-Identifier: MPL-2.0
"""STARTTLS probes per second of CPU time, beside the same probe in C; and five thousand at once.

The server has core 1, the client core 0, and only the client's CPU time counts,
so it does not matter how long the client has to wait for the server.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.children import ROOT, child, module, pin
from benchmarks.figures import Figure, at_least, at_most, missing, tell
from benchmarks.identity import NAME, Identity
from benchmarks.identity import identity as identities
from benchmarks.native import NotHere, program, with_uvloop

_CLIENT_CORE, _SERVER_CORE = 0, 1
_COUNT = 1000
_AT_ONCE = 64
_ROUNDS = 4
_HELD = 5000
_PATIENCE = 60.0


class Failed(Exception):
    """Not every probe saw everything, so there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one probe cost: seconds of CPU time; and the most memory its process had, MiB."""

    cpu: float
    rss: float

    @property
    def rate(self) -> str:
        """In words."""
        return f"{1 / self.cpu:,.0f} a CPU second"


@dataclass(frozen=True, slots=True)
class Loop:
    """An event loop to probe with; ``target`` is the least ratio to C."""

    name: str
    options: tuple[str, ...]
    environment: Mapping[str, str]
    target: float


def _loops() -> tuple[list[Loop], list[Figure]]:
    """Those that are here, and what has to be said about those that are not."""
    own = Loop("asyncio's own loop", (), os.environ, 0.7)
    try:
        return [Loop("uvloop", ("--uvloop",), with_uvloop(), 0.85), own], []
    except NotHere as error:
        return [own], [missing("probes with uvloop", str(error))]


def _run(command: Sequence[str], environment: Mapping[str, str], count: int) -> Cost:
    """Raises :class:`Failed`."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        pin(process.pid, _CLIENT_CORE)
        said, complaint = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"not done in {_PATIENCE:.0f} s") from error
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if not said:
        raise Failed(complaint.strip().rpartition("\n")[2])
    found = json.loads(said)
    if found["probes"] != count:
        raise Failed(f"{found['probes']} of {count} probes saw everything")
    return Cost(found["cpu"] / count, found.get("rss_kib", 0) / 1024)


def _many(loop: Loop, port: int, who: Identity, count: int, at_once: int, *more: str) -> Cost:
    words = ("--count", str(count), "--at-once", str(at_once), *loop.options, *more)
    return _run(module("many", str(port), who.ca, *words), loop.environment, count)


def _speed(loop: Loop) -> Figure:
    """Ours and C's by turns: other work on this machine makes both slower for a while."""
    name = f"probes with {loop.name}"
    with (
        identities() as who,
        child(program("server"), who.chain, "0", core=_SERVER_CORE) as (port,),
    ):
        in_c = (program("probe"), str(port), who.ca, NAME, str(_COUNT), str(_AT_ONCE))
        try:
            turns = [
                (_run(in_c, os.environ, _COUNT), _many(loop, port, who, _COUNT, _AT_ONCE))
                for _ in range(_ROUNDS)
            ]
        except Failed as failed:
            return Figure(name, "failed", str(failed), met=False)
    floor, ours = (min(costs, key=lambda cost: cost.cpu) for costs in zip(*turns, strict=True))
    ratio = floor.cpu / ours.cpu
    return Figure(name, ours.rate, f"in C: {floor.rate}", ratio, *at_least(loop.target, ratio))


def _memory(loop: Loop) -> Figure:
    """All of them are inside TLS and wait: no second EHLO is answered before all were said."""
    name = f"{_HELD:,} held inside TLS, {loop.name}"
    with (
        identities() as who,
        child(program("server"), who.chain, str(_HELD), core=_SERVER_CORE) as (port,),
    ):
        try:
            cost = _many(loop, port, who, _HELD, _HELD, "--cold")
        except Failed as failed:
            return Figure(name, "failed", str(failed), met=False)
    target = at_most(300, round(cost.rss))
    per = cost.rss * 1024 / _HELD
    return Figure(name, f"{cost.rss:.0f} MiB", f"{per:.0f} KiB a probe", None, *target)


def measure() -> list[Figure]:
    """Speed, then memory."""
    try:
        program("server")
        program("probe")
    except NotHere as error:
        return [missing("throughput", str(error))]
    loops, figures = _loops()
    return figures + [_speed(loop) for loop in loops] + [_memory(loop) for loop in loops]


if __name__ == "__main__":
    tell(measure)
