# SPDX-License-Identifier: MPL-2.0
"""One TCP connection: heard by a listener as it comes, or read from when one wants to."""

import asyncio
import ipaddress
from typing import Final, Protocol, cast

READ_SIZE: Final = 64 * 1024


class Listener(Protocol):
    """Who hears what comes, at once and in the event loop's own turn."""

    def received(self, data: bytes) -> None:
        """Bytes came."""
        ...

    def ended(self) -> None:
        """Nothing more will come. May be told more than once."""
        ...


class Link(asyncio.Protocol):
    """A connection. Reading never raises: a reset connection has ended like any other.

    While there is a listener nothing is kept; without one no more is kept than
    it must.
    """

    __slots__ = (
        "_clear",
        "_ended",
        "_held_back",
        "_listener",
        "_reader",
        "_received",
        "_transport",
    )

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._listener: Listener | None = None
        self._received = bytearray()
        self._ended = False
        self._held_back = False
        self._reader: asyncio.Future[None] | None = None
        # Present only while the server does not take what we send.
        self._clear: asyncio.Event | None = None

    # What the event loop tells us

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # Not asserted: uvloop's transport is none of asyncio's classes.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hand *data* on, or keep it and hold the sender back when much is waiting."""
        if self._listener is not None:
            self._listener.received(data)
            return
        self._received += data
        if len(self._received) >= READ_SIZE and self._transport and not self._held_back:
            self._held_back = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """The server has said everything."""
        self._end()
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name
        """The connection is gone, for whatever reason."""
        self.resume_writing()
        self._end()

    def pause_writing(self) -> None:
        """The server does not take what we send."""
        self._clear = asyncio.Event()

    def resume_writing(self) -> None:
        """It takes it again."""
        if self._clear is not None:
            self._clear.set()
            self._clear = None

    # What we do with it

    def listen(self, listener: Listener | None) -> None:
        """Have *listener* hear all that comes, and what came before; None: keep it to be read."""
        self._listener = listener
        if listener is None:
            return
        if self._received:
            data = bytes(self._received)
            self._received.clear()
            listener.received(data)
        if self._ended:
            listener.ended()

    async def read(self) -> bytes:
        """The next bytes, at most 64 KiB; empty at the end of the stream."""
        if not self._received and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
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
        if self._clear is not None:
            await self._clear.wait()

    def close(self) -> None:
        """Hang up after what was written; at once where the server does not take it."""
        if self._transport and self._clear is None:
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

    def _end(self) -> None:
        self._ended = True
        if self._listener is not None:
            self._listener.ended()
        self._wake()

    def _wake(self) -> None:
        if self._reader and not self._reader.done():
            self._reader.set_result(None)
