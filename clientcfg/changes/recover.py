# SPDX-License-Identifier: MPL-2.0
"""At the next start: a change that was cut off is taken back, always back."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from clientcfg.changes.carry import take_back
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.entry import Entry, State
from clientcfg.changes.journal import Journal
from clientcfg.model.trouble import Refused, Trouble
from clientcfg.words import _

GuardFor = Callable[[Entry], AbstractContextManager[None]]


def _no_guard(_entry: Entry) -> AbstractContextManager[None]:
    return nullcontext()


def recover(journal: Journal, now: datetime, guard_for: GuardFor = _no_guard) -> tuple[str, ...]:
    """Take back what was cut off; one sentence for each, to be said at the start.

    Does nothing while another clientcfg is at work: what that one has begun
    was not cut off. An entry whose client runs (*guard_for* refuses) waits for
    the next start, and so do new changes.
    """
    if not journal.there():
        return ()
    try:
        with journal.alone(deadline=0):
            journal.sweep()
            return tuple(
                _recovered(entry, journal, now, guard_for) for entry in journal.unfinished()
            )
    except Refused as trouble:
        if trouble.code == "another-clientcfg":
            return ()
        raise


def need_recovered(journal: Journal) -> None:
    """Raise :class:`Refused` ("unfinished-change") while a change waits to be taken back."""
    if journal.unfinished():
        raise Refused(
            "unfinished-change",
            _("An earlier change was cut off and has not been taken back yet."),
            _("Close the mail program and start clientcfg again; it does that first."),
        )


def finish_undo(original: Entry, undoing: Entry | None, journal: Journal, now: datetime) -> Entry:
    """Tidy up after an undo whose files are all written. Can be cut off and done again."""
    if undoing is not None:
        journal.settle(undoing)
        journal.drop_backups(undoing)
    journal.drop_backups(original)
    for kept in reversed(original.places):
        journal.kind(kept.place).tidy(kept)
    undone = journal.turn(original, State.UNDONE, now)
    if undoing is not None:
        journal.remove(undoing.id)
    return undone


def _recovered(entry: Entry, journal: Journal, now: datetime, guard_for: GuardFor) -> str:
    try:
        if entry.undoes and entry.state is State.DONE:
            finish_undo(journal.entry(entry.undoes), entry, journal, now)
            return _("The undo of change {id} was cut off at its very end; it is finished.").format(
                id=entry.undoes
            )
        with guard_for(entry):
            return _taken_back(entry, journal, now)
    except Trouble as trouble:
        return _("A change for {address} was cut off and waits to be taken back: {why}").format(
            address=shown(entry.address), why=trouble.text
        )


def _taken_back(entry: Entry, journal: Journal, now: datetime) -> str:
    name, address = entry.installation.name, shown(entry.address)
    clean = take_back(entry, journal)
    if entry.undoes and clean:
        journal.remove(entry.id)
        return _(
            "Undoing change {id} was cut off; everything is as it was before that undo."
        ).format(id=entry.undoes)
    if clean:
        journal.turn(entry, State.TAKEN_BACK, now)
        return _(
            "A change to {name} for {address} was cut off; everything is as it was before."
        ).format(name=name, address=address)
    if entry.undoes:
        # The original still stands; its own undo takes out what is left.
        journal.drop_backups(entry)
        journal.remove(entry.id)
        return _(
            "Undoing change {id} was cut off, and {name} has written its settings since. "
            "Undo it once more."
        ).format(id=entry.undoes, name=name)
    journal.turn(entry, State.INTERRUPTED, now)
    return _(
        "A change to {name} for {address} was cut off, and {name} has written its settings "
        "since. “clientcfg undo {id}” takes out what is left of it."
    ).format(name=name, address=address, id=entry.id)
