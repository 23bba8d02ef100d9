# SPDX-License-Identifier: MPL-2.0
"""One small file of the state directory: read whole, replaced whole, one writer at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clientcfg.changes.disk import Disk
from clientcfg.changes.replace import make_directories, missing_directories, replace
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_LOCK_SECONDS = 2.0


class StateFile:
    """*name* in *directory*, by way of a :class:`Disk`. Methods raise :class:`Trouble`."""

    def __init__(self, directory: Path, disk: Disk, name: str) -> None:
        self._disk = disk
        self.path = f"{disk.real(str(directory))}/{name}"

    def read(self) -> bytes | None:
        """All of it; None where there is none."""
        return self._disk.read(self.path)

    def write(self, content: bytes) -> None:
        """Replace it, for its owner's eyes only. Call it :meth:`alone`."""
        replace(self._disk, self.path, content, 0o600, fresh=self.path + ".new")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other clientcfg writes it while this lasts."""
        make_directories(self._disk, missing_directories(self._disk, self.path))
        until = time.monotonic() + _LOCK_SECONDS
        while (lock := self._disk.lock(self.path + ".lock")) is None:
            if time.monotonic() >= until:
                raise Refused("another-clientcfg", _("Another clientcfg is at work here."))
            time.sleep(0.05)
        with lock:
            yield
