# SPDX-License-Identifier: MPL-2.0
"""All writes of a change, or none: carried out with a way back from any moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from clientcfg.changes.entry import Entry, Kept, State
from clientcfg.changes.fill import Secrets, StoreEncoder, fill
from clientcfg.changes.fingerprint import matches
from clientcfg.changes.journal import Journal
from clientcfg.changes.kinds import Kind
from clientcfg.changes.registry_values import writes_of_step
from clientcfg.changes.snapshot import take
from clientcfg.changes.within import changed_meanwhile, target
from clientcfg.changes.write import Write
from clientcfg.model.place import Snapshot
from clientcfg.model.plan import FileStep, RegistryStep, Step
from clientcfg.model.secret import Encoder
from clientcfg.model.trouble import No, Trouble
from clientcfg.words import _


def writes_of(
    steps: Sequence[Step],
    snapshot: Snapshot,
    secrets: Secrets,
    encoders: Mapping[Encoder, StoreEncoder],
    journal: Journal,
) -> tuple[Write, ...]:
    """*steps* with their holes filled, those that change nothing left out.

    *journal* says which disk and registry they are about. Raises
    :class:`Refused` ("changed-meanwhile") where a place is no longer what its
    step was computed from.
    """
    now = take((step.place for step in steps), journal.disk, snapshot.taken_at, journal.registry)
    for step in steps:
        if now.states[step.place].digest != step.before:
            raise changed_meanwhile(step.place)
    files = [step for step in steps if isinstance(step, FileStep)]
    news = iter(fill(files, snapshot, secrets, encoders))
    writes: list[Write] = []
    for step in steps:
        if isinstance(step, RegistryStep):
            writes += writes_of_step(step, now.registry(step.place))
        else:
            path = target(step.place, journal.disk)
            writes.append(Write(step.place, path, now.content(step.place), next(news), step.mode))
    return tuple(write for write in writes if write.old != write.new)


def carry_out(draft: Entry, writes: Sequence[Write], journal: Journal, now: datetime) -> Entry:
    """Journal *writes* under *draft*, then do them in order; the entry, done.

    Every new content is written beside its place before the first place
    changes, so a full disk is found out early. On any failure what was done is
    taken back before the error goes on.
    """
    if len({write.path.casefold() for write in writes}) != len(writes):
        raise ValueError("two steps of one plan write the same place")
    entry = replace(
        draft,
        places=tuple(
            journal.kind(write.place).kept(write, draft.mark, journal.backup_path(draft, number))
            for number, write in enumerate(writes)
        ),
    )
    touched = 0
    try:
        journal.begin(entry, [write.old for write in writes])
        kinds = [journal.kind(write.place) for write in writes]
        parts = list(zip(kinds, writes, entry.places, strict=True))
        for kind, write, kept in parts:
            kind.ready(write, kept)
        for kind, write, kept in parts:
            kind.check(write, kept)
            touched += 1
            kind.switch(write, kept)
        return journal.turn(entry, State.DONE, now)
    except BaseException as error:
        try:
            _give_up(entry, journal, now, touched)
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


def _give_up(entry: Entry, journal: Journal, now: datetime, touched: int) -> None:
    """Take *entry* back and forget it, because carrying it out failed at place *touched*."""
    if any(e.id == entry.id and e.state is State.DONE for e in journal.entries()):
        # Only the very last sync failed. Before any place goes back the journal has to say so.
        journal.write(entry)
    if take_back(entry, journal, touched):
        journal.remove(entry.id)
    else:
        journal.turn(entry, State.INTERRUPTED, now)


def take_back(entry: Entry, journal: Journal, touched: int | None = None) -> bool:
    """Make every place of a begun *entry* what it was, and leave no file of ours behind.

    False where a place holds neither the old nor the new content, because
    somebody else has written it since: then no place is touched. Can be cut
    off and done again. *touched*: how many of the places may have been
    written, where that is known. Raises :class:`Trouble`.
    """
    places = [(journal.kind(kept.place), kept) for kept in entry.places]
    for is_kind in dict.fromkeys(type(kind) for kind, _kept in places):
        of_kind = [(kind, kept) for kind, kept in places if type(kind) is is_kind]
        of_kind[0][0].clear([kept for _kind, kept in of_kind])
    changed: list[tuple[Kind, Kept]] = []
    for kind, kept in places[:touched]:
        content = kind.read(kept.place, kept.path)
        if matches(kept.before, content):
            continue
        if not matches(kept.after, content):
            return False
        changed.append((kind, kept))
    olds = [journal.old(kept) for _kind, kept in changed]
    for (kind, kept), old in reversed(list(zip(changed, olds, strict=True))):
        kind.put_back(kept, old)
    journal.drop_backups(entry)
    for kind, kept in reversed(places):
        kind.tidy(kept)
    return True
