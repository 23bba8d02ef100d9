# SPDX-License-Identifier: MPL-2.0
"""The places that are files: each is replaced in one step, by way of a name of ours beside it."""

from collections.abc import Sequence

from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Kept
from clientcfg.changes.fingerprint import fingerprint
from clientcfg.changes.paths import parent
from clientcfg.changes.replace import (
    make_directories,
    missing_directories,
    remove,
    remove_directories,
    replace,
)
from clientcfg.changes.within import target
from clientcfg.changes.write import Write
from clientcfg.model.place import FilePlace, Place


class Files:
    """As :class:`clientcfg.changes.kinds.Kind`, on one disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def where(self, place: Place) -> str:
        """The path, free of links."""
        assert isinstance(place, FilePlace)  # noqa: S101 - kind_of sees to it
        return target(place, self._disk)

    def read(self, place: Place, path: str) -> bytes | None:
        """The whole file."""
        del place
        return self._disk.read(path)

    def kept(self, write: Write, mark: str, backup: str) -> Kept:
        """The old content of a file with secrets is kept beside it instead."""
        seen = self._disk.look(write.path)
        sensitive = isinstance(write.place, FilePlace) and write.place.sensitive
        beside = f"{write.path}.clientcfg-{mark}"
        return Kept(
            place=write.place,
            path=write.path,
            fresh=f"{beside}.new",
            before=fingerprint(write.old, sensitive=sensitive),
            after=fingerprint(write.new, sensitive=sensitive),
            backup=None if write.old is None else beside if sensitive else backup,
            mode=seen.mode if seen else write.mode,
            owner=(seen.uid, seen.gid) if seen else None,
            made=missing_directories(self._disk, write.path),
        )

    def ready(self, write: Write, kept: Kept) -> None:
        """The new content is written beside the file, so a full disk is found out early."""
        if write.new is not None:
            make_directories(self._disk, kept.made)
            self._disk.create(kept.fresh, write.new, write.mode, owner=write.owner, like=write.path)
            self._disk.sync(kept.fresh)

    def check(self, write: Write, kept: Kept) -> None:
        """The client's own lock keeps others out."""

    def switch(self, write: Write, kept: Kept) -> None:
        """The file is exchanged, or goes."""
        if write.new is None:
            self._disk.unlink(write.path)
        else:
            self._disk.rename(kept.fresh, write.path)
        self._disk.sync(parent(write.path))

    def clear(self, places: Sequence[Kept]) -> None:
        """Names of ours beside the files go."""
        # This also waits for what an earlier try has put back: it is in the same directories.
        remove(self._disk, *(kept.fresh for kept in places))

    def put_back(self, kept: Kept, old: bytes | None) -> None:
        """With the mode, owner and attributes that it had."""
        if old is None:
            remove(self._disk, kept.path)
            return
        there = self._disk.look(kept.path) is not None
        like = kept.path if there else kept.backup if kept.sensitive else None
        replace(
            self._disk, kept.path, old, kept.mode, fresh=kept.fresh, owner=kept.owner, like=like
        )

    def tidy(self, kept: Kept) -> None:
        """Directories that were made for the file go."""
        remove_directories(self._disk, kept.made)
