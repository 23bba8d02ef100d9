# SPDX-License-Identifier: MPL-2.0
"""History without Qt: what was changed when, and whether it can be undone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date

from clientcfg.flows.counted import counted
from clientcfg.flows.events import Event
from clientcfg.flows.here import Here
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Past:
    """One change. ``undoable``: something of ours stands; else ``state`` says why not."""

    id: str
    title: str
    day: str
    time: str
    caption: str
    state: str
    undoable: bool
    summary: tuple[str, ...]
    files: tuple[str, ...]
    address: str = ""
    by: str = ""

    @property
    def whose(self) -> str:
        """What was done, and for whom."""
        if not self.address:
            return self.title
        return _("{done} for {address}").format(done=self.title, address=self.address)

    @property
    def when(self) -> str:
        """When, by whom, and what became of it."""
        said = _("{day} at {time}").format(day=self.day, time=self.time)
        by = _("by {who}").format(who=self.by) if self.by else ""
        return ", ".join(p for p in (said, by, self.state) if p)

    @property
    def spoken(self) -> str:
        """The entry as one sentence."""
        return ", ".join(p for p in (self.title, self.day, self.time, self.caption) if p)


@dataclass(frozen=True, slots=True)
class Read:
    """Result of :func:`read_history`: ``said`` is what had to be taken back first."""

    entries: tuple[Past, ...]
    said: tuple[str, ...] = ()


async def read_history(here: Here, *, recover: bool = False) -> AsyncIterator[Event | Read]:
    """Every change, newest first; with *recover* what was cut off is taken back before."""
    said = here.recover() if recover else ()
    entries = tuple(e for e in here.history() if e.undoes is None)
    past = []
    for entry in entries:
        at = entry.at.astimezone()
        state = "" if entry.stands else _("undone")
        past.append(
            Past(
                id=entry.id,
                title=_("{name} set up").format(name=entry.installation.name),
                day=day_in_words(at.date(), here.now().astimezone().date()),
                time=f"{at:%H:%M}",
                caption=", ".join(p for p in (entry.address, counted(entry), state) if p),
                state=state,
                undoable=entry.stands,
                summary=entry.summary,
                files=tuple(kept.path for kept in entry.places),
                address=entry.address,
                by=entry.by or "",
            )
        )
    yield Read(tuple(past), said)


def day_in_words(day: date, today: date) -> str:
    """“Today”, “Yesterday”, else the date."""
    said = {0: _("Today"), 1: _("Yesterday")}.get((today - day).days)
    return said or day.isoformat()
