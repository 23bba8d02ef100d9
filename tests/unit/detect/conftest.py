# SPDX-License-Identifier: MPL-2.0
"""The real Thunderbird, started once without a window as an ordinary user."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.program_trees import Tree

NOBODY = 65534
SOURCE = Path("/usr/lib/thunderbird")


class RealThunderbird:
    """A home of its own, and plain starts in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.root = home / ".thunderbird"

    def give_away(self) -> None:
        """Everything below the home belongs to the ordinary user (nothing to do as one)."""
        if os.geteuid() != 0:
            return
        for path in (self.home, *self.home.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    @contextlib.contextmanager
    def started(
        self, program: str = f"{SOURCE}/thunderbird", environ: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        self.give_away()
        root = os.geteuid() == 0
        child = subprocess.Popen(
            [program, "--headless"],
            env={"HOME": str(self.home), "PATH": "/usr/bin:/bin"} | dict(environ or {}),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            user=NOBODY if root else None,
            group=NOBODY if root else None,
            extra_groups=[] if root else None,
        )
        try:
            yield child
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def locked(self) -> Path | None:
        """The profile whose lock another process holds now."""
        for path in self.home.rglob(".parentlock"):
            with path.open("r+") as file:
                try:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return path.parent
        return None

    def plain_start(
        self,
        program: str = f"{SOURCE}/thunderbird",
        environ: Mapping[str, str] | None = None,
        patience: float = 30.0,
    ) -> Path | None:
        """The profile that a plain start opens within *patience* seconds."""
        end = time.monotonic() + patience
        with self.started(program, environ) as child:
            while time.monotonic() < end and child.poll() is None:
                if found := self.locked():
                    return found
                time.sleep(0.02)
        return None


@pytest.fixture
def real() -> Iterator[RealThunderbird]:
    # Not tmp_path: pytest keeps that from other users.
    home = Path(tempfile.mkdtemp(prefix="clientcfg-home-"))
    try:
        yield RealThunderbird(home)
    finally:
        shutil.rmtree(home)


@pytest.fixture
def program_at() -> Iterator[object]:
    """Makes program directories: the real binary, links to everything else."""
    base = Path(tempfile.mkdtemp(prefix="cc"))
    base.chmod(0o755)

    def make(name: str) -> Path:
        directory = base / name
        directory.mkdir(parents=True)
        for path in SOURCE.iterdir():
            if path.name in {"thunderbird-bin", "dependentlibs.list", "application.ini"}:
                shutil.copy(path, directory)
            elif path.name == "thunderbird":
                (directory / path.name).symlink_to("thunderbird-bin")
            else:
                (directory / path.name).symlink_to(path)
        return directory

    try:
        yield make
    finally:
        shutil.rmtree(base)


@pytest.fixture
def benchmark_seconds() -> Callable[[], float]:
    """The seconds since the test began."""
    begin = time.monotonic()
    return lambda: time.monotonic() - begin


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)
