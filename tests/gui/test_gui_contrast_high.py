# SPDX-License-Identifier: MPL-2.0
"""High contrast: no colour of ours anywhere, and lines where colours told something."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clientcfg.gui import theme as theme_module
from clientcfg.gui.high_contrast import tokens_of
from clientcfg.gui.parts.frames import Card
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.mono import Mono
from clientcfg.gui.system import System, wants_contrast
from clientcfg.gui.theme import Theme, colours
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.contrast_pairs import TEXTS, contrast
from tests.gui.screenshots import PAGES, black_and_yellow

pytestmark = pytest.mark.gui

YELLOW, BLACK, LIME = "#FFFF00", "#000000", "#00FF00"


@pytest.fixture
def worn(theme: Theme) -> Theme:
    theme.wear(dark=False, contrast=black_and_yellow())
    return theme


def two(ink: str, ground: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    palette.setColor(QPalette.ColorRole.Window, QColor(ground))
    return palette


def test_every_token_has_a_role() -> None:
    assert tokens_of(QPalette()).keys() == colours(dark=False).keys()


@pytest.mark.parametrize(
    ("ink", "ground"), [(YELLOW, BLACK), ("#FFFFFF", BLACK), (BLACK, "#FFFFFF"), (LIME, BLACK)]
)
def test_whatever_stands_on_anything_has_the_contrast_of_the_system(ink: str, ground: str) -> None:
    tokens = tokens_of(two(ink, ground))
    for text, below, _least in TEXTS:
        assert contrast(tokens[text], tokens[below]) == contrast(ink, ground), (text, below)


def test_the_palette_is_the_systems(worn: Theme) -> None:
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.WindowText):
        assert QApplication.palette().color(role) == black_and_yellow().color(role)


def foreign(image: QImage, without: QRect) -> set[str]:
    """Colours in *image* that are no mixture of black with yellow, nor with lime."""
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            if not without.contains(x, y):
                found.add(image.pixel(x, y))
    colours_seen = (QColor(pixel) for pixel in found)
    return {c.name() for c in colours_seen if c.blue() > 2 or c.red() > c.green() + 2}


@pytest.mark.parametrize(
    "page",
    [
        "setup-2-servers-progress",
        "setup-2-servers-done",
        "setup-2-error-certificate",
        "setup-3-program",
        "setup-4-review-diff",
        "setup-5-done-progress",
        "check-server-report",
        "check-server-what-if",
        "check-server-conversation",
        "history",
    ],
)
def test_a_page_shows_the_systems_colours_and_no_others(
    worn: Theme, open_window: Callable[..., Window], page: str
) -> None:
    window = open_window(scripted.QUESTION)
    PAGES[page](window)
    for _turn in range(6):
        QApplication.processEvents()
    # The caret is Qt's: whatever it stands on, turned round.
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    # The app's own icon keeps its colours.
    icon = window.rail.findChild(QLabel)
    assert icon is not None
    own = QRect(icon.mapTo(window, QPoint(0, 0)), icon.size())
    assert foreign(window.grab().toImage(), own) == set()


def edge(widget: QWidget) -> set[str]:
    """The colours along its left edge, where it is straight."""
    image = widget.grab().toImage()
    middle = range(image.height() // 3, image.height() * 2 // 3)
    return {image.pixelColor(0, y).name().upper() for y in middle}


def transcript() -> Mono:
    shown = Mono("What it said", "220 smtp.example.org ESMTP")
    shown.show_lines(3)
    return shown


@pytest.mark.parametrize("made", [lambda: Badge("ready", "Ready"), Card, transcript])
def test_cards_badges_and_transcripts_have_a_border(
    worn: Theme, qtbot: QtBot, made: Callable[[], QWidget]
) -> None:
    widget = made()
    qtbot.addWidget(widget)
    if isinstance(widget, Card):
        widget.fill([QLabel("words")])
        widget.resize(200, 80)
    assert edge(widget) == {YELLOW}
    worn.wear(dark=False)
    assert YELLOW not in edge(widget)


def test_shapes_stay(worn: Theme, qtbot: QtBot) -> None:
    pictures = set()
    for kind in ("ready", "step", "update", "bridge", "no", "unknown"):
        badge = Badge(kind, "")
        qtbot.addWidget(badge)
        image = badge.grab().toImage()
        pictures.add(bytes(image.constBits()))
        assert image.size() == QSize(badge.size())
    assert len(pictures) == 6


def test_parts_of_a_time_differ_without_colours(worn: Theme) -> None:
    styles = {worn.brush(f"time-{n}").style() for n in range(1, 5)}
    assert len(styles) == 4
    assert worn.joint("accent", 1.5, lit=True).style() is Qt.PenStyle.SolidLine
    assert worn.joint("accent", 1.5, lit=False).style() is Qt.PenStyle.DotLine
    worn.wear(dark=False)
    assert {worn.brush(f"time-{n}").style() for n in range(1, 5)} == {Qt.BrushStyle.SolidPattern}
    assert worn.joint("accent", 1.5, lit=False).style() is Qt.PenStyle.SolidLine


def test_it_comes_and_goes_while_the_window_is_open(
    theme: Theme,
    open_window: Callable[..., Window],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = open_window(scripted.QUESTION)
    high = System(contrast=black_and_yellow())
    for now, page in ((high, BLACK), (System(), colours(dark=False)["page"])):
        monkeypatch.setattr(theme_module, "read_system", lambda *_, now=now: now)
        QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
        qtbot.waitUntil(partial(is_page, theme, page))
        assert theme.high_contrast is (now is high)
        assert window.grab().toImage().pixelColor(window.width() - 3, 200).name().upper() == page


def is_page(theme: Theme, colour: str) -> bool:
    return theme.colour("page").name().upper() == colour


def hints(preference: object) -> object:
    return SimpleNamespace(accessibility=lambda: SimpleNamespace(contrastPreference=preference))


def test_it_is_asked_of_qt_where_qt_knows() -> None:
    # PySide 6.8 and 6.9 do not.
    assert not wants_contrast(SimpleNamespace())
    names = getattr(Qt, "ContrastPreference", None)
    if names is None:
        return
    assert wants_contrast(hints(lambda: names.HighContrast))
    assert not wants_contrast(hints(lambda: names.NoPreference))
