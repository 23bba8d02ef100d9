# SPDX-License-Identifier: MPL-2.0
"""Registry values are places like files: shown, written with a way back, undone, recovered."""

import itertools
import json
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes.carry import writes_of
from clientcfg.changes.changed_since import ChangedSince
from clientcfg.changes.disk import Disk, RealDisk
from clientcfg.changes.entry import State, from_json, to_json
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.plan_file import PlanFile, load, save
from clientcfg.changes.recover import recover
from clientcfg.changes.registry import NoRegistry, Registry
from clientcfg.changes.show import changes_of
from clientcfg.changes.snapshot import take
from clientcfg.model.place import RegistryPlace, RegistryState
from clientcfg.model.plan import RegistryStep
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from tests.support.disks import (
    CountingRegistry,
    FailingDisk,
    MemoryDisk,
    StoppableDisk,
    Stopped,
    StoppingDisk,
)
from tests.support.registries import MemoryRegistry, value, values
from tests.support.toy import NOW
from tests.support.toy_registry import ACCOUNTS, ADDRESS, PROFILE, RegistryDesk

HOME = "/home/app"
STATE = Path("/state/clientcfg")
ADA = ACCOUNTS + "\\00000006"
BOB = ACCOUNTS + "\\00000002"
SECRET = b"\2the-DPAPI-blob"
WANTED = values(SMTP_Server="smtp.example.test", SMTP_Port=587, SMTP_Use_Auth=1) | {
    "smtp auth method": None
}
NEW = values(SMTP_Server="smtp.example.test", SMTP_Port=587, SMTP_Use_Auth=1)


def fresh_registry() -> MemoryRegistry:
    ours = values(Email=ADDRESS, SMTP_Server="old.example.test", SMTP_Auth_Method=2)
    theirs = values(Email="bob@example.test", SMTP_Port=25, POP3_Password=SECRET)
    return MemoryRegistry(
        {
            PROFILE: {},
            ACCOUNTS: values(NextAccountID=7),
            BOB: theirs,
            ADA: ours | values(POP3_Password=SECRET, Mini_UID=3),
            PROFILE + "\\Else": values(x=1),
        }
    )


def fresh_disk() -> MemoryDisk:
    disk = MemoryDisk()
    disk.put("/state/other", b"")
    disk.put(f"{HOME}/app.conf", b"name=Ada\n", 0o640)
    return disk


def desk_on(disk: Disk, registry: Registry) -> RegistryDesk:
    if isinstance(disk, StoppableDisk):
        registry = CountingRegistry(registry, disk)
    return RegistryDesk(disk, HOME, Journal(STATE, disk, registry))


def expected(registry: MemoryRegistry) -> dict[str, dict[str, RegistryValue]]:
    """What *registry* is to hold after the change."""
    tree = registry.tree()
    del tree[ADA]["SMTP Auth Method"]
    tree[ADA] |= NEW
    return tree


@pytest.fixture
def registry() -> MemoryRegistry:
    return fresh_registry()


@pytest.fixture
def desk(registry: MemoryRegistry) -> RegistryDesk:
    return desk_on(fresh_disk(), registry)


def test_single_values_of_one_key_change_and_come_back(
    desk: RegistryDesk, registry: MemoryRegistry
) -> None:
    old, new = registry.tree(), expected(registry)
    entry = desk.apply(WANTED)
    assert entry is not None
    assert registry.tree() == new
    assert [str(kept.place) for kept in entry.places] == [
        f"{HOME}/app.conf",
        *(f"{ADA}\\{name}" for name in (*NEW, "SMTP Auth Method")),
    ]
    undone = desk.undo(entry)
    assert undone.exact
    assert registry.tree() == old
    assert desk.disk.read(f"{HOME}/app.conf") == b"name=Ada\n"


