# SPDX-License-Identifier: MPL-2.0
"""A listener on 127.0.0.1 that plays a script to everybody who connects."""

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self


class Session:
    """One connection as the script sees it. ``heard`` keeps what the client said, decrypted."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        context: ssl.SSLContext | None,
    ) -> None:
        self.heard = bytearray()
        self._reader = reader
        self._writer = writer
        self.context = context

    async def line(self) -> bytes:
        """The client's next line without its end; empty when it has hung up."""
        line = await self._reader.readline()
        self.heard += line
        return line.rstrip(b"\r\n")

    async def some(self) -> bytes:
        """Whatever comes next."""
        data = await self._reader.read(65536)
        self.heard += data
        return data

    def stop_listening(self) -> None:
        """Leave what the client says next to :meth:`start_tls`."""
        assert isinstance(self._writer.transport, asyncio.Transport)
        self._writer.transport.pause_reading()

    def listen_again(self) -> None:
        """Undo :meth:`stop_listening`, where the script shakes hands by itself."""
        assert isinstance(self._writer.transport, asyncio.Transport)
        self._writer.transport.resume_reading()

    async def send(self, data: bytes) -> None:
        """Say *data*, as it is."""
        self._writer.write(data)
        await self._writer.drain()

    async def say(self, *lines: bytes) -> None:
        """Say lines, all in one go."""
        await self.send(b"".join(line + b"\r\n" for line in lines))

    async def start_tls(self) -> None:
        """Shake hands as the server."""
        assert self.context is not None
        await self._writer.start_tls(self.context)

    async def send_below_tls(self, data: bytes) -> None:
        """Put *data* on the wire as it is, past the encryption."""
        raw = self._writer.get_extra_info("socket")
        assert raw is not None
        os.write(raw.fileno(), data)

    async def hear_out(self) -> None:
        """Listen to whatever else the client says, until it hangs up."""
        while data := await self._reader.read(65536):
            self.heard += data

    def close(self) -> None:
        """Close after what was said."""
        self._writer.close()

    def hang_up(self) -> None:
        """Close at once."""
        self._writer.transport.abort()


Script = Callable[[Session], Awaitable[None]]


class FakeServer:
    """``async with FakeServer(script) as server``: listens on ``server.port`` in the block.

    At *address* and *port* where they are said, else at a free port of 127.0.0.1.

    After the block ``heard`` holds, by connection, everything clients said.
    """

    def __init__(
        self,
        script: Script,
        context: ssl.SSLContext | None = None,
        *,
        implicit_tls: bool = False,
        address: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._place = address, port
        self.sessions: list[Session] = []
        self.most_at_once = 0
        self._script = script
        self._context = context
        self._implicit_tls = implicit_tls
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def heard(self) -> list[bytes]:
        """What each client said, in the order of their coming."""
        return [bytes(session.heard) for session in self.sessions]

    @property
    def everything_heard(self) -> bytes:
        """All of it together."""
        return b"".join(self.heard)

    async def __aenter__(self) -> Self:
        tls = self._context if self._implicit_tls else None
        self._server = await asyncio.start_server(self._accept, *self._place, ssl=tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        if self._tasks:
            _done, pending = await asyncio.wait(self._tasks, timeout=0.5)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.most_at_once = max(self.most_at_once, len(self._tasks))
        session = Session(reader, writer, self._context)
        self.sessions.append(session)
        try:
            await self._script(session)
            await session.hear_out()
        except (ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()
