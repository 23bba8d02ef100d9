# SPDX-License-Identifier: MPL-2.0
"""A name server for one small zone; of everything else it says that there is none.

So nothing that is asked during the demo leaves this machine (RFC 1035, 2308, 2782).
"""

import asyncio
import struct

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.zone

from clientcfg.demo.listener import IDLE, LOOPBACK

_TEXT = """\
$ORIGIN {domain}.
$TTL 60
@     IN SOA ns hostmaster 1 3600 600 86400 60
@     IN NS  ns
@     IN MX  10 mail
ns    IN A   127.0.0.1
mail  IN A   127.0.0.1
{services}"""
_ROOT_SOA = dns.rrset.from_text(
    ".", 60, "IN", "SOA", "nobody.invalid. nobody.invalid. 1 3600 600 86400 60"
)
_ATTEMPTS = 20  # a free port may be free for TCP only


def make_zone(domain: str, services: dict[str, int]) -> dns.zone.Zone:
    """The zone *domain*, with an SRV record for each service label and its port."""
    lines = (f"{label}._tcp IN SRV 0 1 {port} mail\n" for label, port in services.items())
    return dns.zone.from_text(_TEXT.format(domain=domain, services="".join(lines)))


def answer(zone: dns.zone.Zone, query: dns.message.Message) -> dns.message.Message:
    """The answer to one query; an SOA record says how long a no is good for."""
    response = dns.message.make_response(query, recursion_available=True)
    if query.opcode() != dns.opcode.QUERY or len(query.question) != 1:
        response.set_rcode(dns.rcode.NOTIMP)
        return response
    question = query.question[0]
    assert zone.origin is not None  # noqa: S101 - the text of the zone names it
    if question.rdclass != dns.rdataclass.IN or not question.name.is_subdomain(zone.origin):
        response.set_rcode(dns.rcode.NXDOMAIN)
        response.authority.append(_ROOT_SOA)
        return response
    response.flags |= dns.flags.AA
    found = zone.get_rrset(question.name, question.rdtype)
    if found is not None:
        found = _absolute(found, question.name, zone.origin)
        response.answer.append(found)
        return response
    if not _exists(zone, question.name):
        response.set_rcode(dns.rcode.NXDOMAIN)
    soa = zone.get_rrset(zone.origin, dns.rdatatype.SOA)
    assert soa is not None  # noqa: S101 - as above
    response.authority.append(_absolute(soa, zone.origin, zone.origin))
    return response


def _absolute(
    found: dns.rrset.RRset, owner: dns.name.Name, origin: dns.name.Name
) -> dns.rrset.RRset:
    records = [rdata.to_text(origin=origin, relativize=False) for rdata in found]
    return dns.rrset.from_text_list(owner, found.ttl, found.rdclass, found.rdtype, records)


def _exists(zone: dns.zone.Zone, name: dns.name.Name) -> bool:
    """Whether there is something at *name* or below it (RFC 4592 §2.2.2)."""
    assert zone.origin is not None  # noqa: S101 - as above
    return any(node.derelativize(zone.origin).is_subdomain(name) for node in zone.nodes)


def answer_wire(zone: dns.zone.Zone, wire: bytes) -> bytes | None:
    """The same in octets; None for what is no query."""
    try:
        query = dns.message.from_wire(wire)
        if query.flags & dns.flags.QR:
            return None
        return answer(zone, query).to_wire()
    except dns.exception.DNSException:
        return None


class NameServer:
    """Answers over UDP and TCP on one loopback port, until it is closed."""

    def __init__(self, zone: dns.zone.Zone) -> None:
        self._zone = zone
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listen; the port."""
        loop = asyncio.get_running_loop()
        for attempt in range(_ATTEMPTS):
            tcp = await asyncio.start_server(self._accept, LOOPBACK, 0)
            port: int = tcp.sockets[0].getsockname()[1]
            try:
                self._udp, _protocol = await loop.create_datagram_endpoint(
                    lambda: _Datagrams(self._zone), local_addr=(LOOPBACK, port)
                )
            except OSError:
                tcp.close()
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                self._tcp = tcp
                return port
        raise AssertionError  # the loop returns or raises

    async def close(self) -> None:
        """Stop listening and wait for the last client to be gone."""
        if self._udp is not None:
            self._udp.close()
        if self._tcp is not None:
            self._tcp.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        if self._tcp is not None:
            await self._tcp.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                async with asyncio.timeout(IDLE):
                    (length,) = struct.unpack("!H", await reader.readexactly(2))
                    query = await reader.readexactly(length)
                response = answer_wire(self._zone, query)
                if response is None:
                    return
                writer.write(struct.pack("!H", len(response)) + response)
                await writer.drain()
        except (OSError, EOFError):
            return
        finally:
            writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, zone: dns.zone.Zone) -> None:
        self._zone = zone
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        response = answer_wire(self._zone, data)
        if response is not None and self._transport is not None:
            self._transport.sendto(response, addr)
