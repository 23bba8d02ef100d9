# SPDX-License-Identifier: MPL-2.0
"""An address on loopback for each world, so that every one has the well-known ports.

All of 127.0.0.0/8 is this machine. A connection there comes from 127.0.0.1,
so servers on another address see a stranger, as they do on the Internet
(Dovecot trusts a client whose address is its own).
"""

import random
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SMTP = 25
DNS = 53
POP3 = 110
IMAP = 143
SUBMISSIONS = 465
SUBMISSION = 587
IMAPS = 993
POP3S = 995
MAIL_PORTS = frozenset({SMTP, POP3, IMAP, SUBMISSIONS, SUBMISSION, IMAPS, POP3S})

_TRIES = 50


@contextmanager
def claimed() -> Iterator[str]:
    """An address whose mail ports are free, and which no other test takes while this lasts.

    The claim is an abstract Unix socket, so it ends with the process at the
    latest. Raises :class:`OSError` if no address is to be had: then some
    program of this machine listens on all addresses.
    """
    for _ in range(_TRIES):
        address = f"127.77.{random.randrange(256)}.{random.randrange(1, 255)}"
        with socket.socket(socket.AF_UNIX) as claim:
            try:
                claim.bind(f"\0clientcfg-test-world-{address}")
            except OSError:
                continue
            if all(_is_free(address, port) for port in MAIL_PORTS):
                yield address
                return
    raise OSError("a mail server of this machine listens on every loopback address")


def listening(address: str, pid: int | None = None) -> frozenset[int]:
    """The TCP ports open on an IPv4 address, without connecting to any (proc_net_tcp).

    *pid*: a process whose network it is about, if not this one's.
    """
    there = f"{struct.unpack('=I', socket.inet_aton(address))[0]:08X}"
    table = Path("/proc", str(pid or "self"), "net", "tcp")
    rows = (line.split() for line in table.read_text().splitlines()[1:])
    ends = (row[1].split(":") for row in rows if row[3] == "0A")
    return frozenset(int(port, 16) for host, port in ends if host == there)


def _is_free(address: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError:
            return False
    return True
