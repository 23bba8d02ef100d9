# SPDX-License-Identifier: MPL-2.0
"""The fuzz target on its seeds and some mutants; and that the work is linear in the bytes."""

import random
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.endpoint import Protocol, Security
from tests.fuzz.conversations import SEEDS, mutated, one_input
from tests.support.fakes.talk import Play, conversation


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_lead_somewhere(seed: bytes) -> None:
    report = one_input(seed)
    assert report.reachable
    assert len(report.transcript) > 3


def test_three_thousand_mutants() -> None:
    chance = random.Random(20261128)
    for _mutant in range(3000):
        one_input(mutated(chance))


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    one_input(data)


def work(done: Callable[[], object]) -> int:
    """Calls made, C functions included: the same each time, whatever the machine is doing."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        done()
    finally:
        sys.setprofile(None)
    return count


LINES = {
    Protocol.SMTP: (b"220 hi\r\n", b"250-X-KEYWORD value\r\n"),
    Protocol.IMAP: (b"* OK hi\r\n", b"* 12 EXISTS more\r\n"),
    Protocol.POP3: (b"+OK hi\r\n+OK list\r\n", b"X-KEYWORD value\r\n"),
}


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_twice_the_bytes_are_twice_the_work(protocol: Protocol, piece: int) -> None:
    greeting, line = LINES[protocol]

    def listen(count: int) -> int:
        play = Play(conversation(protocol, Security.PLAIN)).pieces(greeting)
        data = line * count
        return work(lambda: play.pieces(*(data[i : i + piece] for i in range(0, len(data), piece))))

    small, large = listen(100), listen(400)
    assert large < 4.4 * small


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_line_that_never_ends_is_looked_at_once(protocol: Protocol) -> None:
    """Byte by byte up to the limit: each byte costs the same, however long the line is."""
    greeting, _line = LINES[protocol]

    def listen(count: int) -> int:
        play = Play(conversation(protocol, Security.PLAIN)).pieces(greeting)
        return work(lambda: play.pieces(*([b"x"] * count)))

    assert listen(8000) < 4.4 * listen(2000)
