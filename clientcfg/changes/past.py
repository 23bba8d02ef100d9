# SPDX-License-Identifier: MPL-2.0
"""What a change of the past did, as far as that can still be told. No secret is in it."""

from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.entry import Entry, Kept, State
from clientcfg.changes.fingerprint import matches
from clientcfg.changes.journal import Journal
from clientcfg.changes.show import Change, file_diff
from clientcfg.changes.show_registry import value_text
from clientcfg.model.place import FilePlace, RegistryPlace
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


def past_changes(entry: Entry, journal: Journal) -> tuple[Change, ...]:
    """A change for each place of *entry*; a sentence where its lines cannot be told.

    New contents are not kept: they are what lies there, where nobody has written
    since. Nothing raises; what cannot be read is said.
    """
    return tuple(
        Change(kept.place.kind, shown(kept.path), _diff(entry, kept, journal), "")
        for kept in entry.places
    )


def _diff(entry: Entry, kept: Kept, journal: Journal) -> str:
    if entry.state in (State.UNDONE, State.TAKEN_BACK):
        return _("This was taken back.")
    try:
        now = journal.kind(kept.place).read(kept.place, kept.path)
        if not matches(kept.after, now):
            return _("It was written since, so that the lines of this change cannot be told.")
        if entry.pruned and kept.backup is not None:
            return _("What it was before was thrown away.")
        before = journal.old(kept)
    except Trouble as trouble:
        return trouble.text
    if isinstance(kept.place, RegistryPlace):
        return f"{_value(before)} → {_value(now)}"
    return _lines(kept.place, before, now)


def _lines(place: FilePlace, before: bytes | None, now: bytes | None) -> str:
    if place.sensitive:
        # Whatever is in it now may be somebody's secret, ours included.
        made = before is None
        return _("new file with secrets") if made else _("lines of a file with secrets")
    return file_diff(place, before, now)


def _value(octets: bytes | None) -> str:
    return value_text(None if octets is None else RegistryValue.from_octets(octets))
