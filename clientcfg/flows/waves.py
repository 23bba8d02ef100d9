# SPDX-License-Identifier: MPL-2.0
"""Mail servers asked in waves: each as soon as somebody names it, and once."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from typing import Final

from clientcfg.flows.events import EndpointAnswered, Event, Probing
from clientcfg.flows.question import Question
from clientcfg.flows.ways_on import faults_of, ways_on
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import EndpointReport
from clientcfg.model.way_on import WayOn
from clientcfg.probe.driver import Resolve, probe_all
from clientcfg.probe.extent import Extent
from clientcfg.probe.manners import Manners

# A wave that begins at the very end still has this long (seconds).
LEAST: Final = 0.5


class Waves:
    """All that mail servers said to one question. ``reports`` grows while waves run.

    *extent*: how much they are asked; *end* (loop time): when all has to be done.
    """

    def __init__(
        self, question: Question, resolve: Resolve | None, end: float, extent: Extent
    ) -> None:
        self.reports: dict[Endpoint, EndpointReport] = {}
        self.asked: dict[Endpoint, None] = {}
        self._question = question
        self._resolve = resolve
        self._end = end
        self._extent = extent
        self._manners = Manners()
        # Looked for as soon as a fault is seen: a port that never answers takes all the time.
        self._looking: dict[Endpoint, asyncio.Task[tuple[WayOn, ...]]] = {}

    @property
    def left(self) -> float:
        """Seconds to the end of the whole question."""
        return max(self._end - asyncio.get_running_loop().time(), 0.0)

    def wave(
        self, endpoints: Iterable[Endpoint], kept_back: float = 0.0
    ) -> AsyncGenerator[Event, None] | None:
        """Ask those of *endpoints* that were not asked yet; None where that is nobody.

        *kept_back* (seconds) is left over for what comes after it.
        """
        new = tuple(e for e in dict.fromkeys(endpoints) if e not in self.asked)
        self.asked |= dict.fromkeys(new)
        return self._run(new, max(self.left - kept_back, LEAST)) if new else None

    async def _run(
        self, endpoints: tuple[Endpoint, ...], timeout: float
    ) -> AsyncGenerator[Event, None]:
        yield Probing(endpoints)
        async for report in probe_all(
            endpoints,
            trust=self._question.trust,
            timeout=timeout,
            resolve=self._resolve,
            extent=self._extent,
            manners=self._manners,
        ):
            self.reports[report.endpoint] = report
            if faults_of(report):
                self._looking[report.endpoint] = asyncio.create_task(
                    ways_on(
                        report,
                        trust=self._question.trust,
                        timeout=self.left,
                        resolve=self._resolve,
                    )
                )
            yield EndpointAnswered(report)

    async def ways_on(self) -> tuple[WayOn, ...]:
        """What a person could decide where a certificate did not verify."""
        return tuple(
            [way for e in self.asked if e in self._looking for way in await self._looking[e]]
        )

    def close(self) -> None:
        """Nothing more is looked for."""
        for task in self._looking.values():
            task.cancel()
