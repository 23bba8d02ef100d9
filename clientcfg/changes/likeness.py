# SPDX-License-Identifier: MPL-2.0
"""A new file takes over the owner, mode and attributes of the one it will replace."""

import os
import stat
import sys

from clientcfg.changes.no_links import NOFOLLOW, NONBLOCK, above
from clientcfg.system import is_root


def model_of(like: str | None) -> int | None:
    """A descriptor of the file at *like*; None where there is none."""
    if like is None:
        return None
    try:
        with above(like) as (directory, name):
            return os.open(name, os.O_RDONLY | NONBLOCK | NOFOLLOW, dir_fd=directory)
    except FileNotFoundError:
        return None


def dress(
    fd: int, directory: int, model: int | None, mode: int, owner: tuple[int, int] | None
) -> None:
    """Give the new file *fd* its owner, then mode, then attributes (so access lists).

    They are those of *model*, else *owner* and *mode*. Raises OSError where
    owner or access list cannot be kept: others could read the file then.
    """
    if model is not None:
        seen = os.fstat(model)
        mode, owner = stat.S_IMODE(seen.st_mode), (seen.st_uid, seen.st_gid)
    elif owner is None and is_root():
        # Root writes for the person whose directory it is.
        seen = os.fstat(directory)
        owner = (seen.st_uid, seen.st_gid)
    made = os.fstat(fd)
    if sys.platform != "win32":
        if owner is not None and owner != (made.st_uid, made.st_gid):
            os.fchown(fd, *owner)
        os.fchmod(fd, mode)
        if model is not None and hasattr(os, "listxattr"):
            _copy_attributes(model, fd)


if sys.platform != "win32":

    def _copy_attributes(model: int, fd: int) -> None:
        try:
            names = os.listxattr(model)
        except OSError:  # a file system without them
            return
        for name in names:
            try:
                os.setxattr(fd, name, os.getxattr(model, name))
            except OSError:
                # A label that the system sets by itself may stay as it is.
                if name.startswith("system.posix_acl"):
                    raise
