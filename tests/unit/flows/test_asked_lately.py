# SPDX-License-Identifier: MPL-2.0
"""Who was asked lately is known to the next run, and a damaged file is as good as none."""

import json
from pathlib import Path

import pytest

from clientcfg.changes.disk import RealDisk
from clientcfg.flows.asked_lately import asked_lately
from clientcfg.probe.manners import SESSIONS, WINDOW, Manners, Recently

SERVICE = ("192.0.2.1", 587)


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_the_next_run_knows(tmp_path: Path) -> None:
    clock = Clock()
    first, second = Recently(clock), Recently(clock)
    with asked_lately(tmp_path, RealDisk(), first):
        for _session in range(SESSIONS - 1):
            first.note(SERVICE)
    with asked_lately(tmp_path, RealDisk(), second):
        assert Manners(second).room(SERVICE, 1)
        assert not Manners(second).room(SERVICE, 2)
        second.note(SERVICE)
    third = Recently(clock)
    with asked_lately(tmp_path, RealDisk(), third):
        assert not Manners(third).room(SERVICE)
    clock.now += WINDOW
    with asked_lately(tmp_path, RealDisk(), third):
        assert Manners(third).room(SERVICE, SESSIONS)


def test_nothing_asked_is_nothing_written(tmp_path: Path) -> None:
    recently = Recently(Clock())
    with asked_lately(tmp_path, RealDisk(), recently):
        recently.note(("127.0.0.1", 25))
    assert list(tmp_path.iterdir()) == []


def test_what_no_longer_counts_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    recently = Recently(clock)
    with asked_lately(tmp_path, RealDisk(), recently):
        recently.note(SERVICE)
    clock.now += WINDOW + 1
    with asked_lately(tmp_path, RealDisk(), recently):
        recently.note(("192.0.2.2", 25))
    rows = json.loads((tmp_path / "asked-lately.json").read_text())["services"]
    assert [row[0] for row in rows] == ["192.0.2.2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"services": 7}',
        b'{"services": [["a"]]}',
        b"\xff",
        b'{"services": [["a", "b", 1]]}',
    ],
)
def test_a_damaged_file_holds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "asked-lately.json").write_bytes(content)
    recently = Recently(Clock())
    with asked_lately(tmp_path, RealDisk(), recently):
        recently.note(SERVICE)
    assert recently.count(SERVICE) == 1
    rows = json.loads((tmp_path / "asked-lately.json").read_text())["services"]
    assert [row[0] for row in rows] == ["192.0.2.1"]


def test_times_to_come_are_not_believed(tmp_path: Path) -> None:
    rows = {"services": [["192.0.2.1", 587, [2_000_000.0] * SESSIONS]]}
    (tmp_path / "asked-lately.json").write_text(json.dumps(rows))
    recently = Recently(Clock())
    with asked_lately(tmp_path, RealDisk(), recently):
        assert Manners(recently).room(SERVICE, SESSIONS)


def test_a_place_that_cannot_be_written_is_no_trouble() -> None:
    recently = Recently(Clock())
    with asked_lately(Path("/proc/nowhere"), RealDisk(), recently):
        recently.note(SERVICE)
    assert recently.count(SERVICE) == 1
