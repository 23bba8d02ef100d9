# SPDX-License-Identifier: MPL-2.0
"""Where only the program can log in (OAuth 2.0): led through it, and nothing claimed unseen."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientcfg.demo.machine import DemoMachine
from clientcfg.flows.events import Event, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.remembered import Weaker
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.setup import done_model
from clientcfg.gui.setup.done_model import set_up_here
from clientcfg.gui.setup.servers_model import conclude
from clientcfg.gui.window import Window
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _
from tests.gui import scripted as s
from tests.gui.walk import DONE, WAIT, step, to_review

pytestmark = pytest.mark.gui

Open = Callable[..., Window]
FINISHED = set_up_here(replace(s.DONE, review=replace(s.DONE.review, account=s.SIGN_IN_ACCOUNT)))


def test_servers_that_take_no_password_say_so() -> None:
    found = conclude(s.QUESTION, s.only_sign_in())
    assert "sign in in the browser" in found.title
    assert "password" not in found.title


def test_each_step_by_the_persons_own_word_and_never_green() -> None:
    steps = done_model.sign_in_steps(FINISHED)
    assert [one.step for one in steps] == ["open", "sign-in", "send", "seen"]
    for number in range(len(steps) + 1):
        said = done_model.when_signed_in(FINISHED, number)
        assert said.kind == "step"
    assert "have seen none of it" in said.text
    assert "Nothing is proved yet" in done_model.when_set(FINISHED).text
    assert done_model.when_sign_in_failed(FINISHED).kind == "unknown"


@pytest.fixture
def sign_in_servers(monkeypatch: pytest.MonkeyPatch) -> ProbeDone:
    """Everybody who asks is answered by servers that take nothing but OAuth 2.0."""
    answer = s.only_sign_in()

    async def scripted(_question: Question, _extent: object = None) -> AsyncIterator[Event]:
        yield answer

    for module in ("clientcfg.gui.setup.look", "clientcfg.flows.set_up", "clientcfg.flows.prove"):
        monkeypatch.setattr(f"{module}.probe", scripted)
    return answer


def green(page: QWidget) -> list[Glyph]:
    return [g for g in page.findChildren(Glyph) if g.isVisible() and g._name == "verdict-ready"]


def test_the_whole_way_with_a_sign_in(
    language: str,
    sign_in_servers: ProbeDone,
    open_window: Open,
    qtbot: QtBot,
    machine: DemoMachine,
    here: Here,
) -> None:
    known = here.catalog.of(here.installed()[0])
    verdict = here.verdict(sign_in_servers.report, known, s.QUESTION)
    assert verdict.kind in (VerdictKind.READY, VerdictKind.NEEDS_STEP), verdict
    before = machine.tree()
    window = open_window(s.QUESTION)
    to_review(window, qtbot)
    review, done = window.set_up.review, window.set_up.done
    assert not review.keep.isVisible()
    assert not review.password.isVisible()
    review.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    assert done.head.kind == "step"
    assert done.guided.isVisible()
    assert not done.primary.isVisible(), "no test that could only end in a refused password"
    assert not done._note.isVisible()
    assert done.undo_card.isVisible()
    for _step in range(4):
        assert green(done) == []
        QTest.mouseClick(done.guided.buttons[0], Qt.MouseButton.LeftButton)
    assert done.guided.done == 4
    assert done._finished is not None
    assert done.head.title.text() == done_model.when_signed_in(done._finished, 4).title
    assert green(done) == []
    done.guided.not_working.click()
    assert done.banner.isVisible()
    assert done.undo_card.isVisible()
    done.undo_button.click()
    qtbot.waitUntil(lambda: done.head.title.text() == _("Taken back."), timeout=WAIT)
    assert not done.guided.isVisible()
    assert machine.tree() == before


def test_less_protection_than_before_is_accepted_by_a_person_only(
    open_window: Open, qtbot: QtBot, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts: list[frozenset[str]] = []

    async def weaker(
        asked: Question, _answerer: Answerer, *_more: object, **_rest: object
    ) -> AsyncIterator[Event]:
        hosts.append(asked.accepted_weaker)
        if not asked.accepted_weaker:
            raise Weaker("smtp.example.org", "It would protect your password less.", "Ask.")
        for event in s.PROOFS:
            yield event

    monkeypatch.setattr("clientcfg.flows.prove_change.verify", weaker)
    window = open_window(question)
    page = window.set_up.done
    window.set_up.pages.setCurrentIndex(DONE)
    window.set_up.done_steps.begin(question, set_up_here(s.DONE), None, codes=False)
    page.primary.click()
    qtbot.waitUntil(page.accept_weaker.isVisible, timeout=WAIT)
    assert page.head.kind == "no"
    assert not page.keep.isVisible()
    page.accept_weaker.click()
    qtbot.waitUntil(lambda: len(page.proofs.steps) == 5, timeout=WAIT)
    assert hosts == [frozenset(), frozenset({"smtp.example.org"})]


def test_a_test_can_be_stopped_and_undo_stays(
    open_window: Open, qtbot: QtBot, question: Question, machine: DemoMachine
) -> None:
    window = open_window(question)
    to_review(window, qtbot)
    window.set_up.review.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    done = window.set_up.done
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    assert done.stop.isVisible()
    assert done.undo_card.isVisible()
    done.stop.click()
    assert not done.field.edit.isVisible()
    assert done.primary.isEnabled()
    assert done.undo_button.isEnabled()
