# SPDX-License-Identifier: MPL-2.0
"""Page 5: what is offered before the test message, while it is under way, and behind it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from clientcfg.flows.events import VerifyDone
from clientcfg.gui.setup.done import DonePage
from clientcfg.gui.setup.done_model import set_up_here
from clientcfg.gui.window import Window
from clientcfg.model.trouble import No
from tests.gui import scripted as s
from tests.gui.walk import DONE

pytestmark = pytest.mark.gui


@pytest.fixture
def done(open_window: Callable[..., Window]) -> DonePage:
    window = open_window(s.QUESTION)
    window.set_up.pages.setCurrentIndex(DONE)
    page = window.set_up.done
    page.begin(set_up_here(s.DONE, ("thunderbird",)), codes=True)
    QApplication.processEvents()
    return page


def offered(page: DonePage) -> list[str]:
    """What can be pressed now."""
    buttons = page.findChildren(QAbstractButton)
    return sorted(b.text() for b in buttons if b.isVisible() and b.isEnabled())


BEGUN = [
    "&Open Thunderbird",
    "&Send a test message",
    "&Undo",
    "Another pro&gram",
    "The same on m&y phone",
]


def test_a_running_test_can_be_stopped_and_taken_back_and_nothing_else(done: DonePage) -> None:
    assert offered(done) == BEGUN
    done.testing()
    assert offered(done) == ["&Undo", "Sto&p"]
    assert done.open.isVisible(), "it stands where it will be when the test has ended"
    assert done.open.toolTip() == "As soon as the test has ended."
    done.stopped()
    assert offered(done) == BEGUN
    assert done.open.toolTip() == ""
    assert done.leads is done.primary


def test_it_can_be_opened_where_it_stood(done: DonePage) -> None:
    done.testing()
    QApplication.processEvents()
    before = done.open.mapTo(done, QPoint(0, 0)).x() + done.open.width()
    done.tested(VerifyDone(True, True, True, True, "<x>", s.SMTP, s.IMAP), str(s.ADDRESS))
    QApplication.processEvents()
    assert done.leads is done.open
    assert done.open.mapTo(done, QPoint(0, 0)).x() + done.open.width() == before
    assert "&Send another" in offered(done)
    assert "Another pro&gram" in offered(done)


def test_a_test_that_failed_can_be_tried_again(done: DonePage) -> None:
    done.testing()
    done.test_failed(No("login-refused", "The server refused the password."))
    assert {"&Try again", "&Open Thunderbird", "Another pro&gram"} <= set(offered(done))
    assert done.leads is done.primary


def test_a_second_test_is_like_the_first(done: DonePage) -> None:
    for _turn in range(2):
        done.testing()
        assert offered(done) == ["&Undo", "Sto&p"]
        done.tested(VerifyDone(True, True, True, True, "<x>", s.SMTP, s.IMAP), str(s.ADDRESS))
        assert done.leads is done.open


def test_what_follows_the_head_has_its_edge(done: DonePage) -> None:
    def edge(widget: QWidget) -> int:
        return widget.mapTo(done, QPoint(0, 0)).x()

    assert done._note.isVisible()
    assert edge(done._note) == edge(done.head.title)
