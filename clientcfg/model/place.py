# SPDX-License-Identifier: MPL-2.0
"""Places where clients keep their settings, and what was seen there."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file held when it was read. ``content`` None: there was no file."""

    content: bytes | None

    @property
    def digest(self) -> str:
        """SHA-256 in hex; "absent" where there was no file."""
        return "absent" if self.content is None else hashlib.sha256(self.content).hexdigest()


# The other kinds of places (registry value, secret, dbus object, command) join
# this union with the first format that needs them.
Place = FilePlace
State = FileState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the places that a format asked for held, all read at ``taken_at``."""

    taken_at: datetime
    states: Mapping[Place, State]

    def content(self, place: Place) -> bytes | None:
        """The bytes of a file place; None where there was no file."""
        return self.states[place].content
