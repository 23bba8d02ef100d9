# SPDX-License-Identifier: MPL-2.0
"""A DNS server of a test's own on loopback, and what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from clientcfg.discover.dns import Nameserver, Resolver

Zone = dict[tuple[str, str], list[str]]
Reply = Callable[[dns.message.Message], dns.message.Message | None]


class _Server(asyncio.DatagramProtocol):
    def __init__(self, reply: Reply, asked: list[str] | None) -> None:
        self.reply = reply
        self.asked = asked if asked is not None else []
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        self.asked.append(query.question[0].name.to_text())
        answer = self.reply(query)
        if answer is not None and self.transport is not None:
            self.transport.sendto(answer.to_wire(), addr)


def from_zone(zone: Zone) -> Reply:
    def reply(query: dns.message.Message) -> dns.message.Message:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        for _hop in range(20):
            if (name, "CNAME") not in zone:
                break
            answer.answer.append(_records(name, "CNAME", zone))
            name = zone[name, "CNAME"][0].rstrip(".")
        if not any(owner == name for owner, _kind in zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif (name, kind) in zone:
            answer.answer.append(_records(name, kind, zone))
        return answer

    return reply


def _records(name: str, kind: str, zone: Zone) -> dns.rrset.RRset:
    return dns.rrset.from_text(name + ".", 60, "IN", kind, *zone[name, kind])


@asynccontextmanager
async def dns_server(
    reply: Reply, *, timeout: float = 2.0, asked: list[str] | None = None
) -> AsyncIterator[Resolver]:
    """A resolver that asks *reply*; *asked* gets the name of every query that comes."""
    loop = asyncio.get_running_loop()
    transport, _protocol = await loop.create_datagram_endpoint(
        lambda: _Server(reply, asked), local_addr=("127.0.0.1", 0)
    )
    try:
        port = transport.get_extra_info("sockname")[1]
        yield Resolver(Nameserver("127.0.0.1", port), timeout=timeout)
    finally:
        transport.close()
