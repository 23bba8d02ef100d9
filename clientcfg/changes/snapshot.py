# SPDX-License-Identifier: MPL-2.0
"""Reading the places that a format asked for."""

from collections.abc import Iterable
from datetime import datetime

from clientcfg.changes.disk import Disk
from clientcfg.changes.registry import Registry, look_at_each
from clientcfg.changes.within import target
from clientcfg.model.place import (
    FilePlace,
    FileState,
    Place,
    RegistryPlace,
    RegistryState,
    Snapshot,
    State,
)
from clientcfg.model.registry import RegistryValue


def take(places: Iterable[Place], disk: Disk, now: datetime, registry: Registry) -> Snapshot:
    """What *places* hold. Raises :class:`Trouble` where one cannot be read."""
    states: dict[Place, State] = {}
    for place in places:
        if isinstance(place, FilePlace):
            states[place] = FileState(disk.read(target(place, disk)))
        else:
            states.update(look_at_each(place, registry))
    return Snapshot(now, states)


def as_before(
    present: Snapshot, taken_at: datetime, olds: Iterable[tuple[Place, bytes | None]]
) -> Snapshot:
    """*present* with the old contents of some files and single registry values in it."""
    states = dict(present.states)
    for place, old in olds:
        if isinstance(place, FilePlace):
            states[place] = FileState(old)
            continue
        name = place.single or ""
        value = None if old is None else RegistryValue.from_octets(old)
        for other, state in states.items():
            if isinstance(other, RegistryPlace) and isinstance(state, RegistryState):
                same = other.key.casefold() == place.key.casefold()
                if same and other.is_about(name):
                    states[other] = state.having(name, value)
    return Snapshot(taken_at, states)
