# SPDX-License-Identifier: MPL-2.0
"""A stand-in for a running Mozilla client: a process that holds the lock of a profile."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What the real program does first: it takes the write lock of its profile and keeps it.
CLIENT = """
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.lockf(fd, fcntl.LOCK_EX)
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def client_open(profile: Path) -> Iterator[None]:
    child = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(profile / ".parentlock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    assert child.stdout.readline() == "open\n"
    try:
        yield
    finally:
        child.communicate(timeout=10)
