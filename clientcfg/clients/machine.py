# SPDX-License-Identifier: MPL-2.0
"""This machine, as finders look at it: a file tree, a home, an environment.

Tests hand over a tree below some directory; paths in results are then those
that programs inside that tree would see.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_ENOUGH = 4 * 1024 * 1024
_MANY = 400  # steps of a path with all its links, before it counts as a loop
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

    def read(self, path: str) -> bytes | None:
        """The first 4 MiB of a regular file; None where there is none that can be read."""
        try:
            real = self.at(path)
            if not real.is_file():
                return None
            with real.open("rb") as file:
                return file.read(_ENOUGH)
        except (OSError, ValueError):
            return None

    def is_directory(self, path: str) -> bool:
        """Whether *path* is a directory that can be looked at."""
        try:
            return self.at(path).is_dir()
        except (OSError, ValueError):
            return False

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

        No shell, no standard input, no window, messages in English. At most
        64 KiB of the output are read.
        """
        environ = {"LC_ALL": "C", "PATH": self.environ.get("PATH", _SYSTEM_PATH)}
        environ["HOME"] = str(self.home)
        with tempfile.TemporaryFile() as output:
            try:
                child = subprocess.Popen(
                    [str(self.at(program)), *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.DEVNULL,
                    env=environ,
                    cwd="/",
                    start_new_session=True,
                )
            except OSError:
                return None
            try:
                child.wait(deadline)
            except subprocess.TimeoutExpired:
                return None
            finally:
                # Its whole group: a wrapper script may have left something behind.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            output.seek(0)
            return output.read(65_536).decode("utf-8", "replace")
