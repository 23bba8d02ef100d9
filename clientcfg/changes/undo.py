# SPDX-License-Identifier: MPL-2.0
"""Taking a change out again: byte for byte where nobody has written since, else our settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from datetime import datetime
from typing import Any

from clientcfg.changes.apply import Guard
from clientcfg.changes.carry import carry_out, writes_of
from clientcfg.changes.changed_since import ChangedSince
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.entry import Entry, State
from clientcfg.changes.fingerprint import matches
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import finish_undo, need_recovered
from clientcfg.changes.snapshot import as_before, take
from clientcfg.changes.write import Write
from clientcfg.model.plan import Conflict, Format, Plan
from clientcfg.model.trouble import No, NotFoundOut, Refused
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did. ``exact``: every file and value is byte for byte what it was.

    ``conflicts``: settings that somebody changed since and that were kept so.
    """

    entry: Entry
    exact: bool
    conflicts: tuple[Conflict, ...] = ()


def undo(
    entry: Entry,
    *,
    formats: Mapping[str, Format],
    journal: Journal,
    guard: Guard,
    now: datetime,
    force: bool = False,
    keep: bool = False,
) -> Undone:
    """Take *entry* out again, as safely as it was put in.

    If all its places are what the change left, or already what they were, the
    old bytes come back and directories made for them go. If one of them was
    written since, the format takes its settings out of all. A setting that
    somebody changed stops this with :class:`ChangedSince`; with *keep* it
    stays as it is, with *force* it goes back too.

    Raises :class:`No` ("nothing-to-undo") for an entry that does not stand,
    :class:`NotFoundOut` ("no-such-format"); every place is then as it was.
    """
    with journal.alone():
        need_recovered(journal)
        entry = journal.entry(entry.id)
        if not entry.stands:
            raise No(
                "nothing-to-undo",
                _("Change {id} was already taken back.").format(id=entry.id),
            )
        journal.settle(entry)
        with guard():
            before = _before(entry, journal)
            writes = None if before is None else _old_bytes(entry, before, journal)
            exact = writes is not None
            conflicts: tuple[Conflict, ...] = ()
            if writes is None:
                form = _format_of(entry, formats)
                plan, writes = _reverted(entry, form, before, journal, now, force=force)
                conflicts = plan.conflicts
                if conflicts and not keep:
                    raise ChangedSince(entry.id, conflicts)
                if plan.record:
                    _bequeath(entry, plan.record, journal)
            undoing = _carry_out(entry, writes, journal, now) if writes else None
            return Undone(finish_undo(entry, undoing, journal, now), exact, conflicts)


def _before(entry: Entry, journal: Journal) -> tuple[bytes | None, ...] | None:
    """What the places held before us; None where a backup is not there any more."""
    if entry.pruned or entry.record.get("inherited"):
        # What was inherited lies in no backup.
        return None
    try:
        return tuple(journal.old(kept) for kept in entry.places)
    except Refused:
        return None


def _old_bytes(
    entry: Entry, before: Sequence[bytes | None], journal: Journal
) -> tuple[Write, ...] | None:
    """What puts the old bytes back; None where somebody has written since."""
    writes: list[Write] = []
    for kept, old in zip(entry.places, before, strict=True):
        kind = journal.kind(kept.place)
        path = kind.where(kept.place)
        content = kind.read(kept.place, path)
        if content == old:
            continue
        if not matches(kept.after, content):
            return None
        writes.insert(0, Write(kept.place, path, content, old, kept.mode, kept.owner))
    return tuple(writes)


def _reverted(
    entry: Entry,
    form: Format,
    before: Sequence[bytes | None] | None,
    journal: Journal,
    now: datetime,
    *,
    force: bool,
) -> tuple[Plan, tuple[Write, ...]]:
    ours = [kept.place for kept in entry.places]
    places = dict.fromkeys((*form.needs(entry.installation), *ours))
    present = take(places, journal.disk, now, journal.registry)
    # Places that we did not write count as they are.
    past = None if before is None else as_before(present, entry.at, zip(ours, before, strict=True))
    plan = form.revert(entry.installation, present, entry.record, past, force=force)
    return plan, writes_of(plan.steps, present, {}, {}, journal)


def _bequeath(entry: Entry, left: Mapping[str, Any], journal: Journal) -> None:
    """What stays of *entry* because another change needs it is taken out with the newest of those.

    Done before anything is written: an heir that takes it too early leaves it in peace.
    """
    for heir in history(journal):
        same = (
            heir.format == entry.format and heir.installation.profile == entry.installation.profile
        )
        if heir.stands and heir.id != entry.id and same:
            inherited = [*heir.record.get("inherited", ()), dict(left)]
            journal.write(with_changes(heir, record={**heir.record, "inherited": inherited}))
            return


def _carry_out(entry: Entry, writes: Sequence[Write], journal: Journal, now: datetime) -> Entry:
    entry_id, order, mark = journal.next_name(now)
    draft = Entry(
        id=entry_id,
        order=order,
        mark=mark,
        at=now,
        state=State.BEGUN,
        changed_at=now,
        format=entry.format,
        installation=entry.installation,
        address=entry.address,
        summary=(),
        record={},
        undoes=entry.id,
    )
    return carry_out(draft, writes, journal, now)


def _format_of(entry: Entry, formats: Mapping[str, Format]) -> Format:
    form = formats.get(entry.format)
    if form is None:
        raise NotFoundOut(
            "no-such-format",
            _(
                "This clientcfg does not know the settings “{format}” that change {id} wrote."
            ).format(format=shown(entry.format), id=entry.id),
            _("Use the version of clientcfg that made the change."),
        )
    return form
