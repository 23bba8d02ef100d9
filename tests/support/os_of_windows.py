# SPDX-License-Identifier: MPL-2.0
"""An ``os`` that refuses what it refuses on Windows, and knows no rights.

No ``dir_fd``; no directory can be opened; only a file open for writing can be
synced; a file that is open can neither go nor be replaced; ``rename`` never
replaces; everybody may do everything, and all belongs to user 0.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Callable
from typing import Any

GONE = (
    "chown", "fchown", "lchown", "fchmod", "fork", "forkpty", "getegid", "geteuid", "getgid",
    "getuid", "getxattr", "killpg", "listxattr", "mkfifo", "setxattr", "set_blocking", "setsid",
    "waitid", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_PATH",
)  # fmt: skip
_POSIX = dict(vars(os))
_STATUS = fcntl.fcntl


def refuse() -> None:
    """Be so from now on, in this whole process."""
    ours = {name: _known(name) for name in ("mkdir", "rmdir")}
    ours |= {name: _without_rights(name) for name in ("stat", "lstat", "fstat")}
    ours |= {"open": _open, "fsync": _fsync, "listdir": _listdir}
    ours |= {"unlink": _unlink, "remove": _unlink, "replace": _replace, "rename": _rename}
    vars(os).update(ours)
    for name in GONE:
        vars(os).pop(name, None)


def _known(name: str) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        if any(named.pop(n, None) is not None for n in ("dir_fd", "src_dir_fd", "dst_dir_fd")):
            raise NotImplementedError("dir_fd unavailable on this platform")
        return _POSIX[name](*given, **named)

    return call


def _without_rights(name: str) -> Callable[..., os.stat_result]:
    def look(*given: Any, **named: Any) -> os.stat_result:
        row = list(_known(name)(*given, **named)[:10])
        row[0] = stat.S_IFMT(row[0]) | (0o777 if stat.S_ISDIR(row[0]) else 0o666)
        row[4:6] = 0, 0
        return os.stat_result(row)

    return look


def _open(path: Any, flags: int, mode: int = 0o777, **named: Any) -> Any:
    if _POSIX["path"].isdir(path):
        raise PermissionError(errno.EACCES, "Permission denied", path)
    return _known("open")(path, flags, mode, **named)


def _fsync(fd: int) -> None:
    if _STATUS(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "Bad file descriptor")
    _POSIX["fsync"](fd)


def _listdir(path: Any = ".") -> Any:
    if isinstance(path, int):
        raise TypeError("listdir: path should be string, bytes, os.PathLike or None, not int")
    return _POSIX["listdir"](path)


def _unlink(path: Any, **named: Any) -> None:
    _refuse_open(path)
    _known("unlink")(path, **named)


def _replace(old: Any, new: Any, **named: Any) -> None:
    _refuse_open(old)
    _refuse_open(new)
    _known("replace")(old, new, **named)


def _rename(old: Any, new: Any, **named: Any) -> None:
    if _POSIX["path"].lexists(new):
        raise FileExistsError(errno.EEXIST, "File exists", new)
    _replace(old, new, **named)


def _refuse_open(path: Any) -> None:
    try:
        seen = _POSIX["lstat"](path)
    except FileNotFoundError:
        return
    for fd in _POSIX["listdir"]("/proc/self/fd"):
        try:
            held = _POSIX["fstat"](int(fd))
        except OSError:  # that of the list itself
            continue
        if (held.st_dev, held.st_ino) == (seen.st_dev, seen.st_ino):
            raise PermissionError(errno.EACCES, "it is open", path)
