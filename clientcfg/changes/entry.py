# SPDX-License-Identifier: MPL-2.0
"""One line of history: what was changed for whom, and how to find the old contents.

An entry never holds what was written, nor any secret: places, fingerprints,
names of backups, and what the format needs to take its settings out again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from clientcfg.changes.servers import servers_from_json, servers_to_json
from clientcfg.model.client import Installation
from clientcfg.model.place import FilePlace, Place, RegistryPlace
from clientcfg.model.plan import SetServer

SCHEMA = "clientcfg/journal-entry/1"
# What entries of earlier versions lack.
_NEW = frozenset({"by", "servers", "tested"})


class State(StrEnum):
    """How far a change is.

    ``interrupted``: it was cut off half-way and its places have been written by
    somebody else since, so it is taken out as settings, not as bytes.
    """

    BEGUN = "begun"
    DONE = "done"
    UNDONE = "undone"
    TAKEN_BACK = "taken-back"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Kept:
    """One place of a change, as it was before.

    ``path`` is where it really lies, ``fresh`` the name its new content has
    until it is put in place. ``before`` and ``after`` are fingerprints.
    ``backup`` is the path of the old content, None where there was nothing;
    ``mode`` and ``owner`` are those of the old file. ``made``: the directories
    that are made for it, outermost first. A registry value has no ``fresh``
    ("") and no ``made``.
    """

    place: Place
    path: str
    fresh: str
    before: str
    after: str
    backup: str | None
    mode: int
    owner: tuple[int, int] | None
    made: tuple[str, ...]

    @property
    def sensitive(self) -> bool:
        """Whether it is a file that holds secrets."""
        return isinstance(self.place, FilePlace) and self.place.sensitive


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message went out through what was set. ``seen``: it arrived; None: nobody looked."""

    at: datetime
    seen: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One change and its way back. ``undoes`` names the entry that an undo takes back.

    ``order`` counts all entries of a journal; ``mark`` makes the names of
    files of this entry ones that nobody else has. ``pruned``: the old contents
    were thrown away. ``by``: who ran clientcfg. ``servers``: whose settings were set.
    ``tested``: the last test message. None or empty in entries of versions that did not
    write them down.
    """

    id: str
    order: int
    mark: str
    at: datetime
    state: State
    changed_at: datetime
    format: str
    installation: Installation
    address: str
    summary: tuple[str, ...]
    record: Mapping[str, Any]
    places: tuple[Kept, ...] = ()
    undoes: str | None = None
    pruned: bool = False
    by: str | None = None
    servers: tuple[SetServer, ...] = ()
    tested: Delivery | None = None

    @property
    def stands(self) -> bool:
        """Whether there is something of ours to take out."""
        return self.undoes is None and self.state in (State.DONE, State.INTERRUPTED)


def to_json(entry: Entry) -> dict[str, Any]:
    """*entry* as plain JSON values. Paths of any bytes stay whole (surrogate escapes)."""
    return {
        "schema": SCHEMA,
        **{f.name: getattr(entry, f.name) for f in fields(entry)},
        "at": entry.at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "installation": entry.installation.kept(),
        "places": [{**_plain(kept), "place": _plain(kept.place)} for kept in entry.places],
        "servers": servers_to_json(entry.servers),
        "tested": None if entry.tested is None else _delivery_to_json(entry.tested),
    }


def from_json(value: Mapping[str, Any]) -> Entry:
    """The entry back. Raises KeyError, TypeError or ValueError for anything else."""
    if value["schema"] != SCHEMA:
        raise ValueError(value["schema"])
    given = {f.name: value[f.name] for f in fields(Entry) if f.name in value or f.name not in _NEW}
    return Entry(
        **given
        | {
            "at": datetime.fromisoformat(value["at"]),
            "changed_at": datetime.fromisoformat(value["changed_at"]),
            "state": State(value["state"]),
            "installation": Installation(**value["installation"]),
            "summary": tuple(value["summary"]),
            "places": tuple(_kept(kept) for kept in value["places"]),
            "servers": servers_from_json(value.get("servers", ())),
            "tested": _delivery(value.get("tested")),
        }
    )


def _delivery_to_json(tested: Delivery) -> dict[str, Any]:
    return {"at": tested.at.isoformat(), "seen": tested.seen}


def _delivery(value: Mapping[str, Any] | None) -> Delivery | None:
    if value is None:
        return None
    if value["seen"] not in (True, False, None):
        raise ValueError(value)
    return Delivery(datetime.fromisoformat(value["at"]), value["seen"])


def _kept(value: Mapping[str, Any]) -> Kept:
    return Kept(
        **dict(value)
        | {
            "place": place_from_json(value["place"]),
            "owner": None if value["owner"] is None else (value["owner"][0], value["owner"][1]),
            "made": tuple(value["made"]),
        }
    )


def place_from_json(value: Mapping[str, Any]) -> Place:
    """A place of any kind back; one that names no kind is a file.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    names = value.get("names")
    words = [*(names or ()), *(held for key, held in value.items() if key != "names")]
    if not all(isinstance(held, str | bool) for held in words):
        raise TypeError(value)
    if value.get("kind", "file") == "file":
        return FilePlace(**value)
    if value["kind"] != "registry":
        raise ValueError(value["kind"])
    return RegistryPlace(**dict(value) | {"names": None if names is None else tuple(names)})


def _plain(thing: Any) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}
