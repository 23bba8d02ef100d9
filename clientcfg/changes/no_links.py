# SPDX-License-Identifier: MPL-2.0
"""Reaching a path step by step, so that no link on the way is ever followed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# None of these is known on Windows, which has a disk of its own: PortableDisk.
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
NONBLOCK = getattr(os, "O_NONBLOCK", 0)
DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
# To pass through a directory one needs no right to list it.
_PASS = getattr(os, "O_PATH", 0) | DIRECTORY | NOFOLLOW


@contextmanager
def above(path: str) -> Iterator[tuple[int, str]]:
    """A descriptor of the directory that holds *path*, and the name in it.

    *path* is absolute. Raises OSError: ELOOP or ENOTDIR for a link on the way.
    """
    *directories, name = path.split("/")
    here = os.open("/", _PASS)
    try:
        for part in directories:
            if part:
                below = os.open(part, _PASS, dir_fd=here)
                os.close(here)
                here = below
        yield here, name
    finally:
        os.close(here)


@contextmanager
def opened(path: str, flags: int) -> Iterator[int]:
    """A descriptor of *path* itself, which is no link either."""
    with above(path) as (directory, name):
        fd = os.open(name or ".", flags | NOFOLLOW, dir_fd=directory)
    try:
        yield fd
    finally:
        os.close(fd)
