# SPDX-License-Identifier: MPL-2.0
"""Taking a change back."""

from collections.abc import AsyncIterator

from clientcfg.changes.entry import Entry
from clientcfg.changes.undo import undo as undo_entry
from clientcfg.flows.events import Event, UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import Answerer, ClientRuns
from clientcfg.flows.set_up import still_running
from clientcfg.model.client import Installation
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.words import _


async def undo(
    entry_id: str | None,
    answerer: Answerer,
    here: Here,
    *,
    force: bool = False,
    keep: bool = False,
) -> AsyncIterator[Event]:
    """Take the entry (None: the newest that still stands) back; ends with :class:`UndoDone`.

    Raises :class:`WrongUsage` for an id that is none, :class:`Refused` while
    the program is open and where somebody changed the same setting since;
    *keep* leaves such a setting as it is, *force* puts it back too.
    """
    entry = _entry(entry_id, here)
    installation = entry.installation
    while _running(installation, here):
        if not await answerer.wait_for_client(ClientRuns(installation)):
            raise still_running(installation)
    undone = undo_entry(
        entry,
        formats=here.formats,
        journal=here.journal,
        guard=here.guard(installation),
        now=here.now(),
        force=force,
        keep=keep,
    )
    yield UndoDone(undone.entry, undone.exact, undone.conflicts)


def _entry(entry_id: str | None, here: Here) -> Entry:
    entries = here.history()
    if entry_id is None:
        standing = [e for e in entries if e.stands]
        if not standing:
            raise No("nothing-to-undo", _("There is nothing to undo."))
        return standing[0]
    found = [e for e in entries if e.id == entry_id]
    if not found:
        raise WrongUsage(
            "no-such-entry",
            _("There is no change with the number {id}.").format(id=entry_id),
            _("See them with: clientcfg history"),
        )
    if not found[0].stands:
        raise No("already-undone", _("The change {id} was already undone.").format(id=entry_id))
    return found[0]


def _running(installation: Installation, here: Here) -> bool:
    same = [i for i in here.installed() if i.profile == installation.profile]
    return any(i.running for i in same)
