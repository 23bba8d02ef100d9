# SPDX-License-Identifier: MPL-2.0
"""A small internet of a test's own: a zone, and web servers with certificates for its hosts.

Every host has a loopback address of its own; port 443 of it is some free port.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clientcfg.discover import web
from clientcfg.discover.dns import Resolver
from clientcfg.discover.source import Ask
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from tests.support.name_server import Zone, dns_server, from_zone
from tests.world.authority import Authority

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a web server got."""

    host: str
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Net:
    """``zone`` may be changed at any time; ``asked`` is what web servers were asked."""

    folder: Path
    zone: Zone = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    resolver: Resolver = field(init=False)
    _authority: Authority = field(default_factory=Authority)
    _ports: dict[tuple[str, int], int] = field(default_factory=dict)
    _servers: list[asyncio.Server] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "ca.pem").write_bytes(self._authority.certificate)

    def ask(self, domain: str = "example.test", local: str | None = "ada", **how: Any) -> Ask:
        """The question about *domain*, from somebody who trusts our authority."""
        return Ask(domain, self.resolver, local, context=self.context, **how)

    def question(self, target: str = "ada@example.test", **how: Any) -> Question:
        """The same as flows are asked it."""
        with_at = "@" in target
        return Question(
            address=Address.parse(target) if with_at else None,
            name=None if with_at else target,
            nameserver=self.resolver._nameserver,
            ca_files=(str(self.folder / "ca.pem"),),
            **how,
        )

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "ca.pem"))

    async def host(
        self,
        name: str,
        pages: Mapping[str, bytes] | None = None,
        *,
        certificate: str | None = None,
        valid: timedelta = timedelta(days=7),
        https: bool = True,
        port: int | None = None,
        talk: Talk | None = None,
    ) -> None:
        """A web server *name*: target to a whole answer; *certificate* for whom, if not for it."""
        address = f"127.0.7.{len(self._servers) + 1}"
        self.zone[name, "A"] = [address]
        context = self._server_context(certificate or name, valid) if https else None

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, EOFError, asyncio.IncompleteReadError):
                if talk is not None:
                    await talk(reader, writer)
                else:
                    await self._serve(name, pages or {}, reader, writer)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        self._servers.append(server)
        self._ports[address, port or (443 if https else 80)] = server.sockets[0].getsockname()[1]

    def silent(self, name: str) -> None:
        """A host that swallows whatever is sent there."""
        address = f"127.0.8.{len(self.zone) + 1}"
        self.zone[name, "A"] = [address]
        self._ports[address, 443] = 0

    async def connect(self, addresses: tuple[str, ...], port: int) -> socket.socket:
        real = self._ports.get((addresses[0], port))
        if real is None:
            raise ConnectionRefusedError
        if not real:
            await asyncio.Event().wait()
        made = socket.socket()
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", real))
        return made

    async def close(self) -> None:
        for server in self._servers:
            server.close()

    async def _serve(
        self,
        name: str,
        pages: Mapping[str, bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        method, target, _version = first.split()
        headers = {k.lower(): v.strip() for k, _colon, v in (x.partition(":") for x in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append(Asked(name, method, target, headers, body))
        writer.write(pages.get(target, status(404)))
        await writer.drain()

    def _server_context(self, name: str, valid: timedelta) -> ssl.SSLContext:
        issued = self._authority.issue([name], valid)
        file = self.folder / f"{name}.pem"
        file.write_bytes(issued.certificate + issued.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


@asynccontextmanager
async def small_net(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Net]:
    made = Net(folder)
    monkeypatch.setattr(web, "connect", made.connect)

    reply = from_zone(made.zone)
    async with dns_server(reply, timeout=1.0, asked=made.looked_up) as resolver:
        made.resolver = resolver
        try:
            yield made
        finally:
            resolver.forget()
            await made.close()


def ok(body: bytes | str, kind: str = "text/xml") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def status(code: int) -> bytes:
    return f"HTTP/1.1 {code} Word\r\nContent-Length: 0\r\n\r\n".encode()


def moved(where: str, code: int = 302) -> bytes:
    return f"HTTP/1.1 {code} Moved\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()


def config(domain: str = "example.test", host: str = "mail.example.test") -> str:
    """An autoconfig file with one IMAP and one SMTP server."""
    servers = "".join(
        f'<{way}Server type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
        "<socketType>SSL</socketType><username>%EMAILADDRESS%</username>"
        f"<authentication>password-cleartext</authentication></{way}Server>"
        for way, kind, port in (("incoming", "imap", 993), ("outgoing", "smtp", 465))
    )
    return (
        f'<clientConfig version="1.1"><emailProvider id="{domain}"><domain>{domain}</domain>'
        f"{servers}</emailProvider></clientConfig>"
    )
