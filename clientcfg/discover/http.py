# SPDX-License-Identifier: MPL-2.0
"""One request and its answer over HTTP/1.1 (RFC 9112), with a cap on what is read.

h11 speaks the protocol; the connection is ours, so that it goes to the address
that DNS named in this very question, and the octets of the body are the ones
that were sent. No cookie, no credential and no referrer is ever sent.
"""

import asyncio
import socket
import ssl
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clientcfg.words import _

if TYPE_CHECKING:
    import h11

HEAD_START: Final = 0.25  # seconds, RFC 8305 §5
_READ: Final = 16 * 1024
_HEAD_CAP: Final = 32 * 1024
_GZIP: Final = b"\x1f\x8b"


class NotHttp(Exception):
    """What came is no answer in HTTP. The text says why."""


class TooLong(Exception):
    """The body is longer than anything that is wanted here."""


@dataclass(frozen=True, slots=True)
class Request:
    """``host``: who has to prove that he is it; ``authority``: the same with an unusual port.

    ``target``: path and query. A request with a ``body`` is a POST.
    """

    host: str
    authority: str
    target: str
    body: bytes | None = None
    content_type: str = ""

    def headers(self) -> list[tuple[str, str]]:
        """As few as will do; nothing tells who asks."""
        found = [
            ("Host", self.authority),
            ("User-Agent", "clientcfg"),
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        if self.body is not None:
            found += [
                ("Content-Type", self.content_type),
                ("Content-Length", str(len(self.body))),
            ]
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose body fitted. ``location`` is the header of that name, "" for none."""

    status: int
    location: str
    body: bytes


async def connect(addresses: tuple[str, ...], port: int) -> socket.socket:
    """The first connection that comes about (RFC 8305). Raises ``OSError``; may wait for ever."""
    waiting, racing = list(addresses), set[asyncio.Task[socket.socket]]()
    trouble = OSError(_("it has no address"))
    try:
        while waiting or racing:
            if waiting:
                racing.add(asyncio.create_task(_dial(waiting.pop(0), port)))
            done, racing = await asyncio.wait(
                racing,
                timeout=HEAD_START if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                error = task.exception()
                if error is None:
                    return task.result()
                if not isinstance(error, OSError):
                    raise error
                trouble = error
    finally:
        for task in racing:
            task.cancel()
        for late in await asyncio.gather(*racing, return_exceptions=True):
            if isinstance(late, socket.socket):
                late.close()
    raise trouble


async def exchange(
    connection: socket.socket, request: Request, *, tls: ssl.SSLContext | None, cap: int
) -> Reply:
    """Ask over *connection*, which is closed behind it; may wait for ever.

    Raises ``OSError`` (``ssl.SSLError``), :class:`NotHttp`, :class:`TooLong`.
    """
    try:
        reader, writer = await asyncio.open_connection(
            sock=connection, ssl=tls, server_hostname=request.host if tls else None
        )
    except BaseException:
        connection.close()
        raise
    try:
        return await _converse(reader, writer, request, cap)
    finally:
        writer.transport.abort()


async def _dial(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(made, (address, port))
    except BaseException:
        made.close()
        raise
    return made


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request, cap: int
) -> Reply:
    import h11  # noqa: PLC0415 - only where a web server is asked

    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_CAP)
    method = "GET" if request.body is None else "POST"
    try:
        data = talk.send(
            h11.Request(method=method, target=request.target, headers=request.headers())
        )
        if request.body is not None:
            data = (data or b"") + (talk.send(h11.Data(data=request.body)) or b"")
        writer.write((data or b"") + (talk.send(h11.EndOfMessage()) or b""))
        await writer.drain()
        return await _answer(reader, talk, cap)
    except h11.ProtocolError as error:
        raise NotHttp(str(error)) from error


async def _answer(reader: asyncio.StreamReader, talk: "h11.Connection", cap: int) -> Reply:
    import h11  # noqa: PLC0415

    head: h11.Response | None = None
    body = bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await reader.read(_READ))
        elif isinstance(event, h11.Response):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > cap:
                raise TooLong
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            headers = dict(head.headers)
            location = headers.get(b"location", b"").decode("utf-8", "replace")
            return Reply(head.status_code, location, _unpacked(bytes(body), cap))
        elif not isinstance(event, h11.InformationalResponse):
            raise NotHttp(_("the server hung up"))


def _unpacked(body: bytes, cap: int) -> bytes:
    """*Body* as it was before gzip, which some servers use unasked and untold."""
    if not body.startswith(_GZIP):
        return body
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(body, cap + 1)
    except zlib.error:
        return body
    if len(plain) > cap:
        raise TooLong
    return plain
