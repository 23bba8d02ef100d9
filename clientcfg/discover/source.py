# SPDX-License-Identifier: MPL-2.0
"""The one shape of all sources, and asking them side by side."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

from clientcfg.discover.dns import Resolver
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Ask:
    """What every source is asked: a domain in A-labels, and what it may use.

    ``local`` is the part before the @ where an address was given; only sources
    that a person allowed may send it anywhere.
    """

    domain: str
    resolver: Resolver
    local: str | None = None

    @property
    def address(self) -> str | None:
        """The whole address, where one was given."""
        return None if self.local is None else f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Source:
    """A way to learn of servers. ``ask`` never raises for what the network does.

    ``offline``: it asks nobody, so it may be used where nobody is to be asked.
    """

    name: str
    ask: Callable[[Ask], Awaitable[SourceAnswer]]
    offline: bool = False


async def ask_all(
    sources: tuple[Source, ...], question: Ask, *, timeout: float
) -> AsyncIterator[SourceAnswer]:
    """Ask *sources* side by side and yield each answer as it comes.

    *timeout* (seconds) covers them all; who has not answered by then is
    *unknown*, with that reason.
    """
    began = time.monotonic()
    tasks = {asyncio.create_task(_timed(source, question)): source for source in sources}
    try:
        waiting = set(tasks)
        while waiting:
            left = timeout - (time.monotonic() - began)
            done, waiting = await asyncio.wait(
                waiting, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                yield task.result()
            if not done:
                break
        for task in waiting:
            yield SourceAnswer(
                tasks[task].name,
                None,
                Outcome.UNKNOWN,
                _("gave no answer within {seconds:g} seconds").format(seconds=timeout),
                timeout * 1000,
            )
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _timed(source: Source, question: Ask) -> SourceAnswer:
    began = time.monotonic()
    answer = await source.ask(question)
    return replace(answer, ms=round((time.monotonic() - began) * 1000, 1))
