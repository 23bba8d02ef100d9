# SPDX-License-Identifier: MPL-2.0
"""Every format, stopped after every disk operation: what is found then is all old or all new.

The power goes with it, and takes what was not synced. With
``CLIENTCFG_TEST_SWEEP`` any set of directories may have kept its unsynced
names, and the recovery is cut off after each of its own operations, too.
"""

import itertools
import os
from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest

from clientcfg.changes.entry import State
from clientcfg.model.trouble import No, Trouble
from tests.support.bench import CANARY, HOME, STATE, Bench, in_memory
from tests.support.disks import REGISTRY, FailingDisk, MemoryDisk, Stopped, StoppingDisk
from tests.support.formats import ROWS
from tests.support.row import Row, Start

SWEEP = bool(os.environ.get("CLIENTCFG_TEST_SWEEP"))
Tree = dict[str, tuple[bytes | None, int]]
Cut = Callable[[str], bool] | None

POWER_CUTS: tuple[Cut, ...] = (
    None,  # killed; the power stays
    lambda _directory: False,
    lambda _directory: True,
    lambda directory: directory.startswith("/state"),
    lambda directory: directory.startswith("/home"),
    lambda directory: directory == "/registry",
)


def power_cuts(disk: MemoryDisk) -> Iterator[Cut]:
    """All kinds of cuts; in a sweep, every choice among the directories with unsynced names."""
    if not SWEEP:
        yield from POWER_CUTS
        return
    yield None
    names = {p for p in {*disk.nodes, *disk.safe} if disk.nodes.get(p) is not disk.safe.get(p)}
    unsynced = sorted({p.rpartition("/")[0] or "/" for p in names})
    if disk.registry.held != disk.registry.safe:
        unsynced.append("/registry")
    for number in range(len(unsynced) + 1):
        for kept in itertools.combinations(unsynced, number):
            yield lambda directory, kept=kept: directory in kept  # type: ignore[misc]


def restarted(disk: MemoryDisk, seen: set[Hashable]) -> Iterator[MemoryDisk]:
    """What is there at the next start, after each kind of cut, but what is in *seen* already."""
    for cut in power_cuts(disk):
        found = deepcopy(disk) if cut is None else disk.after_power_cut(cut)
        if (all_of_it := found.found()) not in seen:
            seen.add(all_of_it)
            yield found


def tree_of(disk: MemoryDisk, bench: Bench) -> Tree:
    """The home without the copies that a way back needs."""
    copies = bench.backups()
    return {path: node for path, node in disk.tree(HOME).items() if path not in copies}


def assert_consistent(disk: MemoryDisk, bench: Bench) -> None:
    """No file of ours lies about but the copies that are needed, and nothing has the password."""
    ours = {p for p in disk.nodes if ".clientcfg-" in p or "/old-" in p or p.endswith(".new")}
    assert ours == bench.backups()
    for path, node in disk.nodes.items():
        if path.startswith("/state") and node.content is not None:
            assert CANARY.encode() not in node.content
            assert path == "/state/other" or node.mode == 0o600
        elif path.startswith(STATE):
            assert node.mode == 0o700


@dataclass(frozen=True)
class Job:
    """Something that can be cut off: what was there before, and what it does."""

    prepared: MemoryDisk
    run: Callable[[Bench], object]
    state: State


def job(name: str, row: Row, start: Start) -> Job:
    disk = in_memory(start)
    if name == "apply":
        return Job(disk, lambda bench: bench.apply(), State.DONE)
    bench = Bench(row, start, disk)
    assert bench.apply() is not None
    if name == "revert":
        for path, content in row.used(bench.files(), start).items():
            disk.put(f"{HOME}/{path}", content, 0o640)
        disk.safe = dict(disk.nodes)
    return Job(disk, lambda bench: bench.undo(), State.UNDONE)


HOMES = [
    pytest.param(row, start, id=f"{row}, {start.name}") for row in ROWS for start in row.starts
]
# Of each format the home in which most files change that were there before.
FULLEST = [
    pytest.param(row, max(row.starts, key=lambda start: len(start.files)), id=str(row))
    for row in ROWS
]
JOBS = pytest.mark.parametrize("name", ["apply", "undo", "revert"])


def stopped(this: Job, row: Row, start: Start) -> Iterator[tuple[int, MemoryDisk]]:
    """The disk after 0, 1, 2 … operations of the job, as long as it is not done with them."""
    for after in itertools.count():
        disk = deepcopy(this.prepared)
        try:
            this.run(Bench(row, start, StoppingDisk(disk, after)))
        except Stopped:
            yield after, disk
        else:
            return


