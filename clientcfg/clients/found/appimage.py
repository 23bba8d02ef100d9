# SPDX-License-Identifier: MPL-2.0
"""AppImages, by the names they are kept under. Tested on recorded trees.

An AppImage is one file, which its maker's page names ``Name-VERSION.AppImage``;
it is never started to ask.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row

_FOLDERS: Final = ("Applications", "AppImages", ".local/bin", "bin", "Downloads", "Desktop")
_EVERYBODYS: Final = ("/opt", "/Applications")
_VERSION = re.compile(r"[-_ v]([0-9]+(?:\.[0-9]+)+(?:esr|[ab][0-9]+)?)")


def find_appimages(row: Row, around: Around) -> Iterator[Hit]:
    """The files whose names are like those in *row*, upper and lower case alike."""
    machine = around.machine
    for folder in (*(f"{machine.home}/{name}" for name in _FOLDERS), *_EVERYBODYS):
        for name in machine.names_in(folder):
            bare = name.casefold()
            if bare.endswith(".appimage") and any(
                fnmatchcase(bare, pattern.casefold()) for pattern in row.names
            ):
                match = _VERSION.search(name)
                version = match[1] if match else None
                path = f"{folder}/{name}"
                yield Hit(path, version, "appimage", around.platform, recorded_only=True)
