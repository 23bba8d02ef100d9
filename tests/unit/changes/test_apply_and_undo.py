# SPDX-License-Identifier: MPL-2.0
"""What goes in comes out again: byte for byte if nobody wrote since, else our settings alone."""

import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientcfg.changes.changed_since import ChangedSince
from clientcfg.changes.disk import RealDisk
from clientcfg.changes.entry import State
from clientcfg.changes.fingerprint import fingerprint, matches
from clientcfg.changes.history import history, prune
from clientcfg.changes.journal import Journal
from clientcfg.model.plan import FileStep, Plan
from clientcfg.model.trouble import No, Refused
from tests.support.disks import MemoryDisk
from tests.support.real_disks import of_posix
from tests.support.toy import CANARY, NOW, Desk, encrypt

WAYS = ((0, "--keep"), (1, "--force"))
Tree = dict[str, tuple[bytes | None, int]]


def tree(root: Path) -> Tree:
    return {
        str(p.relative_to(root)): (
            p.read_bytes() if p.is_file() else None,
            stat.S_IMODE(p.lstat().st_mode),
        )
        for p in sorted(root.rglob("*"))
    }


def old_settings(home: Path) -> None:
    (home / "app.conf").write_bytes(b"# mine\nname=Ada\n\xff\xfe=x")
    (home / "app.conf").chmod(0o640)


def test_apply_writes_what_the_plan_says_with_its_holes_filled(desk: Desk, home: Path) -> None:
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None and entry.state is State.DONE
    assert (home / "app.conf").read_bytes() == b"host=mail\n"
    user, secret = encrypt({}, ["ada", CANARY])[0]
    assert (home / "store/logins").read_text() == f"{user} {secret}\n"
    assert (home / "store/key").read_bytes() == b"\0key"
    assert stat.S_IMODE((home / "store").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "store/logins").stat().st_mode) == 0o600
    names = {p.name for p in home.rglob("*")}
    assert names == {"app.conf", "store", "logins", "key"}


@of_posix
def test_untouched_places_come_back_byte_for_byte_and_made_directories_go(
    desk: Desk, home: Path
) -> None:
    (home / "app.conf").write_bytes(b"# mine\r\nname=Ada")
    (home / "app.conf").chmod(0o640)
    before = tree(home)
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    assert stat.S_IMODE((home / "app.conf").stat().st_mode) == 0o640
    assert tree(home) != before
    undone = desk.undo(entry)
    assert undone.exact
    assert tree(home) == before
    assert [(e.id, e.state) for e in history(desk.journal)] == [(entry.id, State.UNDONE)]


@of_posix
def test_a_removed_file_comes_back_with_its_mode(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"x=1\n")
    (home / "app.conf").chmod(0o604)
    before = tree(home)
    snapshot = desk.look()
    gone = FileStep(desk.toy.conf, snapshot.states[desk.toy.conf].digest, None, "gone")
    entry = desk.apply({}, plan=Plan((gone,)))
    assert entry is not None and tree(home) == {}
    desk.undo(entry)
    assert tree(home) == before


@of_posix
def test_a_sensitive_file_is_backed_up_beside_itself_alone(desk: Desk, home: Path) -> None:
    (home / "store").mkdir()
    (home / "store/logins").write_bytes(b"bob OLD-SECRET\n")
    (home / "store/logins").chmod(0o640)
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    (backup,) = [p for p in (home / "store").iterdir() if "clientcfg" in p.name]
    assert backup.read_bytes() == b"bob OLD-SECRET\n"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640
    state = [p for p in (home.parent.parent / "state").rglob("*") if p.is_file()]
    assert state and not any(b"OLD-SECRET" in p.read_bytes() for p in state)
    desk.undo(entry)
    assert not backup.exists()