def test_what_it_is_already_is_not_written(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    registry.put(ADA, values(SMTP_Port=587))
    entry = desk.apply(WANTED)
    assert entry is not None
    assert f"{ADA}\\SMTP Port" not in [str(kept.place) for kept in entry.places]


def test_undo_leaves_what_others_wrote_into_the_key(
    desk: RegistryDesk, registry: MemoryRegistry
) -> None:
    old = registry.tree()
    entry = desk.apply(WANTED)
    assert entry is not None
    registry.put(ADA, values(Last_Used=9))
    assert desk.undo(entry).exact, "nobody has written the values that we wrote"
    old[ADA] |= values(Last_Used=9)
    assert registry.tree() == old


def test_a_value_that_was_changed_since_is_a_conflict(
    desk: RegistryDesk, registry: MemoryRegistry
) -> None:
    old = registry.tree()
    entry = desk.apply(WANTED)
    assert entry is not None
    registry.put(ADA, values(SMTP_Port=465))
    now = registry.tree()
    with pytest.raises(ChangedSince) as since:
        desk.undo(entry)
    (conflict,) = since.value.conflicts
    assert (conflict.setting, conflict.before, conflict.ours, conflict.now) == (
        "SMTP Port", "(not set)", "587", "465",
    )  # fmt: skip
    assert registry.tree() == now
    kept = desk.undo(entry, keep=True)
    assert not kept.exact
    assert registry.tree() == {**old, ADA: {**old[ADA], **values(SMTP_Port=465)}}


def test_force_puts_it_back_too(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    old = registry.tree()
    entry = desk.apply(WANTED)
    assert entry is not None
    registry.put(ADA, values(SMTP_Port=465))
    desk.undo(entry, force=True)
    assert registry.tree() == old


def test_an_account_that_is_gone_is_not_made_again(
    desk: RegistryDesk, registry: MemoryRegistry
) -> None:
    entry = desk.apply(WANTED)
    assert entry is not None
    registry.drop(ADA)
    now = registry.tree()
    assert not desk.undo(entry).exact
    assert registry.tree() == now
    assert desk.disk.read(f"{HOME}/app.conf") == b"name=Ada\n"


def test_a_key_that_changed_meanwhile_is_refused(
    desk: RegistryDesk, registry: MemoryRegistry
) -> None:
    snapshot = desk.look()
    registry.put(ADA, values(Email="other@example.test"))
    now = registry.tree()
    with pytest.raises(Refused) as refused:
        desk.apply(WANTED, snapshot=snapshot)
    assert refused.value.code == "changed-meanwhile"
    assert registry.tree() == now and history(desk.journal) == ()


def test_a_value_that_somebody_writes_between_two_of_ours() -> None:
    """Ours that are written already go back, theirs stays."""
    registry = fresh_registry()

    class Meddling(CountingRegistry):
        def flush(self, key: str) -> None:
            super().flush(key)
            registry.put(ADA, values(SMTP_Use_Auth=0))

    disk = StoppingDisk(fresh_disk(), 10_000)
    desk = RegistryDesk(disk, HOME, Journal(STATE, disk, Meddling(registry, disk)))
    old = registry.tree()
    old[ADA] |= values(SMTP_Use_Auth=0)
    with pytest.raises(Refused) as refused:
        desk.apply(WANTED)
    assert refused.value.code == "changed-meanwhile"
    assert registry.tree() == old
    assert desk.disk.read(f"{HOME}/app.conf") == b"name=Ada\n"
    assert history(desk.journal) == ()


def test_no_password_is_read_kept_or_shown(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    snapshot = desk.look()
    names = {n for s in snapshot.states.values() if isinstance(s, RegistryState)
             for n in s.values or ()}  # fmt: skip
    assert "POP3 Password" not in names and "Mini UID" in names
    entry = desk.apply(WANTED)
    assert entry is not None
    assert registry.asked and not any("assword" in name for name in registry.asked)
    assert isinstance(desk.disk, MemoryDisk)
    for node in desk.disk.nodes.values():
        for secret in (SECRET, SECRET.hex().encode()):
            assert secret not in (node.content or b"")


def test_a_place_is_never_about_a_password() -> None:
    with pytest.raises(ValueError, match="password"):
        RegistryPlace(ADA, ("Email", "smtp PASSWORD2"))


@pytest.mark.parametrize(
    ("key", "within"),
    [
        ("HKEY_LOCAL_MACHINE\\Software\\Toy", "HKEY_LOCAL_MACHINE"),
        ("HKEY_LOCAL_MACHINE\\Software\\Toy", "HKEY_CURRENT_USER"),
        ("HKEY_CURRENT_USERS\\Software", "HKEY_CURRENT_USER"),
        ("HKEY_CURRENT_USER", "HKEY_CURRENT_USER"),
        (PROFILE + "Else\\Accounts", PROFILE),
        (PROFILE, PROFILE),
        (PROFILE + "\\\\Accounts", PROFILE),
        (PROFILE + "\\Acc\0ounts", PROFILE),
    ],
)
@pytest.mark.parametrize("each", [False, True])
def test_nothing_else_is_looked_at(
    desk: RegistryDesk, registry: MemoryRegistry, key: str, within: str, each: bool
) -> None:
    with pytest.raises(Refused) as refused:
        take([RegistryPlace(key, each=each, within=within)], desk.disk, NOW, registry)
    assert refused.value.code == "leads-outside"
    assert refused.value.text.isprintable()
    assert registry.asked == set()


def test_names_are_told_apart_without_case(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    place = RegistryPlace(ADA.upper(), ("email",), within=PROFILE.lower())
    (state,) = take([place], desk.disk, NOW, registry).states.values()
    assert isinstance(state, RegistryState)
    assert state.values == values(Email=ADDRESS)
    assert RegistryPlace(ACCOUNTS.upper(), each=True).covers(RegistryPlace(ADA))
    assert not RegistryPlace(ACCOUNTS, each=True).covers(RegistryPlace(ADA + "\\deeper"))
    assert not RegistryPlace(ACCOUNTS).covers(RegistryPlace(ADA))


any_value = st.builds(RegistryValue, st.integers(0, 2**32 - 1), st.binary(max_size=40))
any_values = st.dictionaries(
    st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cs"]), max_size=5), any_value
)


@given(any_value)
def test_a_value_is_the_same_after_the_journal(held: RegistryValue) -> None:
    assert RegistryValue.from_octets(held.octets()) == held


@given(any_values, any_values)
def test_a_digest_is_of_what_is_there_in_any_order(
    one: dict[str, RegistryValue], other: dict[str, RegistryValue]
) -> None:
    def folded(held: dict[str, RegistryValue]) -> list[tuple[str, int, bytes]]:
        return sorted((n.casefold(), v.type, v.data) for n, v in held.items())

    backwards = RegistryState(dict(reversed(one.items())))
    assert RegistryState(one).digest == backwards.digest
    same = RegistryState(one).digest == RegistryState(other).digest
    assert same == (folded(one) == folded(other))
    assert RegistryState(None).digest == "absent" != RegistryState({}).digest


def test_it_is_shown_a_line_a_value(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    registry.put(ADA, {"SMTP User": RegistryValue(3, "Ädä\0".encode("utf-16-le"))})
    snapshot = desk.look()
    more = {"SMTP User": RegistryValue(3, b"\0\1\2"), "Blob": value("a\x1b[2J\u202e"), "Port": None}
    plan = desk.toy.change(WANTED | more, snapshot)
    _conf, change = changes_of(plan, snapshot)
    assert (change.kind, change.where) == ("registry", ADA)
    assert change.diff.splitlines() == [
        '"SMTP Server": "old.example.test" → "smtp.example.test"',
        '"SMTP Port": (not set) → 587',
        '"SMTP Use Auth": (not set) → 1',
        '"smtp auth method": 2 → (not set)',
        '"SMTP User": "Ädä" → (3 bytes)',
        '"Blob": (not set) → "a\\x1b[2J\\u202e"',
    ]


def test_a_plan_is_the_same_after_its_file(tmp_path: Path, desk: RegistryDesk) -> None:
    plan = desk.toy.change(WANTED, desk.look())
    planned = PlanFile(NOW, "ada", desk.toy.name, desk.toy.installation, ADDRESS, plan)
    path = str(tmp_path.resolve() / "plan.json")
    save(planned, path, RealDisk())
    uid = Path(path).stat().st_uid
    assert load(path, frozenset({uid})) == planned
    said = json.loads(Path(path).read_text())
    said["steps"][1]["values"]["POP3 Password"] = {"type": 3, "hex": "00"}
    Path(path).write_text(json.dumps(said))
    with pytest.raises(WrongUsage):
        load(path, frozenset({uid}))


def test_an_entry_is_the_same_after_json_and_one_without_kinds_stays_readable(
    desk: RegistryDesk,
) -> None:
    entry = desk.apply(WANTED)
    assert entry is not None
    assert desk.journal.entry(entry.id) == entry
    plain = json.loads(json.dumps(to_json(entry)))
    assert {kept["place"]["kind"] for kept in plain["places"]} == {"file", "registry"}
    del plain["places"][0]["place"]["kind"]
    assert from_json(plain) == entry
    plain["places"][1]["place"]["kind"] = "dbus"
    with pytest.raises(ValueError, match="dbus"):
        from_json(plain)


def test_where_there_is_no_registry_nothing_is_there_and_nothing_written() -> None:
    nothing = NoRegistry()
    place = RegistryPlace(ADA, within=PROFILE)
    snapshot = take([place, RegistryPlace(ACCOUNTS, each=True)], MemoryDisk(), NOW, nothing)
    assert snapshot.states == {place: RegistryState(None)}
    with pytest.raises(No) as set_:
        nothing.set(ADA, "x", value(1))
    with pytest.raises(No) as deleted:
        nothing.delete(ADA, "x")
    with pytest.raises(No) as flushed:
        nothing.flush(ADA)
    assert {told.value.code for told in (set_, deleted, flushed)} == {"no-registry"}


def test_no_key_is_ever_made(desk: RegistryDesk, registry: MemoryRegistry) -> None:
    snapshot = desk.look()
    plan = desk.toy.change(WANTED, snapshot)
    missing = RegistryStep(RegistryPlace(ACCOUNTS + "\\9"), "absent", WANTED, "why")
    old = registry.tree()
    with pytest.raises(RuntimeError):
        writes_of((*plan.steps, missing), snapshot, {}, {}, desk.journal)
    assert registry.tree() == old


# -- cut off ------------------------------------------------------------------------------------

Kept = Callable[[str], bool]
# What survives of directories that were not synced and of values that were not flushed.
POWER_CUTS: dict[str, tuple[Kept, Kept] | None] = {
    "killed, power stays": None,
    "all is lost": (lambda _d: False, lambda _n: False),
    "all is kept": (lambda _d: True, lambda _n: True),
    "only the journal is kept": (lambda d: d.startswith("/state"), lambda _n: False),
    "only the file is kept": (lambda d: d.startswith("/home"), lambda _n: False),
    "only the registry is kept": (lambda _d: False, lambda _n: True),
    "some values are kept": (lambda _d: False, lambda name: name in {"SMTP Port", "SMTP Server"}),
    "other values are kept": (lambda _d: True, lambda name: name == "SMTP Use Auth"),
}
Both = tuple[MemoryDisk, MemoryRegistry]
Seen = tuple[dict[str, tuple[bytes | None, int]], dict[str, dict[str, RegistryValue]]]


def restarted(both: Both, cut: tuple[Kept, Kept] | None) -> Both:
    disk, registry = both
    if cut is None:
        return deepcopy(both)
    return disk.after_power_cut(cut[0]), registry.after_power_cut(cut[1])


def seen(both: Both) -> Seen:
    return both[0].tree(HOME), both[1].tree()


def stopped(prepared: Both, run: Callable[[RegistryDesk], object]) -> Iterator[tuple[int, Both]]:
    """Disk and registry after 0, 1, 2 … operations of either, as long as it is not done."""
    for after in itertools.count():
        disk, registry = deepcopy(prepared)
        try:
            run(desk_on(StoppingDisk(disk, after), registry))
        except Stopped:
            yield after, (disk, registry)
        else:
            return


def prepared(job: str) -> tuple[Both, Callable[[RegistryDesk], object], State]:
    both = fresh_disk(), fresh_registry()
    if job == "apply":
        return both, lambda desk: desk.apply(WANTED), State.DONE
    entry = desk_on(*both).apply(WANTED)
    assert entry is not None
    if job == "revert":
        both[0].put(f"{HOME}/app.conf", b"name=Ada\nsends=ada\ntheirs=1\n", 0o640)
        both[1].put(ADA, values(Last_Used=9))
    return both, lambda desk: desk.undo(entry), State.UNDONE


JOBS = pytest.mark.parametrize("job", ["apply", "undo", "revert"])


@JOBS
@pytest.mark.parametrize("cut", POWER_CUTS)
def test_all_old_or_all_new_wherever_it_is_cut_off(job: str, cut: str) -> None:
    both, run, done = prepared(job)
    old = seen(both)
    reference = deepcopy(both)
    run(desk_on(*reference))
    new = seen(reference)
    assert old != new
    found_states = set()
    in_registry = 0
    for after, left in stopped(both, run):
        in_registry += left[1].tree() not in (old[1], new[1])
        found = restarted(left, POWER_CUTS[cut])
        desk = desk_on(*found)
        recover(desk.journal, NOW)
        assert seen(found) in (old, new), f"after {after} operations"
        state = next((e.state for e in history(desk.journal)), None)
        assert (state is done) == (seen(found) == new), f"after {after} operations"
        assert recover(desk.journal, NOW) == ()
        ours = {p for p in found[0].nodes if "/old-" in p or p.endswith(".new")}
        needed = {k.backup for e in history(desk.journal) if e.stands for k in e.places}
        assert ours == needed - {None}
        found_states.add(state)
    assert in_registry >= 3, "cut off between two values"
    assert after > 20
    assert seen(found) == new or run(desk_on(*found)) is not None
    assert seen(found) == new


@JOBS
def test_the_recovery_is_cut_off_too(job: str) -> None:
    both, run, _done = prepared(job)
    old = seen(both)
    reference = deepcopy(both)
    run(desk_on(*reference))
    new = seen(reference)
    cuts = 0
    recovered: set[Hashable] = set()
    for after, left in stopped(both, run):
        for again, second in stopped(left, lambda desk: recover(desk.journal, NOW)):
            for cut in POWER_CUTS.values():
                found = restarted(second, cut)
                cuts += 1
                # What is found alike is recovered alike.
                if (all_of_it := (found[0].found(), found[1].found())) in recovered:
                    continue
                recovered.add(all_of_it)
                recover(desk_on(*found).journal, NOW)
                assert seen(found) in (old, new), f"after {after} and {again} operations"
    assert cuts > 500


@JOBS
def test_an_operation_that_fails_leaves_everything_as_it_was(job: str) -> None:
    forbidden = No("no-permission", "Access is denied.")
    both, run, done = prepared(job)
    for at in itertools.count():
        disk, registry = deepcopy(both)
        old = seen((disk, registry))
        desk = desk_on(FailingDisk(disk, at, forbidden), registry)
        entries = history(desk.journal)
        try:
            run(desk)
        except Trouble as trouble:
            assert "Access is denied." in trouble.text
        else:
            break
        recover(desk_on(disk, registry).journal, NOW)
        if history(desk.journal) == entries:
            assert seen((disk, registry)) == old, f"operation {at}"
        else:
            # Only tidying up failed: the undo is done then, whole.
            assert job != "apply" and history(desk.journal)[0].state is done
    assert at > 20


def test_a_value_that_somebody_wrote_after_the_cut_is_not_lost() -> None:
    both, run, _done = prepared("apply")
    for _after, found in stopped(both, run):
        disk, registry = found
        if "SMTP Port" in registry.tree()[ADA]:
            break
    registry.put(ADA, values(SMTP_Port=2525))
    desk = desk_on(disk, registry)
    (said,) = recover(desk.journal, NOW)
    (entry,) = history(desk.journal)
    assert entry.state is State.INTERRUPTED and f"clientcfg undo {entry.id}" in said
    assert registry.tree()[ADA]["SMTP Port"] == value(2525)
    with pytest.raises(ChangedSince):
        desk.undo(entry)
    desk.undo(entry, keep=True)
    assert registry.tree() == {
        **both[1].tree(),
        ADA: {**both[1].tree()[ADA], **values(SMTP_Port=2525)},
    }


def test_the_guard_is_held_while_values_are_written(registry: MemoryRegistry) -> None:
    desk = desk_on(fresh_disk(), registry)
    old = registry.tree()
    when: list[bool] = []

    @contextmanager
    def guard() -> Iterator[None]:
        when.append(registry.tree() == old)
        yield
        when.append(registry.tree() == old)

    desk.apply(WANTED, guard=guard())
    assert when == [True, False]