@JOBS
@pytest.mark.parametrize(("row", "start"), HOMES)
def test_all_old_or_all_new(row: Row, start: Start, name: str) -> None:
    this = job(name, row, start)
    reference = deepcopy(this.prepared)
    bench = Bench(row, start, reference)
    old = tree_of(reference, bench)
    this.run(bench)
    new = tree_of(reference, bench)
    assert old != new
    if name == "undo":
        assert new == in_memory(start).tree(HOME)
    states = set()
    seen: set[Hashable] = set()
    for after, disk in stopped(this, row, start):
        for found in restarted(disk, seen):
            bench = Bench(row, start, found)
            said = bench.recover()
            tree = tree_of(found, bench)
            assert tree in (old, new), f"after {after} operations"
            state = next((e.state for e in bench.history()), None)
            assert (state is this.state) == (tree == new), f"after {after} operations"
            assert not said or "cut off" in said[0]
            assert_consistent(found, bench)
            assert bench.recover() == ()
            states.add(state)
    assert after > 15
    assert this.state in states or name == "apply"
    # The rest of the job, and the way back, are still there.
    if bench.history()[0].state is not this.state:
        this.run(bench)
    assert tree_of(found, bench) == new


@JOBS
@pytest.mark.parametrize(("row", "start"), HOMES if SWEEP else FULLEST)
def test_the_recovery_is_cut_off_too(row: Row, start: Start, name: str) -> None:
    """Stopped after every operation, its recovery after each of its own, and the power goes."""
    this = job(name, row, start)
    reference = deepcopy(this.prepared)
    bench = Bench(row, start, reference)
    old = tree_of(reference, bench)
    this.run(bench)
    new = tree_of(reference, bench)
    seen: set[Hashable] = set()
    for after, disk in stopped(this, row, start):
        for again in itertools.count():
            second = deepcopy(disk)
            try:
                Bench(row, start, StoppingDisk(second, again)).recover()
            except Stopped:
                pass
            else:
                break
            for found in restarted(second, seen):
                bench = Bench(row, start, found)
                bench.recover()
                assert tree_of(found, bench) in (old, new), f"after {after} and {again} operations"
                assert_consistent(found, bench)
    assert len(seen) > 20


@pytest.mark.parametrize("name", ["undo", "revert"])
@pytest.mark.parametrize(("row", "start"), FULLEST)
def test_an_undo_is_cut_off_of_a_change_that_was_killed_before_its_last_sync(
    row: Row, start: Start, name: str
) -> None:
    """The change is done as everybody sees it, but a power cut could make it undone again."""
    counted = StoppingDisk(in_memory(start), 10_000)
    Bench(row, start, counted).apply()
    disk = in_memory(start)
    with pytest.raises(Stopped):
        Bench(row, start, StoppingDisk(disk, counted.count - 1)).apply()
    bench = Bench(row, start, disk)
    assert bench.recover() == () and bench.history()[0].state is State.DONE
    if name == "revert":
        for path, content in row.used(bench.files(), start).items():
            disk.put(f"{HOME}/{path}", content, 0o640)
            if path != REGISTRY:  # which is safe when it is put
                disk.safe[f"{HOME}/{path}"] = disk.nodes[f"{HOME}/{path}"]
    this = Job(disk, lambda bench: bench.undo(), State.UNDONE)
    old = tree_of(disk, bench)
    reference = deepcopy(disk)
    bench = Bench(row, start, reference)
    bench.undo()
    new = tree_of(reference, bench)
    seen: set[Hashable] = set()
    for after, disk in stopped(this, row, start):
        for found in restarted(disk, seen):
            bench = Bench(row, start, found)
            bench.recover()
            tree = tree_of(found, bench)
            (entry,) = bench.history()
            if entry.state is State.DONE:
                assert tree == old, after
            elif entry.state is State.UNDONE:
                assert tree == new, after
            else:
                # The cut came before anything: the change itself went back with it.
                assert entry.state in {State.TAKEN_BACK, State.INTERRUPTED} and after == 0
            assert_consistent(found, bench)
    assert after > 15


FAILURES = (
    ("disk-full", "There is no room left."),
    ("read-only-place", "It is read-only."),
    ("disk-trouble", "It answered: stale file handle."),
)


@JOBS
@pytest.mark.parametrize(("row", "start"), HOMES)
def test_an_operation_that_fails_is_one_clear_trouble_and_changes_nothing(
    row: Row, start: Start, name: str
) -> None:
    this = job(name, row, start)
    for at, (code, text) in zip(itertools.count(), itertools.cycle(FAILURES)):
        trouble = No(code, text)
        disk = deepcopy(this.prepared)
        bench = Bench(row, start, FailingDisk(disk, at, trouble))
        old = tree_of(disk, bench)
        entries = bench.history()
        try:
            this.run(bench)
        except Trouble as told:
            assert trouble.text in told.text
        else:
            break
        bench = Bench(row, start, disk)
        bench.recover()
        assert_consistent(disk, bench)
        if bench.history() == entries:
            assert tree_of(disk, bench) == old, f"operation {at}"
        else:
            # Only tidying up failed: the undo is done then, whole.
            assert name != "apply" and bench.history()[0].state is State.UNDONE
    assert at > 15
