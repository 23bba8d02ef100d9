# SPDX-License-Identifier: MPL-2.0
"""clientcfg on a made-up machine, killed by the system in the middle of its work.

``python -m tests.support.killing`` has everything loaded and forks one process
for each run it is asked for: so a run takes as long as its work, which is what
is to be hit, and not as long as its imports.
"""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from clientcfg.changes import fingerprint
from clientcfg.changes.fill import StoreEncoder
from clientcfg.cli import apply, main, undo
from clientcfg.flows.here import Here
from clientcfg.model.client import Installation
from clientcfg.model.secret import Encoder
from tests.running.places import CHECKOUT
from tests.support.bench import CANARY, NOW
from tests.support.formats import ROWS

_LONGEST = 30  # seconds; whatever takes longer ends by itself
_LOADED = (apply, undo)


class MadeUp(Here):
    """The machine below *folder*; only what encrypts is not the client's own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            home=folder / "home", root=folder / "root", state=folder / "state", now=lambda: NOW
        )

    def encoders(self, installation: Installation) -> Mapping[Encoder, StoreEncoder]:
        """Those of the row, so that nobody waits for a library."""
        return next(r for r in ROWS if r.client == installation.client).encoders


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: killed, or with which exit status; and after how long (seconds)."""

    killed: bool
    status: int
    seconds: float


class Killing:
    """The process that forks, and orders for it."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killing"],
            cwd=CHECKOUT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=_LONGEST)

    def run(self, folder: Path, *arguments: str, after: float | None = None) -> Ended:
        """``clientcfg ARGUMENT…`` on the machine in *folder*, killed *after* so many seconds.

        What it says is in the file ``said`` of that folder.
        """
        order = {"folder": str(folder), "arguments": arguments, "after": after}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def _serve() -> None:
    fingerprint._COST = 2  # what it costs is tested elsewhere
    for line in sys.stdin:
        order = json.loads(line)
        ended = _forked(Path(order["folder"]), order["arguments"], order["after"])
        print(json.dumps(asdict(ended)), flush=True)


def _forked(folder: Path, arguments: list[str], after: float | None) -> Ended:
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        _be_clientcfg(folder, arguments, told)
    os.close(told)
    os.read(ready, 1)
    os.close(ready)
    begin = time.perf_counter()
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)  # not waited for yet, so the number is still its own
    _pid, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    return Ended(code == -signal.SIGKILL, code, seconds)


def _be_clientcfg(folder: Path, arguments: list[str], told: int) -> NoReturn:
    status = 70
    try:
        signal.alarm(_LONGEST)
        said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdin = io.StringIO(CANARY + "\n")
        Here.real = classmethod(lambda _cls: MadeUp(folder))  # type: ignore[assignment, method-assign]
        os.write(told, b"!")
        main.main(arguments)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 70
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
