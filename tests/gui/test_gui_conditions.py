# SPDX-License-Identifier: MPL-2.0
"""Bad conditions: no network, a log-in page in the way, a store that is locked.

A profile that is in use: test_gui_unhappy_paths. No display, no library: test_gui_screens.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from clientcfg.demo.machine import DemoMachine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.events import EndpointAnswered, Probing
from clientcfg.flows.network import NotConnected, log_in_page
from clientcfg.flows.password_store import Kept, StoreState
from clientcfg.flows.question import Question
from clientcfg.gui.parts.elapsed import Elapsed
from clientcfg.gui.parts.field import PasswordField
from clientcfg.gui.setup.servers_model import Kind
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window
from clientcfg.model.connection import Connection
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.secret import Secret
from tests.gui import scripted
from tests.gui.walk import SERVERS, WAIT, concluded, step, to_done, to_review, to_servers

pytestmark = pytest.mark.gui

Open = Callable[..., Window]
DEAF = Nameserver("127.0.0.1", 9)
OFFLINE = "This computer is not connected to the internet."


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Callable[[NotConnected | None], None]:
    """What the network turns out to be, where nobody could be reached."""

    def be(trouble: NotConnected | None) -> None:
        async def said(*_of_what: object, **_how: object) -> NotConnected | None:
            return trouble

        monkeypatch.setattr("clientcfg.flows.probe.network_trouble", said)

    return be


def test_no_network_is_said_and_tried_again(
    open_window: Open,
    qtbot: QtBot,
    question: Question,
    network: Callable[[NotConnected | None], None],
) -> None:
    network(NotConnected(Connection.OFFLINE, f"{OFFLINE} That says nothing.", "Connect."))
    # Nobody listens there; the demo's own name server comes when the network is back.
    window = open_window(replace(question, nameserver=DEAF))
    assert to_servers(window, qtbot) is Kind.TROUBLE
    page = window.set_up.servers
    assert page.head.title.text() == OFFLINE
    assert page.trouble.waiting.isVisible()
    assert page.head.kind == "unknown"
    assert page.trouble.try_now.isVisible()
    assert not page.primary.isVisible()
    window.set_up.servers_steps.question = question
    page.trouble.try_now.click()
    assert step(window) == SERVERS
    assert concluded(window, qtbot) is Kind.GOOD


def test_a_log_in_page_in_the_way_is_said(
    open_window: Open,
    qtbot: QtBot,
    question: Question,
    network: Callable[[NotConnected | None], None],
) -> None:
    network(log_in_page())
    window = open_window(replace(question, nameserver=DEAF))
    assert to_servers(window, qtbot) is Kind.TROUBLE
    page = window.set_up.servers
    assert page.head.title.text() == "This network wants a click first."
    assert page.head.kind == "unknown"
    assert page.trouble.waiting.isVisible()
    assert page.trouble.try_now.isVisible()


@pytest.mark.parametrize("state", list(StoreState))
def test_the_store_is_asked_before_the_person(
    open_window: Open,
    qtbot: QtBot,
    question: Question,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    state: StoreState,
) -> None:
    asked: list[str] = []

    async def kept(username: str) -> Kept:
        asked.append(username)
        return Kept(state)

    monkeypatch.setattr("clientcfg.gui.engine.kept_password", kept)
    window = open_window(question)
    to_done(window, qtbot)
    done = window.set_up.done
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    assert asked == [str(world.address)]
    below = done.field.below.text()
    assert below.endswith("For this test only; it is not kept.")
    assert ("is locked" in below) is (state is StoreState.LOCKED)
    assert ("no password store" in below) is (state is StoreState.MISSING)
    QTest.keyClicks(done.field.edit, world.password.reveal())
    done.log_in.click()
    qtbot.waitUntil(lambda: done.head.kind == "ready", timeout=WAIT)


def test_what_the_store_has_is_not_asked_for_and_not_tried_twice(
    open_window: Open,
    qtbot: QtBot,
    question: Question,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    has = [Secret("not the password")]

    async def kept(username: str) -> Kept:
        return Kept(StoreState.OPEN, has[0])

    monkeypatch.setattr("clientcfg.gui.engine.kept_password", kept)
    window = open_window(question)
    to_done(window, qtbot)
    done = window.set_up.done
    done.primary.click()
    qtbot.waitUntil(lambda: done.head.kind == "no", timeout=WAIT)
    has[0] = world.password
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)


def test_a_profile_that_may_not_be_written_is_said(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine, tmp_path: Path
) -> None:
    window = open_window(question)
    to_review(window, qtbot)
    # A file where the journal has to lie: as on a disk that is not ours, for root too.
    (tmp_path / "state").mkdir(exist_ok=True)
    for inside in (tmp_path / "state").iterdir():
        inside.rename(tmp_path / inside.name)
    (tmp_path / "state").rmdir()
    (tmp_path / "state").write_text("")
    before = machine.tree()
    review = window.set_up.review
    review.primary.click()
    qtbot.waitUntil(review.banner.isVisible, timeout=WAIT)
    assert review.banner.sentence.text()
    assert machine.tree() == before


def test_a_password_is_dots_until_somebody_wants_to_see_it(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wear(app)
    field = PasswordField("Password")
    qtbot.addWidget(field)
    modes = QLineEdit.EchoMode
    QTest.keyClicks(field.edit, "secret words")
    assert field.edit.echoMode() is modes.Password
    assert field.edit.displayText() != "secret words"
    field.eye.trigger()
    assert field.edit.displayText() == "secret words"
    taken = field.take()
    assert taken is not None
    # Who types the next one does not show it by accident.
    assert field.edit.echoMode() is modes.Password


def test_the_wait_is_counted_while_it_is_seen(qtbot: QtBot) -> None:
    clock = Elapsed()
    qtbot.addWidget(clock)
    clock.show()
    clock.begin(8)
    assert clock.text() == ""
    qtbot.waitUntil(lambda: clock.text().endswith(" s, up to 8 s"), timeout=WAIT)
    clock.hide()
    assert not clock._clock.isActive()


def test_many_servers_get_their_rows_one_after_the_other(
    open_window: Open, qtbot: QtBot, question: Question
) -> None:
    pages = open_window(question).set_up
    pages.pages.setCurrentIndex(SERVERS)
    page = pages.servers
    page.begin("example.org")
    many = tuple(
        Endpoint(Protocol.IMAP, f"imap{n}.example.org", 993, Security.TLS) for n in range(9)
    )
    page.watch(Probing(many))
    page.watch(EndpointAnswered(scripted.silent(many[8])))
    qtbot.waitUntil(lambda: len(page.progress._rows) == 9, timeout=WAIT)
    assert [line.row.endpoint for line in page.progress._rows] == list(many)
    assert "failed" in page.progress._rows[8].row.stations
