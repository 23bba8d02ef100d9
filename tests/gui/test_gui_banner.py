# SPDX-License-Identifier: MPL-2.0
"""Banners and strips: how high they are, and where the shape stands beside the words."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.text import button
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from tests.gui import scripted as s
from tests.gui.cut_off import drawn_font, fit, show

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True)
def font(theme: Theme) -> Iterator[None]:
    with drawn_font(14):
        yield


@pytest.fixture
def made(qtbot: QtBot) -> Callable[..., Banner]:
    def make(role: str, *words: str, buttons: int = 0, wide: int = 600) -> Banner:
        banner = Banner(role, beside=role == "strip")
        qtbot.addWidget(banner)
        for number in range(buttons):
            banner.buttons.addWidget(button(f"Button {number}", banner.hide, "small"))
        banner.tell("update", *words)
        banner.resize(wide, banner.heightForWidth(wide))
        QApplication.processEvents()
        return banner

    return make


def middle(banner: Banner, widget: QWidget) -> int:
    return QRect(widget.mapTo(banner, QPoint(0, 0)), widget.size()).center().y()


@pytest.mark.parametrize("buttons", [0, 1])
@pytest.mark.parametrize(("role", "high"), [("banner", 44), ("strip", 56)])
def test_one_line_has_its_shape_in_the_middle(
    made: Callable[..., Banner], role: str, high: int, buttons: int
) -> None:
    banner = made(role, "Did you mean gmail.com?", buttons=buttons)
    assert banner.height() == high
    assert middle(banner, banner._shape) == middle(banner, banner.sentence) == (high - 1) // 2


@pytest.mark.parametrize("role", ["banner", "strip"])
def test_several_lines_have_it_at_the_first(made: Callable[..., Banner], role: str) -> None:
    banner = made(role, "First.", "What more there is to say. " * 12)
    assert banner.height() > 80
    assert abs(middle(banner, banner._shape) - middle(banner, banner.sentence)) <= 1


def test_a_sentence_stands_out_only_from_another_one(made: Callable[..., Banner]) -> None:
    assert made("banner", "Alone.").sentence.property("kind") == "body"
    assert made("banner", "First.", "Second.").sentence.property("kind") == "strong"


def test_a_hint_is_no_verdict(made: Callable[..., Banner]) -> None:
    banner = made("banner", "Did you mean gmail.com?")
    assert (banner._shape._name, banner._shape._token) == ("warn", "update")
    banner.tell("wait", "Waiting for a connection.")
    assert banner._shape._name == "wait"
    assert banner.property("tint") == "unknown"
    banner.tell("no", "It was refused.")
    assert banner._shape._name == "verdict-no"


@pytest.mark.parametrize("wide", [1100, 800])
def test_a_strip_begins_where_its_page_does(open_window: Callable[..., Window], wide: int) -> None:
    window = open_window(s.QUESTION)
    show(window, "setup-4-review", (wide, 720))
    fit(window, (wide, 720))
    page = window.set_up.review
    shape = page.strip._shape.mapTo(window, QPoint(0, 0)).x()
    assert shape == page.back_button.mapTo(window, QPoint(0, 0)).x()
    assert shape == page.head.mapTo(window, QPoint(0, 0)).x()
    assert page.strip.height() == 56
