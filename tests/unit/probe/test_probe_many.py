# SPDX-License-Identifier: MPL-2.0
import asyncio
import time

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.driver import Extent, Trust, probe_all
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Says, silent
from tests.support.fakes.server import FakeServer, Session

pytestmark = pytest.mark.asyncio

HERE = resolve_to("127.0.0.1")


def smtp(port: int, host: str = "mail.fake.test") -> Endpoint:
    return Endpoint(Protocol.SMTP, host, port, Security.STARTTLS)


async def test_each_report_comes_as_soon_as_it_is_there() -> None:
    async with FakeServer(silent) as slow, FakeServer(Says(b"554 no\r\n")) as fast:
        started = time.monotonic()
        endpoints = [smtp(slow.port), smtp(fast.port)]
        answers = probe_all(endpoints, trust=Trust(), timeout=0.5, resolve=HERE)
        order = [(report.endpoint.port, report.problems[0].code) async for report in answers]
        assert time.monotonic() - started < 1
    assert order == [(fast.port, "refused-us"), (slow.port, "no-answer")]


async def test_the_same_endpoint_is_asked_once() -> None:
    async with FakeServer(Says(b"554 no\r\n")) as server:
        twice = [smtp(server.port)] * 2
        reports = [r async for r in probe_all(twice, trust=Trust(), timeout=2, resolve=HERE)]
    assert len(reports) == 1
    assert len(server.sessions) == 1


async def test_at_most_four_at_once_to_one_service() -> None:
    async def pauses(session: Session) -> None:
        await asyncio.sleep(0.05)
        await session.say(b"554 no")

    async with FakeServer(pauses) as server:
        # Nine ways to ask the same host and port.
        ways = [
            Endpoint(protocol, "mail.fake.test", server.port, security)
            for protocol in Protocol
            for security in Security
        ]
        reports = [r async for r in probe_all(ways, trust=Trust(), timeout=3, resolve=HERE)]
    assert len(reports) == 9
    assert 1 < server.most_at_once <= 4


async def test_whose_turn_never_comes_was_not_asked() -> None:
    async with FakeServer(silent) as server:
        ways = [
            Endpoint(protocol, "mail.fake.test", server.port, security)
            for protocol in Protocol
            for security in Security
        ]
        reports = [r async for r in probe_all(ways, trust=Trust(), timeout=0.3, resolve=HERE)]
    codes = sorted(r.problems[0].code for r in reports)
    assert codes == ["no-answer"] * 4 + ["not-asked"] * 5


async def test_going_away_early_hangs_up_everywhere() -> None:
    async with FakeServer(silent) as slow, FakeServer(Says(b"554 no\r\n")) as fast:
        answers = probe_all(
            [smtp(slow.port), smtp(fast.port)], trust=Trust(), timeout=30, resolve=HERE
        )
        async for _report in answers:
            break
        await answers.aclose()  # type: ignore[attr-defined]
        started = time.monotonic()
    assert time.monotonic() - started < 0.4


@pytest.mark.parametrize("extent", [Extent(), Extent("some"), Extent(both_families=True)])
async def test_a_defect_of_ours_is_not_taken_for_an_answer(
    monkeypatch: pytest.MonkeyPatch, extent: Extent
) -> None:
    def broken(_self: object, _data: bytes) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(Conversation, "received", broken)
    async with FakeServer(Says(b"220 hi\r\n")) as server:
        answers = probe_all(
            [smtp(server.port)], trust=Trust(), timeout=3, resolve=HERE, extent=extent
        )
        with pytest.raises(ZeroDivisionError):
            async for _report in answers:
                pass
