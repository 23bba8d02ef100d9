# SPDX-License-Identifier: MPL-2.0
"""The command line on a pretended Windows, in a process of its own.

``python -m tests.support.on_windows REGISTRY ARGUMENT…`` is ``clientcfg ARGUMENT…``
on the registry in that file; ``… REGISTRY --import`` imports every module instead.

Everything is loaded once as what this system is, so that the standard library and
other people's packages stay so; then our own modules are forgotten and loaded
again where ``sys.platform`` is "win32", modules and calls that Windows lacks are
gone, and ``os`` refuses what it refuses there. Paths remain those of POSIX: how
those of Windows are held is tested by themselves.
"""

import errno
import fcntl
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import platformdirs
from platformdirs import windows

from tests.support.os_of_windows import refuse

GONE = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog")
# No program is asked there what it is, so what does that is not loaded.
_NOT_THERE = ("clientcfg.gui", "clientcfg.clients.said")
# The classes of the stand-in's values have to be those of ours.
_STAY = frozenset({"clientcfg", "clientcfg.model.registry"})


def modules() -> Iterator[str]:
    """Every module of ours that is loaded there, without the desktop app."""
    import clientcfg  # noqa: PLC0415 - it is forgotten in between

    for found in pkgutil.walk_packages(clientcfg.__path__, "clientcfg."):
        if not found.name.startswith(_NOT_THERE):
            yield found.name


def pretend(registry: Path) -> Callable[[], None]:
    """Be Windows from now on; what keeps the registry for the next process."""
    for name in modules():
        importlib.import_module(name)
    _forget()
    # Its values are of the same classes as ours.
    from tests.support.fake_winreg import FakeWinreg  # noqa: PLC0415
    from tests.support.registries import MemoryRegistry  # noqa: PLC0415

    _forget()
    memory = MemoryRegistry.parse(registry.read_bytes())
    sys.modules["winreg"] = FakeWinreg(memory)
    sys.modules["msvcrt"] = _msvcrt()
    vars(platformdirs)["PlatformDirs"] = windows.Windows
    vars(windows)["get_win_folder"] = windows.get_win_folder_from_env_vars
    vars(subprocess)["CREATE_NO_WINDOW"] = 0  # any other is refused here
    vars(sys)["platform"] = "win32"
    refuse()
    for name in GONE:
        vars(sys)["modules"][name] = None

    def keep() -> None:
        registry.write_bytes(memory.dump())

    return keep


def _forget() -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] == "clientcfg"]:
        if name not in _STAY:
            del sys.modules[name]


def _msvcrt() -> ModuleType:
    """``locking`` as documented: PermissionError where another holds the byte."""
    made, flock = ModuleType("msvcrt"), fcntl.flock

    def locking(fd: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        try:
            flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    vars(made).update(LK_NBLCK=2, locking=locking)
    return made


def run(registry: str, arguments: list[str]) -> NoReturn:
    """Be that command."""
    keep = pretend(Path(registry))
    if arguments == ["--import"]:
        for name in modules():
            print(importlib.import_module(name).__name__)
        sys.exit(0)
    main = importlib.import_module("clientcfg.cli.main").main
    try:
        sys.exit(main(arguments))
    finally:
        keep()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2:])
