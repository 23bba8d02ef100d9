# SPDX-License-Identifier: MPL-2.0
"""Places where clients keep their settings, and what was seen there."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clientcfg.model.registry import USER, RegistryValue, holds_password

ABSENT = "absent"


@dataclass(frozen=True, slots=True, order=True)
class FilePlace:
    """A file. ``within`` is the directory it must never lead out of (links included).

    ``sensitive``: it holds secrets, so a copy of it may only lie beside it, in
    the client's own directory, with the same owner and mode.
    """

    path: str
    within: str
    sensitive: bool = False
    kind: str = "file"

    def __str__(self) -> str:
        return self.path

    def covers(self, other: "Place") -> bool:
        """Whether *other* is this very place."""
        return self == other


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file held when it was read. ``content`` None: there was no file."""

    content: bytes | None

    @property
    def digest(self) -> str:
        """SHA-256 in hex; "absent" where there was no file."""
        return ABSENT if self.content is None else hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class RegistryPlace:
    """Values of one registry key. ``within`` is the key below which it must lie.

    ``names`` are the values it is about; None: all of them but those that hold
    passwords, which no place is ever about. ``each``: not the key itself, but
    every key right below it; a snapshot has a place for each it found. Names of
    keys and values are told apart without upper and lower case. Raises
    ValueError for the name of a password.
    """

    key: str
    names: tuple[str, ...] | None = None
    each: bool = False
    within: str = USER
    kind: str = "registry"

    def __post_init__(self) -> None:
        if any(map(holds_password, self.names or ())):
            raise ValueError("no place is about a password")

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        """The key; with the name behind it where the place is a single value."""
        return self.key if self.single is None else f"{self.key}\\{self.single}"

    @property
    def single(self) -> str | None:
        """The name of the value, where the place is a single one."""
        return self.names[0] if self.names is not None and len(self.names) == 1 else None

    def is_about(self, name: str) -> bool:
        """Whether the value *name* belongs to it."""
        if holds_password(name):
            return False
        return self.names is None or name.casefold() in map(str.casefold, self.names)

    def covers(self, other: "Place") -> bool:
        """Whether *other* is this very place, or one that ``each`` stands for."""
        if self == other:
            return True
        if not self.each or not isinstance(other, RegistryPlace) or other.each:
            return False
        above, _slash, name = other.key.rpartition("\\")
        same = (above.casefold(), other.names, other.within)
        return bool(name) and same == (self.key.casefold(), self.names, self.within)


@dataclass(frozen=True, slots=True)
class RegistryState:
    """What a key held when it was read, by the names of the values. None: there was no such key."""

    values: Mapping[str, RegistryValue] | None

    @property
    def digest(self) -> str:
        """SHA-256 in hex of names, types and bytes in any order; "absent" for no key."""
        if self.values is None:
            return ABSENT
        rows = sorted((n.casefold(), v.type, v.data.hex()) for n, v in self.values.items())
        return hashlib.sha256(json.dumps(rows).encode("ascii")).hexdigest()

    def value(self, name: str) -> RegistryValue | None:
        """The value of that name in any case; None where there is none."""
        return (self.values or {}).get(self.spelled(name))

    def spelled(self, name: str) -> str:
        """*name* as it is spelled there; as given where there is none."""
        wanted = name.casefold()
        return next((n for n in self.values or () if n.casefold() == wanted), name)

    def having(self, name: str, value: RegistryValue | None) -> "RegistryState":
        """The same with another value of that name; None: with none."""
        kept = {n: v for n, v in (self.values or {}).items() if n.casefold() != name.casefold()}
        return RegistryState(kept if value is None else {**kept, name: value})


# The other kinds of places (secret, dbus object, command) join these unions
# with the first format that needs them.
Place = FilePlace | RegistryPlace
State = FileState | RegistryState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the places that a format asked for held, all read at ``taken_at``."""

    taken_at: datetime
    states: Mapping[Place, State]

    def content(self, place: FilePlace) -> bytes | None:
        """The bytes of a file place; None where there was no file."""
        state = self.states[place]
        return state.content if isinstance(state, FileState) else None

    def registry(self, place: RegistryPlace) -> RegistryState:
        """What a key held."""
        state = self.states[place]
        return state if isinstance(state, RegistryState) else RegistryState(None)

    def keys(self, place: RegistryPlace) -> Mapping[RegistryPlace, RegistryState]:
        """The keys that *place* stands for: itself, or each that was found below it."""
        return {
            found: state
            for found, state in self.states.items()
            if isinstance(found, RegistryPlace)
            and isinstance(state, RegistryState)
            and place.covers(found)
            and not found.each
        }
