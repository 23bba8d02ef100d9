# SPDX-License-Identifier: MPL-2.0
# ruff: noqa: N802 - the names are those of winreg
"""A stand-in for ``winreg``, as its documentation has it: errors, types, and what it hands over.

It stands on a :class:`MemoryRegistry`, with passwords in it as the real one has.
"""

import sys
from importlib import import_module
from types import ModuleType, TracebackType
from typing import Any, Self

import pytest

from clientcfg.changes import registry_windows
from clientcfg.changes.registry import Registry
from clientcfg.model.registry import RegistryValue
from tests.support.registries import MemoryRegistry

_WRITE, _READ, _VIEW = 0x2, 0x20019, 0x100


class _Key:
    def __init__(self, path: str, access: int) -> None:
        assert access & _VIEW, "the view is always named"
        self.path = path
        self.writes = bool(access & _WRITE)
        self.closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, at: TracebackType | None
    ) -> None:
        self.closed = True


class FakeWinreg(ModuleType):
    """The functions and constants that are used."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"
    KEY_READ, KEY_SET_VALUE, KEY_WOW64_64KEY = _READ, _WRITE, _VIEW
    HKEYType = _Key

    def __init__(self, memory: MemoryRegistry) -> None:
        super().__init__("winreg")
        self._memory = memory

    def _held(self, key: _Key) -> dict[str, RegistryValue]:
        assert not key.closed
        return self._memory.held.get(self._memory.spelled(key.path), {})

    def OpenKeyEx(self, root: str, below: str, reserved: int, access: int) -> _Key:
        assert reserved == 0
        path = f"{root}\\{below}"
        if "Forbidden" in below and access & _WRITE:
            raise PermissionError(13, "Access is denied", None, 5)
        if self._memory.spelled(path) not in self._memory.held and not self._memory.keys(path):
            raise FileNotFoundError(2, "The system cannot find the file specified", None, 2)
        return _Key(path, access)

    OpenKey = OpenKeyEx

    def QueryInfoKey(self, key: _Key) -> tuple[int, int, int]:
        return len(self._memory.keys(key.path)), len(self._held(key)), 0

    def EnumKey(self, key: _Key, number: int) -> str:
        return self._memory.keys(key.path)[number]

    def EnumValue(self, key: _Key, number: int) -> tuple[str, Any, int]:
        name, value = list(self._held(key).items())[number]
        return name, registry_windows.to_winreg(value), value.type

    def SetValueEx(self, key: _Key, name: str, reserved: int, kind: int, said: Any) -> None:
        assert reserved == 0 and key.writes
        self._memory.set(key.path, name, registry_windows.from_winreg(kind, said))

    def DeleteValue(self, key: _Key, name: str) -> None:
        assert key.writes
        if name.casefold() not in map(str.casefold, self._held(key)):
            raise FileNotFoundError(2, "The system cannot find the file specified", None, 2)
        self._memory.delete(key.path, name)

    def FlushKey(self, key: _Key) -> None:
        self._memory.flush(key.path)


def windows_registry(memory: MemoryRegistry, patch: pytest.MonkeyPatch) -> Registry:
    """The registry of Windows, on *memory*."""
    with patch.context() as while_loading:
        while_loading.setitem(sys.modules, "winreg", FakeWinreg(memory))
        while_loading.delitem(sys.modules, registry_windows.__name__)
        while_loading.setattr(sys, "platform", "win32")
        module: Any = import_module(registry_windows.__name__)
    made: Registry = module.WindowsRegistry()
    return made
