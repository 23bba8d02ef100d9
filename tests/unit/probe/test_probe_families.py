# SPDX-License-Identifier: MPL-2.0
"""A host with IPv4 and IPv6 is asked over both; neither hides the other, nor holds it up."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport, Family
from clientcfg.probe.driver import Extent, Trust, probe_all
from tests.running.places import in_ci
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Smtp
from tests.support.fakes.server import FakeServer, Script

SIX, FOUR = "::1", "127.0.0.1"


def _has_six() -> bool:
    with socket.socket(socket.AF_INET6) as trial:
        try:
            trial.bind((SIX, 0))
        except OSError:
            return False
    return True


# With CI=true a missing part is a failure.
pytestmark = pytest.mark.skipif(not _has_six() and not in_ci(), reason="no ::1 here")


@asynccontextmanager
async def both(
    identities: Identities, six: Script | None, four: Script | None
) -> AsyncIterator[int]:
    """A port at which each family has its own server; None: nothing listens there."""
    async with AsyncExitStack() as stack:
        with socket.socket() as free:
            free.bind((FOUR, 0))
            port = int(free.getsockname()[1])
        for address, script in ((SIX, six), (FOUR, four)):
            if script is not None:
                good = identities.context("good")
                server = FakeServer(script, good, address=address, port=port)
                await stack.enter_async_context(server)
        yield port


async def ask(
    identities: Identities,
    port: int,
    *addresses: str,
    timeout: float = 5,
    families: bool = True,
) -> EndpointReport:
    endpoint = Endpoint(Protocol.SMTP, NAME, port, Security.STARTTLS)
    answers = probe_all(
        [endpoint],
        trust=Trust((identities.ca_file,)),
        timeout=timeout,
        resolve=resolve_to(*addresses),
        extent=Extent(both_families=families),
    )
    (report,) = [report async for report in answers]
    return report


def codes(report: EndpointReport) -> list[str]:
    return [problem.code for problem in report.problems]


async def test_both_answer_alike(identities: Identities) -> None:
    async with both(identities, Smtp(), Smtp()) as port:
        report = await ask(identities, port, SIX, FOUR)
    assert report.address == SIX
    assert codes(report) == []
    told = [(f.family, f.address, f.reachable) for f in report.families]
    assert told == [(Family.IPV4, FOUR, True), (Family.IPV6, SIX, True)]


async def test_the_family_named_first_is_the_one_told(identities: Identities) -> None:
    async with both(identities, Smtp(), Smtp()) as port:
        report = await ask(identities, port, FOUR, SIX)
    assert report.address == FOUR


async def test_they_answer_differently(identities: Identities) -> None:
    async with both(identities, Smtp(), Smtp(inside=(b"AUTH CRAM-MD5",))) as port:
        report = await ask(identities, port, SIX, FOUR)
    assert report.auth == ("PLAIN", "LOGIN")
    assert codes(report) == ["families-differ"]
    assert SIX in report.problems[0].text
    assert FOUR in report.problems[0].text


async def test_one_refuses(identities: Identities) -> None:
    async with both(identities, None, Smtp()) as port:
        report = await ask(identities, port, SIX, FOUR)
    assert report.address == FOUR
    assert report.trusted
    assert codes(report) == ["address-without-answer"]
    assert "IPv6" in report.problems[0].text
    answers = {f.family: f for f in report.families}
    assert answers[Family.IPV6].address is None
    assert [p.code for p in answers[Family.IPV6].problems] == ["refused"]


async def test_a_black_hole_is_told_and_costs_a_second(identities: Identities) -> None:
    async with both(identities, None, Smtp()) as port:
        with socket.socket(socket.AF_INET6) as full:
            full.bind((SIX, port))
            full.listen(0)
            # A listener whose queue is full does not answer: loopback's black hole.
            plugs = [socket.socket(socket.AF_INET6) for _plug in range(3)]
            for plug in plugs:
                plug.setblocking(False)
                plug.connect_ex((SIX, port))
            started = time.monotonic()
            report = await ask(identities, port, SIX, FOUR, timeout=8)
            assert time.monotonic() - started < 3
            for plug in plugs:
                plug.close()
    assert report.address == FOUR
    assert report.trusted
    assert codes(report) == ["address-without-answer"]
    (six,) = [f for f in report.families if f.family is Family.IPV6]
    assert [p.code for p in six.problems] == ["no-answer"]


async def test_a_tarpit_on_the_other_family_does_not_hold_up_the_answer(
    identities: Identities,
) -> None:
    async def never(_session: object) -> None:
        await asyncio.sleep(30)

    async with both(identities, Smtp(), never) as port:
        started = time.monotonic()
        report = await ask(identities, port, SIX, FOUR, timeout=8)
        assert time.monotonic() - started < 3
    assert report.address == SIX
    assert codes(report) == ["address-without-answer"]


async def test_versions_are_asked_of_the_family_that_answers(identities: Identities) -> None:
    async with both(identities, None, Smtp()) as port:
        endpoint = Endpoint(Protocol.SMTP, NAME, port, Security.STARTTLS)
        answers = probe_all(
            [endpoint],
            trust=Trust((identities.ca_file,)),
            timeout=5,
            resolve=resolve_to(SIX, FOUR),
            extent=Extent("some", both_families=True),
        )
        (report,) = [report async for report in answers]
    assert report.tls is not None
    assert dict(report.tls.versions or ())["1.3"] is True


async def test_neither_answers(identities: Identities) -> None:
    async with both(identities, None, None) as port:
        report = await ask(identities, port, SIX, FOUR)
    assert codes(report) == ["refused"]
    assert [f.reachable for f in report.families] == [False, False]


async def test_one_family_alone_says_nothing_of_the_other(identities: Identities) -> None:
    async with both(identities, None, Smtp()) as port:
        report = await ask(identities, port, FOUR)
    assert report.families == ()


async def test_without_both_families_there_is_a_race(identities: Identities) -> None:
    async with both(identities, None, Smtp()) as port:
        report = await ask(identities, port, SIX, FOUR, families=False)
    assert report.address == FOUR
    assert report.families == ()
