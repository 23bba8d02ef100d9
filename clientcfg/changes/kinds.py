# SPDX-License-Identifier: MPL-2.0
"""Each kind of place has one reader, one writer and one inverse.

Whatever a place is, its content is bytes, None where there is nothing; so
fingerprints, backups and the journal are the same for all.
"""

from collections.abc import Sequence
from typing import Protocol

from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Kept
from clientcfg.changes.files import Files
from clientcfg.changes.registry import Registry
from clientcfg.changes.registry_values import RegistryValues
from clientcfg.changes.write import Write
from clientcfg.model.place import Place, RegistryPlace


class Kind(Protocol):
    """How places of one kind are read, written and put back. All raise :class:`Trouble`."""

    def where(self, place: Place) -> str:
        """Where *place* really lies; refused where that is none of the client's own."""
        ...

    def read(self, place: Place, path: str) -> bytes | None:
        """What it holds, at the *path* that :meth:`where` told."""
        ...

    def kept(self, write: Write, mark: str, backup: str) -> Kept:
        """What the journal keeps of it; *backup* is a path in the journal for its old content."""
        ...

    def ready(self, write: Write, kept: Kept) -> None:
        """Do all that may fail early, with the place still as it was."""
        ...

    def check(self, write: Write, kept: Kept) -> None:
        """Raise :class:`Refused` where nobody can be kept out and somebody has written since."""
        ...

    def switch(self, write: Write, kept: Kept) -> None:
        """Make it hold the new content, in one step, and wait until that is on the disk."""
        ...

    def clear(self, places: Sequence[Kept]) -> None:
        """Remove what :meth:`ready` made; wait for what an earlier try has put back."""
        ...

    def put_back(self, kept: Kept, old: bytes | None) -> None:
        """Make it hold the *old* content again, and wait until that is on the disk."""
        ...

    def tidy(self, kept: Kept) -> None:
        """Remove directories that were made for it and are empty."""
        ...


def kind_of(place: Place, disk: Disk, registry: Registry) -> Kind:
    """The one that *place* is of."""
    return RegistryValues(registry) if isinstance(place, RegistryPlace) else Files(disk)
