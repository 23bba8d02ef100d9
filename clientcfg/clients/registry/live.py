# SPDX-License-Identifier: MPL-2.0
"""The registry of the Windows that this runs on. Not run on a live system yet."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from clientcfg.clients.registry.hive import Value

if sys.platform == "win32":  # pragma: no cover
    import winreg

    class WindowsHive:
        """As :class:`Hive`, through ``winreg``, always in the 64-bit view."""

        def keys(self, key: str) -> tuple[str, ...]:
            """As :meth:`Hive.keys`."""
            return tuple(_listed(key, 0))

        def values(self, key: str) -> Mapping[str, Value]:
            """As :meth:`Hive.values`."""
            found: dict[str, Value] = {}
            for name, data, _kind in _listed(key, 1):
                value = tuple(data) if isinstance(data, list) else data
                if isinstance(value, str | int | bytes | tuple):
                    found[name.casefold()] = value
            return found

    def _listed(key: str, what: int) -> Iterator[Any]:
        root, _slash, rest = key.partition("\\")
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(getattr(winreg, root), rest, 0, access) as handle:
                count = winreg.QueryInfoKey(handle)[what]
                for number in range(count):
                    yield (winreg.EnumKey, winreg.EnumValue)[what](handle, number)
        except OSError:
            return
