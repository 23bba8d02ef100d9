# SPDX-License-Identifier: MPL-2.0
"""A disk by calls that every system has: for Windows, which knows no ``dir_fd``.

What it cannot promise, and :class:`clientcfg.changes.disk.RealDisk` does:

- A directory on the way that is exchanged for a link between the look and the
  call is followed. Whoever can do that in a person's own folders has their
  rights already.
- Modes and owners mean nothing. A new file has the access list of its
  directory; one that only the file itself had is lost when it is replaced.
- There is no waiting for a directory's list of names: NTFS keeps a journal of
  those, so after a power cut the old name or the new one is there.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from clientcfg.changes.disk import MOST_BYTES, Look, kind_of, not_a_file
from clientcfg.changes.disk_trouble import told
from clientcfg.changes.file_lock import held_while_open
from clientcfg.changes.paths import held, on_the_way, parent

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_SURROGATE = 0x2000_0000  # IsReparseTagNameSurrogate, ntifs.h: it stands for another place


class PortableDisk:
    """See :class:`clientcfg.changes.disk.Disk`."""

    def real(self, path: str) -> str:
        """See :class:`Disk`."""
        with told(path):
            return held(os.path.realpath(path))

    def look(self, path: str) -> Look | None:
        """See :class:`Disk`. The mode is always that of something private, the owner 0."""
        with told(path):
            try:
                _walk(path)
                seen = os.lstat(path)
            except FileNotFoundError:
                return None
        kind = "other" if _is_link(seen) else kind_of(seen)
        return Look(kind, 0o700 if kind == "directory" else 0o600, 0, 0)

    def read(self, path: str) -> bytes | None:
        """See :class:`Disk`."""
        with told(path):
            try:
                _walk(path)
                # Looked at first: to open a pipe in this place would hold us for ever.
                if not stat.S_ISREG(_no_link(path).st_mode):
                    raise not_a_file(path)
                with _opened(path, os.O_RDONLY) as fd, os.fdopen(fd, "rb", closefd=False) as file:
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
                _walk(path)
                _no_link(path)
                return tuple(sorted(os.listdir(path)))  # noqa: PTH208 - any bytes, as text
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
        """See :class:`Disk`. *owner* and *like* have no say here."""
        del owner, like
        with told(path):
            _walk(path)
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
            try:
                with os.fdopen(fd, "wb") as file:
                    file.write(content)
            except BaseException:
                os.unlink(path)  # noqa: PTH108 - any bytes, as text
                raise

    def sync(self, path: str) -> None:
        """See :class:`Disk`. Nothing is done for a directory."""
        with told(path):
            _walk(path)
            if stat.S_ISREG(_no_link(path).st_mode):
                # FlushFileBuffers wants a handle that may write.
                with _opened(path, os.O_RDWR) as fd:
                    os.fsync(fd)

    def rename(self, old: str, new: str) -> None:
        """See :class:`Disk`."""
        with told(new):
            _walk(old)
            _walk(new)
            os.replace(old, new)  # noqa: PTH105 - any bytes, as text

    def unlink(self, path: str) -> None:
        """See :class:`Disk`."""
        with told(path):
            try:
                _walk(path)
                os.unlink(path)  # noqa: PTH108 - any bytes, as text
            except FileNotFoundError:
                return

    def mkdir(self, path: str) -> None:
        """See :class:`Disk`. Newer Pythons make 0700 an access list on Windows, too."""
        with told(path):
            _walk(path)
            try:
                os.mkdir(path, 0o700)  # noqa: PTH102 - any bytes, as text
            except FileExistsError:
                # A link or a file of that name is found by whoever goes through it next.
                return

    def rmdir(self, path: str) -> bool:
        """See :class:`Disk`."""
        with told(path):
            try:
                _walk(path)
                os.rmdir(path)  # noqa: PTH106 - any bytes, as text
            except FileNotFoundError:
                return True
            except OSError:
                if self.names(path):
                    return False
                raise
        return True

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        """See :class:`Disk`. The lock goes with the process, however that ends."""
        with told(path):
            _walk(path)
            if os.path.lexists(path):
                _no_link(path)
            return held_while_open(os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600))


def _is_link(seen: os.stat_result) -> bool:
    """A symbolic link, or what Windows has like it: a junction, a mounted folder."""
    return stat.S_ISLNK(seen.st_mode) or bool(getattr(seen, "st_reparse_tag", 0) & _SURROGATE)


def _no_link(path: str) -> os.stat_result:
    """What lies at *path*. Raises OSError (ELOOP) for a link."""
    seen = os.lstat(path)
    if _is_link(seen):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    return seen


def _walk(path: str) -> None:
    """Raise OSError, ELOOP or ENOTDIR, where the way to *path* is not directories alone."""
    *directories, last = (*on_the_way(path), path)
    if not directories and last != parent(last):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    for directory in directories:
        if not stat.S_ISDIR(_no_link(directory).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), directory)


@contextmanager
def _opened(path: str, flags: int) -> Iterator[int]:
    """A descriptor of the very file that is no link at *path*."""
    fd = os.open(path, flags | _BINARY)
    try:
        if not os.path.samestat(os.fstat(fd), _no_link(path)):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
        yield fd
    finally:
        os.close(fd)
