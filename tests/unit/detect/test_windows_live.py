# SPDX-License-Identifier: MPL-2.0
"""The hive of a live Windows, on a ``winreg`` of our own that knows no more than it must."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import clientcfg.clients.registry
from clientcfg.clients.registry.hive import MACHINE, USER, Hive, Recorded

FOLDER = Path(clientcfg.clients.registry.__file__).parent


class FakeWinreg(ModuleType):
    """The functions of ``winreg`` that are used, about a recorded registry."""

    KEY_READ, KEY_WOW64_64KEY = 0x20019, 0x0100
    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = MACHINE, USER

    def __init__(self, recorded: Recorded) -> None:
        super().__init__("winreg")
        self.recorded = recorded
        self.open = 0

    @contextmanager
    def OpenKey(self, root: str, rest: str, reserved: int, access: int) -> Iterator[str]:  # noqa: N802
        assert (reserved, access) == (0, self.KEY_READ | self.KEY_WOW64_64KEY)
        key = f"{root}\\{rest}"
        if not self.recorded.keys(key) and not self.recorded.values(key):
            raise FileNotFoundError(2, "no such key")
        self.open += 1
        yield key
        self.open -= 1

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return len(self.recorded.keys(key)), len(self.recorded.values(key)), 0

    def EnumKey(self, key: str, number: int) -> str:  # noqa: N802
        return self.recorded.keys(key)[number]

    def EnumValue(self, key: str, number: int) -> tuple[str, object, int]:  # noqa: N802
        name, value = list(self.recorded.values(key).items())[number]
        return name.title(), list(value) if isinstance(value, tuple) else value, 0


@pytest.fixture
def recorded() -> Recorded:
    found = Recorded()
    found.set(f"{MACHINE}\\Software\\Ample", "Path", "C:\\Ample")
    found.set(f"{MACHINE}\\Software\\Ample", "Parts", ("a", "b"))
    found.set(f"{MACHINE}\\Software\\Ample", "Number", 7)
    found.set(f"{USER}\\Software\\Other", "", "unnamed")
    return found


def test_it_reads_what_windows_says(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeWinreg(recorded)
    monkeypatch.setitem(sys.modules, "winreg", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("live", FOLDER / "live.py")
    assert spec is not None
    assert spec.loader is not None
    live = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(live)
    hive: Hive = SimpleNamespace(**vars(live)).WindowsHive()
    key = f"{MACHINE}\\Software\\Ample"
    assert hive.keys(f"{MACHINE}\\Software") == ("Ample",)
    assert hive.values(key) == {"path": "C:\\Ample", "parts": ("a", "b"), "number": 7}
    assert hive.values(f"{USER}\\Software\\Other") == {"": "unnamed"}
    assert hive.keys(f"{USER}\\Nothing") == ()
    assert fake.open == 0
