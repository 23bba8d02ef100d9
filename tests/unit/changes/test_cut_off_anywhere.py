# SPDX-License-Identifier: MPL-2.0
"""A change is cut off after every disk operation; what is found then is all old or all new."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Entry, State
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import recover
from clientcfg.model.trouble import No, Refused, Trouble
from tests.support.disks import FailingDisk, MemoryDisk, Stopped, StoppingDisk
from tests.support.toy import CANARY, NOW, Desk, encrypt

HOME = "/home/app"
STATE = Path("/state/clientcfg")
Tree = dict[str, tuple[bytes | None, int]]

# What survives of names that were not synced when the power went.
POWER_CUTS: dict[str, Callable[[str], bool] | None] = {
    "killed, power stays": None,
    "all unsynced names lost": lambda _directory: False,
    "all unsynced names kept": lambda _directory: True,
    "only the journal's kept": lambda directory: directory.startswith("/state"),
    "only the client's kept": lambda directory: directory.startswith("/home"),
}


def desk_on(disk: MemoryDisk | StoppingDisk | FailingDisk) -> Desk:
    return Desk(disk, HOME, Journal(STATE, disk))


def fresh_disk(existing: bool) -> MemoryDisk:
    disk = MemoryDisk()
    disk.put("/state/other", b"")
    disk.put(f"{HOME}/other", b"theirs", 0o644)
    if existing:
        disk.put(f"{HOME}/app.conf", b"name=Ada\nport=25\n", 0o640)
        disk.put(f"{HOME}/store/logins", b"bob SECRET\n", 0o640)
        disk.put(f"{HOME}/store/key", b"\0old", 0o600)
    return disk


def change(desk: Desk) -> Entry | None:
    return desk.apply({"host": "mail", "port": "587"}, login="ada")


def restarted(disk: MemoryDisk, cut: Callable[[str], bool] | None) -> MemoryDisk:
    return MemoryDisk(disk.nodes, disk.registry) if cut is None else disk.after_power_cut(cut)


def assert_clean(disk: MemoryDisk, desk: Desk) -> None:
    """No file of ours is left over, but what standing entries need for their way back."""
    needed = {
        path
        for entry in history(desk.journal)
        if entry.stands
        for path in (kept.backup for kept in entry.places)
        if path
    }
    ours = {p for p in disk.nodes if "clientcfg-" in p or "/old-" in p or p.endswith(".new")}
    assert ours == needed


@pytest.mark.parametrize("existing", [True, False], ids=["existing files", "new files"])
@pytest.mark.parametrize("cut", POWER_CUTS)
def test_apply(cut: str, existing: bool) -> None:
    reference = fresh_disk(existing)
    old = reference.tree(HOME)
    entry = change(desk_on(reference))
    assert entry is not None
    new = without_backups(reference.tree(HOME))
    seen = set()
    for after in itertools.count():
        disk = fresh_disk(existing)
        try:
            change(desk_on(StoppingDisk(disk, after)))
        except Stopped:
            pass
        else:
            break
        disk = restarted(disk, POWER_CUTS[cut])
        desk = desk_on(disk)
        said = recover(desk.journal, NOW)
        found = without_backups(disk.tree(HOME))
        assert found in (old, new), f"after {after} operations"
        state = next((e.state for e in history(desk.journal)), None)
        assert state in (None, State.TAKEN_BACK, State.DONE)
        assert (state is State.TAKEN_BACK) == bool(said)
        assert (state is State.DONE) == (found == new)
        assert_clean(disk, desk)
        assert recover(desk.journal, NOW) == ()
        assert change(desk) is not None or state is State.DONE
        seen.add(state)
    assert after > 15
    assert seen >= {None, State.TAKEN_BACK}


@pytest.mark.parametrize("touched", [True, False], ids=["touched", "untouched"])
@pytest.mark.parametrize("existing", [True, False], ids=["existing files", "new files"])
@pytest.mark.parametrize("cut", POWER_CUTS)
def test_undo(cut: str, existing: bool, touched: bool) -> None:
    def applied() -> tuple[MemoryDisk, Entry]:
        disk = fresh_disk(existing)
        entry = change(desk_on(disk))
        assert entry is not None
        if touched:
            conf = disk.read(f"{HOME}/app.conf") or b""
            disk.put(f"{HOME}/app.conf", conf + b"theirs=1\n", 0o640)
        return disk, entry

    reference, entry = applied()
    old = without_backups(reference.tree(HOME))
    desk_on(reference).undo(entry)
    new = reference.tree(HOME)
    for after in itertools.count():
        disk, entry = applied()
        try:
            desk_on(StoppingDisk(disk, after)).undo(entry)
        except Stopped:
            pass
        else:
            break
        disk = restarted(disk, POWER_CUTS[cut])
        desk = desk_on(disk)
        recover(desk.journal, NOW)
        (found,) = history(desk.journal)
        assert found.state in (State.DONE, State.UNDONE)
        expected = old if found.stands else new
        assert without_backups(disk.tree(HOME)) == expected, f"after {after} operations"
        assert_clean(disk, desk)
        if found.stands:
            desk.undo(found)
            assert disk.tree(HOME) == new
    assert after > 15


@pytest.mark.parametrize("existing", [True, False], ids=["existing files", "new files"])
def test_recovery_itself(existing: bool) -> None:
    """Cut off just before the change is done, then again after each step of taking it back."""
    counted = StoppingDisk(fresh_disk(existing), 10_000)
    change(desk_on(counted))
    last = counted.count - 4  # the journal still says "begun"
    old = fresh_disk(existing).tree(HOME)
    for after in itertools.count():
        disk = fresh_disk(existing)
        with pytest.raises(Stopped):
            change(desk_on(StoppingDisk(disk, last)))
        assert disk.tree(HOME) != old
        try:
            recover(desk_on(StoppingDisk(disk, after)).journal, NOW)
        except Stopped:
            pass
        else:
            break
        disk = disk.after_power_cut(lambda directory: directory.startswith("/home"))
        desk = desk_on(disk)
        assert len(recover(desk.journal, NOW)) <= 1
        assert disk.tree(HOME) == old, f"after {after} operations"
        assert [e.state for e in history(desk.journal)] == [State.TAKEN_BACK]
        assert_clean(disk, desk)
    assert after > 10


@pytest.mark.parametrize("existing", [True, False], ids=["existing files", "new files"])
def test_an_operation_that_fails_leaves_everything_as_it_was(existing: bool) -> None:
    full = No("disk-full", "There is no room left.")
    for at in itertools.count():
        disk = fresh_disk(existing)
        old = disk.tree(HOME)
        desk = desk_on(FailingDisk(disk, at, full))
        try:
            change(desk)
        except Trouble as trouble:
            assert trouble is full
        else:
            break
        assert disk.tree(HOME) == old, f"operation {at}"
        assert history(desk.journal) == ()
        assert_clean(disk, desk)
        assert change(desk_on(disk)) is not None
    assert at > 15


def test_a_disk_that_fails_for_good_is_put_right_at_the_next_start() -> None:
    class FailingFrom(FailingDisk):
        def before(self, operation: str, path: str) -> bool:
            self.count += 1
            if self.count > self.at:
                raise self.trouble
            return False

    broken = No("disk-trouble", "It is broken.", "Mend it.")
    codes = set()
    for at in itertools.count():
        disk = fresh_disk(existing=True)
        old = disk.tree(HOME)
        try:
            change(desk_on(FailingFrom(disk, at, broken)))
        except No as no:
            codes.add(no.code)
        else:
            break
        desk = desk_on(disk)
        recover(desk.journal, NOW)
        # At the very last sync all is written and journalled: that stands, and can be undone.
        for entry in history(desk.journal):
            if entry.stands:
                assert desk.undo(entry).exact
        assert disk.tree(HOME) == old, f"from operation {at} on"
    assert codes == {"disk-trouble", "left-half-way"}


@pytest.mark.parametrize("existing", [True, False], ids=["existing files", "new files"])
def test_on_the_real_disk(disk: Disk, tmp_path: Path, existing: bool) -> None:
    for after in itertools.count():
        home = tmp_path / str(after) / "app"
        home.mkdir(parents=True)
        if existing:
            (home / "app.conf").write_bytes(b"name=Ada\n")
        journal = Journal(home.parent / "state", disk)
        stopping = StoppingDisk(disk, after)
        try:
            change(Desk(stopping, str(home), Journal(home.parent / "state", stopping)))
        except Stopped:
            pass
        else:
            break
        recover(journal, NOW)
        found = {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}
        user, secret = encrypt({}, ["ada", CANARY])[0]
        old = {"app.conf": b"name=Ada\n"} if existing else {}
        new = {
            "app.conf": old.get("app.conf", b"") + b"host=mail\nport=587\n",
            "store/logins": f"{user} {secret}\n".encode(),
            "store/key": b"\0key",
        }
        done = any(e.state is State.DONE for e in history(journal))
        assert found == (new if done else old)
        assert (home / "store").exists() == done
    assert after > 15


def test_the_secret_is_in_no_journal_at_any_moment() -> None:
    ours = {CANARY.encode(), encrypt({}, [CANARY])[0][0].encode()}
    for after in itertools.count():
        disk = fresh_disk(existing=True)
        try:
            change(desk_on(StoppingDisk(disk, after)))
        except Stopped:
            pass
        else:
            break
        for path, node in disk.nodes.items():
            if path.startswith(str(STATE)) and node.content:
                assert not any(secret in node.content for secret in (*ours, b"bob SECRET"))


def cut_off_half_way() -> MemoryDisk:
    """A disk on which the first place is new, and the others are not yet."""
    for after in itertools.count():
        disk = fresh_disk(existing=True)
        with pytest.raises(Stopped):
            change(desk_on(StoppingDisk(disk, after)))
        if disk.read(f"{HOME}/store/logins") != b"bob SECRET\n":
            assert b"host" not in (disk.read(f"{HOME}/app.conf") or b"")
            return disk
    raise AssertionError


def test_what_somebody_wrote_after_the_cut_is_not_lost() -> None:
    disk = cut_off_half_way()
    disk.put(f"{HOME}/app.conf", b"name=Ada\nport=25\ntheirs=1\n", 0o640)
    desk = desk_on(disk)
    (said,) = recover(desk.journal, NOW)
    (entry,) = history(desk.journal)
    assert entry.state is State.INTERRUPTED and f"clientcfg undo {entry.id}" in said
    assert disk.read(f"{HOME}/app.conf") == b"name=Ada\nport=25\ntheirs=1\n"
    desk.undo(entry)
    assert desk.settings() == {"name": "Ada", "port": "25", "theirs": "1"}
    assert disk.read(f"{HOME}/store/logins") == b"bob SECRET\n"
    assert_clean(disk, desk)


def test_while_the_client_runs_recovery_waits_and_so_does_every_new_change() -> None:
    disk = cut_off_half_way()
    desk = desk_on(disk)

    def running(_entry: Entry) -> Journal:
        raise Refused("client-running", "Toy is open.")

    before = disk.tree(HOME)
    (said,) = recover(desk.journal, NOW, running)  # type: ignore[arg-type]
    assert "Toy is open." in said
    assert disk.tree(HOME) == before
    with pytest.raises(Refused) as refused:
        change(desk)
    assert refused.value.code == "unfinished-change"
    assert len(recover(desk.journal, NOW)) == 1
    assert change(desk) is not None


def test_nothing_to_recover_makes_nothing() -> None:
    disk = fresh_disk(existing=True)
    before = disk.tree("/")
    assert recover(desk_on(disk).journal, NOW) == ()
    assert disk.tree("/") == before


def without_backups(found: Tree) -> Tree:
    return {path: node for path, node in found.items() if "clientcfg-" not in path}
