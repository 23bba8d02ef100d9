# SPDX-License-Identifier: MPL-2.0
"""What moves: for how long, how seldom it is painted, and that it stops."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from clientcfg.gui.parts import motion, wire
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.motion import FRAME, Pace, breath, frames, is_still
from clientcfg.gui.parts.steps import StepRow
from clientcfg.gui.parts.wire import Wire
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.cut_off import wear_font
from tests.gui.screenshots import PAGES
from tests.gui.still import moving, stand_still

pytestmark = pytest.mark.gui

WAITING, WORKING, DONE = (("waiting",) * 3, ("working", "waiting", "waiting"), ("done",) * 3)


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1_200_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(motion, "now", made)
    monkeypatch.setattr(wire, "now", made)
    return made


@pytest.fixture
def lively(theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """A system that lets things move, in the font of the drawings."""
    wear_font(14)
    with moving(qapp):
        yield
    for widget in qapp.topLevelWidgets():
        widget.hide()
    # What was asked for comes to nothing.
    qtbot.waitUntil(lambda: frames().is_idle())


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        assert QTest.qWaitForWindowExposed(widget)
        return widget

    return show


def strength(widget: QWidget, where: QPoint, ink: QColor, ground: QColor) -> float:
    """How much of *ink* is mixed into *ground* there, from 0 to 1."""
    seen = widget.grab().toImage().pixelColor(where)
    return (seen.red() - ground.red()) / (ink.red() - ground.red())


def beside_the_tick(one: Wire) -> QPoint:
    """Inside the first station, where its tick is not."""
    return QPoint(2 + 8, one.height() // 2 - 5)


def test_a_station_lights_up_in_120_milliseconds(
    lively: None, clock: Clock, theme: Theme, qtbot: QtBot
) -> None:
    one = Wire(WAITING)
    qtbot.addWidget(one)
    ink, ground = theme.colour("accent"), theme.colour("page")
    one.light(("done", "waiting", "waiting"))
    seen = []
    for _moment in range(4):
        seen.append(strength(one, beside_the_tick(one), ink, ground))
        clock.now += 40
    assert seen == pytest.approx([0, 1 / 3, 2 / 3, 1], abs=0.03)


def test_what_is_lit_from_the_beginning_does_not_fade_in(
    lively: None, clock: Clock, theme: Theme, qtbot: QtBot
) -> None:
    one = Wire(DONE)
    qtbot.addWidget(one)
    ink, ground = theme.colour("accent"), theme.colour("page")
    assert strength(one, beside_the_tick(one), ink, ground) == 1


def test_the_working_ring_breathes(lively: None, clock: Clock, theme: Theme, qtbot: QtBot) -> None:
    one = Wire(WORKING)
    qtbot.addWidget(one)
    ink, ground = theme.colour("accent"), theme.colour("page")
    middle = QPoint(2 + 8, one.height() // 2)
    seen = []
    for _moment in range(5):
        seen.append(strength(one, middle, ink, ground))
        clock.now += 300
    assert seen == pytest.approx([1, 0.8, 0.6, 0.8, 1], abs=0.03)


def test_a_step_at_work_breathes_with_it(
    lively: None, clock: Clock, theme: Theme, qtbot: QtBot
) -> None:
    one = StepRow(None, "Sending", "", None)
    qtbot.addWidget(one)
    ink, ground = theme.colour("accent"), one.palette().window().color()
    clock.now += 600
    assert breath() == pytest.approx(0.6)
    assert strength(one, QPoint(6 + 10, 10), ink, ground) == pytest.approx(0.6, abs=0.03)


def test_where_the_system_wants_no_motion_all_is_there_at_once(
    clock: Clock, theme: Theme, qapp: QApplication, shown: Callable[[QWidget], QWidget]
) -> None:
    stand_still(qapp)
    wear_font(14)
    one = Wire(WAITING)
    shown(one)
    assert is_still(one)
    ink, ground = theme.colour("accent"), theme.colour("page")
    one.light(("done", "working", "waiting"))
    clock.now += 600
    assert strength(one, beside_the_tick(one), ink, ground) == 1
    assert strength(one, QPoint(2 + 68 + 8, one.height() // 2), ink, ground) == 1
    assert frames().is_idle()


def test_reduced_motion_is_asked_of_qt_where_qt_knows(
    lively: None, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Wire(WAITING)
    qtbot.addWidget(one)
    assert not is_still(one)
    for name, still in (("ReducedMotion", True), ("NoPreference", False)):
        told = type("Preference", (), {"name": name})
        hints = type("Hints", (), {"motionPreference": lambda _self, told=told: told})
        style = type("Style", (), {"accessibility": lambda _self, hints=hints: hints()})
        monkeypatch.setattr(QApplication, "styleHints", lambda style=style: style())
        assert is_still(one) is still


def test_painting_goes_on_while_something_moves_and_ends_with_it(
    lively: None, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    one = Wire(WORKING)
    shown(one)
    qtbot.waitUntil(lambda: not frames().is_idle())
    one.light(("done", "working", "waiting"))
    one.light(DONE)
    qtbot.waitUntil(lambda: frames().is_idle())


def test_nothing_is_painted_for_what_is_hidden(
    lively: None, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    one = Wire(WORKING)
    shown(one)
    qtbot.waitUntil(lambda: not frames().is_idle())
    one.hide()
    qtbot.waitUntil(lambda: frames().is_idle())
    one.show()
    qtbot.waitUntil(lambda: not frames().is_idle())


def test_nor_on_another_page_nor_out_of_sight(
    lively: None, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    pages, area, long = QStackedWidget(), QScrollArea(), QWidget()
    one = Wire(WORKING)
    long.setFixedSize(200, 2_000)
    one.setParent(long)
    area.setWidget(long)
    area.setFixedSize(300, 200)
    pages.addWidget(area)
    pages.addWidget(QLabel("another"))
    shown(pages)
    qtbot.waitUntil(lambda: not frames().is_idle())
    area.verticalScrollBar().setValue(1_000)
    qtbot.waitUntil(lambda: frames().is_idle())
    area.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: not frames().is_idle())
    pages.setCurrentIndex(1)
    qtbot.waitUntil(lambda: frames().is_idle())


def test_at_most_twenty_frames_a_second(qapp: QApplication, qtbot: QtBot) -> None:
    pace, came = Pace(), list[float]()

    def again() -> None:
        came.append(motion.now())
        pace.ask()
        pace.ask()

    pace.due.connect(again)
    again()
    qtbot.waitUntil(lambda: len(came) > 6)
    gaps = [later - before for before, later in pairwise(came[1:])]
    # Timers count whole milliseconds.
    assert min(gaps) > FRAME - 1


def test_the_picture_is_told_twenty_times_a_second_however_fast_answers_come(
    theme: Theme, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    PAGES["setup-2-servers-progress"](window)
    page = window.set_up.servers
    told: list[float] = []
    page.progress._news.due.connect(lambda: told.append(motion.now()))
    began, heard = motion.now(), 0

    def hear() -> bool:
        nonlocal heard
        heard += 1
        page.watch(object())
        return motion.now() - began > 400

    qtbot.waitUntil(hear)
    assert heard > len(told)
    assert len(told) <= 2 + (motion.now() - began) / FRAME


def test_nothing_loops_after_the_answer(
    lively: None, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    PAGES["setup-2-servers-progress"](window)
    qtbot.waitUntil(lambda: not frames().is_idle())
    PAGES["setup-2-servers-done"](window)
    qtbot.waitUntil(lambda: frames().is_idle())
    PAGES["setup-5-done-progress"](window)
    qtbot.waitUntil(lambda: not frames().is_idle())
    PAGES["setup-5-done-tested"](window)
    qtbot.waitUntil(lambda: frames().is_idle())


@pytest.fixture
def drawer(theme: Theme, shown: Callable[[QWidget], QWidget]) -> Iterator[Drawer]:
    """A closed one at the side of a window."""
    window = QWidget()
    window.resize(900, 400)
    one = Drawer("Proof")
    one.setParent(window)
    one.setGeometry(500, 0, 400, 400)
    shown(window)
    yield one


def running(one: Drawer) -> bool:
    return one._slide.state() is QAbstractAnimation.State.Running


def test_a_drawer_comes_in_from_its_side(lively: None, drawer: Drawer) -> None:
    drawer.show()
    assert running(drawer)
    drawer._slide.pause()
    places = []
    for moment in (0, 40, 80, 120, 160):
        drawer._slide.setCurrentTime(moment)
        places.append(drawer._sheet.x())
    assert places[0] == drawer.width()
    assert places[-1] == 0
    # It slows down.
    steps = [before - after for before, after in pairwise(places)]
    assert steps == sorted(steps, reverse=True)
    assert min(steps) > 0


def test_mirrored_it_comes_from_the_other(lively: None, drawer: Drawer) -> None:
    drawer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    drawer.show()
    drawer._slide.pause()
    drawer._slide.setCurrentTime(0)
    assert drawer._sheet.x() == -drawer.width()


def test_it_is_open_in_the_end(lively: None, drawer: Drawer, qtbot: QtBot) -> None:
    drawer.show()
    qtbot.waitUntil(lambda: not running(drawer))
    assert drawer._sheet.geometry() == drawer.rect()


def test_laid_out_meanwhile_it_stays_where_it_is(
    lively: None, drawer: Drawer, qtbot: QtBot
) -> None:
    drawer.show()
    drawer._slide.pause()
    drawer._slide.setCurrentTime(80)
    drawer._slide.resume()
    off = drawer._slide.currentValue()
    drawer.resize(390, 300)
    assert drawer._sheet.x() == off > 0
    qtbot.waitUntil(lambda: not running(drawer))
    assert drawer._sheet.geometry() == drawer.rect()


def test_closed_meanwhile_nothing_moves_unseen(lively: None, drawer: Drawer) -> None:
    drawer.show()
    drawer.hide()
    assert not running(drawer)
    assert drawer._sheet.x() == 0


def test_a_page_that_comes_back_brings_its_drawer_as_it_was(lively: None, drawer: Drawer) -> None:
    drawer.show()
    window = drawer.window()
    window.hide()
    assert not running(drawer)
    window.show()
    assert drawer.isVisible()
    assert not running(drawer)


def test_without_motion_it_is_open_at_once(
    theme: Theme, qapp: QApplication, drawer: Drawer
) -> None:
    stand_still(qapp)
    drawer.show()
    assert not running(drawer)
    assert drawer._sheet.x() == 0
