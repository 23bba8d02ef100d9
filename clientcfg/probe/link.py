# SPDX-License-Identifier: MPL-2.0
"""One TCP connection to read from and write to; buffers no more than it must."""

import asyncio
import ipaddress
from typing import Final, cast

READ_SIZE: Final = 64 * 1024


class Link(asyncio.Protocol):
    """A connection. Reading never raises: a reset connection has ended like any other."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._ended = False
        self._held_back = False
        self._reader: asyncio.Future[None] | None = None
        self._clear = asyncio.Event()
        self._clear.set()

    # What the event loop tells us

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # Not asserted: uvloop's transport is none of asyncio's classes.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep *data*; hold the sender back when much is waiting."""
        self._received += data
        if len(self._received) >= READ_SIZE and self._transport and not self._held_back:
            self._held_back = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """The server has said everything."""
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name
        """The connection is gone, for whatever reason."""
        self._ended = True
        self._clear.set()
        self._wake()

    def pause_writing(self) -> None:
        """The server does not take what we send."""
        self._clear.clear()

    def resume_writing(self) -> None:
        """It takes it again."""
        self._clear.set()

    # What we do with it

    async def read(self) -> bytes:
        """The next bytes, at most 64 KiB; empty at the end of the stream."""
        if not self._received and not self._ended:
            self._reader = self._loop.create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        data = bytes(self._received[:READ_SIZE])
        del self._received[:READ_SIZE]
        if self._held_back and self._transport and not self._received:
            self._held_back = False
            if not self._transport.is_closing():
                self._transport.resume_reading()
        return data

    def write(self, data: bytes) -> None:
        """Send *data*; into the void where the connection is gone."""
        if data and self._transport and not self._transport.is_closing():
            self._transport.write(data)

    async def drain(self) -> None:
        """Wait until the server has taken most of it."""
        await self._clear.wait()

    def close(self) -> None:
        """Hang up after what was written; at once where the server does not take it."""
        if self._transport and self._clear.is_set():
            self._transport.close()
        else:
            self.abort()

    def abort(self) -> None:
        """Hang up at once."""
        if self._transport:
            self._transport.abort()

    @property
    def peer_is_loopback(self) -> bool:
        """Whether the other end of this very socket is on this machine."""
        peer = self._transport.get_extra_info("peername") if self._transport else None
        try:
            return peer is not None and ipaddress.ip_address(peer[0]).is_loopback
        except ValueError:
            return False

    @property
    def own_address(self) -> str | None:
        """This machine's end of the connection, an address."""
        own = self._transport.get_extra_info("sockname") if self._transport else None
        return str(own[0]) if own else None

    def _wake(self) -> None:
        if self._reader and not self._reader.done():
            self._reader.set_result(None)
