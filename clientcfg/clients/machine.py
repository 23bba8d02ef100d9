# SPDX-License-Identifier: MPL-2.0
"""This machine, as finders look at it: a file tree, a home, an environment.

Tests hand over a tree below some directory; paths in results are then those
that programs inside that tree would see.
"""

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from clientcfg.system import is_root

if sys.platform != "win32":
    from clientcfg.clients.said import said

_ENOUGH = 4 * 1024 * 1024
_MANY = 400  # steps of a path with all its links, before it counts as a loop
_MOST_NAMES = 10_000
_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Machine:
    """``home`` is a real path; every other path is taken below ``root``."""

    home: Path
    root: Path = Path("/")
    environ: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: str) -> Path:
        """Where *path* really lies."""
        if self.root == Path("/") or Path(path).is_relative_to(self.home):
            return Path(path)
        return self.root / path.lstrip("/")

    def resolve(self, path: str) -> str | None:
        """*path* with every link followed inside the tree; None where it leads nowhere."""
        try:
            return self._walk(PurePosixPath(path).parts[1:])
        except (OSError, ValueError):
            return None

    def _walk(self, parts: tuple[str, ...]) -> str | None:
        done, waiting = "/", list(reversed(parts))
        for _step in range(_MANY):
            if not waiting:
                return done
            part = waiting.pop()
            if part == "..":
                done = str(PurePosixPath(done).parent)
                continue
            step = str(PurePosixPath(done, part))
            real = self.at(step)
            if real.is_symlink():
                target = PurePosixPath(real.readlink())
                if target.is_absolute():
                    done = "/"
                waiting += [part for part in reversed(target.parts) if part != "/"]
            elif waiting or real.exists():
                done = step
            else:
                return None
        return None

    def read(self, path: str, most: int = _ENOUGH) -> bytes | None:
        """The first *most* bytes of a regular file; None where there is none that can be read."""
        try:
            real = self.at(path)
            if not real.is_file():
                return None
            with real.open("rb") as file:
                return file.read(most)
        except (OSError, ValueError):
            return None

    def is_directory(self, path: str) -> bool:
        """Whether *path* is a directory that can be looked at."""
        try:
            return self.at(path).is_dir()
        except (OSError, ValueError):
            return False

    def exists(self, path: str) -> bool:
        """Whether anything that can be looked at lies at *path*."""
        try:
            return self.at(path).exists()
        except (OSError, ValueError):
            return False

    def names_in(self, path: str) -> tuple[str, ...]:
        """The names in a directory, sorted; at most 10,000; none where it cannot be read."""
        try:
            with os.scandir(self.at(path)) as entries:
                return tuple(sorted(entry.name for entry in islice(entries, _MOST_NAMES)))
        except (OSError, ValueError):
            return ()

    def on_path(self, name: str) -> tuple[str, ...]:
        """Every executable file called *name* on ``PATH``, first wins first."""
        found = []
        for folder in self.environ.get("PATH", _SYSTEM_PATH).split(os.pathsep):
            path = f"{folder.rstrip('/')}/{name}"
            target = self.resolve(path) if folder.startswith("/") else None
            if target is None or path in found:
                continue
            real = self.at(target)
            if os.access(real, os.X_OK) and real.is_file():
                found.append(path)
        return tuple(found)

    def says(self, program: str, *arguments: str, deadline: float = 3.0) -> str | None:
        """What *program* prints, within *deadline* seconds; None if it does not come to an end.

        No shell, no standard input, no display to open a window on, messages in
        English. At most 64 KiB of the output are read. Root starts only what
        nobody else can exchange; None for any other. On Windows nothing is started.
        """
        if is_root() and not _belongs_to_root(self.at(program)):
            return None
        environ = {
            "LC_ALL": "C",
            "PATH": self.environ.get("PATH", _SYSTEM_PATH),
            "HOME": str(self.home),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = (str(self.at(program)), *arguments)
        answer: str | None = None
        if sys.platform != "win32":
            answer = said(command, environ, deadline)
        return answer


def _belongs_to_root(program: Path) -> bool:
    """Whether *program* and every folder on the way to it are root's (or sticky, as /tmp)."""
    try:
        real = program.resolve(strict=True)
        for path in (real, *real.parents):
            status = path.stat()
            foreign = status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX
            if status.st_uid != 0 or foreign:
                return False
    except (OSError, ValueError, RuntimeError):
        return False
    return True
