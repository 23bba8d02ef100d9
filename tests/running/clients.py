# SPDX-License-Identifier: MPL-2.0
"""Client programs for CI: these are installed, because people have them installed."""

import os
import shutil
import subprocess

from tests.running.packages import PackagesError, wanted
from tests.running.places import CHECKOUT

_LIST = CHECKOUT / "tests" / "clients.txt"


def install() -> None:
    """Install what is missing of ``tests/clients.txt``; needs root.

    Raises :class:`PackagesError`.
    """
    missing = _missing(wanted(_LIST.read_text()))
    if not missing:
        return
    if os.geteuid() != 0:
        raise PackagesError(f"not root, so these were not installed: {', '.join(missing)}")
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *missing)


def _missing(names: list[str]) -> list[str]:
    if not shutil.which("dpkg-query"):
        return names
    shown = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,  # it fails if one of them is unknown
    ).stdout.splitlines()
    return [name for name in names if f"{name} installed" not in shown]


def _apt(*command: str) -> None:
    done = subprocess.run(
        ["apt-get", "-qq", *command],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise PackagesError(f"apt-get {command[0]}: {done.stderr.strip()[-400:]}")
