# SPDX-License-Identifier: MPL-2.0
"""Reading the places that a format asked for."""

from collections.abc import Iterable
from datetime import datetime

from clientcfg.changes.disk import Disk
from clientcfg.changes.within import target
from clientcfg.model.place import FileState, Place, Snapshot


def take(places: Iterable[Place], disk: Disk, now: datetime) -> Snapshot:
    """What *places* hold. Raises :class:`Trouble` where one cannot be read."""
    return Snapshot(now, {place: FileState(disk.read(target(place, disk))) for place in places})
