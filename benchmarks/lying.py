# SPDX-License-Identifier: MPL-2.0
"""The worst liars, as a process: ``lying CHAIN.pem``.

Prints one port for each of :data:`LIARS` and serves until standard input ends.
"""

import asyncio
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from benchmarks.children import serve_until_let_go

Liar = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_PAUSE = 0.05
_CHUNK = 64 * 1024
_MOST = 512 * 1024 * 1024  # nothing here is really without end


async def _drip(writer: asyncio.StreamWriter, data: bytes) -> None:
    for byte in data:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(_PAUSE)


async def _pour(writer: asyncio.StreamWriter, data: bytes, most: int = _MOST) -> None:
    for _ in range(most // len(data)):
        writer.write(data)
        await writer.drain()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Takes the connection and says nothing."""
    await reader.read()


async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A greeting that never ends, one byte at a time; each of them comes in time."""
    await _drip(writer, b"220-mail.bench.test is still here\r\n" * 1000)


async def endless_ehlo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Keyword after keyword."""
    writer.write(b"220 mail.bench.test ESMTP\r\n")
    await reader.readline()
    await _pour(writer, b"250-XKEYWORD and what it takes\r\n" * 2000)


async def long_greeting(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Five megabytes of honest lines before the last one."""
    await _pour(writer, b"220-mail.bench.test welcomes you\r\n" * 2000, 5 * 1024 * 1024)
    writer.write(b"220 mail.bench.test ESMTP\r\n")


async def endless_line(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One line, without end."""
    writer.write(b"220 ")
    await _pour(writer, b"x" * _CHUNK)


async def slow_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """STARTTLS, and then a handshake record of which one byte comes at a time."""
    writer.write(b"220 mail.bench.test ESMTP\r\n")
    await reader.readline()
    writer.write(b"250-mail.bench.test\r\n250 STARTTLS\r\n")
    await reader.readline()
    writer.write(b"220 go ahead\r\n")
    await reader.read(_CHUNK)
    await _drip(writer, b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + bytes(2000))


class EndlessInside:
    """Honest until TLS is up, then keyword after keyword."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lie."""
        writer.write(b"220 mail.bench.test ESMTP\r\n")
        await reader.readline()
        writer.write(b"250-mail.bench.test\r\n250 STARTTLS\r\n")
        await reader.readline()
        writer.write(b"220 go ahead\r\n")
        await writer.start_tls(self._context)
        await reader.readline()
        await _pour(writer, b"250-XKEYWORD and what it takes\r\n" * 2000)


LIARS = (
    "silent",
    "drip",
    "5 MB greeting",
    "endless line",
    "endless EHLO",
    "endless EHLO inside TLS",
    "slow TLS handshake",
)


async def _listen(liar: Liar) -> asyncio.Server:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            await liar(reader, writer)
        writer.close()

    return await asyncio.start_server(accept, "127.0.0.1", 0)


async def main() -> None:
    """Serve."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    inside = EndlessInside(context)
    liars = (silent, drip, long_greeting, endless_line, endless_ehlo, inside, slow_tls)
    servers = [await _listen(liar) for liar in liars]
    await serve_until_let_go([server.sockets[0].getsockname()[1] for server in servers])


if __name__ == "__main__":
    asyncio.run(main())
