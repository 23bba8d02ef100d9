# SPDX-License-Identifier: MPL-2.0
"""Page 4 with a plan that is written down: rows, the strip, and the field for the password."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.window import Window
from clientcfg.model.trouble import No, Refused
from tests.gui import scripted as s
from tests.gui.walk import REVIEW, WAIT

pytestmark = pytest.mark.gui


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