def test_the_state_directory_is_private_and_holds_no_secret(desk: Desk, home: Path) -> None:
    old_settings(home)
    entry = desk.apply({"host": "mail"}, login="ada")
    state = home.parent.parent / "state" / "clientcfg"
    secrets = {CANARY.encode(), encrypt({}, [CANARY])[0][0].encode()}
    for path in state.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets)
    assert CANARY not in repr(entry)
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_written_since_takes_out_exactly_our_settings(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"name=Ada\nport=25\n")
    entry = desk.apply({"host": "mail", "port": "587"}, login="ada")
    assert entry is not None
    with (home / "app.conf").open("ab") as conf:
        conf.write(b"color=red\n")
    with (home / "store/logins").open("ab") as logins:
        logins.write(b"bob SECRET\n")
    undone = desk.undo(entry)
    assert not undone.exact and undone.conflicts == ()
    assert desk.settings() == {"name": "Ada", "port": "25", "color": "red"}
    assert (home / "store/logins").read_bytes() == b"bob SECRET\n"
    assert not list(home.rglob("*clientcfg*"))


def test_a_setting_changed_since_stops_the_undo_with_all_three_values(
    desk: Desk, home: Path
) -> None:
    (home / "app.conf").write_bytes(b"port=25\n")
    entry = desk.apply({"host": "mail", "port": "587"})
    assert entry is not None
    (home / "app.conf").write_bytes(b"host=mail\nport=465\n")
    before = tree(home)
    with pytest.raises(ChangedSince) as stopped:
        desk.undo(entry)
    (conflict,) = stopped.value.conflicts
    assert (conflict.before, conflict.ours, conflict.now) == ("25", "587", "465")
    head, line = stopped.value.lines
    assert head.split() == ["Setting", "Before", "Set", "by", "clientcfg", "Now"]
    assert line.split() == ["port", "25", "587", "465"]
    assert [f"{entry.id} {way}" in stopped.value.advice[n] for n, way in WAYS] == [True, True]
    assert stopped.value.facts == {
        "conflicts": [{"setting": "port", "before": "25", "ours": "587", "now": "465"}]
    }
    assert stopped.value.status == 4
    assert tree(home) == before
    assert desk.journal.entry(entry.id).stands

    kept = desk.undo(entry, keep=True)
    assert kept.conflicts and desk.settings() == {"port": "465"}


def test_force_puts_a_changed_setting_back_too(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"port=25\n")
    entry = desk.apply({"port": "587"})
    assert entry is not None
    (home / "app.conf").write_bytes(b"port=465\n")
    desk.undo(entry, force=True)
    assert desk.settings() == {"port": "25"}


def test_undone_is_undone(desk: Desk) -> None:
    entry = desk.apply({"host": "mail"})
    assert entry is not None
    desk.undo(entry)
    with pytest.raises(No) as twice:
        desk.undo(entry)
    assert twice.value.code == "nothing-to-undo"


def test_already_put_back_by_hand(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"port=25\n")
    entry = desk.apply({"port": "587"})
    assert entry is not None
    (home / "app.conf").write_bytes(b"port=25\n")
    assert desk.undo(entry).exact
    assert not desk.journal.entry(entry.id).stands


def test_a_place_that_changed_meanwhile_is_refused(desk: Desk, home: Path) -> None:
    old_settings(home)
    plan = Plan((FileStep(desk.toy.conf, "0" * 64, (b"new",), "why"),))
    before = tree(home)
    with pytest.raises(Refused) as refused:
        desk.apply({}, plan=plan)
    assert refused.value.code == "changed-meanwhile"
    assert tree(home) == before
    assert history(desk.journal) == ()


def test_a_plan_that_changes_nothing_leaves_no_entry(desk: Desk, home: Path) -> None:
    assert desk.apply({}, plan=Plan(())) is None
    assert not (home.parent.parent / "state").exists()
    (home / "app.conf").write_bytes(b"host=mail\n")
    assert desk.apply({"host": "mail"}) is None
    assert history(desk.journal) == ()


def test_the_guard_is_held_while_writing_and_its_refusal_changes_nothing(
    desk: Desk, home: Path
) -> None:
    seen: list[str] = []

    @contextmanager
    def hold() -> Iterator[None]:
        seen.append(f"in {(home / 'app.conf').exists()}")
        yield
        seen.append(f"out {(home / 'app.conf').exists()}")

    class Refusing(AbstractContextManager[None]):
        def __enter__(self) -> None:
            raise Refused("client-running", "Toy is open.")

        def __exit__(self, *_: object) -> None:
            raise AssertionError

    with pytest.raises(Refused):
        desk.apply({"host": "mail"}, guard=Refusing())
    assert tree(home) == {} and history(desk.journal) == ()
    desk.apply({"host": "mail"}, guard=hold())
    assert seen == ["in False", "out True"]


