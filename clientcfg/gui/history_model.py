# SPDX-License-Identifier: MPL-2.0
"""History without Qt: what was changed when, and whether it can be undone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime

from clientcfg.flows.counted import counted, files_alone
from clientcfg.flows.events import Event
from clientcfg.flows.here import Here
from clientcfg.flows.past_changes import Entry, Kept
from clientcfg.gui.undo_words import goes_back
from clientcfg.gui.words import purpose
from clientcfg.model.days import (
    day_and_month,
    day_in_words,
    month_in_words,
    month_name,
    short_day,
    time_of_day,
    weekday_in_words,
)
from clientcfg.model.phrases import named
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class PastFact:
    """One line of what was set. ``kind``: a verdict's shape before it, None for none."""

    name: str
    value: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class PastPlace:
    """A file, or a value in the registry. ``glyph``: what kind it is."""

    name: str
    folder: str
    glyph: str


@dataclass(frozen=True, slots=True)
class Past:
    """One change. ``undoable``: something of ours stands; else ``state`` says why not.

    ``group`` is the head under which it stands, ``day`` the day in a sentence,
    ``time`` what stands at the end of its line. ``back``: what Undo does.
    """

    id: str
    title: str
    group: str
    day: str
    at: str
    time: str
    caption: str
    state: str
    undoable: bool
    facts: tuple[PastFact, ...]
    notes: tuple[str, ...]
    places: tuple[PastPlace, ...]
    back: str
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
        said = _("{day} at {time}").format(day=self.day, time=self.at)
        by = _("by {who}").format(who=self.by) if self.by else ""
        return ", ".join(p for p in (said, by, self.state) if p)

    @property
    def spoken(self) -> str:
        """The entry as one sentence."""
        return ", ".join(p for p in (self.title, self.group, self.time, self.caption) if p)


@dataclass(frozen=True, slots=True)
class Read:
    """Result of :func:`read_history`: ``said`` is what had to be taken back first."""

    entries: tuple[Past, ...]
    said: tuple[str, ...] = ()


async def read_history(here: Here, *, recover: bool = False) -> AsyncIterator[Event | Read]:
    """Every change, newest first; with *recover* what was cut off is taken back before."""
    said = here.recover() if recover else ()
    today = here.now().astimezone().date()
    entries = (e for e in here.history() if e.undoes is None)
    yield Read(tuple(past_of(entry, today) for entry in entries), said)


def past_of(entry: Entry, today: date) -> Past:
    """*entry* in words, as of *today*."""
    at = entry.at.astimezone()
    name, state = entry.installation.name, _state(entry)
    said = {one.said for one in entry.servers}
    return Past(
        id=entry.id,
        title=_("{name} set up").format(name=name),
        group=group_of(at.date(), today),
        day=_day(at.date(), today),
        at=time_of_day(at),
        time=time_of_day(at) if _near(at.date(), today) else short_day(at),
        caption=", ".join(p for p in (entry.address, counted(entry), state) if p),
        state=state,
        undoable=entry.stands,
        facts=tuple(_facts(entry)),
        notes=tuple(line for line in entry.summary if line not in said),
        places=tuple(map(_place, entry.places)),
        back=goes_back(name, files_alone(entry)),
        address=entry.address,
        by=entry.by or "",
    )


def group_of(day: date, today: date) -> str:
    """The head for *day*: days by their name while they are near, then months."""
    if day > today:
        # The clock was put back since.
        return day_in_words(day)
    name = {0: _("Today"), 1: _("Yesterday")}.get((today - day).days)
    if name:
        return day_and_month(name, day)
    if _near(day, today):
        return weekday_in_words(day)
    return month_name(day) if day.year == today.year else month_in_words(day)


def _near(day: date, today: date) -> bool:
    """Whether it is of this month, or of the last seven days."""
    return (day.year, day.month) == (today.year, today.month) or 0 <= (today - day).days < 7


def _day(day: date, today: date) -> str:
    """*day* in a sentence."""
    name = {0: _("Today"), 1: _("Yesterday")}.get((today - day).days)
    if name:
        return name
    near = day <= today and _near(day, today)
    return weekday_in_words(day) if near else day_in_words(day)


def _state(entry: Entry) -> str:
    """What became of it; empty while it stands."""
    if entry.stands:
        return ""
    if entry.state == "begun":
        return _("cut off")
    then, at = entry.changed_at.astimezone(), entry.at.astimezone()
    if then.date() == at.date():
        return _("undone at {time}").format(time=time_of_day(then))
    return _("undone on {day}").format(day=short_day(then))


def _facts(entry: Entry) -> list[PastFact]:
    found = [PastFact(purpose(s.endpoint.protocol), named(s.endpoint)) for s in entry.servers]
    if entry.tested is not None:
        kind, text = {
            True: ("ready", _("Message sent and seen to arrive, {time}")),
            False: ("unknown", _("Message sent, not seen to arrive, {time}")),
            None: ("unknown", _("Message sent, nobody looked whether it arrived, {time}")),
        }[entry.tested.seen]
        time = _beside(entry.tested.at.astimezone(), entry.at.astimezone())
        found.append(PastFact(_("Test"), text.format(time=time), kind))
    return found


def _beside(then: datetime, at: datetime) -> str:
    """The time alone where it is the same day, else with its day."""
    time = time_of_day(then)
    if then.date() == at.date():
        return time
    return _("{day}, {time}").format(day=short_day(then), time=time)


def _place(kept: Kept) -> PastPlace:
    folder, _slash, name = kept.path.rpartition("/")
    glyph = "prefs" if kept.place.kind == "registry" else "key" if kept.sensitive else "file"
    return PastPlace(name or kept.path, folder if name else "", glyph)
