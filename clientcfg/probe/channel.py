# SPDX-License-Identifier: MPL-2.0
"""A connection with or without TLS over it, and the wire that a log-in gets of it."""

import asyncio
import ssl

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import Problem
from clientcfg.model.trouble import NotFoundOut
from clientcfg.probe.link import READ_SIZE, Link
from clientcfg.probe.tls import HandshakeFailed, TlsLayer
from clientcfg.probe.words import problem


class Channel:
    """Bytes to and from the server, through *layer* where there is one."""

    def __init__(self, link: Link, layer: TlsLayer | None) -> None:
        self._link = link
        self._layer = layer

    async def read(self) -> bytes:
        """The next bytes, at most 64 KiB; empty at the end. Raises ``ssl.SSLError``."""
        layer = self._layer
        if layer is None:
            return await self._link.read()
        while True:
            plain = layer.plain()
            self._link.write(layer.outgoing())
            if plain or layer.ended:
                return plain
            data = await self._link.read()
            if not data:
                return b""
            layer.take(data)

    def write(self, data: bytes) -> None:
        """Send *data*. Raises ``ssl.SSLError``."""
        self._link.write(self._layer.encrypt(data) if self._layer else data)

    async def drain(self) -> None:
        """Wait until the server has taken most of it."""
        await self._link.drain()

    def close(self) -> None:
        """Hang up after what was written. Never raises, does not wait."""
        if self._layer:
            self._link.write(self._layer.close())
        self._link.close()

    @property
    def peer_is_loopback(self) -> bool:
        """Whether the other end of this very socket is on this machine."""
        return self._link.peer_is_loopback


class ChannelWire:
    """The ``Wire`` of a trusted channel; every wait ends at ``deadline`` (loop time).

    Raises :class:`NotFoundOut` where the time is up or TLS breaks.
    """

    def __init__(self, channel: Channel, rest: bytes, endpoint: Endpoint, deadline: float) -> None:
        self._channel = channel
        self._rest = rest
        self._endpoint = endpoint
        self._deadline = deadline

    async def send(self, data: bytes) -> None:
        """Write all of *data*."""
        try:
            async with asyncio.timeout_at(self._deadline):
                self._channel.write(data)
                await self._channel.drain()
        except (TimeoutError, ssl.SSLError) as error:
            raise self._trouble(error) from None

    async def receive(self) -> bytes:
        """The next bytes, never more than 64 KiB; empty at the end of the stream."""
        if self._rest:
            data, self._rest = self._rest[:READ_SIZE], self._rest[READ_SIZE:]
            return data
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._channel.read()
        except (TimeoutError, ssl.SSLError) as error:
            raise self._trouble(error) from None

    async def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def _trouble(self, error: Exception) -> NotFoundOut:
        found: Problem
        if isinstance(error, ssl.SSLError):
            found = problem("tls-broken", reason=HandshakeFailed(error).reason)
        else:
            found = problem("time-up-in-log-in", host=self._endpoint.host, port=self._endpoint.port)
        return NotFoundOut(found.code, found.text)
