# SPDX-License-Identifier: MPL-2.0
"""``find --probe`` from an address to servers that are settled, beside the least it can take.

Every host is 60 ms away (there and back), DNS 30 ms. The budget of each way
counts what cannot be saved: D for DNS, R for round trips to a host.
"""

import asyncio
import json
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from benchmarks.children import child, module
from benchmarks.figures import Figure, at_most, tell
from benchmarks.identity import Identity, identity
from benchmarks.pages import file_name
from clientcfg.discover import guess
from clientcfg.discover.autoconfig import FILE
from clientcfg.discover.dns import Nameserver
from clientcfg.discover.source import Ask, Source
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.endpoint import STANDARD_PORTS, Endpoint, Protocol, Security
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.probe.extent import BASE

_R, _D = 0.06, 0.03
_RUNS = 5
_HERE = ["127.0.0.1"]
_SMTP, _IMAP = Protocol.SMTP, Protocol.IMAP


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find servers. ``d`` and ``r``: its budget in times to DNS and to hosts.

    ``pages``: "host path" to a redirect's target, or "" for the configuration.
    """

    name: str
    d: int
    r: float
    security: Security
    zone: Mapping[str, list[str]] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    source: str = ""

    @property
    def budget(self) -> float:
        """Seconds."""
        return self.d * _D + self.r * _R


_AUTO = "autoconfig.bench.test"
WAYS = (
    Way("in the bundle", 1, 3.5, Security.TLS, source="bundle"),
    Way(
        "autoconfig, TLS", 2, 6.5, Security.TLS, {f"{_AUTO} A": _HERE}, {(_AUTO, FILE): ""},
        "autoconfig",
    ),
    Way(
        "autoconfig with a redirect, STARTTLS", 3, 11.5, Security.STARTTLS,
        {f"{_AUTO} A": _HERE, "cfg.bench.test A": _HERE},
        {(_AUTO, FILE): "https://cfg.bench.test/x", ("cfg.bench.test", "/x"): ""}, "autoconfig",
    ),
    Way("SRV alone, STARTTLS", 2, 5.5, Security.STARTTLS, source="srv"),
    Way(
        "by the MX, STARTTLS", 3, 8.5, Security.STARTTLS,
        {"ada.test MX": ["10 mx.bench.test."], f"{_AUTO} A": _HERE}, {(_AUTO, FILE): ""}, "mx",
    ),
    Way(
        "guessed after every source said no", 1, 8.5, Security.STARTTLS,
        {f"{_AUTO} A": _HERE}, source="guess",
    ),
)  # fmt: skip


def _of(security: Security, ports: Sequence[int]) -> dict[Protocol, int]:
    return {
        protocol: port
        for (protocol, usual, kind), port in zip(STANDARD_PORTS, ports, strict=True)
        if kind is security and usual != 25
    }


def _configuration(way: Way, ports: Mapping[Protocol, int]) -> str:
    servers = "".join(
        f'<{where}Server type="{protocol}"><hostname>mail.bench.test</hostname>'
        f"<port>{ports[protocol]}</port>"
        f"<socketType>{'SSL' if way.security is Security.TLS else 'STARTTLS'}</socketType>"
        f"</{where}Server>"
        for where, protocol in (("incoming", _IMAP), ("outgoing", _SMTP))
    )
    inside = f'<emailProvider id="x">{servers}</emailProvider>'
    return f'<clientConfig version="1.1">{inside}</clientConfig>'


def _answer(way: Way, target: str, ports: Mapping[Protocol, int]) -> bytes:
    if target:
        return f"HTTP/1.1 302 x\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    body = _configuration(way, ports).encode()
    return b"HTTP/1.1 200 x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _zone(way: Way, ports: Mapping[Protocol, int]) -> dict[str, list[str]]:
    zone = {"mail.bench.test A": _HERE, **way.zone}
    if way.source == "srv":
        for label, protocol in (("_submission", _SMTP), ("_imap", _IMAP)):
            zone[f"{label}._tcp.bench.test SRV"] = [f"0 1 {ports[protocol]} mail.bench.test."]
    return zone


@contextmanager
def _surroundings(
    way: Way, who: Identity, server: Sequence[int]
) -> Iterator[tuple[int, int, dict[Protocol, int]]]:
    """The ports of the name server, of the web server, and of the mail servers."""
    with tempfile.TemporaryDirectory(prefix="clientcfg-bench-") as folder:
        answers = Path(folder, "pages")
        answers.mkdir()
        with child(*module("proxy", str(_R), *map(str, server))) as far:
            ports = _of(way.security, far)
            for (host, path), target in way.pages.items():
                (answers / file_name(host, path)).write_bytes(_answer(way, target, ports))
            zone = Path(folder, "zone.json")
            zone.write_text(json.dumps(_zone(way, ports)), encoding="utf-8")
            with (
                child(*module("names", str(_D), str(zone))) as names,
                child(*module("pages", who.chain, str(answers))) as near,
                child(*module("proxy", str(_R), *map(str, near))) as pages,
            ):
                yield names[0], pages[0], ports


def _bundle(ports: Mapping[Protocol, int]) -> Source:
    offers = tuple(
        Offer(Endpoint(p, "mail.bench.test", ports[p], Security.TLS), "bundle", Trust.A3)
        for p in (_SMTP, _IMAP)
    )

    async def ask(_question: Ask) -> SourceAnswer:
        return SourceAnswer("bundle", None, Outcome.FOUND, "bundled", 0.0, offers)

    # As the real one: it asks nobody, so it is not waited for.
    return Source("bundle", ask, offline=True)


async def _once(way: Way, who: Identity, names: int) -> float:
    domain = "ada.test" if way.source == "mx" else "bench.test"
    question = Question(
        address=Address("ada", domain),
        nameserver=Nameserver("127.0.0.1", names),
        ca_files=(who.ca,),
    )
    began = time.perf_counter()
    async for event in probe(question, BASE):
        if isinstance(event, ProbeDone):
            took = time.perf_counter() - began
            best = event.found.offers[0]
            if best.source != way.source or not event.report.endpoints[0].trusted:
                raise RuntimeError(f"{way.name}: found by {best.source}")
            return took
    raise RuntimeError(f"{way.name}: nothing was found")


def _measured(way: Way, who: Identity, server: Sequence[int]) -> Figure:
    with _surroundings(way, who, server) as (names, pages, ports):

        async def connect(_addresses: tuple[str, ...], _port: int) -> socket.socket:
            # Ports below 1024 are root's, so 443 is another one here.
            made = socket.socket()
            made.setblocking(False)
            await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", pages))
            return made

        habits = tuple(
            guess.Habit(p, ("mail",), ((ports[p], way.security),)) for p in (_SMTP, _IMAP)
        )
        bundled = (_bundle(ports),) if way.source == "bundle" else ()
        with (
            mock.patch("clientcfg.discover.web.connect", connect),
            mock.patch.object(guess, "HABITS", habits),
            mock.patch("clientcfg.flows.sources.BUNDLED", bundled),
        ):
            took = min(asyncio.run(_once(way, who, names)) for _ in range(_RUNS))
    ratio = took / way.budget
    beside = f"{way.d} D + {way.r:g} R: {way.budget:.3f} s"
    return Figure(way.name, f"{took:.3f} s", beside, ratio, *at_most(1.15, ratio))


def measure() -> list[Figure]:
    """Every way, in a process that is warm."""
    with identity() as who, child(*module("seven", who.chain)) as server:
        return [_measured(way, who, server) for way in WAYS]


if __name__ == "__main__":
    tell(measure)
