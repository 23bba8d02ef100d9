# SPDX-License-Identifier: MPL-2.0
"""The only code that touches a disk: few operations, each of which can be the last one.

Everything else in this room is given a :class:`Disk`, so a test can stop after
any operation, or lose what was not synced.

Paths are absolute and hold no link (:func:`clientcfg.changes.within.target`
makes them so); text with surrogate escapes, so any bytes can be named. A link
met on the way is an attack, and refused.
"""

import os
import stat
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from clientcfg.changes.disk_trouble import shown, told
from clientcfg.changes.file_lock import held_while_open
from clientcfg.changes.likeness import dress, model_of
from clientcfg.changes.no_links import DIRECTORY, NOFOLLOW, NONBLOCK, above, opened
from clientcfg.model.trouble import Refused
from clientcfg.system import is_root
from clientcfg.words import _

MOST_BYTES = 64 * 1024 * 1024
"""No settings file is larger; more is refused rather than read."""


@dataclass(frozen=True, slots=True)
class Look:
    """What lies at a path: "file", "directory" or "other", its mode bits and owner."""

    kind: str
    mode: int
    uid: int
    gid: int


class Disk(Protocol):
    """What changes need of a disk. Every method raises :class:`Trouble` and nothing else."""

    def real(self, path: str) -> str:
        """*path* with every link followed; it need not exist."""
        ...

    def look(self, path: str) -> Look | None:
        """What is there, without following a link; None where nothing is."""
        ...

    def read(self, path: str) -> bytes | None:
        """The whole content of a regular file; None where there is none."""
        ...

    def names(self, path: str) -> tuple[str, ...]:
        """What a directory holds, sorted; empty where there is no directory."""
        ...

    def create(
        self,
        path: str,
        content: bytes,
        mode: int,
        *,
        owner: tuple[int, int] | None = None,
        like: str | None = None,
    ) -> None:
        """Write a new file; it must not be there. Not on the disk before :meth:`sync`.

        Owner, mode and extended attributes (so ACLs) are those of *like* where
        that exists, else *owner* and *mode*.
        """
        ...

    def sync(self, path: str) -> None:
        """Wait until a file's content, or a directory's list of names, is on the disk."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Put *old* in the place of *new*, in one step."""
        ...

    def unlink(self, path: str) -> None:
        """Remove a file; it may be gone already."""
        ...

    def mkdir(self, path: str) -> None:
        """Make a directory only its owner may enter; it may be there already."""
        ...

    def rmdir(self, path: str) -> bool:
        """Remove an empty directory. False where it is not empty; gone already is True."""
        ...

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        """Hold the lock file *path*, alone in the whole system; None where another does."""
        ...


class RealDisk:
    """The disk of this machine (POSIX)."""

    def real(self, path: str) -> str:
        """See :class:`Disk`."""
        with told(path):
            return os.path.realpath(path)

    def look(self, path: str) -> Look | None:
        """See :class:`Disk`."""
        with told(path):
            try:
                with above(path) as (directory, name):
                    seen = os.stat(name or ".", dir_fd=directory, follow_symlinks=False)
            except FileNotFoundError:
                return None
        return Look(kind_of(seen), stat.S_IMODE(seen.st_mode), seen.st_uid, seen.st_gid)

    def read(self, path: str) -> bytes | None:
        """See :class:`Disk`."""
        with told(path):
            try:
                # Without O_NONBLOCK a pipe in this place would hold us for ever.
                with opened(path, os.O_RDONLY | NONBLOCK) as fd:
                    if not stat.S_ISREG(os.fstat(fd).st_mode):
                        raise not_a_file(path)
                    with os.fdopen(fd, "rb", closefd=False) as file:
                        content = file.read(MOST_BYTES + 1)
            except FileNotFoundError:
                return None
        if len(content) > MOST_BYTES:
            raise not_a_file(path)
        return content

    def names(self, path: str) -> tuple[str, ...]:
        """See :class:`Disk`."""
        with told(path):
            try:
                with opened(path, DIRECTORY) as fd:
                    return tuple(sorted(os.listdir(fd)))  # noqa: PTH208 - of a descriptor
            except FileNotFoundError:
                return ()

    def create(
        self,
        path: str,
        content: bytes,
        mode: int,
        *,
        owner: tuple[int, int] | None = None,
        like: str | None = None,
    ) -> None:
        """See :class:`Disk`."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW
        with told(path), above(path) as (directory, name):
            model = model_of(like)
            fd = os.open(name, flags, 0o600, dir_fd=directory)
            try:
                with os.fdopen(fd, "wb") as file:
                    dress(fd, directory, model, mode, owner)
                    file.write(content)
            except BaseException:
                os.unlink(name, dir_fd=directory)
                raise
            finally:
                if model is not None:
                    os.close(model)

    def sync(self, path: str) -> None:
        """See :class:`Disk`."""
        with told(path), opened(path, os.O_RDONLY) as fd:
            os.fsync(fd)

    def rename(self, old: str, new: str) -> None:
        """See :class:`Disk`."""
        with told(new), above(old) as (here, name), above(new) as (there, new_name):
            os.rename(name, new_name, src_dir_fd=here, dst_dir_fd=there)

    def unlink(self, path: str) -> None:
        """See :class:`Disk`."""
        with told(path):
            try:
                with above(path) as (directory, name):
                    os.unlink(name, dir_fd=directory)
            except FileNotFoundError:
                return

    def mkdir(self, path: str) -> None:
        """See :class:`Disk`."""
        with told(path), above(path) as (directory, name):
            try:
                os.mkdir(name, 0o700, dir_fd=directory)
            except FileExistsError:
                # A link or a file of that name is found by whoever goes through it next.
                return
            if sys.platform != "win32" and is_root():
                seen = os.fstat(directory)
                os.chown(name, seen.st_uid, seen.st_gid, dir_fd=directory, follow_symlinks=False)

    def rmdir(self, path: str) -> bool:
        """See :class:`Disk`."""
        with told(path):
            try:
                with above(path) as (directory, name):
                    os.rmdir(name, dir_fd=directory)
            except FileNotFoundError:
                return True
            except OSError:
                if self.names(path):
                    return False
                raise
        return True

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        """See :class:`Disk`. The lock goes with the process, however that ends."""
        with told(path), above(path) as (directory, name):
            fd = os.open(name, os.O_RDWR | os.O_CREAT | NOFOLLOW, 0o600, dir_fd=directory)
            return held_while_open(fd)


def kind_of(seen: os.stat_result) -> str:
    """The kind of a :class:`Look`."""
    if stat.S_ISREG(seen.st_mode):
        return "file"
    return "directory" if stat.S_ISDIR(seen.st_mode) else "other"


def not_a_file(path: str) -> Refused:
    """The trouble with a pipe, a device, a huge file where settings should be."""
    return Refused(
        "not-a-file",
        _("{path} is not a file that settings are kept in.").format(path=shown(path)),
    )
