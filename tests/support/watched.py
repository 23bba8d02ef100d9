# SPDX-License-Identifier: MPL-2.0
"""A command that is watched while it runs: what anybody on the machine could see of it.

Its output, the command lines and environments of it and all its children, and
every file below some folders, also those that are gone at the end.
"""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from tests.support.needles import credentials_in

_PAUSE = 0.002  # seconds between two looks
# Nanoseconds; the clock that files are dated by goes in steps, each shorter than this.
_STEP = 50_000_000


@dataclass(slots=True)
class Seen:
    """``status`` as the command ended; ``processes`` and ``passing`` by where they were seen."""

    status: int
    out: str
    said: str
    processes: dict[str, bytes] = field(default_factory=dict)
    passing: dict[str, bytes] = field(default_factory=dict)

    def leaks(self, password: str) -> dict[str, set[str]]:
        """Where any form of *password* was seen, but for files."""
        places = {
            "standard output": self.out.encode("utf-8", "surrogateescape"),
            "standard error": self.said.encode("utf-8", "surrogateescape"),
            **self.processes,
        }
        return leaks(places, password)

    def leaks_in_files(self, password: str) -> dict[str, set[str]]:
        """The same for files that were there at any moment."""
        return leaks(self.passing, password)


def leaks(places: Mapping[str, bytes], password: str) -> dict[str, set[str]]:
    """Where any form of *password* is, and in which form."""
    found = {where: forms_in(content, password) for where, content in places.items()}
    return {where: forms for where, forms in found.items() if forms}


def forms_in(content: bytes, password: str) -> set[str]:
    """What of *password* is in *content*: names of forms."""
    return credentials_in(content, password) | {
        name for name, needle in _more_forms(password) if needle in content
    }


def files(*folders: Path) -> dict[str, bytes]:
    """Every file below *folders* as it is now."""
    found: dict[str, bytes] = {}
    for path in (Path(path) for folder in folders for path in _below(folder)):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                found[str(path)] = path.read_bytes()
    return found


def watch(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folders: Sequence[Path],
    *,
    stdin: str = "",
    during: Callable[[int], None] | None = None,
    seconds: float = 60,
) -> Seen:
    """Run *command* to its end; *during* is told its process number."""
    child = subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="surrogateescape",
    )  # fmt: skip
    seen = Seen(0, "", "")
    over = threading.Event()
    watcher = threading.Thread(target=_look_on, args=(child.pid, folders, seen, over))
    watcher.start()
    try:
        if during is not None:
            during(child.pid)
        seen.out, seen.said = child.communicate(stdin, timeout=seconds)
    finally:
        child.kill()
        over.set()
        watcher.join()
    seen.status = child.returncode
    return seen


def _look_on(pid: int, folders: Sequence[Path], seen: Seen, over: threading.Event) -> None:
    looked: dict[str, _Look] = {}
    while not over.is_set():
        for number in _family(pid):
            for name in ("cmdline", "environ"):
                with suppress(OSError):
                    content = Path(f"/proc/{number}/{name}").read_bytes()
                    # It is another one before exec, and empty at the end.
                    seen.processes[f"{name} of {number} ({hash(content)})"] = content
        for path, content in _changed(folders, looked):
            # A file may hold more than one content before it is done.
            where = f"{path} at {time.monotonic()}" if path in seen.passing else path
            seen.passing[where] = content
        time.sleep(_PAUSE)


class _Look(NamedTuple):
    """A file as it was: what the system says of it, and what is in it."""

    mark: tuple[int, ...]
    content: bytes


def _changed(folders: Sequence[Path], looked: dict[str, _Look]) -> Iterator[tuple[str, bytes]]:
    """Files with another content than in *looked*, which is brought up to date."""
    for path in (path for folder in folders for path in _below(folder)):
        with suppress(OSError):
            stat = os.lstat(path)
            mark = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            before = looked.get(path)
            # Within one step of the clock a file may change and look the same.
            settled = time.time_ns() - stat.st_ctime_ns > _STEP
            if not S_ISREG(stat.st_mode) or (settled and before and before.mark == mark):
                continue
            looked[path] = _Look(mark, Path(path).read_bytes())
            if before is None or before.content != looked[path].content:
                yield path, looked[path].content


def _below(folder: Path) -> Iterator[str]:
    # os.walk goes on where a directory is gone meanwhile.
    for above, _directories, names in os.walk(folder):
        yield from (f"{above}/{name}" for name in names)


def _family(pid: int) -> list[int]:
    """*pid* and everything it has started, and they have."""
    family = [pid]
    for number in family:
        for task in _names(f"/proc/{number}/task"):
            with suppress(OSError):
                children = Path(f"/proc/{number}/task/{task}/children").read_text()
                family += [int(child) for child in children.split()]
    return family


def _names(folder: str) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 - names alone, and it may go at any time
    return []


def _more_forms(password: str) -> list[tuple[str, bytes]]:
    escaped = password.encode("unicode_escape")
    return [
        ("in JSON", json.dumps(password)[1:-1].encode()),
        ("in JSON as UTF-8", json.dumps(password, ensure_ascii=False)[1:-1].encode()),
        ("as Python shows it", repr(password)[1:-1].encode()),
        ("escaped", escaped),
        ("in UTF-16, the other way", password.encode("utf-16-be")),
    ]
