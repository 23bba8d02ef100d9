# SPDX-License-Identifier: MPL-2.0
"""The journal: what was changed, written down before it is changed.

It lies in the state directory, readable by its owner alone. Each entry has a
directory of its own with ``entry.json`` and the old contents of ordinary
files; old contents of files that hold secrets lie beside those files, in the
client's own directory. New contents are never in the journal.
"""

import json
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace as with_changes
from datetime import datetime
from pathlib import Path

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.entry import Entry, Kept, State, from_json, to_json
from clientcfg.changes.fingerprint import matches
from clientcfg.changes.kinds import Kind, kind_of
from clientcfg.changes.registry import NoRegistry, Registry
from clientcfg.changes.replace import (
    make_directories,
    missing_directories,
    remove,
    replace,
    settle,
)
from clientcfg.model.place import Place
from clientcfg.model.trouble import No, NotFoundOut, Refused
from clientcfg.words import _

_PRIVATE = 0o600
_ID = re.compile(r"[0-9]{8}-[0-9]{1,9}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Journal:
    """The entries below one state directory; *disk* and *registry* have their places, too."""

    def __init__(self, directory: Path, disk: Disk, registry: Registry | None = None) -> None:
        self.disk = disk
        self.registry: Registry = registry or NoRegistry()
        self._directory = disk.real(str(directory)) + "/journal"

    @contextmanager
    def alone(self, deadline: float = 5.0) -> Iterator[None]:
        """Hold the one lock; wait at most *deadline* seconds for another clientcfg.

        Raises :class:`Refused` ("another-clientcfg") when it does not end.
        """
        until = time.monotonic() + deadline
        while (lock := self._lock()) is None:
            if time.monotonic() >= until:
                raise Refused(
                    "another-clientcfg",
                    _("Another clientcfg is at work on this person’s settings."),
                    _("Wait until it is done, and try again."),
                )
            time.sleep(0.05)
        with lock:
            yield

    def _lock(self) -> AbstractContextManager[None] | None:
        try:
            self._make()
            return self.disk.lock(self._directory + "/lock")
        except No as trouble:
            if trouble.code not in {"no-permission", "read-only-place"}:
                raise
            raise NotFoundOut(
                "no-state-directory",
                _("Without a way back nothing is changed, and it cannot be kept: {why}").format(
                    why=trouble.text
                ),
                *trouble.advice,
                _("Or set CLIENTCFG_STATE_DIR to a directory of your own."),
            ) from trouble

    def there(self) -> bool:
        """Whether anything was ever changed from here."""
        return self.disk.look(self._directory) is not None

    def entries(self) -> tuple[Entry, ...]:
        """All entries, newest first."""
        found = (self._read(name) for name in self._names())
        return tuple(sorted((e for e in found if e), key=lambda e: e.order, reverse=True))

    def entry(self, entry_id: str) -> Entry:
        """The entry of that id. Raises :class:`No` ("no-such-entry")."""
        entry = self._read(entry_id) if _ID.fullmatch(entry_id) else None
        if entry is None:
            raise No(
                "no-such-entry",
                _("There is no change “{id}” in the history.").format(id=shown(entry_id)),
                _("“clientcfg history” lists them."),
            )
        return entry

    def next_name(self, now: datetime) -> tuple[str, int, str]:
        """Id, order and mark of the next entry. The id is short enough to type."""
        day = now.strftime("%Y%m%d")
        entries = self.entries()
        todays = [int(e.id.rpartition("-")[2]) for e in entries if e.id.startswith(day + "-")]
        entry_id = f"{day}-{max(todays, default=0) + 1}"
        mark = "".join(secrets.choice(_LETTERS) for _each in range(4))
        return entry_id, max((e.order for e in entries), default=0) + 1, f"{entry_id}-{mark}"

    def backup_path(self, entry: Entry, number: int) -> str:
        """Where old content number *number* of an ordinary file is kept."""
        return f"{self._of(entry.id)}/old-{number}"

    def kind(self, place: Place) -> Kind:
        """How *place* is read, written and put back."""
        return kind_of(place, self.disk, self.registry)

    def begin(self, entry: Entry, old: Sequence[bytes | None]) -> None:
        """Write *entry* and the old contents down. When this returns they are on the disk."""
        self._make()
        make_directories(self.disk, (self._of(entry.id),))
        self.write(entry)
        for kept, content in zip(entry.places, old, strict=True):
            if kept.backup is not None and content is not None:
                like = kept.path if kept.sensitive else None
                fresh = kept.backup + ".new"
                replace(self.disk, kept.backup, content, _PRIVATE, fresh=fresh, like=like)

    def write(self, entry: Entry) -> None:
        """Put *entry* in the place of what the journal has under its id."""
        path = self._of(entry.id) + "/entry.json"
        content = json.dumps(to_json(entry), indent=1).encode("ascii")
        replace(self.disk, path, content, _PRIVATE, fresh=path + ".new")

    def settle(self, entry: Entry) -> None:
        """Wait until what the journal says of *entry* is on the disk.

        Whoever wrote it may have been cut off before it was, and a way back is
        thrown away only once nothing can come back that needs it.
        """
        settle(self.disk, (self._of(entry.id) + "/entry.json",))

    def turn(self, entry: Entry, state: State, now: datetime) -> Entry:
        """*entry* in its next *state*, written down."""
        turned = with_changes(entry, state=state, changed_at=now)
        self.write(turned)
        return turned

    def old(self, kept: Kept) -> bytes | None:
        """The content of a place before the change. Raises :class:`Refused` ("backup-damaged")."""
        content = None if kept.backup is None else self.disk.read(kept.backup)
        if not matches(kept.before, content):
            raise Refused(
                "backup-damaged",
                _("The backup of {path} is missing or was changed.").format(path=shown(kept.path)),
                _("Nothing was put back. The settings have to be changed by hand."),
            )
        return content

    def drop_backups(self, entry: Entry) -> None:
        """Throw the old contents of *entry* away, half-written ones too."""
        backups = [kept.backup for kept in entry.places if kept.backup is not None]
        remove(self.disk, *(path for backup in backups for path in (backup + ".new", backup)))

    def remove(self, entry_id: str) -> None:
        """Take an entry out of the journal; its backups beside other files are gone by then."""
        directory = self._of(entry_id)
        # entry.json goes first: without it there is no entry.
        for name in sorted(self.disk.names(directory), key=lambda n: n != "entry.json"):
            remove(self.disk, f"{directory}/{name}")
        self.disk.rmdir(directory)
        self.disk.sync(self._directory)

    def unfinished(self) -> tuple[Entry, ...]:
        """Entries that are being carried out, or were cut off; newest first."""
        return tuple(e for e in self.entries() if e.state is State.BEGUN or e.undoes)

    def sweep(self) -> None:
        """Remove what was cut off before it became an entry."""
        for name in self._names():
            if self._read(name) is None:
                self.remove(name)

    def _names(self) -> tuple[str, ...]:
        return tuple(n for n in self.disk.names(self._directory) if _ID.fullmatch(n))

    def _of(self, entry_id: str) -> str:
        return f"{self._directory}/{entry_id}"

    def _make(self) -> None:
        make_directories(self.disk, missing_directories(self.disk, self._directory + "/lock"))
        seen = self.disk.look(self._directory)
        if seen is None or seen.kind != "directory" or seen.mode & 0o077:
            raise Refused(
                "state-not-private",
                _("Others can read {path}, where the way back is kept.").format(
                    path=shown(self._directory)
                ),
                _("Take their rights away: chmod 700 {path}").format(path=shown(self._directory)),
            )

    def _read(self, name: str) -> Entry | None:
        content = self.disk.read(f"{self._of(name)}/entry.json")
        if content is None:
            return None
        try:
            return from_json(json.loads(content))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Refused(
                "journal-unreadable",
                _("{path} cannot be understood.").format(path=shown(self._of(name))),
                _("It may be from a newer clientcfg. Move it away if nobody needs it."),
            ) from error
