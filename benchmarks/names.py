# SPDX-License-Identifier: MPL-2.0
"""A name server that takes its time, as a process: ``names SECONDS ZONE.json``.

The file maps ``"name TYPE"`` to a list of records; whatever it does not know
does not exist. Prints its port and serves until standard input ends.
"""

import asyncio
import json
import sys
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from benchmarks.children import serve_until_let_go


class _Names(asyncio.DatagramProtocol):
    def __init__(self, zone: dict[str, list[str]], wait: float) -> None:
        self._zone = zone
        self._names = {key.partition(" ")[0] for key in zone}
        self._wait = wait
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        # First the clock, then the work, so that the work is not waited for on top.
        due = asyncio.get_running_loop().time() + self._wait
        answer = self._answer(dns.message.from_wire(data))
        assert self._transport is not None  # noqa: S101 - for the type only
        asyncio.get_running_loop().call_at(due, self._transport.sendto, answer, addr)

    def _answer(self, query: dns.message.Message) -> bytes:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        records = self._zone.get(f"{name} {kind}")
        if records:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *records))
        elif name not in self._names:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()


async def main(wait: float, zone: dict[str, list[str]]) -> None:
    """Serve."""
    transport, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Names(zone, wait), local_addr=("127.0.0.1", 0)
    )
    await serve_until_let_go([transport.get_extra_info("sockname")[1]])


if __name__ == "__main__":
    records = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    asyncio.run(main(float(sys.argv[1]), records))
