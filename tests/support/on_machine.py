# SPDX-License-Identifier: MPL-2.0
"""The command line on a made-up machine, in a process of its own.

``python -m tests.support.on_machine ROOT ARGUMENT…`` is ``clientcfg ARGUMENT…``
except that programs are looked for below ROOT instead of ``/``.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

from clientcfg.cli.main import main
from clientcfg.demo.machine import DemoMachine
from clientcfg.flows.here import Here

NO_PROBE = ("--no-probe", "--smtp", "smtp.example.test:465", "--imap", "imap.example.test:993")
SET_UP = ("apply", "ada@example.test", "--client", "thunderbird", "--name", "Ada", *NO_PROBE)

Done = subprocess.CompletedProcess[str]


def environment(machine: DemoMachine, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Nothing of the test's own: a home, a state directory, no keyring, no desktop."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(machine.home),
        "LANG": "C.UTF-8",
        "TMPDIR": str(machine.home.parent / "tmp"),
        "PYTHONPATH": os.pathsep.join(p for p in (str(Path.cwd()), *sys.path) if p),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        **(more or {}),
    }


def command(machine: DemoMachine, arguments: Sequence[str]) -> list[str]:
    """The command line that runs clientcfg on *machine*."""
    return [sys.executable, "-m", "tests.support.on_machine", str(machine.root), *arguments]


def clientcfg(
    machine: DemoMachine,
    *arguments: str,
    stdin: str = "",
    more: Mapping[str, str] | None = None,
) -> Done:
    """Run clientcfg on *machine* to its end."""
    (machine.home.parent / "tmp").mkdir(exist_ok=True)
    return subprocess.run(
        command(machine, arguments),
        env=environment(machine, more),
        input=stdin, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def run(root: str, arguments: Sequence[str]) -> NoReturn:
    """Be that command, in this very process."""
    real = Here.real

    def here() -> Here:
        found = real()
        return Here(home=found.home, root=Path(root), state=found.state, environ=found.environ)

    with patch.object(Here, "real", here):
        main(list(arguments))


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2:])
