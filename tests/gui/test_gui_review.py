# SPDX-License-Identifier: MPL-2.0
"""Page 4 with a plan that is written down: rows, the strip, and the field for the password."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clientcfg.gui.parts.text import Elided
from clientcfg.gui.setup import review_steps
from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.theme import Theme
from clientcfg.gui.window import Window
from clientcfg.model.trouble import No, Refused
from tests.gui import scripted as s
from tests.gui.cut_off import drawn_font, fit
from tests.gui.walk import REVIEW, WAIT

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True)
def font(theme: Theme) -> Iterator[None]:
    with drawn_font(14):
        yield


@pytest.fixture
def review(open_window: Callable[..., Window]) -> ReviewPage:
    window = open_window(s.QUESTION)
    window.set_up.pages.setCurrentIndex(REVIEW)
    page = window.set_up.review
    page.begin("Thunderbird", None)
    page.tell(replace(s.reviewed(running=True), keeping=s.keeping().keeping))
    return page


def said(page: ReviewPage) -> list[str]:
    return [label.text() for label in page.card.findChildren(QLabel)]


def test_folders_have_a_row_where_they_are_set(review: ReviewPage, qtbot: QtBot) -> None:
    assert said(review)[-3:] == ["Folders", "Sent, Drafts, Templates", "Kept on the server"]
    plan = replace(s.reviewed().plan, folders=None)
    review.tell(replace(s.reviewed(), plan=plan))
    # The rows of before are gone with the next turn.
    qtbot.waitUntil(lambda: len(said(review)) == 9, timeout=WAIT)
    assert "Folders" not in said(review)


def test_strip_and_button_follow_the_program(review: ReviewPage) -> None:
    assert review.strip.isVisible()
    assert review.primary.text() == "&Wait and set up"
    review.tell_running(False)
    assert review.strip.isHidden()
    assert review.primary.text() == "&Set up now"
    review.tell_running(True)
    assert review.strip.sentence.text() == "Thunderbird is open."
    assert review.stop_waiting.isHidden()


def test_that_it_was_open_is_no_trouble_once_it_is_closed(review: ReviewPage) -> None:
    review.fail(Refused("client-running", "Thunderbird is open."))
    assert review.banner.isVisible()
    review.tell_running(False)
    assert review.banner.isHidden()
    review.fail(No("login-refused", "The server refused the password."))
    review.tell_running(True)
    review.tell_running(False)
    assert review.banner.isVisible(), "only what has passed goes"


def test_the_password_comes_into_sight_where_it_is_wanted(review: ReviewPage, qtbot: QtBot) -> None:
    review.window().resize(800, 600)
    review.keep.setChecked(True)
    field = review.password.edit

    def whole() -> bool:
        return field.visibleRegion().boundingRect().height() == field.height()

    qtbot.waitUntil(whole, timeout=WAIT)


def in_sight(page: ReviewPage) -> str:
    """Everything that can be read."""
    return "\n".join(w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page))


def test_where_the_password_goes_is_said_once(review: ReviewPage) -> None:
    words = in_sight(review)
    assert words.count("password once") == 1
    assert "password store" not in words
    assert "With your password" in words
    review.keep.setChecked(True)
    words = in_sight(review)
    assert words.count("password store") == 1
    assert "password once" not in words
    assert "With the password below" in words
    assert review.keep.text() == "Set the &password for ada@example.org, too"
    assert review.password.edit.accessibleName() == "Password for ada@example.org"


def test_what_is_added_stands_below_the_title_and_nowhere_else(review: ReviewPage) -> None:
    words = in_sight(review)
    assert words.count("Adds the account ada@example.org.") == 1
    assert "Adds the account ada@example.org. Nothing is changed yet." in words
    review.tell(replace(s.reviewed(), plan=replace(s.reviewed().plan, steps=())))
    assert "Nothing has to be changed." in in_sight(review)
    assert "Nothing is changed yet" not in in_sight(review)


def test_all_of_it_is_in_sight_in_the_window_of_the_beginning(review: ReviewPage) -> None:
    window = review.window()
    assert isinstance(window, Window)
    review.keep.setChecked(True)
    fit(window, (1100, 720))
    assert review.strip.isVisible()
    assert review.area.verticalScrollBar().maximum() == 0
    below = review.password.below
    ends = below.mapTo(review, QPoint(0, below.height())).y()
    assert review.strip.y() - ends >= 24

    def values() -> set[int]:
        return {one.caption.mapTo(window, QPoint(0, 0)).x() for one in review.card.rows}

    # As it is drawn; the card has a pixel more than its border.
    assert values() == {461 + 1}
    assert review.password.edit.width() == 560
    # With the drawer beside it, values get the room of the names.
    review.show_exact.click()
    fit(window, (1100, 720))
    (value,) = values()
    assert value < 400


def test_it_begins_at_its_top_whatever_was_in_sight_before(
    review: ReviewPage, qtbot: QtBot
) -> None:
    review.window().resize(800, 600)
    review.keep.setChecked(True)
    bar = review.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=WAIT)
    review.tell(s.reviewed(running=True))
    assert bar.value() == 0


def test_the_words_below_the_field_have_air_when_it_comes_into_sight(
    review: ReviewPage, qtbot: QtBot
) -> None:
    review.window().resize(800, 600)
    review.keep.setChecked(True)
    below = review.password.below

    def air() -> int:
        return review.strip.y() - below.mapTo(review, QPoint(0, below.height())).y()

    qtbot.waitUntil(lambda: air() >= 23, timeout=WAIT)


def test_folders_wrap_and_names_of_hosts_do_not(review: ReviewPage) -> None:
    cut = {label.accessibleName() for label in review.card.findChildren(Elided)}
    assert cut == {"smtp.example.org", "imap.example.org", "ada@example.org"}


def test_the_open_program_is_brought_to_the_front_where_that_is_known(
    open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []
    command = ("/usr/lib/thunderbird/thunderbird", "--profile", "/home/ada/p")
    known: list[tuple[str, ...] | None] = [command]
    monkeypatch.setattr(review_steps, "to_front", lambda _installation, _here: known[0])
    monkeypatch.setattr(review_steps, "start", started.append)
    window = open_window(s.QUESTION)
    window.set_up.pages.setCurrentIndex(REVIEW)
    page, steps = window.set_up.review, window.set_up.review_steps
    page.begin("Thunderbird", None)
    steps._planned(s.reviewed(running=True))
    assert page.bring.isVisible()
    page.bring.click()
    assert started == [command]
    page.waiting("Thunderbird")
    assert page.bring.isVisible() and page.stop_waiting.isVisible()
    known[0] = None
    steps._planned(s.reviewed(running=True))
    assert page.strip.isVisible()
    assert not page.bring.isVisible()
