# SPDX-License-Identifier: MPL-2.0
"""Servers in processes of their own: they print their ports, and serve until we let go of them."""

import asyncio
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "benchmarks"

_PATIENCE = 20.0


@contextmanager
def child(*command: str, core: int | None = None) -> Iterator[list[int]]:
    """The ports of the server that *command* starts; it is gone after the block.

    On *core* alone, where this machine has that many.
    """
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None  # noqa: S101 - for the type only
    assert process.stdout is not None  # noqa: S101 - for the type only
    try:
        pin(process.pid, core)
        ready, _write, _error = select.select([process.stdout], [], [], _PATIENCE)
        ports = [int(port) for port in process.stdout.readline().split()] if ready else []
        if not ports:
            raise RuntimeError(f"{command[0]} did not start")
        yield ports
    finally:
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def module(name: str, *words: str) -> tuple[str, ...]:
    """The command that runs one of our own modules."""
    return (sys.executable, "-m", f"benchmarks.{name}", *words)


def pin(pid: int, core: int | None) -> None:
    """Keep that process to one core."""
    if core is not None and core in os.sched_getaffinity(0):
        with suppress(ProcessLookupError):
            os.sched_setaffinity(pid, {core})


async def serve_until_let_go(ports: Sequence[int]) -> None:
    """In the child: say where it listens, and wait for the end of standard input."""
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), over.set)
    sys.stdout.write(" ".join(map(str, ports)) + "\n")
    sys.stdout.flush()
    await over.wait()
