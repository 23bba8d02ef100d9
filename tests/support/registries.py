# SPDX-License-Identifier: MPL-2.0
"""A registry for tests, in memory, that can lose power."""

import json
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Self

from clientcfg.clients.registry.hive import Recorded, Value
from clientcfg.clients.registry.typed import kept as stored
from clientcfg.model.registry import RegistryValue, holds_password

Values = Mapping[str, RegistryValue]
Survives = Callable[[str], bool]


class MemoryRegistry:
    """A :class:`Registry` that knows what is flushed and what is not.

    ``asked`` is every name of a value whose data somebody was given.
    """

    def __init__(self, keys: Mapping[str, Values] | None = None) -> None:
        self.held: dict[str, dict[str, RegistryValue]] = {}
        self.safe: dict[str, dict[str, RegistryValue]] = {}
        self.asked: set[str] = set()
        for key, values in (keys or {}).items():
            self.put(key, values)

    def __deepcopy__(self, memo: dict[int, Any]) -> "MemoryRegistry":
        """The same registry once more, its values as they are: nothing changes them."""
        copy = MemoryRegistry()
        copy.held = {key: dict(values) for key, values in self.held.items()}
        copy.safe = {key: dict(values) for key, values in self.safe.items()}
        copy.asked = set(self.asked)
        return copy

    def found(self) -> Hashable:
        """All that a restart finds."""
        return frozenset((key, frozenset(values.items())) for key, values in self.held.items())

    def put(self, key: str, values: Mapping[str, RegistryValue | None]) -> None:
        """What somebody else wrote, and what is on the disk by now; None takes a value away."""
        found = self.held.setdefault(self.spelled(key), {})
        for name, value in values.items():
            found.pop(_spelled(found, name), None)
            if value is not None:
                found[name] = value
        self.safe[self.spelled(key)] = dict(found)

    def drop(self, key: str) -> None:
        """A key that somebody else took away, with all below it."""
        for gone in [k for k in self.held if _same(k, key) or _below(k, key)]:
            del self.held[gone]
            self.safe.pop(gone, None)

    def tree(self) -> dict[str, dict[str, RegistryValue]]:
        """Every key with its values."""
        return {key: dict(values) for key, values in self.held.items()}

    def after_power_cut(self, kept: Survives) -> "MemoryRegistry":
        """What a restart finds. *kept* says of a value's name whether its unflushed change is."""
        found = MemoryRegistry()
        for key, values in self.held.items():
            safe = self.safe.get(key, {})
            names = dict.fromkeys((*safe, *values))
            tables = {name: values if kept(name) else safe for name in names}
            found.put(key, {name: t[name] for name, t in tables.items() if name in t})
        return found

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """The one that :meth:`dump` wrote."""
        return cls(
            {
                key: {name: RegistryValue(t, bytes.fromhex(data)) for name, t, data in rows}
                for key, rows in json.loads(content).items()
            }
        )

    def dump(self) -> bytes:
        """All that is in it, in an order of its own; b"" for nothing."""
        rows = {
            key: sorted((name, v.type, v.data.hex()) for name, v in values.items())
            for key, values in sorted(self.held.items())
        }
        return json.dumps(rows).encode() if rows else b""

    def hive(self) -> Recorded:
        """The same as finders look at it."""
        recorded = Recorded()
        for key, values in self.held.items():
            recorded.add(key)
            for name, value in values.items():
                recorded.set(key, name, value)
        return recorded

    def keys(self, key: str) -> tuple[str, ...]:
        below = (k[len(key) + 1 :].partition("\\")[0] for k in self.held if _below(k, key))
        return tuple(dict.fromkeys(below))

    def values(self, key: str) -> Values | None:
        found = self.held.get(self.spelled(key))
        if found is None:
            return None
        self.asked |= {name for name in found if not holds_password(name)}
        return {name: value for name, value in found.items() if not holds_password(name)}

    def set(self, key: str, name: str, value: RegistryValue) -> None:
        found = self.held[self.spelled(key)]
        found[_spelled(found, name)] = value

    def delete(self, key: str, name: str) -> None:
        found = self.held.get(self.spelled(key), {})
        found.pop(_spelled(found, name), None)

    def flush(self, key: str) -> None:
        if self.spelled(key) in self.held:
            self.safe[self.spelled(key)] = dict(self.held[self.spelled(key)])

    def spelled(self, key: str) -> str:
        """*key* as it is spelled here."""
        return _spelled(self.held, key)


def value(plain: Value) -> RegistryValue:
    """A value of the type that Outlook of today gives it."""
    return stored(plain)


def values(**plain: Value) -> dict[str, RegistryValue]:
    """``SMTP_Port=587`` → ``{"SMTP Port": …}``."""
    return {name.replace("_", " "): value(held) for name, held in plain.items()}


def _spelled(table: Mapping[str, object], name: str) -> str:
    return next((n for n in table if _same(n, name)), name)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _below(key: str, above: str) -> bool:
    return key.casefold().startswith(above.casefold() + "\\")
