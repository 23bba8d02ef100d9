# SPDX-License-Identifier: MPL-2.0
"""The lock of an open file, as each system has it. It goes with the process, however that ends."""

import os
import sys
from contextlib import AbstractContextManager

if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:

    def _take(fd: int) -> bool:
        import fcntl  # noqa: PLC0415 - not on Windows

        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def held_while_open(fd: int) -> AbstractContextManager[None] | None:
    """Lock the open file *fd*, and close it in the end; None, and closed, where another has it."""
    try:
        taken = _take(fd)
    except BaseException:
        os.close(fd)
        raise
    if taken:
        return _Held(fd)
    os.close(fd)
    return None


class _Held(AbstractContextManager[None]):
    """A lock that is held until it is left."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)
