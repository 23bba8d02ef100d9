# SPDX-License-Identifier: MPL-2.0
"""Nothing is cut off where words are longer, or larger: measured on every page.

In the languages that there are, in the font of the drawings: test_gui_every_page.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.cut_off import SIZES, cut_off, drawn_font, fit, show, wear_font
from tests.gui.pseudo import longer, pseudo
from tests.gui.screenshots import PAGES

pytestmark = pytest.mark.gui

# Held to real languages only: what stands there is about to become something else.
REBUILT: set[str] = set()


@pytest.fixture(autouse=True)
def font(qapp: QApplication) -> Iterator[None]:
    """The font of the drawings."""
    with drawn_font(14):
        yield
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("page", sorted(PAGES.keys() - REBUILT))
def test_longer_texts_and_mirrored(
    qapp: QApplication, open_window: Callable[..., Window], page: str
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with pseudo():
        window = open_window(scripted.QUESTION)
        show(window, page, SIZES[0])
        for size in SIZES:
            fit(window, size)
            assert cut_off(window) == [], size


@pytest.mark.parametrize("page", sorted(PAGES))
def test_larger_text(open_window: Callable[..., Window], page: str) -> None:
    wear_font(20)
    window = open_window(scripted.QUESTION)
    show(window, page, (1100, 720))
    assert cut_off(window) == []


@pytest.mark.parametrize(
    ("environ", "size"),
    [({"QT_SCALE_FACTOR": "2"}, "800x600"), ({"CLIENTCFG_TEST_FONT": "28"}, "1600x1200")],
)
def test_twice_as_large(environ: dict[str, str], size: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.cut_off", size],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stdout == f"ratio {environ.get('QT_SCALE_FACTOR', '1')}\n"


def test_the_pseudo_language_keeps_what_is_filled_in() -> None:
    assert longer("{n} of {total} &Undo").format(n=1, total=2).startswith("1 øf 2 &Undø")
    assert len(longer("Set up")) >= 8


@pytest.mark.parametrize("page", ["setup-4-review", "setup-4-guide", "setup-3-program"])
def test_a_page_that_nobody_touches_is_laid_out_once(
    qtbot: QtBot, qapp: QApplication, open_window: Callable[..., Window], page: str
) -> None:
    """Buttons that have lost their words do not ask for the next layout for ever."""
    window = open_window(scripted.QUESTION)
    show(window, page, (800, 600))
    qtbot.wait(50)
    seen = Counted()
    qapp.installEventFilter(seen)
    for _turn in range(50):
        qapp.processEvents()
    qapp.removeEventFilter(seen)
    assert seen.requests == 0


class Counted(QObject):
    """How often a layout was asked for."""

    requests = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.requests += event.type() == QEvent.Type.LayoutRequest
        return False
