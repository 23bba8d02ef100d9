# SPDX-License-Identifier: MPL-2.0
"""The lines of one change of the past."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.changes.entry import Entry, Kept
from clientcfg.changes.past import past_changes
from clientcfg.changes.show import Change
from clientcfg.flows.here import Here

# What the window reads of history.
__all__ = ["Entry", "Kept", "PastChanges", "changes_of_past"]


@dataclass(frozen=True, slots=True)
class PastChanges:
    """What the change *id* did, place by place."""

    id: str
    changes: tuple[Change, ...]


async def changes_of_past(entry_id: str, here: Here) -> AsyncIterator[PastChanges]:
    """Ends with :class:`PastChanges`. Raises :class:`WrongUsage` for an entry there is not."""
    entry = here.journal.entry(entry_id)
    yield PastChanges(entry_id, past_changes(entry, here.journal))
