# SPDX-License-Identifier: MPL-2.0
"""The window never stands still for long, and is painted before what only later pages need."""

import json

import pytest

from tests.gui.children import child

pytestmark = pytest.mark.gui

# Milliseconds; the benchmark aims at 50. This fails only where something is wrong.
STALL = 250.0

# What the first page has no use for.
LATER = ("asyncio", "ssl", "dns", "cryptography", "clientcfg.flows.here", "clientcfg.flows.set_up")

AT_FIRST_PAINT = f"""
import sys
from PySide6.QtWidgets import QApplication
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window

class Painted(Window):
    def _load(self):
        print([name for name in {LATER!r} if name in sys.modules])
        self._load = lambda: None
        QApplication.exit(0)

app = QApplication(["clientcfg"])
wear(app)
window = Painted()
window.show()
app.exec()
"""


def too_long() -> dict[str, float]:
    """What stopped the window in one run, in milliseconds."""
    stalls = json.loads(child("-m", "tests.gui.full_run"))
    assert {"searching", "planning", "testing", "undoing"} <= set(stalls)
    # What other programs took from it is not the window's fault.
    own = {doing: stall["long"] - stall["queued"] for doing, stall in stalls.items()}
    return {doing: long for doing, long in own.items() if long > STALL}


@pytest.mark.timeout(360)
def test_a_whole_set_up_never_stops_the_window_for_long() -> None:
    """What is wrong is so each time; a machine that was busy for a moment is not."""
    tries = []
    for _try in range(3):
        tries.append(too_long())
        if not tries[-1]:
            return
    raise AssertionError(tries)


def test_the_first_paint_waits_for_nothing_that_comes_later() -> None:
    assert child("-c", AT_FIRST_PAINT) == "[]\n"
