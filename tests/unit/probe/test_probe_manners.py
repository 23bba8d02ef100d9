# SPDX-License-Identifier: MPL-2.0
"""How often a server may be bothered."""

import asyncio

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.probe.driver import Trust, probe_all
from clientcfg.probe.manners import AT_ONCE, SESSIONS, WINDOW, Manners, Recently
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Smtp
from tests.support.fakes.server import FakeServer

SERVICE = ("192.0.2.1", 587)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_five_sessions_in_ten_minutes() -> None:
    clock = Clock()
    recently = Recently(clock)
    manners = Manners(recently)
    for _session in range(SESSIONS):
        assert manners.room(SERVICE)
        recently.note(SERVICE)
        clock.now += 1
    assert not manners.room(SERVICE)
    assert manners.room(("192.0.2.1", 465))
    clock.now = 1000.0 + WINDOW
    assert manners.room(SERVICE)
    assert not manners.room(SERVICE, 2)


def test_room_for_several_at_once() -> None:
    recently = Recently(Clock())
    recently.note(SERVICE)
    assert Manners(recently).room(SERVICE, 4)
    recently.note(SERVICE)
    assert not Manners(recently).room(SERVICE, 4)


def test_this_machines_own_servers_are_not_counted() -> None:
    recently = Recently(Clock())
    for _session in range(20):
        recently.note(("127.0.0.1", 25))
        recently.note(("::1", 25))
    assert Manners(recently).room(("127.0.0.1", 25), SESSIONS)
    assert Manners(recently).room(("::1", 25), SESSIONS)


async def test_four_at_once_and_nothing_is_kept_of_those_who_left() -> None:
    manners, at_once, most = Manners(Recently(Clock())), 0, 0

    async def visit() -> None:
        nonlocal at_once, most
        async with manners.session(SERVICE):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.01)
            at_once -= 1

    await asyncio.gather(*(visit() for _visit in range(10)))
    assert most == AT_ONCE
    assert not manners._turns


@pytest.mark.parametrize("already", [SESSIONS - 1, SESSIONS])
async def test_a_closer_look_is_left_out_where_it_would_be_too_much(
    identities: Identities, already: int
) -> None:
    """What a person asks for is asked; what the probe would add by itself is not."""
    recently = Recently(loopback=True)
    async with FakeServer(Smtp(), identities.context("expired")) as server:
        for _session in range(already):
            recently.note(("127.0.0.1", server.port))
        endpoint = Endpoint(Protocol.SMTP, NAME, server.port, Security.STARTTLS)
        answers = probe_all(
            [endpoint],
            trust=Trust((identities.ca_file,)),
            timeout=5,
            resolve=resolve_to("127.0.0.1"),
            manners=Manners(recently),
        )
        (report,) = [report async for report in answers]
    assert len(server.sessions) == 1
    assert [p.code for p in report.problems] == ["certificate-not-trusted"]
    assert not report.trusted
