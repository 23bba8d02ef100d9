# SPDX-License-Identifier: MPL-2.0
"""Files and pages for another machine: lines to type, marks, and what words mean."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from clientcfg.flows.here import Here
from clientcfg.gui.parts.frames import Card
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import Mono
from clientcfg.gui.setup import files
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from tests.gui import scripted as s
from tests.gui.cut_off import drawn_font, show

pytestmark = pytest.mark.gui

UNIX = "cp prefs.js prefs-before.js\ncat clientcfg-prefs.js >> prefs.js"
WINDOWS = "copy prefs.js prefs-before.js\ntype clientcfg-prefs.js >> prefs.js"


@pytest.fixture(autouse=True)
def font(theme: Theme) -> Iterator[None]:
    with drawn_font(14):
        yield


@pytest.fixture
def window(open_window: Callable[..., Window], shared_here: Here) -> Window:
    return open_window(s.QUESTION, shared_here)


def top(widget: QWidget, of: QWidget) -> int:
    return widget.mapTo(of, QPoint(0, 0)).y()


@pytest.mark.parametrize(("system", "first"), [("linux", UNIX), ("win", WINDOWS), ("mac", UNIX)])
def test_lines_to_type_are_one_block_and_those_of_this_system_come_first(
    window: Window, monkeypatch: pytest.MonkeyPatch, system: str, first: str
) -> None:
    monkeypatch.setattr(files, "SYSTEM", system)
    show(window, "setup-4-files", (1100, 720))
    page = window.set_up.handing.files
    blocks = sorted(page.findChildren(Mono), key=lambda block: top(block, page))
    assert blocks[0].toPlainText() == first
    assert len(blocks) == 3
    for block in blocks:
        assert block.verticalScrollBar().maximum() == 0
        assert block.accessibleName().endswith("type these two lines:")
    words = [label.text() for label in page.findChildren(QLabel)]
    assert not any(">> prefs.js" in text for text in words)


@pytest.mark.parametrize("page", ["setup-4-files", "setup-4-review", "setup-4-review-by-hand"])
def test_nothing_is_marked_as_not_known_that_is_known(window: Window, page: str) -> None:
    show(window, page, (1100, 720))
    shown = window.set_up.pages.currentWidget()
    assert shown is not None
    glyphs = [g for g in shown.findChildren(Glyph) if g.isVisibleTo(shown)]
    assert glyphs
    assert not [g for g in glyphs if g._name == "minus"]


def test_labels_of_a_guide_belong_to_what_is_below_them(window: Window) -> None:
    show(window, "setup-4-guide", (1100, 720))
    page = window.set_up.handing.guide
    cards = sorted(page.findChildren(Card), key=lambda card: top(card, page))
    labels = [w for w in page.findChildren(QLabel) if w.property("kind") == "label"]
    assert len(labels) == len(cards) == 3
    labels.sort(key=lambda label: top(label, page))
    for label, card in zip(labels, cards, strict=True):
        assert top(card, page) - top(label, page) - label.height() == 8
    for card, label in zip(cards, labels[1:], strict=False):
        assert top(label, page) - top(card, page) - card.height() == 24


def test_a_star_is_explained_before_the_first_one_and_once(window: Window) -> None:
    show(window, "setup-4-guide", (1100, 720))
    page = window.set_up.handing.guide
    told = [w for w in page.findChildren(QLabel) if "This word is not confirmed" in w.text()]
    stars = [w for w in page.findChildren(QLabel) if w.text().endswith("”*")]
    assert len(told) == 1
    assert stars
    assert all(top(told[0], page) < top(star, page) for star in stars)


def test_a_value_to_choose_begins_like_a_sentence_and_one_to_type_is_as_it_is(
    window: Window,
) -> None:
    show(window, "setup-4-guide", (1100, 720))
    page = window.set_up.handing.guide
    strong = [w.text() for w in page.findChildren(QLabel) if w.property("kind") == "strong"]
    assert "Password" in strong
    assert "password" not in strong
    assert {"imap.example.org", "ada@example.org"} <= set(strong)
