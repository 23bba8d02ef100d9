# SPDX-License-Identifier: MPL-2.0
"""What was changed, newest first, and for how long the old contents are kept."""

from dataclasses import replace as with_changes
from datetime import datetime, timedelta

from clientcfg.changes.entry import Entry
from clientcfg.changes.journal import Journal

KEPT_FOR = timedelta(days=30)
"""How long a backup of a file that holds secrets lies beside it."""


def history(journal: Journal) -> tuple[Entry, ...]:
    """Every change, newest first. An undo is not a line of its own: it is a state of its change."""
    return tuple(entry for entry in journal.entries() if entry.undoes is None)


def prune(
    journal: Journal,
    now: datetime,
    *,
    older_than: timedelta = KEPT_FOR,
    deadline: float = 5.0,
) -> tuple[Entry, ...]:
    """Throw the old contents of changes before then away; those changes.

    They can still be undone as settings, no longer byte for byte. Only reads
    where nothing is that old. Raises :class:`Refused` ("another-clientcfg")
    where another one works for more than *deadline* seconds.
    """
    if not _old(journal, now, older_than):
        return ()
    with journal.alone(deadline):
        old = _old(journal, now, older_than)
        for entry in old:
            # Marked first, and dropped even if marked: it may have been cut off between.
            if not entry.pruned:
                journal.write(with_changes(entry, pruned=True))
            journal.drop_backups(entry)
    return tuple(entry for entry in old if not entry.pruned)


def _old(journal: Journal, now: datetime, older_than: timedelta) -> tuple[Entry, ...]:
    return tuple(
        e
        for e in history(journal)
        if e.stands and now - e.at >= older_than and _kept_something(e, journal)
    )


def _kept_something(entry: Entry, journal: Journal) -> bool:
    """Whether an old content of *entry* is still there, even one that was half-written."""
    return any(
        kept.backup is not None and journal.disk.look(kept.backup + end) is not None
        for kept in entry.places
        for end in ("", ".new")
    )
