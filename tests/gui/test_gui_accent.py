# SPDX-License-Identifier: MPL-2.0
"""The system's accent: read, moved until it can be read, followed."""

import colorsys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientcfg.gui import theme as theme_module
from clientcfg.gui.accent import accented
from clientcfg.gui.system import System, accent_in, read_system
from clientcfg.gui.theme import Theme, colours
from clientcfg.gui.window import Window
from tests.gui import scripted
from tests.gui.contrast_pairs import TEXTS, contrast

pytestmark = pytest.mark.gui

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02X}{:02X}{:02X}".format(*rgb))
OF_THE_ACCENT = {
    "accent", "accent-hover", "accent-pressed", "accent-tint", "on-accent", "focus",
}  # fmt: skip
BLUE = "#3DAEE9"


def mixed(colour: str, other: str, share: float) -> str:
    one, two = QColor(colour), QColor(other)
    parts = [
        round(a + (b - a) * share)
        for a, b in zip(one.getRgb()[:3], two.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts).name().upper()


@given(COLOURS, st.booleans())
@example("#FFFFFF", True)
@example("#FFFFFF", False)
@example("#000000", True)
@example("#000000", False)
@example("#FFFF00", False)
@example("#0000FF", True)
def test_any_accent_stands_out_wherever_it_is_used(accent: str, dark: bool) -> None:
    tokens = accented(colours(dark=dark), accent, dark=dark)
    for text, ground, least in TEXTS:
        found = contrast(tokens[text], tokens[ground])
        assert found >= least, f"{text} on {ground}: {found:.2f}"


@given(COLOURS, st.booleans())
def test_nothing_but_the_accent_changes(accent: str, dark: bool) -> None:
    before = colours(dark=dark)
    after = accented(before, accent, dark=dark)
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} <= OF_THE_ACCENT


@given(COLOURS, st.booleans())
def test_only_its_lightness_moves_and_only_away_from_the_page(accent: str, dark: bool) -> None:
    moved = accented(colours(dark=dark), accent, dark=dark)["accent"]
    (hue, lightness, _), (hue_now, lightness_now, _) = (
        colorsys.rgb_to_hls(*(part / 255 for part in QColor(colour).getRgb()[:3]))  # type: ignore[index]
        for colour in (accent, moved)
    )
    assert lightness_now >= lightness - 0.01 if dark else lightness_now <= lightness + 0.01
    if min(contrast(moved, "#000000"), contrast(moved, "#FFFFFF")) > 1.5:
        around = abs(hue - hue_now)
        grey = len(set(QColor(accent).getRgb()[:3])) == 1 or _pale(moved)  # type: ignore[index]
        assert grey or min(around, 1 - around) < 0.06


def _pale(colour: str) -> bool:
    """So little of a hue that 8 bits do not hold it."""
    made = QColor(colour)
    parts = (made.red(), made.green(), made.blue())
    return max(parts) - min(parts) < 24


@pytest.mark.parametrize("dark", [False, True])
def test_our_own_accent_needs_no_help(dark: bool) -> None:
    ours = colours(dark=dark)
    assert accented(ours, ours["accent"], dark=dark)["accent"] == ours["accent"]


def test_hover_and_pressed_go_towards_black_and_in_the_dark_towards_white() -> None:
    for dark, towards in ((False, "#000000"), (True, "#FFFFFF")):
        tokens = accented(colours(dark=dark), BLUE, dark=dark)
        assert tokens["accent-hover"] == mixed(tokens["accent"], towards, 0.12)
        assert tokens["accent-pressed"] == mixed(tokens["accent"], towards, 0.24)
        assert tokens["focus"] == tokens["accent"]


def test_the_tint_is_the_accent_thinned_over_the_page() -> None:
    for dark, share in ((False, 0.14), (True, 0.22)):
        tokens = accented(colours(dark=dark), BLUE, dark=dark)
        assert tokens["accent-tint"] == mixed(tokens["page"], tokens["accent"], share)


def test_what_stands_on_it_is_white_or_our_deep_colour() -> None:
    assert accented(colours(dark=False), BLUE, dark=False)["on-accent"] == "#FFFFFF"
    assert accented(colours(dark=True), BLUE, dark=True)["on-accent"] == "#06262D"


def test_fusions_own_accent_is_none(theme: Theme, qapp: QApplication) -> None:
    qapp.setPalette(QPalette())
    assert read_system(qapp, Qt.ColorScheme.Unknown) == System()


def test_the_accent_is_read_from_the_palette(theme: Theme, qapp: QApplication) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Accent, QColor(BLUE))
    qapp.setPalette(palette)
    assert read_system(qapp, Qt.ColorScheme.Dark) == System(dark=True, accent=BLUE.lower())


def test_a_palette_that_was_made_up_from_grounds_has_none(qapp: QApplication) -> None:
    # As Qt makes it for a desktop that names no colours.
    made = QPalette(QColor("#DFDCD9"), QColor("#D6D2D0"))
    assert made.color(QPalette.ColorRole.Accent) == QColor("#FFFFFF")
    assert accent_in(made, QPalette()) is None


def settle() -> None:
    for _turn in range(8):
        QApplication.processEvents()


def test_another_accent_is_followed_once(
    theme: Theme,
    open_window: Callable[..., Window],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = open_window(scripted.QUESTION)
    read: list[Qt.ColorScheme] = []

    def blue(_app: QApplication, scheme: Qt.ColorScheme) -> System:
        read.append(scheme)
        return System(accent=BLUE)

    monkeypatch.setattr(theme_module, "read_system", blue)
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.colour("accent").name().upper()))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    expected = accented(colours(dark=False), BLUE, dark=False)["accent"]
    qtbot.waitUntil(lambda: heard == [expected])
    role = QPalette.ColorRole.Accent
    assert QApplication.palette().color(role).name().upper() == expected
    assert window.palette().color(role).name().upper() == expected
    # What we put on ourselves is no reason to look again.
    settle()
    assert len(read) == 1
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    settle()
    assert len(read) == 2
    assert heard == [expected]


def test_a_palette_of_somebody_else_is_taken_off_again(
    theme: Theme, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    open_window(scripted.QUESTION)
    other = QPalette(QColor("red"))
    QApplication.setPalette(other)
    page = theme.colour("page")
    qtbot.waitUntil(lambda: QApplication.palette().color(QPalette.ColorRole.Window) == page)


def test_what_is_worn_by_hand_stays(
    theme: Theme, open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_window(scripted.QUESTION)
    read: list[object] = []
    monkeypatch.setattr(theme_module, "read_system", read.append)
    theme.wear(dark=True, accent=BLUE)
    settle()
    assert theme.dark
    assert read == []
