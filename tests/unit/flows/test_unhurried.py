# SPDX-License-Identifier: MPL-2.0
"""Long computing gives way: to everybody in between, and to whoever is busy altogether."""

import asyncio
import time
from collections.abc import Iterator

from clientcfg.flows import unhurried as module
from clientcfg.flows.unhurried import unhurried


def slow(count: int) -> Iterator[int]:
    """Each takes a whole share of the time."""
    for number in range(count):
        until = time.perf_counter() + module.WORK
        while time.perf_counter() < until:
            pass
        yield number


def test_others_have_their_turn_between_two() -> None:
    async def work() -> tuple[tuple[int, ...], int]:
        turns = 0

        async def other() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        beside = asyncio.create_task(other())
        made = await unhurried(slow(5))
        beside.cancel()
        return made, turns

    made, turns = asyncio.run(work())
    assert made == (0, 1, 2, 3, 4)
    assert turns >= 5


def test_nothing_is_made_while_others_are_busy() -> None:
    asked: list[int] = []
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in slow(3):
            made.append(number)
            yield number

    def busy() -> bool:
        asked.append(len(made))
        return len(asked) < 4

    assert asyncio.run(unhurried(items(), busy)) == (0, 1, 2)
    # After the first one it looked until nobody was busy, and had made no other meanwhile.
    assert asked[:4] == [1, 1, 1, 1]
    assert len(asked) >= 5


def test_all_at_once_where_it_takes_no_time() -> None:
    assert asyncio.run(unhurried(iter("abc"))) == ("a", "b", "c")
