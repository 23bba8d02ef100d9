# SPDX-License-Identifier: MPL-2.0
"""Long computing that lets others have a turn, and that can be cancelled in between.

A thread that computes keeps Python's interpreter to itself: a window that
paints fifty cells would wait for it fifty times.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

T = TypeVar("T")

# How long it computes, and how long it rests then (seconds).
WORK: Final = 0.002
REST: Final = 0.004
# How often what can wait looks whether others are still busy (seconds).
AWAIT: Final = 0.05


async def unhurried(items: Iterable[T], busy: Callable[[], bool] = lambda: False) -> tuple[T, ...]:
    """All *items*; each is computed when its turn has come, and none while others are *busy*."""
    made: list[T] = []
    until = time.perf_counter() + WORK
    for item in items:
        made.append(item)
        if time.perf_counter() > until:
            await asyncio.sleep(REST)
            while busy():  # noqa: ASYNC110 - nobody tells when they have ended
                await asyncio.sleep(AWAIT)
            until = time.perf_counter() + WORK
    return tuple(made)
