# SPDX-License-Identifier: MPL-2.0
"""Long computing that lets others have a turn, and that can be cancelled in between.

A thread that computes keeps Python's interpreter to itself: a window that
paints fifty cells would wait for it fifty times.
"""

import asyncio
import time
from collections.abc import Iterable
from typing import Final, TypeVar

T = TypeVar("T")

# How long it computes, and how long it rests then (seconds).
WORK: Final = 0.002
REST: Final = 0.004


async def unhurried(items: Iterable[T]) -> tuple[T, ...]:
    """All *items*; each is computed when its turn has come."""
    made: list[T] = []
    until = time.perf_counter() + WORK
    for item in items:
        made.append(item)
        if time.perf_counter() > until:
            await asyncio.sleep(REST)
            until = time.perf_counter() + WORK
    return tuple(made)
