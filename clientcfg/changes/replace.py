# SPDX-License-Identifier: MPL-2.0
"""A file is replaced in one step: whoever looks sees the old content or the new one, whole."""

from collections.abc import Iterable

from clientcfg.changes.disk import Disk
from clientcfg.changes.paths import parent


def replace(
    disk: Disk,
    path: str,
    content: bytes,
    mode: int,
    *,
    fresh: str,
    owner: tuple[int, int] | None = None,
    like: str | None = None,
) -> None:
    """Put *content* at *path* by way of *fresh*, a name of ours in the same directory.

    It is on the disk when this returns. Raises :class:`Trouble`; *path* is
    then as it was, and *fresh* may be left for the caller to remove.
    """
    disk.unlink(fresh)
    disk.create(fresh, content, mode, owner=owner, like=like)
    disk.sync(fresh)
    disk.rename(fresh, path)
    disk.sync(parent(path))


def remove(disk: Disk, *paths: str) -> None:
    """Remove files, for good when this returns; they may be gone already."""
    for path in paths:
        if disk.look(path) is not None:
            disk.unlink(path)
    settle(disk, paths)


def settle(disk: Disk, paths: Iterable[str]) -> None:
    """Wait until what is seen at *paths* now, a file or none, is on the disk.

    Needed also where nothing is left to be done: whoever did it may have been
    cut off before it was on the disk, and a power cut would bring it back.
    """
    for directory in dict.fromkeys(map(parent, paths)):
        if disk.look(directory) is not None:
            disk.sync(directory)


def missing_directories(disk: Disk, path: str) -> tuple[str, ...]:
    """The directories above *path* that there are not, outermost first."""
    missing: list[str] = []
    here = parent(path)
    while here != parent(here) and disk.look(here) is None:
        missing.insert(0, here)
        here = parent(here)
    return tuple(missing)


def make_directories(disk: Disk, directories: tuple[str, ...]) -> None:
    """Make *directories*, outermost first, each only for its owner."""
    for directory in directories:
        disk.mkdir(directory)
        disk.sync(parent(directory))


def remove_directories(disk: Disk, directories: tuple[str, ...]) -> None:
    """Remove those of *directories* that are empty, innermost first."""
    for directory in reversed(directories):
        if disk.look(directory) is None or disk.rmdir(directory):
            settle(disk, (directory,))
