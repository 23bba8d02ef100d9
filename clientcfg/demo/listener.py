# SPDX-License-Identifier: MPL-2.0
"""A loopback listener, and one client's connection to it in lines."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable

LOOPBACK = "127.0.0.1"
IDLE = 600.0  # seconds that a client may be silent (RFC 1939 §3)
HANDSHAKE = 20.0  # seconds
_LONGEST_LINE = 1 << 16  # octets


class HungUp(Exception):
    """The client is gone, silent for too long, or does not keep to lines."""


class Peer:
    """One client. ``inside_tls`` says whether the bytes are encrypted by now."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._arrived = bytearray()
        self.inside_tls = False

    @property
    def waiting(self) -> bool:
        """Whether bytes came in behind the line that was read last."""
        return bool(self._arrived)

    async def send(self, data: bytes) -> None:
        """Write all of *data*."""
        self._writer.write(data)
        await self._writer.drain()

    async def line(self) -> bytes:
        """The next line without its CR LF."""
        while (end := self._arrived.find(b"\n")) < 0:
            if len(self._arrived) > _LONGEST_LINE:
                raise HungUp
            await self._more()
        line = bytes(self._arrived[:end])
        del self._arrived[: end + 1]
        return line.removesuffix(b"\r")

    async def octets(self, count: int) -> bytes:
        """Exactly *count* octets."""
        while len(self._arrived) < count:
            await self._more()
        taken = bytes(self._arrived[:count])
        del self._arrived[:count]
        return taken

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Become encrypted. What came before that in the clear ends the connection."""
        if self._arrived:
            raise HungUp
        try:
            await self._writer.start_tls(context, ssl_handshake_timeout=HANDSHAKE)
        except OSError:
            raise HungUp from None
        self.inside_tls = True

    async def _more(self) -> None:
        try:
            async with asyncio.timeout(IDLE):
                arrived = await self._reader.read(1 << 14)
        except OSError:
            raise HungUp from None
        if not arrived:
            raise HungUp
        self._arrived += arrived


class Listener:
    """Serves clients on an ephemeral loopback port until it is closed."""

    def __init__(self, serve: Callable[[Peer], Awaitable[None]]) -> None:
        self._serve = serve
        self._talks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._implicit: ssl.SSLContext | None = None

    async def start(self, context: ssl.SSLContext | None = None) -> int:
        """Listen, with implicit TLS where there is a *context*; the port."""
        self._implicit = context
        # TLS comes in the talk, so that a client that does not shake hands is known too.
        self._server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening, hang up on everybody, and wait for the last to be gone."""
        if self._server is not None:
            self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            peer = Peer(reader, writer)
            if self._implicit is not None:
                await peer.start_tls(self._implicit)
            await self._serve(peer)
        except (HungUp, OSError, RecursionError):
            pass
        finally:
            writer.close()
            if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                writer.transport.abort()
