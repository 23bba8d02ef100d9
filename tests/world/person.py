# SPDX-License-Identifier: MPL-2.0
"""The ordinary user on whose behalf clients run, with a throw-away home."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Self

from tests.running.places import CHECKOUT

_HERE = Path(__file__).parent
_NOBODY = 65534
# The checkout and the test's Python may lie where only root may look. Reading
# them is all that clientcfg gets beyond an ordinary user's rights.
_MAY_READ = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


class Person:
    """Runs programs as *nobody* in a home of its own; a context manager.

    As root, the programs see ``hosts`` as ``/etc/hosts`` and ask ``dns`` (an
    address) for everything else; nothing on the Internet is ever looked up.
    Without root, they run as the user of the tests, in the same kind of home.
    ``net_of``: a process whose network they have, and no other.
    """

    def __init__(
        self,
        hosts: str = "127.0.0.1 localhost\n",
        dns: str = "127.0.0.1",
        *,
        net_of: int | None = None,
    ) -> None:
        self._hosts = hosts
        self._dns = dns
        self._net_of = net_of
        self._root = os.geteuid() == 0
        self._laid: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="clientcfg-person-"))
        self._folder.chmod(0o755)
        (self._folder / "hosts").write_text(self._hosts)
        (self._folder / "resolv.conf").write_text(f"nameserver {self._dns}\n")
        self.home.mkdir(mode=0o700)
        for name in (".run", ".tmp"):
            (self.home / name).mkdir(mode=0o700)
        self.own(self.home)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)

    @property
    def home(self) -> Path:
        """The home directory; gone at the end."""
        return self._folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        """All that the programs are told: no desktop, no session bus, none of the test's own."""
        return {
            "HOME": str(self.home),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "USER": "nobody",
            "TMPDIR": str(self.home / ".tmp"),
            "XDG_RUNTIME_DIR": str(self.home / ".run"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "NO_AT_BRIDGE": "1",
        }

    def knows(self, hosts: str) -> None:
        """From now on, programs see this as ``/etc/hosts`` (as root only)."""
        (self._folder / "hosts").write_text(hosts)

    def own(self, *paths: Path) -> None:
        """Make files and whole folders the person's own."""
        for path in paths if self._root else ():
            os.chown(path, _NOBODY, _NOBODY)
            for inside in path.rglob("*"):
                os.chown(inside, _NOBODY, _NOBODY, follow_symlinks=False)

    def give(self, name: str, content: str | bytes) -> Path:
        """Put a file of the person's own into the home; returns where it is."""
        file = self.home / name
        new = [folder for folder in file.parents if not folder.exists()]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.own(*reversed(new), file)
        return file

    def lay_over(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """From now on, programs see *files* in the system's *folder*, too (as root only)."""
        if not self._root:
            raise RuntimeError("only root can show programs other files")
        top = Path(tempfile.mkdtemp(dir=self._folder))
        top.chmod(0o755)
        for name, content in files.items():
            file = top / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self._laid.append((top, folder.resolve()))

    def lay_over_nothing(self) -> None:
        """From now on, programs see the system's folders as they are."""
        self._laid.clear()

    def start(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
        *,
        output: IO[bytes] | int = subprocess.DEVNULL,
        pass_fds: Sequence[int] = (),
        may_read: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program; its pid is the program's own. Ends with the test at the latest.

        What it prints goes to ``output``.
        """
        return subprocess.Popen(
            self._as_person(command, may_read=may_read),
            env=self.environment | dict(environment or {}),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds,
        )

    def run(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
        *,
        stdin: str = "",
        seconds: float = 60,
        may_read: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end. Raises :class:`subprocess.TimeoutExpired`."""
        return subprocess.run(
            self._as_person(command, may_read=may_read),
            env=self.environment | dict(environment or {}),
            cwd=self.home,
            input=stdin,
            timeout=seconds,
            capture_output=True,
            text=True,
            check=False,
        )

    def clientcfg(
        self,
        *arguments: str | Path,
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
        seconds: float = 60,
    ) -> subprocess.CompletedProcess[str]:
        """Run this checkout's ``clientcfg`` as the person."""
        python = {"PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
        return self.run(
            [sys.executable, "-m", "clientcfg", *arguments],
            python | dict(environment or {}),
            stdin=stdin,
            seconds=seconds,
            may_read=True,
        )

    def _as_person(self, command: Sequence[str | Path], *, may_read: bool) -> list[str | Path]:
        if not self._root:
            return list(command)
        there = ("nsenter", f"--net=/proc/{self._net_of}/ns/net", "--") if self._net_of else ()
        return [
            *there,
            *("unshare", "--mount", "--propagation=private", "--", "/bin/sh"),
            *(_HERE / "as_person.sh", self._folder / "hosts", self._folder / "resolv.conf"),
            *(folder for pair in self._laid for folder in pair),
            "--",
            *(_MAY_READ if may_read else ()),
            *("--", *command),
        ]
