# SPDX-License-Identifier: MPL-2.0
"""Snaps, from the ``meta/snap.yaml`` of their current revision. Tested on recorded trees."""

import re
from collections.abc import Iterator
from typing import Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row

_MOUNTS: Final = ("/snap", "/var/lib/snapd/snap")
_VERSION = re.compile(rb"^version:[ \t]*['\"]?([0-9][\w.+~-]{0,60})", re.MULTILINE)


def find_snaps(row: Row, around: Around) -> Iterator[Hit]:
    """The snaps that *row* names."""
    for name in row.names:
        for mount in _MOUNTS:
            directory = f"{mount}/{name}/current"
            content = around.machine.read(f"{directory}/meta/snap.yaml")
            if content is not None:
                match = _VERSION.search(content)
                version = match[1].decode() if match else None
                yield Hit(directory, version, "snap", around.platform, recorded_only=True)
                break
