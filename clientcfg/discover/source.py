# SPDX-License-Identifier: MPL-2.0
"""The one shape of all sources, and asking them side by side."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

from clientcfg.discover.dns import Resolver
from clientcfg.discover.web import Web
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Ask:
    """What every source is asked: a domain in A-labels, and what it may use.

    ``local`` is the part before the @ where an address was given. It goes out
    only where ``send_address`` is set; ``allow_http``: web servers may be asked
    without encryption, too; ``ispdb``: Thunderbird's live list may be asked.
    ``context`` makes the TLS context by which web servers have to prove who they are.
    """

    domain: str
    resolver: Resolver
    local: str | None = None
    send_address: bool = False
    allow_http: bool = False
    ispdb: bool = False
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    @property
    def address(self) -> str | None:
        """The whole address, where one was given."""
        return None if self.local is None else f"{self.local}@{self.domain}"

    @property
    def web(self) -> Web:
        """How web servers are asked."""
        return Web(self.resolver, self.context)


@dataclass(frozen=True, slots=True)
class Source:
    """A way to learn of servers. ``ask`` never raises for what the network does.

    ``offline``: it asks nobody, so it may be used where nobody is to be asked.
    """

    name: str
    ask: Callable[[Ask], Awaitable[SourceAnswer]]
    offline: bool = False


async def ask_all(
    sources: tuple[Source, ...],
    question: Ask,
    *,
    timeout: float,
    enough: asyncio.Event | None = None,
) -> AsyncIterator[SourceAnswer]:
    """Ask *sources* side by side and yield each answer as it comes.

    *timeout* (seconds) covers them all; who has not answered by then, or when
    *enough* is set, is *unknown*, with that reason.
    """
    began = time.monotonic()
    tasks = {asyncio.create_task(_timed(source, question)): source for source in sources}
    stop = asyncio.create_task((enough or asyncio.Event()).wait())
    waiting = set(tasks)
    try:
        while waiting and not stop.done():
            left = timeout - (time.monotonic() - began)
            done, _rest = await asyncio.wait(
                {*waiting, stop}, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                break
            for task in [task for task in tasks if task in done]:
                waiting.discard(task)
                yield task.result()
        reason = _("gave no answer within {seconds:g} seconds").format(seconds=timeout)
        if stop.done():
            reason = _("was slow, and the servers found had answered already")
        ms = round((time.monotonic() - began) * 1000, 1)
        for task in [task for task in tasks if task in waiting]:
            yield SourceAnswer(tasks[task].name, None, Outcome.UNKNOWN, reason, ms)
    finally:
        stop.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(stop, *tasks, return_exceptions=True)


async def _timed(source: Source, question: Ask) -> SourceAnswer:
    began = time.monotonic()
    answer = await source.ask(question)
    return replace(answer, ms=round((time.monotonic() - began) * 1000, 1))
