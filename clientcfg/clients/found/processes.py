# SPDX-License-Identifier: MPL-2.0
"""Which programs somebody runs now; nothing is signalled.

From ``/proc`` (proc(5)), on Windows from ``tasklist``. A process that ends
while it is looked at is not running.
"""

import os
import sys
from pathlib import Path
from typing import Final

from clientcfg.clients.machine import Machine

_COMM_LENGTH: Final = 15  # proc(5): the kernel keeps no more of a name
_GONE: Final = " (deleted)"  # the program was upgraded while it runs


def names_running(machine: Machine) -> frozenset[str] | None:
    """The names of all programs that the owner of the home runs; None where there is no telling.

    A name is that of the executable file, and that by which the kernel knows
    the process (for a script: the script's).
    """
    return _running(machine)


if sys.platform == "win32":
    from clientcfg.clients.found.tasklist import names_of_tasks

    def _running(machine: Machine) -> frozenset[str] | None:
        return names_of_tasks(machine.environ)

else:

    def _running(machine: Machine) -> frozenset[str] | None:
        return _in_proc(machine)


def _in_proc(machine: Machine) -> frozenset[str] | None:
    proc = machine.at("/proc")
    try:
        owner = machine.home.stat().st_uid
        numbers = [name for name in os.listdir(proc) if name.isdigit()]  # noqa: PTH208
    except OSError:
        return None
    if not numbers:
        return None
    names: set[str] = set()
    for number in numbers:
        names |= _names(proc / number, owner)
    return frozenset(names)


def runs(names: tuple[str, ...], running: frozenset[str] | None) -> bool | None:
    """Whether one of *names* is among the *running*; None where it cannot be told.

    Windows tells its names without upper and lower case; they are kept in lower case.
    """
    if running is None or not names:
        return None
    if any(name.casefold() in running for name in names if name.casefold().endswith(".exe")):
        return True
    return any(name in running or name[:_COMM_LENGTH] in running for name in names)


def _names(process: Path, owner: int) -> set[str]:
    try:
        if process.stat().st_uid != owner:
            return set()
        with (process / "comm").open("rb") as file:
            name = file.read(64).decode("utf-8", "replace").strip()
    except OSError:
        return set()  # gone meanwhile
    try:
        exe = str((process / "exe").readlink())
    except PermissionError:
        return {name}
    except OSError:
        return set()  # gone meanwhile, a zombie, or the kernel's own
    return {name, exe.removesuffix(_GONE).rpartition("/")[2]}
