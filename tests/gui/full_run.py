# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.full_run``: a whole *Set up*, and how long the window ever stood still.

A heartbeat beats every millisecond in the window's thread; the longest gap
between two beats is the longest stall of its event loop. Prints JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clientcfg.gui.garbage import GarbageCollection
from clientcfg.gui.preset import Preset
from clientcfg.gui.theme import wear
from clientcfg.gui.window import CHECK, HISTORY, Window
from tests.gui.servers_child import demo_servers
from tests.gui.walk import DONE, PROGRAM, REVIEW, SERVERS, step

# How long all of it may take (seconds), and how often the person looks (milliseconds).
PATIENCE, LOOK = 60.0, 25

_SCHEDULED = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True, slots=True)
class Stall:
    """How long nothing beat, how much of it the thread worked or waited for a core (ms)."""

    long: float
    worked: float
    queued: float


@dataclass(slots=True)
class Heartbeat:
    """The longest stall of each thing that was going on."""

    doing: str = "opening"
    stalls: dict[str, Stall] = field(default_factory=dict)
    _last: tuple[float, float, float] | None = None

    def beat(self) -> None:
        now = (time.perf_counter(), time.thread_time(), _queued())
        if self._last is not None:
            stall = Stall(*((a - b) * 1000 for a, b in zip(now, self._last, strict=True)))
            if stall.long > self.stalls.get(self.doing, Stall(0, 0, 0)).long:
                self.stalls[self.doing] = stall
        self._last = now


def _queued() -> float:
    """Seconds that this thread has waited for a core, as Linux counts them; else 0."""
    try:
        return int(_SCHEDULED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def person(window: Window, address: str, heart: Heartbeat) -> Iterator[bool]:
    """Does one thing after the other; each yield waits until it says True."""
    typed = window.beginning.address.address.edit
    for letter in address:
        QTest.keyClicks(typed, letter)
        yield True
    heart.doing = "searching"
    QTest.keyClick(typed, Qt.Key.Key_Return)
    yield from _until(lambda: hasattr(window, "history"))
    pages = window.set_up
    yield from _until(
        lambda: step(window) == SERVERS and pages.servers_steps.conclusion is not None
    )
    heart.doing = "evidence"
    pages.servers.why.click()
    yield True
    pages.servers.drawer.close_button.click()
    yield True
    heart.doing = "programs"
    pages.servers.primary.click()
    yield from _until(lambda: step(window) == PROGRAM)
    heart.doing = "planning"
    pages.program.primary.click()
    yield from _until(lambda: step(window) == REVIEW and pages.review.review is not None)
    heart.doing = "diff"
    pages.review.show_exact.click()
    yield True
    pages.review.show_exact.click()
    yield True
    heart.doing = "setting up"
    pages.review.primary.click()
    yield from _until(lambda: step(window) == DONE)
    heart.doing = "testing"
    pages.done.primary.click()
    yield from _until(lambda: pages.done.head.kind == "ready")
    heart.doing = "undoing"
    pages.done.undo_button.click()
    yield from _until(lambda: pages.done.head.title.text() == "Taken back.")
    heart.doing = "check a server"
    window.rail.items[CHECK].click()
    yield True
    yield True
    heart.doing = "history"
    window.rail.items[HISTORY].click()
    yield from _until(lambda: bool(window.history.lines))
    heart.doing = "narrow"
    window.resize(800, 600)
    yield True
    yield True


def _until(holds: Callable[[], bool]) -> Iterator[bool]:
    """A person sees what a click did before the next one: never two in one turn."""
    yield False
    while not holds():
        yield False


def run(app: QApplication, preset: Preset) -> Heartbeat:
    """Open the window, go all the way, close it."""
    began, heart = time.perf_counter(), Heartbeat()
    address = str(preset.question.address)
    blank = replace(preset, question=replace(preset.question, address=None))
    garbage = GarbageCollection(app)
    window = Window(blank)
    window.completed.connect(garbage.settle)
    window.show()
    steps = person(window, address, heart)
    pulse, look = QTimer(), QTimer()
    pulse.setTimerType(Qt.TimerType.PreciseTimer)
    pulse.timeout.connect(heart.beat)
    finished = []

    def act() -> None:
        if next(steps, None) is None:
            finished.append(True)
            app.quit()
        elif time.perf_counter() - began > PATIENCE:
            app.quit()

    look.timeout.connect(act)
    pulse.start(1)
    look.start(LOOK)
    app.exec()
    pulse.stop()
    look.stop()
    window.close()
    if not finished:
        raise SystemExit(f"not done in {PATIENCE:.0f} s: {heart.doing}")
    return heart


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    wear(app)
    with demo_servers() as preset:
        heart = run(app, preset)
    print(json.dumps({doing: asdict(stall) for doing, stall in heart.stalls.items()}), flush=True)
    # As clientcfg itself ends, for the same reason.
    os._exit(0)


if __name__ == "__main__":
    main()
