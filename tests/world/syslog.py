# SPDX-License-Identifier: MPL-2.0
"""A log daemon for servers that can only log to ``/dev/log``."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 65536


@contextmanager
def written(listening_at: Path, file: Path) -> Iterator[None]:
    """Append what is said at a datagram socket to a file, a line each, while this lasts."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(listening_at))
        listening_at.chmod(0o666)
        thread = threading.Thread(target=_write, args=(heard, file), daemon=True)
        thread.start()
        try:
            yield
        finally:
            # An empty datagram says that this is all.
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
                last.sendto(b"", str(listening_at))
            thread.join()


def _write(heard: socket.socket, file: Path) -> None:
    with file.open("ab", buffering=0) as log:
        while line := heard.recv(_LONGEST):
            log.write(line.rstrip(b"\0\n") + b"\n")
