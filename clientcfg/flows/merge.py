# SPDX-License-Identifier: MPL-2.0
"""Several streams of events as one; more may join while it flows."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Merge(Generic[T]):
    """Use it with ``async with``; behind the block nothing runs any more.

    An exception of one stream comes out of the iteration, in its place.
    """

    def __init__(self) -> None:
        self._ready: asyncio.Queue[tuple[T] | BaseException | None] = asyncio.Queue()
        self._pumps: set[asyncio.Task[None]] = set()
        self._open = 0

    def add(self, stream: AsyncGenerator[T, None]) -> None:
        """Let *stream* join."""
        self._open += 1
        self._pumps.add(asyncio.create_task(self._pump(stream)))

    async def _pump(self, stream: AsyncGenerator[T, None]) -> None:
        try:
            async with aclosing(stream):
                async for item in stream:
                    self._ready.put_nowait((item,))
        except Exception as error:
            self._ready.put_nowait(error)
        else:
            self._ready.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[T]:
        while self._open or not self._ready.empty():
            got = await self._ready.get()
            if isinstance(got, BaseException):
                raise got
            if got is None:
                self._open -= 1
            else:
                yield got[0]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