def test_a_backup_that_was_tampered_with_is_not_put_back(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"port=25\n")
    entry = desk.apply({"port": "587"})
    assert entry is not None
    backup = Path(entry.places[0].backup or "")
    backup.write_bytes(b"evil=1\n")
    # The format still knows how to take its settings out.
    assert not desk.undo(entry).exact
    assert desk.settings() == {"port": "25"}


def test_history_is_newest_first_and_ids_are_short(desk: Desk) -> None:
    made = [desk.apply({f"k{n}": "v"}) for n in range(12)]
    ids = [e.id for e in made if e]
    assert ids[0] == "20261123-1" and ids[-1] == "20261123-12"
    assert [e.id for e in history(desk.journal)] == ids[::-1]


def test_pruned_entries_are_undone_as_settings(desk: Desk, home: Path) -> None:
    (home / "store").mkdir()
    (home / "store/logins").write_bytes(b"bob OLD-SECRET\n")
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    assert prune(desk.journal, NOW + timedelta(days=29)) == ()
    assert [e.id for e in prune(desk.journal, NOW + timedelta(days=30))] == [entry.id]
    assert not list(home.rglob("*clientcfg*"))
    assert prune(desk.journal, NOW + timedelta(days=30)) == ()
    assert not desk.undo(entry).exact
    assert desk.settings() == {}
    assert (home / "store/logins").read_bytes() == b"bob OLD-SECRET\n"


def test_paths_of_any_bytes(tmp_path: Path) -> None:
    home = tmp_path / b"pr\xffofile\n".decode("utf-8", "surrogateescape")
    home.mkdir()
    disk = RealDisk()
    desk = Desk(disk, str(home), Journal(tmp_path / "state", disk))
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    again = desk.journal.entry(entry.id)
    assert again == entry
    desk.undo(again)
    assert tree(home) == {}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(4)), touched=st.sets(st.integers(0, 3)), old=st.booleans())
def test_many_entries_undone_in_any_order(order: list[int], touched: set[int], old: bool) -> None:
    disk = MemoryDisk()
    disk.put("/home/app/other", b"", 0o600)
    if old:
        disk.put("/home/app/app.conf", b"name=Ada\n", 0o640)
        disk.put("/home/app/store/logins", b"bob SECRET\n", 0o600)
    desk = Desk(disk, "/home/app", Journal(Path("/state"), disk))
    first = disk.tree("/home/app")
    entries = []
    for n in range(4):
        entries.append(desk.apply({f"k{n}": "v"}, login=f"user{n}"))
        if n in touched:
            conf = disk.nodes["/home/app/app.conf"]
            conf.content = (conf.content or b"") + f"theirs{n}=1\n".encode()
    for n in order:
        entry = entries[n]
        assert entry is not None
        desk.undo(entry)
        assert f"k{n}" not in desk.settings()
    theirs = {f"theirs{n}": "1" for n in touched}
    assert desk.settings() == ({"name": "Ada"} if old else {}) | theirs
    assert (disk.read("/home/app/store/logins") or b"") == (b"bob SECRET\n" if old else b"")
    assert not [path for path in disk.nodes if "clientcfg-" in path]
    if not touched and order == [3, 2, 1, 0]:
        assert disk.tree("/home/app") == first


@of_posix
def test_newest_first_is_always_byte_for_byte(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"name=Ada")
    first = tree(home)
    entries = [desk.apply({f"k{n}": "v"}, login=f"user{n}") for n in range(4)]
    for entry in reversed(entries):
        assert entry is not None and desk.undo(entry).exact
    assert tree(home) == first


def test_fingerprints_of_sensitive_contents_are_slow_to_guess(desk: Desk) -> None:
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    kinds = {kept.path.rpartition("/")[2]: kept.after.partition(":")[0] for kept in entry.places}
    assert kinds == {"app.conf": "sha256", "logins": "scrypt", "key": "scrypt"}
    assert all(matches(k.after, Path(k.path).read_bytes()) for k in entry.places)
    assert not any(matches(k.after, b"guess") or matches(k.after, None) for k in entry.places)


def test_what_a_guess_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert fingerprint(b"password hunter2", sensitive=True).split(":")[:2] == ["scrypt", "16384"]
