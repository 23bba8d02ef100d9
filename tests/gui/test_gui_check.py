# SPDX-License-Identifier: MPL-2.0
"""Check a server on real servers: every tab, what if, saving, and every way that it can fail."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.question import Question
from clientcfg.gui.check import page as pages
from clientcfg.gui.check.page import CheckPage
from clientcfg.gui.check.programs_model import Shown
from clientcfg.gui.check.programs_table import THEN, WHY
from clientcfg.gui.window import Window
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _
from tests.gui import check_pages, scripted
from tests.gui.walk import WAIT

pytestmark = pytest.mark.gui

Open = Callable[..., Window]
# The benchmark wants 50 ms; here other tests run beside.
STALL = 0.25


def opened(window: Window) -> CheckPage:
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.parts.currentWidget() is window.check
    assert window.check.head.field.hasFocus() or not window.isActiveWindow()
    return window.check


def asked(page: CheckPage, qtbot: QtBot, typed: str) -> None:
    """Type, press Enter, and wait until every program was held against the answer."""
    page.head.field.setText(typed)
    QTest.keyClick(page.head.field, Qt.Key.Key_Return)
    assert page.pages.currentIndex() == pages.WORKING
    qtbot.waitUntil(lambda: page.compared is not None, timeout=WAIT)


@pytest.fixture
def answered(open_window: Open, qtbot: QtBot, question: Question, world: World) -> CheckPage:
    page = opened(open_window(question))
    asked(page, qtbot, world.address.domain)
    return page


def test_from_a_domain_to_every_tab(
    language: str, open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    page = opened(open_window(question))
    asked(page, qtbot, world.address.domain)
    assert page.pages.currentWidget() is page.server
    assert page.checked is not None
    assert page.checked.assessment.kind == "ready"
    assert page.server.sentence.text() == page.checked.assessment.title
    marks = page.server.marks.rows
    assert marks.rowCount() == 6
    assert page.server.times.rows.rowCount() == 6
    said = marks.data(marks.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert world.endpoint(Protocol.SMTP).host in said
    assert str(len(page.programs.model.every)) in page.programs.filters.count.text()
    page.head.tabs.setCurrentIndex(pages.CONVERSATION)
    assert page.pages.currentWidget() is page.conversation
    page.conversation.search.setText("ehlo")
    total = page.conversation.shown.toPlainText().casefold().count("ehlo")
    assert page.conversation.count.text() == _("{n} of {total}").format(n=1, total=total)
    QTest.keyClick(page.conversation.search, Qt.Key.Key_Return)
    assert page.conversation.count.text().startswith("2 ")
    page.conversation.search.setText("nobody says this")
    assert page.conversation.count.text() == _("not found")


def test_a_switch_changes_the_table_and_back(answered: CheckPage, qtbot: QtBot) -> None:
    page, tab = answered, answered.programs
    page.head.tabs.setCurrentIndex(pages.PROGRAMS)
    first = page.compared
    assert tab.table.isColumnHidden(THEN)
    tab.switches.oauth2.click()
    qtbot.waitUntil(lambda: page.compared is not first, timeout=WAIT)
    assert not tab.table.isColumnHidden(THEN)
    changed = [r for r in tab.model.every if r.changes]
    assert changed
    tab.filters.chips[Shown.CHANGES].click()
    assert len(tab.model.rows) == len(changed)
    assert str(len(changed)) in tab.filters.chips[Shown.CHANGES].text()
    second = page.compared
    tab.switches.oauth2.click()
    qtbot.waitUntil(lambda: page.compared is not second, timeout=WAIT)
    assert not any(r.changes for r in tab.model.every)
    assert tab.nothing.isVisible()
    assert tab.nothing.text() == "Nothing changes for any program."


def test_only_the_last_of_many_switches_counts(answered: CheckPage, qtbot: QtBot) -> None:
    switches = answered.programs.switches
    for _turn in range(5):
        switches.plain.click()
        switches.tls_1_3.click()
    qtbot.waitUntil(
        lambda: answered.compared is not None and answered.compared.change == switches.change,
        timeout=WAIT,
    )
    assert switches.change.no_plain
    assert switches.change.least_tls == "1.3"
    with qtbot.assertNotEmitted(switches.turned, wait=200):
        pass
    assert answered.compared is not None
    assert answered.compared.change == switches.change


def test_search_and_the_reasons_by_keyboard(answered: CheckPage) -> None:
    page, tab = answered, answered.programs
    page.head.tabs.setCurrentIndex(pages.PROGRAMS)
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    tab.filters.chips[Shown.ALL].click()
    QTest.keyClicks(tab.search, "netscape 4")
    assert 0 < len(tab.model.rows) < 10
    tab.table.setFocus()
    tab.table.setCurrentIndex(tab.model.index(0, 0))
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert tab.drawer.isVisible()
    QTest.keyClick(tab.table, Qt.Key.Key_Escape)
    assert not tab.drawer.isVisible()
    tab.search.setText("no such program")
    assert "no such program" in tab.nothing.text()
    assert tab.nothing.isVisible()


def test_programs_installed_here_have_a_chip(answered: CheckPage) -> None:
    tab = answered.programs
    tab.filters.chips[Shown.INSTALLED].click()
    rows = tab.model.rows
    assert "Thunderbird" in {r.name for r in rows}
    assert all(r.held.today.kind is VerdictKind.READY for r in rows if r.name == "Thunderbird")


def test_every_row_can_be_read_out(answered: CheckPage) -> None:
    interface = QAccessible.queryAccessibleInterface(answered.programs.table)
    assert interface.text(QAccessible.Text.Name) == "Programs and their verdicts"
    model = answered.programs.model
    answered.programs.filters.chips[Shown.ALL].click()
    assert len(model.rows) == len(model.every) > 200
    for number in range(model.rowCount()):
        said = model.data(model.index(number, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert model.rows[number].name in said
        assert model.data(model.index(number, WHY), Qt.ItemDataRole.DisplayRole)
    assert model.rowCount(QModelIndex(model.index(0, 0))) == 0


@pytest.mark.parametrize("ending", ["html", "json"])
def test_saving_writes_the_whole_file(
    answered: CheckPage, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    suggested: list[str] = []

    def where(_parent: object, path: str, _kind: str) -> str:
        suggested.append(path)
        return str(tmp_path / "report")

    answered.export.where = where
    answered.head.saved.emit(ending)
    qtbot.waitUntil(answered.strip.isVisible, timeout=WAIT)
    file = tmp_path / f"report.{ending}"
    assert answered.strip.more.text() == str(file)
    assert suggested[0].endswith(f".{ending}")
    text = file.read_text("utf-8")
    assert "clientcfg/probe/1" in text
    if ending == "json":
        assert json.loads(text)["target"] == "demo.clientcfg.test"


def test_a_file_of_somebody_else_is_not_overwritten(
    answered: CheckPage, qtbot: QtBot, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    answered.export.where = lambda _parent, _path, _kind: str(mine)
    answered.head.saved.emit("html")
    qtbot.waitUntil(answered.strip.isVisible, timeout=WAIT)
    assert answered.strip.property("tint") == "no"
    assert mine.read_text() == "mine"
    answered.strip.hide()
    answered.export.where = lambda _parent, _path, _kind: ""
    answered.head.saved.emit("html")
    assert not answered.strip.isVisible()


def test_the_ticket_names_nobody(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    page = opened(open_window(question))
    asked(page, qtbot, str(world.address))
    page.head.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert world.address.domain in copied
    assert str(world.address) not in copied
    assert page.strip.isVisible()


def test_it_asks_about_relaying_only_when_told_to(answered: CheckPage, qtbot: QtBot) -> None:
    answered.head.tabs.setCurrentIndex(pages.SERVER)
    panel = answered.server.relay
    panel.begin.click()
    panel.field.edit.setText("nonsense")
    panel.send.click()
    assert panel.field.problem.text()
    panel.field.edit.setText("ada@elsewhere.example")
    panel.send.click()
    assert not panel.send.isEnabled()
    qtbot.waitUntil(lambda: answered.checked is not None and answered.checked.relay != (),
                    timeout=WAIT)  # fmt: skip
    assert not panel.form.isVisible()
    assert not panel.begin.isVisible()


def test_stop_leaves_no_answer_behind(open_window: Open, qtbot: QtBot, question: Question) -> None:
    page = opened(open_window(replace(question, nameserver=Nameserver("192.0.2.1", 53))))
    for stop in (page.head.stop_button.click, lambda: QTest.keyClick(page, Qt.Key.Key_Escape)):
        page.head.field.setText("example.org")
        page.head.ask_button.click()
        assert page.head.stop_button.isVisible()
        assert not page.head.ask_button.isVisible()
        stop()
        assert page.pages.currentIndex() == pages.BEGIN
        assert page.head.field.text() == "example.org"
        assert not page.head.stop_button.isVisible()
    QTest.qWait(200)
    assert page.checked is None
    assert page.pages.currentIndex() == pages.BEGIN


def test_a_new_question_silences_the_old_one(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    page = opened(open_window(question))
    page.head.field.setText("nobody.clientcfg.test")
    page.head.ask_button.click()
    asked(page, qtbot, world.address.domain)
    assert page.checked is not None
    assert page.checked.report.target == world.address.domain


def test_no_network(open_window: Open, qtbot: QtBot, question: Question) -> None:
    nobody = replace(question, nameserver=Nameserver("127.0.0.1", 9), timeout=2.0)
    page = opened(open_window(nobody))
    page.head.field.setText("ada@example.org")
    page.head.ask_button.click()
    qtbot.waitUntil(lambda: page.pages.currentIndex() == pages.NO_ANSWER, timeout=WAIT)
    assert page.no_answer.head.kind == "unknown"
    assert "--" not in page.no_answer.head.title.text()
    assert page.head.ask_button.isVisible()
    assert not page.head.copy_button.isVisible()


def test_nothing_answers(open_window: Open, qtbot: QtBot, question: Question) -> None:
    page = opened(open_window(question))
    asked(page, qtbot, "127.0.0.1:9")
    assert page.checked is not None
    assert page.checked.assessment.kind == "unknown"
    assert page.server.marks.rows.picture.rows[0].cells == ()
    assert not page.server.times.isVisible()
    assert not page.server.relay.isVisible()


def test_a_certificate_that_is_not_trusted(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    page = opened(open_window(replace(question, ca_files=())))
    asked(page, qtbot, world.address.domain)
    assert page.checked is not None
    assert page.checked.assessment.kind == "no"
    assert not any(i.trusted for i in page.checked.identities)
    assert page.checked.letter


def test_servers_without_auth(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    none = [replace(scripted.told(e, (9, 14, 31, 22)), auth=(), auth_lines=())
            for e in (scripted.SMTP, scripted.SMTP_HELLO)]  # fmt: skip
    page = check_pages.answered(window, scripted.probed(*none))
    assert page.checked is not None
    assert page.checked.assessment.kind == "no"
    assert "offers SMTP-Auth" in page.server.sentence.text()


@pytest.mark.parametrize("typed", ["", "exa mple.org", "ada@", "mail.example.org:0"])
def test_what_cannot_be_asked_is_said_below_the_field(
    open_window: Open, question: Question, typed: str
) -> None:
    page = opened(open_window(question))
    page.head.field.setText(typed)
    QTest.keyClick(page.head.field, Qt.Key.Key_Return)
    assert page.pages.currentIndex() == pages.BEGIN
    assert page.head.problem.isVisible()
    assert page.head.field.accessibleDescription() == page.head.problem.text()
    QTest.keyClicks(page.head.field, "x")
    assert not page.head.problem.isVisible()


def longest_stall(page: CheckPage, qtbot: QtBot) -> float:
    """The longest time (seconds) that the window gave no sign of life while it thought."""
    gaps, last = [0.0], [time.monotonic()]

    def beat() -> None:
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(2)
    for switch in (page.programs.switches.oauth2, page.programs.switches.tls_1_3):
        before = page.compared
        switch.click()
        qtbot.waitUntil(lambda before=before: page.compared is not before, timeout=WAIT)  # type: ignore[misc]
        QTest.qWait(20)
    timer.stop()
    return max(gaps)


def test_the_window_never_stands_still_while_it_thinks(answered: CheckPage, qtbot: QtBot) -> None:
    answered.head.tabs.setCurrentIndex(pages.PROGRAMS)
    answered.programs.filters.chips[Shown.ALL].click()
    QTest.qWait(100)
    # A machine that is busy with other tests may stop any window; not three times.
    assert min(longest_stall(answered, qtbot) for _turn in range(3)) < STALL


def test_an_empty_report_is_shown_too(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    done = replace(scripted.served(), report=ServerReport("example.org", "domain", ()))
    page = check_pages.answered(window, done)
    assert page.server.marks.rows.rowCount() == 0
    assert page.checked is not None
    assert page.checked.assessment.kind == "unknown"
