# SPDX-License-Identifier: MPL-2.0
"""All writes of a change, or none: carried out with a way back from any moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from datetime import datetime

from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Entry, Kept, State
from clientcfg.changes.fill import Secrets, StoreEncoder, fill
from clientcfg.changes.fingerprint import fingerprint, matches
from clientcfg.changes.journal import Journal
from clientcfg.changes.replace import (
    make_directories,
    missing_directories,
    remove,
    remove_directories,
    replace,
)
from clientcfg.changes.within import changed_meanwhile, parent, target
from clientcfg.model.place import FilePlace, FileState, Snapshot
from clientcfg.model.plan import FileStep
from clientcfg.model.secret import Encoder
from clientcfg.model.trouble import No, Trouble
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Write:
    """One file, what it holds and what it is to hold; None for no file.

    ``mode`` and ``owner`` count only where the file is new.
    """

    place: FilePlace
    path: str
    old: bytes | None = field(repr=False)
    new: bytes | None = field(repr=False)
    mode: int = 0o600
    owner: tuple[int, int] | None = None


def writes_of(
    steps: Sequence[FileStep],
    snapshot: Snapshot,
    secrets: Secrets,
    encoders: Mapping[Encoder, StoreEncoder],
    disk: Disk,
) -> tuple[Write, ...]:
    """*steps* with their holes filled, those that change nothing left out.

    Raises :class:`Refused` ("changed-meanwhile") where a place is no longer
    what its step was computed from.
    """
    paths = [target(step.place, disk) for step in steps]
    olds = [disk.read(path) for path in paths]
    for step, old in zip(steps, olds, strict=True):
        if FileState(old).digest != step.before:
            raise changed_meanwhile(step.place)
    news = fill(steps, snapshot, secrets, encoders)
    return tuple(
        Write(step.place, path, old, new, step.mode)
        for step, path, old, new in zip(steps, paths, olds, news, strict=True)
        if old != new
    )


def carry_out(draft: Entry, writes: Sequence[Write], journal: Journal, now: datetime) -> Entry:
    """Journal *writes* under *draft*, then do them in order; the entry, done.

    Every new content is written beside its place before the first place
    changes, so a full disk is found out early. On any failure what was done is
    taken back before the error goes on.
    """
    if len({write.path for write in writes}) != len(writes):
        raise ValueError("two steps of one plan write the same file")
    disk = journal.disk
    entry = with_changes(
        draft,
        places=tuple(_kept(draft, n, write, journal) for n, write in enumerate(writes)),
    )
    try:
        journal.begin(entry, [write.old for write in writes])
        for write, kept in zip(writes, entry.places, strict=True):
            if write.new is not None:
                make_directories(disk, kept.made)
                disk.create(kept.fresh, write.new, write.mode, owner=write.owner, like=write.path)
                disk.sync(kept.fresh)
        for write, kept in zip(writes, entry.places, strict=True):
            if write.new is None:
                disk.unlink(write.path)
            else:
                disk.rename(kept.fresh, write.path)
            disk.sync(parent(write.path))
        return journal.turn(entry, State.DONE, now)
    except BaseException as error:
        try:
            _give_up(entry, journal, now)
        except Trouble as second:
            raise No(
                "left-half-way",
                _("Writing failed, and so did putting the old settings back: {why}").format(
                    why=second.text
                ),
                *second.advice,
                _("Then start clientcfg again; it puts them back first."),
            ) from error
        raise


def _give_up(entry: Entry, journal: Journal, now: datetime) -> None:
    """Take *entry* back and forget it, because carrying it out failed."""
    if any(e.id == entry.id and e.state is State.DONE for e in journal.entries()):
        # Only the very last sync failed. Before any place goes back the journal has to say so.
        journal.write(entry)
    if take_back(entry, journal):
        journal.remove(entry.id)
    else:
        journal.turn(entry, State.INTERRUPTED, now)


def take_back(entry: Entry, journal: Journal) -> bool:
    """Make every place of a begun *entry* what it was, and leave no file of ours behind.

    False where a place holds neither the old nor the new content, because
    somebody else has written it since: then no place is touched. Can be cut
    off and done again. Raises :class:`Trouble`.
    """
    disk = journal.disk
    # This also waits for what an earlier try has put back: it is in the same directories.
    remove(disk, *(kept.fresh for kept in entry.places))
    changed: list[Kept] = []
    for kept in entry.places:
        content = disk.read(kept.path)
        if matches(kept.before, content):
            continue
        if not matches(kept.after, content):
            return False
        changed.append(kept)
    olds = [journal.old(kept) for kept in changed]
    for kept, old in reversed(list(zip(changed, olds, strict=True))):
        if old is None:
            remove(disk, kept.path)
        else:
            _put_back(disk, kept, old)
    journal.drop_backups(entry)
    for kept in reversed(entry.places):
        remove_directories(disk, kept.made)
    return True


def _put_back(disk: Disk, kept: Kept, old: bytes) -> None:
    there = disk.look(kept.path) is not None
    like = kept.path if there else kept.backup if kept.place.sensitive else None
    replace(disk, kept.path, old, kept.mode, fresh=kept.fresh, owner=kept.owner, like=like)


def _kept(draft: Entry, number: int, write: Write, journal: Journal) -> Kept:
    seen = journal.disk.look(write.path)
    sensitive = write.place.sensitive
    backup: str | None = None
    if write.old is not None:
        beside = f"{write.path}.clientcfg-{draft.mark}"
        backup = beside if sensitive else journal.backup_path(draft, number)
    return Kept(
        place=write.place,
        path=write.path,
        fresh=f"{write.path}.clientcfg-{draft.mark}.new",
        before=fingerprint(write.old, sensitive=sensitive),
        after=fingerprint(write.new, sensitive=sensitive),
        backup=backup,
        mode=seen.mode if seen else write.mode,
        owner=(seen.uid, seen.gid) if seen else None,
        made=missing_directories(journal.disk, write.path),
    )
