# SPDX-License-Identifier: MPL-2.0
"""What changes need of a registry: few operations, each of which can be the last one.

Everything else in this room is given a :class:`Registry`, so a test can stop
after any operation, or lose what was not flushed. Keys are written whole
(``HKEY_CURRENT_USER\\Software\\…``). Keys are never made and never removed.
"""

from collections.abc import Mapping
from typing import Protocol

from clientcfg.changes.disk_trouble import shown
from clientcfg.model.place import Place, RegistryPlace, RegistryState, State
from clientcfg.model.registry import USER, RegistryValue
from clientcfg.model.trouble import No, Refused
from clientcfg.words import _


class Registry(Protocol):
    """A registry. Every method raises :class:`Trouble` and nothing else."""

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys right below *key*; none where there is no such key."""
        ...

    def values(self, key: str) -> Mapping[str, RegistryValue] | None:
        """The values of *key* by their names, passwords left out; None where it is not there."""
        ...

    def set(self, key: str, name: str, value: RegistryValue) -> None:
        """Give *key*, which is there, that value: wholly or not at all."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Take a value away; it may be gone already, and so may *key*."""
        ...

    def flush(self, key: str) -> None:
        """Wait until what *key* holds is on the disk; it may be gone."""
        ...


class NoRegistry:
    """Where there is no registry: nothing is there, and nothing can be written."""

    def keys(self, key: str) -> tuple[str, ...]:
        """See :class:`Registry`."""
        del key
        return ()

    def values(self, key: str) -> Mapping[str, RegistryValue] | None:
        """See :class:`Registry`."""
        del key
        return None

    def set(self, key: str, name: str, value: RegistryValue) -> None:
        """See :class:`Registry`."""
        del name, value
        raise _no_registry(key)

    def delete(self, key: str, name: str) -> None:
        """See :class:`Registry`."""
        del name
        raise _no_registry(key)

    def flush(self, key: str) -> None:
        """See :class:`Registry`."""
        raise _no_registry(key)


def look(place: RegistryPlace, registry: Registry) -> RegistryState:
    """What *place* holds of the values it is about. Raises :class:`Trouble`."""
    need_inside(place)
    values = registry.values(place.key)
    if values is None:
        return RegistryState(None)
    return RegistryState({name: value for name, value in values.items() if place.is_about(name)})


def look_at_each(place: RegistryPlace, registry: Registry) -> Mapping[Place, State]:
    """The same for every key that *place* stands for."""
    need_inside(place)
    if not place.each:
        return {place: look(place, registry)}
    found = (
        RegistryPlace(f"{place.key}\\{name}", place.names, within=place.within)
        for name in registry.keys(place.key)
    )
    return {below: look(below, registry) for below in found}


def need_inside(place: RegistryPlace) -> None:
    """Raise :class:`Refused` ("leads-outside") where *place* is not below its ``within``.

    Nor is anything touched that is not the person's own: ``HKEY_CURRENT_USER``.
    """
    key, within = place.key.casefold(), place.within.casefold()
    own = within == USER.casefold() or within.startswith(USER.casefold() + "\\")
    whole = all(part and "\0" not in part for part in place.key.split("\\"))
    if not (own and whole and key.startswith(within + "\\")):
        raise Refused(
            "leads-outside",
            _("{key} is none of this program’s own settings, so it was not touched.").format(
                key=shown(place.key)
            ),
        )


def _no_registry(key: str) -> No:
    return No(
        "no-registry",
        _("{key} cannot be written: there is no Windows registry here.").format(key=shown(key)),
        _("Do this on the Windows machine that the program runs on."),
    )
