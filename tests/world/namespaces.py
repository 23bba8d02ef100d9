# SPDX-License-Identifier: MPL-2.0
"""Servers in namespaces of their own, on one loopback address: what all worlds share."""

import os
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Self

from tests.world import loopback, syslog
from tests.world.authority import Authority
from tests.world.waiting import until

_HERE = Path(__file__).parent
_START_SECONDS = 20.0
# Where every world finds its certificate; only root may read the key.
CERTIFICATE = "etc/world/server.pem"
KEY = "etc/world/server.key"


class World(ABC):
    """Servers on the well-known ports of :attr:`address`, a loopback address of their own.

    A context manager. The servers see this machine's files with the unpacked
    packages and their settings on top; whatever they write stays in memory
    and is gone at the end, except logs and mail, which lie in a temporary
    folder until then. Needs root. Ending the process :attr:`pid` (or this
    one) ends them all.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._authority = Authority()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.address = stack.enter_context(loopback.claimed())
            stack.enter_context(self._surroundings())
            self._folder = stack.enter_context(_folder())
            self._write_files()
            stack.enter_context(
                syslog.written(self._folder / "syslog", self._folder / "log" / "syslog.log")
            )
            self._process = stack.enter_context(self._running())
            until(self._listens_or_ended, _START_SECONDS, self._why_not)
            if self._process.poll() is not None:
                raise RuntimeError(self._why_not())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def pid(self) -> int:
        """The process that all the others hang on."""
        return self._process.pid

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, PEM; readable by everybody."""
        return self._folder / "ca.pem"

    @property
    def log(self) -> str:
        """All that the servers have logged, file by file."""
        return "\n".join(self.logged(file.name) for file in sorted(self._logs.glob("*.log")))

    def logged(self, name: str) -> str:
        """All that is in one log file."""
        file = self._logs / name
        return file.read_text(errors="replace") if file.exists() else ""

    @property
    @abstractmethod
    def ports(self) -> frozenset[int]:
        """The ports that the servers listen on once they are up."""

    @property
    def _apart(self) -> tuple[str, ...]:
        """More namespaces of their own than all worlds have, as options of unshare(1)."""
        return ()

    def _surroundings(self) -> AbstractContextManager[None]:
        """What the servers find outside, once their address is known."""
        return nullcontext()

    @abstractmethod
    def _packages(self) -> Path:
        """The folder with their unpacked packages."""

    @abstractmethod
    def _host(self) -> str:
        """What their machine is called."""

    @abstractmethod
    def _files(self) -> Mapping[str, str]:
        """Their settings: path below ``/`` to content. ``etc/world/start.sh`` starts them."""

    @property
    def _logs(self) -> Path:
        return self._folder / "log"

    def _write_files(self) -> None:
        files = {
            "etc/world/library.sh": (_HERE / "library.sh").read_text(),
            # Nobody outside is ever asked.
            "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
            "etc/resolv.conf": f"nameserver {self.address}\n",
            **self._files(),
        }
        self.ca_file.write_bytes(self._authority.certificate)
        for name in ("files", "log", "mail", "top"):
            (self._folder / name).mkdir()
        for name, content in files.items():
            file = self._folder / "files" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
            if name == KEY:
                file.chmod(0o600)
            # Postfix waits until nobody can be editing its settings any more.
            os.utime(file, (0, 0))

    @contextmanager
    def _running(self) -> Iterator[subprocess.Popen[bytes]]:
        alone = ("unshare", "--mount", "--propagation=private", "--uts", "--pid", "--fork")
        first = ("/bin/sh", _HERE / "inside.sh", self._folder, self._packages(), self._host())
        with (self._logs / "start.log").open("wb") as log:
            process = subprocess.Popen(
                [*alone, *self._apart, "--kill-child", "--", *first],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"},
            )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def _listens_or_ended(self) -> bool:
        listening = loopback.listening(self.address, self.pid) >= self.ports
        return listening or self._process.poll() is not None

    def _why_not(self) -> str:
        return f"the servers did not start:\n{self.log}"


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="clientcfg-world-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
