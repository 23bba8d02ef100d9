# SPDX-License-Identifier: MPL-2.0
"""How paths are held in this room: full, as text, with “/” between names on every system.

So ``C:\\Users\\ada`` is held as ``C:/Users/ada`` and a share as
``//server/share/folder``; Windows itself takes both. On POSIX a path is held as
it is, for there a backslash is a letter of a name. *windows* says whose paths
are meant; without it, those of the system that this runs on.
"""

import os
import re
from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import Final

_HERE: Final[bool] = os.name == "nt"

# "Naming Files, Paths, and Namespaces" (Win32): characters that no name may hold
# (“:” would open another stream of the file), ends that are dropped silently,
# and names that are devices in every folder, whatever follows the first dot.
_ODD_NAME: Final = re.compile(
    r'.*[<>:"|?*\\\x00-\x1f].*|.*[. ]'
    r"|(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?",
    re.IGNORECASE | re.DOTALL,
)


def held(path: str, *, windows: bool = _HERE) -> str:
    """*path* as it is held; nothing is looked up."""
    if not windows:
        return path
    text = path.replace("\\", "/")
    if text[:8].casefold() == "//?/unc/":
        return "//" + text[8:]
    return text.removeprefix("//?/")


def anchor(path: str, *, windows: bool = _HERE) -> str:
    """What a full *path* starts with: "/", "C:/", "//server/share/"; empty where it is not full."""
    if not windows:
        return "/" if path.startswith("/") else ""
    pure = PureWindowsPath(held(path, windows=True))
    device = pure.drive.startswith(("\\\\.", "\\\\?"))
    return held(pure.anchor, windows=True) if pure.is_absolute() and not device else ""


def trimmed(path: str, *, windows: bool = _HERE) -> str:
    """*path* without a “/” at its end, unless it is nothing but where it starts."""
    start, short = anchor(path, windows=windows), path.rstrip("/")
    return start if len(short) < len(start) else short


def joined(path: str, below: str) -> str:
    """The path that *below* has, seen from *path*."""
    return path.removesuffix("/") + "/" + below


def parent(path: str, *, windows: bool = _HERE) -> str:
    """The directory that holds *path*; that of a root is the root."""
    start = anchor(path, windows=windows)
    above = path.rpartition("/")[0]
    return start if len(above) < len(start) else above or "/"


def on_the_way(path: str, *, windows: bool = _HERE) -> Iterator[str]:
    """Every directory above *path*, outermost first."""
    above: list[str] = []
    while (higher := parent(path, windows=windows)) != path:
        above.append(higher)
        path = higher
    yield from reversed(above)


def plain(below: str, *, windows: bool = _HERE) -> bool:
    """Whether each name of *below* is a name of its own to the system, and leads down."""
    names = below.split("/")
    if {"..", ".", ""} & set(names):
        return False
    return not windows or not any(_ODD_NAME.fullmatch(name) for name in names)


def inside(path: str, directory: str, *, windows: bool = _HERE) -> bool:
    """Whether *path* lies below *directory*, in the letters of its system (Windows: any case)."""
    if not windows:
        return path.startswith(joined(directory, ""))
    whole, above = PureWindowsPath(path), PureWindowsPath(directory)
    return whole != above and whole.is_relative_to(above)
