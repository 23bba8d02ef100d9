# SPDX-License-Identifier: MPL-2.0
"""A made-up mail client that keeps accounts in the registry and a file beside, and its format.

Each account is a key below ``Accounts``, found by its value ``Email``; the
file ``app.conf`` says which account sends. Setting a server up writes the file
first and the values after it, so a change has places of two kinds.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from clientcfg.changes.apply import apply
from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Entry
from clientcfg.changes.journal import Journal
from clientcfg.changes.show_registry import value_text
from clientcfg.changes.snapshot import take
from clientcfg.changes.undo import Undone, undo
from clientcfg.model.account import Account
from clientcfg.model.client import Installation
from clientcfg.model.place import FilePlace, Place, RegistryPlace, Snapshot
from clientcfg.model.plan import Conflict, FileStep, Plan, RegistryStep
from clientcfg.model.registry import RegistryValue
from tests.support.registries import value
from tests.support.toy import NOW

PROFILE = "HKEY_CURRENT_USER\\Software\\Toy\\Profiles\\Ada"
ACCOUNTS = PROFILE + "\\Accounts"
ADDRESS = "ada@example.test"


class RegistryToy:
    """The format "toy-registry" for the client below *home*."""

    name = "toy-registry"

    def __init__(self, home: str) -> None:
        self.accounts = RegistryPlace(ACCOUNTS, each=True, within=PROFILE)
        self.conf = FilePlace(f"{home}/app.conf", home)
        self.installation = Installation(
            "toy", "Toy", "1", "win", home, "windows", home, PROFILE, running=False
        )

    def needs(self, installation: Installation) -> tuple[Place, ...]:
        return (self.conf, self.accounts)

    def plan(self, account: Account, installation: Installation, snapshot: Snapshot) -> Plan:
        raise NotImplementedError

    def change(self, wanted: Mapping[str, RegistryValue | None], snapshot: Snapshot) -> Plan:
        """Set *wanted* in the account of Ada, and name it in the file."""
        ((place, state),) = (
            (place, state)
            for place, state in snapshot.keys(self.accounts).items()
            if state.value("Email") == value(ADDRESS)
        )
        content = (snapshot.content(self.conf) or b"") + b"sends=ada\n"
        return Plan(
            (
                FileStep(self.conf, snapshot.states[self.conf].digest, (content,), "who sends"),
                RegistryStep(place, state.digest, wanted, "the outgoing server"),
            ),
            record={
                "key": place.key,
                "values": {
                    state.spelled(name): {"before": _kept(state.value(name)), "ours": _kept(ours)}
                    for name, ours in wanted.items()
                },
            },
        )

    def revert(
        self,
        installation: Installation,
        now: Snapshot,
        record: Mapping[str, Any],
        before: Snapshot | None,
        *,
        force: bool = False,
    ) -> Plan:
        conf = (now.content(self.conf) or b"").replace(b"sends=ada\n", b"")
        steps: list[FileStep | RegistryStep] = [
            FileStep(self.conf, now.states[self.conf].digest, (conf,) if conf else None, "back")
        ]
        place = RegistryPlace(record["key"], within=PROFILE)
        if place not in now.keys(self.accounts):
            return Plan(tuple(steps))
        state, conflicts = now.registry(place), []
        values: dict[str, RegistryValue | None] = {}
        for name, was in record["values"].items():
            old, ours = _unkept(was["before"]), _unkept(was["ours"])
            if before is not None:
                assert before.registry(place).value(name) == old
            if state.value(name) in (old, ours) or force:
                values[name] = old
            else:
                texts = map(value_text, (old, ours, state.value(name)))
                conflicts.append(Conflict(name, *texts))
        steps.append(RegistryStep(place, state.digest, values, "as it was"))
        return Plan(tuple(steps), conflicts=tuple(conflicts))


def _kept(held: RegistryValue | None) -> list[Any] | None:
    return None if held is None else [held.type, held.data.hex()]


def _unkept(kept: list[Any] | None) -> RegistryValue | None:
    return None if kept is None else RegistryValue(kept[0], bytes.fromhex(kept[1]))


class RegistryDesk:
    """One such client and one journal, with the two things one does to them."""

    def __init__(self, disk: Disk, home: str, journal: Journal) -> None:
        self.disk = disk
        self.toy = RegistryToy(home)
        self.journal = journal

    def look(self) -> Snapshot:
        return take(self.toy.needs(self.toy.installation), self.disk, NOW, self.journal.registry)

    def apply(
        self,
        wanted: Mapping[str, RegistryValue | None],
        *,
        guard: AbstractContextManager[None] | None = None,
        snapshot: Snapshot | None = None,
    ) -> Entry | None:
        seen = snapshot or self.look()
        return apply(
            self.toy.change(wanted, seen),
            format_name=self.toy.name,
            installation=self.toy.installation,
            address=ADDRESS,
            snapshot=seen,
            secrets={},
            journal=self.journal,
            guard=lambda: guard or nullcontext(),
            now=NOW,
        )

    def undo(self, entry: Entry, *, force: bool = False, keep: bool = False) -> Undone:
        return undo(
            entry,
            formats={self.toy.name: self.toy},
            journal=self.journal,
            guard=nullcontext,
            now=NOW,
            force=force,
            keep=keep,
        )
