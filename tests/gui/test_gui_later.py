# SPDX-License-Identifier: MPL-2.0
"""What is loaded behind the window, and by which thread; where garbage is collected."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clientcfg.gui import garbage
from clientcfg.gui.garbage import GarbageCollection
from tests.gui.children import child

pytestmark = pytest.mark.gui

# Which thread was the first to look for each module, told when a whole run has ended.
WATCHED = """
import sys, threading
from importlib.abc import MetaPathFinder

loaded = {}

class Watch(MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        loaded.setdefault(fullname, threading.current_thread())

sys.meta_path.insert(0, Watch())

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from clientcfg.gui.theme import wear
from tests.gui import full_run
from tests.gui.servers_child import demo_servers

app = QApplication(["clientcfg"])
wear(app)
with demo_servers() as preset:
    full_run.run(app, preset)
    elsewhere = [
        name
        for name, thread in loaded.items()
        if thread is not threading.main_thread()
        and any(
            isinstance(one, type) and issubclass(one, QObject) and one.__module__ == name
            for one in vars(sys.modules.get(name, object)).values()
        )
    ]
    behind = [n for n, t in loaded.items() if t is not threading.main_thread()]
    print(elsewhere, len(behind) > 100, "clientcfg.flows.set_up" in behind)
    sys.stdout.flush()
import os
os._exit(0)
"""

IN_TURN = """
import sys
from PySide6.QtWidgets import QApplication
import clientcfg.gui.app
from clientcfg.gui.later import load_behind, load_in_turn

load_behind()
before = set(sys.modules)
assert not any(name.startswith("clientcfg.gui") and hasattr(sys.modules[name], "QObject")
               for name in before - {"clientcfg.gui.app"} if name.endswith("_model"))
steps = sum(1 for _ in load_in_turn())
new = set(sys.modules) - before
print(sorted(n for n in new if not n.startswith(("clientcfg.gui", "PySide6", "shiboken"))))
print(steps > 20)
before = set(sys.modules)
import clientcfg.gui.check.page, clientcfg.gui.history, clientcfg.gui.setup.set_up
print(sorted(set(sys.modules) - before))
"""


def test_no_class_of_qt_is_made_outside_the_windows_thread() -> None:
    assert child("-c", WATCHED).splitlines() == ["[] True True"]


def test_the_windows_own_thread_loads_only_what_knows_qt_and_all_of_it() -> None:
    assert child("-c", IN_TURN).splitlines() == ["[]", "True", "[]"]


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """The generations that were collected; the collector is as before in the end."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.unfreeze()
    gc.enable()


def test_garbage_is_collected_at_a_pace_and_by_nobody_else(
    qtbot: QtBot, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "PACE", 10)
    app = QObject()
    collection = GarbageCollection(app)
    assert not gc.isenabled()
    del collected[:]
    rings: list[list[object]] = [[] for _ in range(5000)]
    for ring in rings:
        ring.append(ring)
    assert collected == []
    frozen = gc.get_freeze_count()
    collection.settle()
    assert gc.get_freeze_count() > frozen
    qtbot.waitUntil(lambda: 2 in collected, timeout=5000)
    assert collected[0] == 1
    app.deleteLater()
