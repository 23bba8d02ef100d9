# SPDX-License-Identifier: MPL-2.0
"""A name server that knows one domain: where it has its mail servers, and nothing else."""

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.world import loopback
from tests.world.options import DOMAIN, HOSTS, IMAP_HOST, POP3_HOST, SMTP_HOST

_TTL_SECONDS = 60
_SERVICES = (
    ("submission", loopback.SUBMISSION, SMTP_HOST),
    ("submissions", loopback.SUBMISSIONS, SMTP_HOST),
    ("imap", loopback.IMAP, IMAP_HOST),
    ("imaps", loopback.IMAPS, IMAP_HOST),
    ("pop3", loopback.POP3, POP3_HOST),
    ("pop3s", loopback.POP3S, POP3_HOST),
)
Zone = Mapping[tuple[dns.name.Name, dns.rdatatype.RdataType], dns.rrset.RRset]


def zone(address: str, *, services: bool) -> Zone:
    """A, MX and, if wanted, the SRV records of RFC 6186 and RFC 8314."""
    records = [(host, "A", address) for host in HOSTS]
    records.append((DOMAIN, "MX", f"10 {HOSTS[0]}."))
    if services:
        records += [
            (f"_{name}._tcp.{DOMAIN}", "SRV", f"0 1 {port} {host}.")
            for name, port, host in _SERVICES
        ]
    sets = (dns.rrset.from_text(f"{name}.", _TTL_SECONDS, "IN", *rest) for name, *rest in records)
    return {(one.name, one.rdtype): one for one in sets}


@contextmanager
def answering(address: str, known: Zone) -> Iterator[None]:
    """Answer on UDP port 53 of an address while this lasts. Raises :class:`OSError`."""
    server = _Server((address, loopback.DNS), _Question)
    server.zone = known
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(socketserver.UDPServer):
    allow_reuse_address = True
    zone: Zone = {}  # noqa: RUF012  # set before it serves


class _Question(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        text, connection = self.request
        known = cast(_Server, self.server).zone
        query = dns.message.from_wire(text)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA
        asked = query.question[0]
        if found := known.get((asked.name, asked.rdtype)):
            answer.answer.append(found)
        elif asked.name not in {name for name, _ in known}:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        connection.sendto(answer.to_wire(), self.client_address)
