# SPDX-License-Identifier: MPL-2.0
"""Flatpak applications, from what lies below the two installations (flatpak(1)).

The version is that of the newest ``<release>`` in the application's AppStream
metadata; flatpak itself is not started. Tested on recorded trees.
"""

import re
from collections.abc import Iterator
from typing import Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row
from clientcfg.clients.machine import Machine

_METAINFO: Final = (
    "share/metainfo/{name}.metainfo.xml",
    "share/metainfo/{name}.appdata.xml",
    "share/appdata/{name}.appdata.xml",
)
# Picked out without an XML parser: nothing in it can then expand or recurse.
_RELEASE = re.compile(rb"<release\b[^<>]{0,500}?\bversion\s*=\s*[\"']([\w.+~-]{1,60})[\"']")


def deployed(machine: Machine, application: str) -> str | None:
    """The directory of the flatpak that ``flatpak run`` takes: the person's own before all's."""
    own = machine.environ.get("XDG_DATA_HOME") or f"{machine.home}/.local/share"
    for base in (f"{own}/flatpak", "/var/lib/flatpak"):
        active = machine.resolve(f"{base}/app/{application}/current/active")
        if active is not None and machine.is_directory(f"{active}/files"):
            return active
    return None


def find_flatpaks(row: Row, around: Around) -> Iterator[Hit]:
    """The applications whose ids *row* names."""
    for name in row.names:
        active = deployed(around.machine, name)
        if active is not None:
            version = _version(around.machine, active, name)
            yield Hit(active, version, "flatpak", around.platform, recorded_only=True)


def _version(machine: Machine, active: str, name: str) -> str | None:
    for place in _METAINFO:
        content = machine.read(f"{active}/files/{place.format(name=name)}")
        if content is not None:
            match = _RELEASE.search(content)
            return match[1].decode() if match else None
    return None
