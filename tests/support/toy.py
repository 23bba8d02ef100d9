# SPDX-License-Identifier: MPL-2.0
"""A made-up mail client with the smallest settings there can be, and a format for it.

``app.conf`` has lines ``key=value``; ``store/logins`` (sensitive) has lines
``user secret``, encrypted with ``store/key``, which the first login makes.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

from clientcfg.changes.apply import apply
from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Entry
from clientcfg.changes.journal import Journal
from clientcfg.changes.snapshot import take
from clientcfg.changes.undo import Undone, undo
from clientcfg.model.account import Account
from clientcfg.model.client import Installation
from clientcfg.model.place import FilePlace, Snapshot
from clientcfg.model.plan import Coded, Companion, Conflict, Content, FileStep, Plan
from clientcfg.model.secret import Hole, Secret

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CANARY = "c4nary-Password!"


def encrypt(
    store: Mapping[str, bytes | None], texts: Sequence[str]
) -> tuple[Sequence[str], Mapping[str, bytes]]:
    """Not a cipher; but the texts cannot be seen in it, and a key is made where there is none."""
    key = store.get("key") or b"\0key"
    return [text.encode().hex()[::-1] for text in texts], {"key": key}


class Toy:
    """The format "toy" for the client below *home*."""

    name = "toy"

    def __init__(self, home: str) -> None:
        self.conf = FilePlace(f"{home}/app.conf", home)
        self.logins = FilePlace(f"{home}/store/logins", home, sensitive=True)
        self.key = FilePlace(f"{home}/store/key", home, sensitive=True)
        self.installation = Installation(
            "toy", "Toy", "1", "linux", home, "deb", home, home, running=False
        )

    def needs(self, installation: Installation) -> tuple[FilePlace, ...]:
        return (self.conf, self.logins, self.key)

    def plan(self, account: Account, installation: Installation, snapshot: Snapshot) -> Plan:
        raise NotImplementedError

    def change(
        self, settings: Mapping[str, str], snapshot: Snapshot, *, login: str | None = None
    ) -> Plan:
        """Set *settings*, and add a *login* with the password in its hole."""
        steps: list[FileStep] = []
        if login:
            old = snapshot.content(self.logins) or b""
            line: Content = (
                old,
                Coded(login, "nss-sdr"),
                b" ",
                Hole("password", "nss-sdr"),
                b"\n",
            )
            if snapshot.content(self.key) is None:
                key: Content = (Companion("nss-sdr", "key"),)
                steps.append(self._step(self.key, snapshot, key, "a key for logins"))
            steps.append(self._step(self.logins, snapshot, line, "the login"))
        now = _read(snapshot.content(self.conf))
        values = {k: {"before": now.get(k), "ours": v} for k, v in settings.items()}
        content = _write(snapshot.content(self.conf), settings)
        steps.append(self._step(self.conf, snapshot, (content,), "the account"))
        return Plan(
            tuple(steps),
            summary=tuple(f"{k} is set" for k in settings),
            record={
                "settings": values,
                "login": login,
                "made": [p.path for p in self.needs(self.installation) if not snapshot.content(p)],
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
        present = _read(now.content(self.conf))
        conflicts: list[Conflict] = []
        values: dict[str, str | None] = {}
        for key, was in record["settings"].items():
            if present.get(key) in (was["ours"], was["before"]) or force:
                values[key] = was["before"]
            else:
                conflicts.append(Conflict(key, was["before"], was["ours"], present.get(key)))
        steps = [self._revert_file(self.conf, now, _write(now.content(self.conf), values), record)]
        if record["login"]:
            ours = encrypt({}, [record["login"]])[0][0].encode()
            lines = (now.content(self.logins) or b"").splitlines(keepends=True)
            rest = b"".join(line for line in lines if line.split(b" ")[0] != ours)
            steps.append(self._revert_file(self.logins, now, rest, record))
            if not rest and self.key.path in record["made"]:
                steps.append(self._revert_file(self.key, now, b"", record))
        return Plan(tuple(steps), conflicts=tuple(conflicts))

    def _revert_file(
        self, place: FilePlace, now: Snapshot, content: bytes, record: Mapping[str, Any]
    ) -> FileStep:
        gone = not content and (place.path in record["made"] or now.content(place) is None)
        return self._step(place, now, None if gone else (content,), "as it was")

    def _step(
        self, place: FilePlace, snapshot: Snapshot, content: Content | None, why: str
    ) -> FileStep:
        return FileStep(place, snapshot.states[place].digest, content, why)


def _read(content: bytes | None) -> dict[str, str]:
    lines = (line.partition("=") for line in (content or b"").decode("latin-1").splitlines())
    return {key: value for key, equals, value in lines if equals}


def _write(content: bytes | None, values: Mapping[str, str | None]) -> bytes:
    lines = (content or b"").decode("latin-1").splitlines(keepends=True)
    kept = "".join(line for line in lines if line.partition("=")[0] not in values)
    added = "".join(f"{key}={value}\n" for key, value in values.items() if value is not None)
    gap = "\n" if kept and added and not kept.endswith("\n") else ""
    return (kept + gap + added).encode("latin-1")


class Desk:
    """One toy client and one journal on one disk, with the two things one does to them."""

    def __init__(self, disk: Disk, home: str, state: Journal) -> None:
        self.disk = disk
        self.toy = Toy(home)
        self.journal = state

    def look(self) -> Snapshot:
        return take(self.toy.needs(self.toy.installation), self.disk, NOW, self.journal.registry)

    def apply(
        self,
        settings: Mapping[str, str],
        *,
        login: str | None = None,
        plan: Plan | None = None,
        guard: AbstractContextManager[None] | None = None,
        now: datetime = NOW,
    ) -> Entry | None:
        snapshot = self.look()
        return apply(
            plan or self.toy.change(settings, snapshot, login=login),
            format_name="toy",
            installation=self.toy.installation,
            address="ada@example.test",
            snapshot=snapshot,
            secrets={"password": Secret(CANARY)},
            journal=self.journal,
            guard=lambda: guard or nullcontext(),
            now=now,
            encoders={"nss-sdr": encrypt},
        )

    def undo(self, entry: Entry, *, force: bool = False, keep: bool = False) -> Undone:
        return undo(
            entry,
            formats={"toy": self.toy},
            journal=self.journal,
            guard=nullcontext,
            now=NOW,
            force=force,
            keep=keep,
        )

    def settings(self) -> dict[str, str]:
        return _read(self.look().content(self.toy.conf))
