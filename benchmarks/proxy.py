# SPDX-License-Identifier: MPL-2.0
"""A long way over loopback, as a process: ``proxy RTT_SECONDS PORT…``.

Prints one port for each PORT of 127.0.0.1 behind it, and serves until standard
input ends. Each piece takes half a round trip, in both directions.

The kernel accepts a connection at once, so the handshake is charged afterwards:
what the client says in the first round trip counts as said at its end, and the
server is dialled when the client's last handshake packet would arrive, one and
a half round trips after the first. There is no loss, no limit of bandwidth and
no slow start.
"""

import asyncio
import selectors
import sys
from contextlib import suppress
from functools import partial

from benchmarks.children import serve_until_let_go

_AT_ONCE = 256
_PIECES = 64
_PIECE = 64 * 1024

_Way = asyncio.Queue[tuple[float, bytes]]
_Task = asyncio.Task[None]


class Proxy:
    """Pairs each connection with one to the server, so far away as *rtt* says."""

    def __init__(self, rtt: float) -> None:
        self._rtt = rtt
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._loop = asyncio.get_running_loop()

    async def listen(self, port: int) -> int:
        """The port in front of *port*."""
        server = await asyncio.start_server(partial(self._pair, port), "127.0.0.1", 0)
        found: int = server.sockets[0].getsockname()[1]
        return found

    async def _pair(
        self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        accepted = self._loop.time()
        # Who speaks first does so while the connection is still under way.
        said = self._taken(reader, accepted + self._rtt)
        async with self._room:
            try:
                await self._sleep_until(accepted + 1.5 * self._rtt)
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(
                    self._carry(*said, far_writer),
                    self._carry(*self._taken(far_reader, accepted), writer),
                )
                far_writer.close()
            except (OSError, asyncio.CancelledError):
                pass  # the server, or this process, is going away
            finally:
                said[1].cancel()
                writer.close()

    def _taken(self, reader: asyncio.StreamReader, connected: float) -> tuple[_Way, _Task]:
        """What is under way from *reader*; nothing counts as said before the time *connected*."""
        under_way: _Way = asyncio.Queue(_PIECES)
        return under_way, asyncio.create_task(self._take(reader, under_way, connected))

    async def _carry(self, under_way: _Way, take: _Task, writer: asyncio.StreamWriter) -> None:
        """One direction."""
        with suppress(OSError):
            while True:
                due, piece = await under_way.get()
                await self._sleep_until(due)
                if not piece:
                    writer.write_eof()
                    break
                writer.write(piece)
                await writer.drain()
        take.cancel()

    async def _take(self, reader: asyncio.StreamReader, under_way: _Way, connected: float) -> None:
        piece = b"-"
        while piece:
            try:
                piece = await reader.read(_PIECE)
            except OSError:
                piece = b""
            await under_way.put((max(self._loop.time(), connected) + self._rtt / 2, piece))

    async def _sleep_until(self, when: float) -> None:
        await asyncio.sleep(max(0.0, when - self._loop.time()))


async def main() -> None:
    """Serve."""
    proxy = Proxy(float(sys.argv[1]))
    await serve_until_let_go([await proxy.listen(int(port)) for port in sys.argv[2:]])


if __name__ == "__main__":
    # select() keeps time to the microsecond; epoll, as asyncio uses it, rounds each wait up to
    # the next millisecond, which makes a tenth of a round trip in the end.
    with asyncio.Runner(
        loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())
    ) as runner:
        runner.run(main())
