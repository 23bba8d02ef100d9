# SPDX-License-Identifier: MPL-2.0
"""A registry, as finders look at it: keys below two roots, values below keys.

Keys are written whole (``HKEY_LOCAL_MACHINE\\Software\\…``); names of keys and
values are told apart without upper and lower case. The 32-bit view of a 64-bit
system is the key ``Software\\WOW6432Node``.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from clientcfg.clients.registry.typed import Value, kept, meaning
from clientcfg.model.registry import USER, RegistryValue, holds_password

__all__ = ["MACHINE", "USER", "Hive", "Recorded", "Value"]

MACHINE: Final = "HKEY_LOCAL_MACHINE"


class Hive(Protocol):
    """Something that can be asked for keys and values."""

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys right below *key*; none where there is no such key."""
        ...

    def values(self, key: str) -> Mapping[str, Value]:
        """The values of *key* by their names in lower case; "" is the unnamed one."""
        ...


class Recorded:
    """A registry in memory, filled by the readers of recorded ones; never with a password."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, dict[str, tuple[str, RegistryValue]]] = {}
        self._below: dict[str, dict[str, None]] = {}

    def add(self, key: str) -> None:
        """Make *key* and all above it."""
        folded = ""
        for name in _parts(key):
            above, folded = folded, f"{folded}\\{name.casefold()}"
            if folded not in self._values:
                self._names[folded] = name
                self._values[folded] = {}
                self._below.setdefault(above, {})[folded] = None

    def set(self, key: str, name: str, value: Value | RegistryValue) -> None:
        """Give *key* a value; one that holds a password is passed over."""
        self.add(key)
        if holds_password(name):
            return
        stored = value if isinstance(value, RegistryValue) else kept(value)
        self._values[_folded(key)][name.casefold()] = (name, stored)

    def drop(self, key: str, name: str) -> None:
        """Take a value away."""
        self._values.get(_folded(key), {}).pop(name.casefold(), None)

    def remove(self, key: str) -> None:
        """Take *key* away with everything below it."""
        waiting = [_folded(key)]
        above = waiting[0].rpartition("\\")[0]
        self._below.get(above, {}).pop(waiting[0], None)
        while waiting:
            folded = waiting.pop()
            waiting += self._below.pop(folded, {})
            self._values.pop(folded, None)
            self._names.pop(folded, None)

    def keys(self, key: str) -> tuple[str, ...]:
        """As :meth:`Hive.keys`."""
        return tuple(self._names[folded] for folded in self._below.get(_folded(key), {}))

    def values(self, key: str) -> Mapping[str, Value]:
        """As :meth:`Hive.values`."""
        held = self._values.get(_folded(key), {})
        return {folded: meaning(value) for folded, (_name, value) in held.items()}

    def stored(self) -> dict[str, dict[str, RegistryValue]]:
        """Every key with its values as they are kept, all names as they were written."""
        return {shown: dict(self._values[_folded(shown)].values()) for shown in self._walk()}

    def walk(self) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """Every key, whole and as written first, with its values."""
        return ((shown, self.values(shown)) for shown in self._walk())

    def _walk(self) -> Iterator[str]:
        waiting = [("", "")]
        while waiting:
            folded, shown = waiting.pop()
            waiting += [
                (below, f"{shown}\\{self._names[below]}".lstrip("\\"))
                for below in reversed(self._below.get(folded, {}))
            ]
            if folded:
                yield shown


def _parts(key: str) -> list[str]:
    return [part for part in key.split("\\") if part]


def _folded(key: str) -> str:
    return "".join(f"\\{part.casefold()}" for part in _parts(key))
