# SPDX-License-Identifier: MPL-2.0
"""Colours, icons, and that pages can be drawn in both schemes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTransform
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clientcfg.gui.icons import LEADING, app_icon, pixmap
from clientcfg.gui.theme import Theme, colours, style_sheet
from clientcfg.gui.theme import theme as worn_now
from clientcfg.gui.window import Window
from clientcfg.rooms import resource_path
from clientcfg.words import _
from tests.gui import scripted
from tests.gui.contrast_pairs import TEXTS, contrast
from tests.gui.screenshots import MANNERS, PAGES, pictures

pytestmark = pytest.mark.gui


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(dark: bool) -> None:
    tokens = colours(dark=dark)
    for text, ground, least in TEXTS:
        found = contrast(tokens[text], tokens[ground])
        assert found >= least, f"{text} on {ground}: {found:.2f}"


def test_every_pair_of_the_style_sheet_is_in_the_table() -> None:
    sheet = "".join(resource_path(n).read_text("utf-8") for n in ("theme.qss", "window.qss"))
    known = {(ink, ground) for ink, ground, _least in TEXTS}
    pairs = set()
    for rule in re.findall(r"\{((?:[^{}]|\{[a-z0-9-]+\})*)\}", sheet):
        ink = re.search(r"(?<![a-z-])color:\{([a-z0-9-]+)\}", rule)
        ground = re.search(r"background:\{([a-z0-9-]+)\}", rule)
        if ink and ground:
            pairs.add((ink[1], ground[1]))
    assert len(pairs) > 4
    assert pairs <= known


def test_the_style_sheet_is_filled_and_grows_with_the_font() -> None:
    tokens = colours(dark=False)
    sheet = style_sheet(tokens, 1.0)
    assert "min-height:34px" in sheet
    assert "min-height:68px" in style_sheet(tokens, 2.0)
    assert "{accent}" not in sheet
    assert tokens["accent"] in sheet


def test_light_and_dark_are_followed_live(theme: Theme) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.dark))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colour("page").name().upper() == colours(dark=True)["page"]
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colour("page").name().upper() == colours(dark=False)["page"]
    assert heard == [True, False]


@pytest.mark.parametrize("name", sorted(p.stem for p in resource_path("icons").glob("*.svg")))
def test_every_icon_is_drawn_in_the_colour_asked_for(theme: Theme, name: str) -> None:
    image = pixmap(name, "accent", 20).toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert "#000000" not in seen
    assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


def test_the_app_icon_loads(theme: Theme) -> None:
    assert not app_icon().pixmap(16, 16).isNull()


def test_every_page_is_drawn_in_both_schemes(theme: Theme, tmp_path: Path) -> None:
    some = {name: PAGES[name] for name in ("setup-1-address", "setup-3-program", "setup-4-review")}
    schemes = {word: MANNERS[word] for word in ("light", "dark")}
    written = pictures(tmp_path, some, schemes)
    assert sorted(p.name for p in written) == sorted(
        f"{name}.{scheme}.png" for name in some for scheme in schemes
    )
    assert all(p.stat().st_size > 5_000 for p in written)


def test_a_drawer_covers_a_narrow_page_and_leads_back(
    theme: Theme, open_window: Callable[..., Window]
) -> None:
    font = QFont()
    font.setPixelSize(14)
    QApplication.setFont(font)
    theme.wear(dark=False)
    window = open_window(scripted.QUESTION)
    PAGES["setup-2-servers-done"](window)
    page = window.set_up.servers
    assert page.area.isVisible()
    assert page.drawer.width() == page.drawer.wide
    window.resize(800, 600)
    QApplication.processEvents()
    assert not page.area.isVisible()
    assert page.drawer.width() == page.width()
    page.drawer.close_button.click()
    assert page.area.isVisible()


@pytest.mark.parametrize("name", sorted(LEADING | {"lock", "check", "verdict-ready", "eye"}))
def test_what_leads_is_mirrored_and_nothing_else(name: str, theme: Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual = pixmap(name, "text", 20).toImage()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = pixmap(name, "text", 20).toImage()
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert mirrored == (usual.transformed(QTransform().scale(-1, 1)) if name in LEADING else usual)
    assert pixmap(name, "text", 20).toImage() == usual


def test_a_scroll_bar_lies_in_the_air_at_the_side(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    page = window.set_up.servers
    PAGES["setup-2-error-certificate"](window)
    card, bar = page.certificate, page.area.verticalScrollBar()

    def end() -> int:
        return card.mapTo(page, card.rect().topRight()).x()

    window.resize(1100, 2000)
    qtbot.waitUntil(lambda: not bar.isVisible())
    without = end()
    window.resize(1100, 640)
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: end() == without)


def test_the_names_of_stations_do_not_touch(
    language: str, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(scripted.QUESTION)
    PAGES["setup-2-servers-progress"](window)
    page = window.set_up.servers.progress
    words = [_("Reached"), _("Encrypted"), _("Answered")]

    def heads() -> list[QLabel]:
        labels = page.findChildren(QLabel)
        return [w for word in words for w in labels if w.text() == word and w.isVisible()]

    qtbot.waitUntil(lambda: len(heads()) == 3)
    for head in heads():
        assert head.fontMetrics().horizontalAdvance(head.text()) + 4 <= worn_now().px(68)
