# SPDX-License-Identifier: MPL-2.0
"""macOS applications, by the bundle identifier in their ``Info.plist``.

Tested on recorded trees. The file may be XML or binary and comes from whoever
made the application, so whatever is wrong with one, it is passed over.
"""

import plistlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row
from clientcfg.clients.machine import Machine

_FOLDERS: Final = ("/Applications", "/System/Applications", "/Applications/Utilities")
_LARGEST: Final = 1024 * 1024  # that of a large suite has 60 KiB


def find_mac_apps(row: Row, around: Around) -> Iterator[Hit]:
    """The applications whose bundle identifiers *row* names."""
    machine = around.machine
    for folder in (*_FOLDERS, f"{machine.home}/Applications"):
        for name in machine.names_in(folder):
            if not name.endswith(".app"):
                continue
            about = info(machine, f"{folder}/{name}")
            if about.get("CFBundleIdentifier") in row.names:
                version = about.get("CFBundleShortVersionString")
                shown = version.strip() if isinstance(version, str) else None
                yield Hit(f"{folder}/{name}", shown or None, "app", "mac", recorded_only=True)


def info(machine: Machine, bundle: str) -> Mapping[str, Any]:
    """The ``Info.plist`` of *bundle*; empty where there is none that can be read."""
    content = machine.read(f"{bundle}/Contents/Info.plist", _LARGEST + 1)
    if content is None or len(content) > _LARGEST:
        return {}
    try:
        found = plistlib.loads(content)
    except Exception:  # plistlib lets a dozen kinds through; entities it refuses itself
        return {}
    return found if isinstance(found, dict) else {}
