# SPDX-License-Identifier: MPL-2.0
"""One registered format in one home on any disk, and what one does to it."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from clientcfg.changes.apply import Guard, apply
from clientcfg.changes.disk import Disk, RealDisk
from clientcfg.changes.entry import Entry
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import recover
from clientcfg.changes.snapshot import take
from clientcfg.changes.undo import Undone, undo
from clientcfg.model.account import Account
from clientcfg.model.plan import Plan
from clientcfg.model.secret import Secret
from tests.support.disks import REGISTRY, CountingRegistry, MemoryDisk, registry_on
from tests.support.registries import MemoryRegistry
from tests.support.row import Files, Row, Start

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOME = "/home/ada"
STATE = "/state/clientcfg"
CANARY = "c4nary-Pässword!"


class Bench:
    """The client of *row* in the home as *start* has it; nothing is laid out by this."""

    def __init__(
        self,
        row: Row,
        start: Start,
        disk: Disk,
        home: str = HOME,
        state: str = STATE,
        guard: Guard = nullcontext,
    ) -> None:
        self.row = row
        self.start = start
        self.disk = disk
        self.home = home
        self.guard = guard
        self.installation = row.installation(home, start)
        self.registry = registry_on(disk)
        self.journal = Journal(Path(state), disk, self.registry)

    def apply(self, account: Account | None = None, password: str = CANARY) -> Entry | None:
        wanted = account or self.row.account
        places = self.row.format.needs(self.installation)
        snapshot = take(places, self.disk, NOW, self.journal.registry)
        plan: Plan = self.row.format.plan(wanted, self.installation, snapshot)
        return apply(
            plan,
            format_name=self.row.format.name,
            installation=self.installation,
            address=str(wanted.address),
            snapshot=snapshot,
            secrets={"password": Secret(password)} if wanted.store_password else {},
            journal=self.journal,
            guard=self.guard,
            now=NOW,
            encoders=self.row.encoders,
        )

    def undo(self, *, force: bool = False, keep: bool = False) -> Undone:
        """Undo the newest change that stands."""
        entry = next(entry for entry in self.history() if entry.stands)
        return undo(
            entry,
            formats={self.row.format.name: self.row.format},
            journal=self.journal,
            guard=self.guard,
            now=NOW,
            force=force,
            keep=keep,
        )

    def recover(self) -> tuple[str, ...]:
        return recover(self.journal, NOW, lambda _entry: self.guard())

    def history(self) -> tuple[Entry, ...]:
        return history(self.journal)

    def backups(self) -> set[str]:
        """The copies that standing changes need for their way back."""
        kept = (kept for entry in self.history() if entry.stands for kept in entry.places)
        return {place.backup for place in kept if place.backup}

    def files(self) -> dict[str, bytes]:
        """Path below the home → content, without the copies of :meth:`backups`."""
        copies = self.backups()
        found: dict[str, bytes] = {}
        below = [self.home]
        while below:
            path = below.pop()
            look = self.disk.look(path)
            if look is None:
                continue
            if look.kind == "directory":
                below += [f"{path}/{name}" for name in self.disk.names(path)]
            elif path not in copies:
                found[path.removeprefix(self.home + "/")] = self.disk.read(path) or b""
        return found | self._registry()

    def _registry(self) -> dict[str, bytes]:
        registry = self.registry
        if isinstance(registry, CountingRegistry):
            registry = registry.registry
        content = registry.dump() if isinstance(registry, MemoryRegistry) else b""
        return {REGISTRY: content} if content else {}


def in_memory(start: Start, *, mode: int = 0o640) -> MemoryDisk:
    """A disk with that home on it."""
    disk = MemoryDisk()
    disk.put("/state/other", b"")
    disk.put(f"{HOME}/other", b"theirs")
    for path, content in start.files.items():
        disk.put(f"{HOME}/{path}", content, mode)
    return disk


def on_disk(row: Row, start: Start, folder: Path, guard: Guard = nullcontext) -> Bench:
    """That home laid out below *folder* of the real disk."""
    home = folder / "home"
    lay_out(start.files, home)
    return Bench(row, start, RealDisk(), str(home), str(folder / "state"), guard)


def lay_out(files: Files | Mapping[str, bytes], home: Path) -> None:
    """Write *files* below *home*."""
    home.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
