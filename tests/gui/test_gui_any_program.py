# SPDX-License-Identifier: MPL-2.0
"""Programs that are not here: found by search, and handed over as files, steps or a code."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from clientcfg.clients.catalog import Catalog
from clientcfg.demo.world import World
from clientcfg.flows import hand_over
from clientcfg.flows.catalog_search import known_programs, matching
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.parts.reason import evidence_parts
from clientcfg.gui.setup import program_model, where
from clientcfg.gui.setup.program_model import How
from clientcfg.gui.setup.servers_model import Kind
from clientcfg.gui.window import Window
from clientcfg.model.trouble import No
from tests.gui import scripted as s
from tests.gui.walk import DONE, PROGRAM, REVIEW, WAIT, step, to_servers

pytestmark = pytest.mark.gui

Open = Callable[..., Window]
KNOWN = known_programs(Catalog.load())


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("thunderb", ("thunderbird", None)),
        ("k-9", ("thunderbird-android", None)),
        ("outlook 2016", ("outlook-classic", "16.0 (2016)")),
        ("iphone mail", ("ios-mail", None)),
        ("eudora 4.3", ("eudora", "4.3")),
        ("communicator", ("netscape", None)),
    ],
)
def test_a_program_is_found_by_what_people_type(typed: str, wanted: tuple[str, str | None]) -> None:
    assert wanted in [(hit.known.id, hit.version) for hit in matching(KNOWN, typed)]


def test_nonsense_finds_nothing_and_a_name_comes_before_a_system() -> None:
    assert matching(KNOWN, "qwertzuiop") == ()
    assert matching(KNOWN, "   ") == ()
    assert matching(KNOWN, "mail")[0].known.name.casefold().startswith("mail")


def test_every_version_that_can_be_chosen_is_one_the_catalog_knows() -> None:
    catalog = Catalog.load()
    for known in KNOWN:
        for platform in known.platforms:
            for choice in known.versions_on(platform):
                assert catalog.at(known.id, choice.version, platform).covered, choice


def test_evidence_is_read_apart_into_words_lines_and_links() -> None:
    found = evidence_parts(
        "S 250-AUTH PLAIN · https://a.example/x (1998); https://b.example; a book"
    )
    assert (found.words, found.lines) == ("a book", ("← 250-AUTH PLAIN",))
    assert [url for url, _said in found.links] == ["https://a.example/x", "https://b.example"]


def to_programs(window: Window, qtbot: QtBot) -> None:
    assert to_servers(window, qtbot) is Kind.GOOD
    window.set_up.servers.primary.click()
    assert step(window) == PROGRAM


def look_up(window: Window, qtbot: QtBot, typed: str) -> None:
    page = window.set_up.program
    page.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(page.search.edit, typed)
    assert page.found.isVisible()
    before = len(page.cards)
    QTest.keyClick(page.search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.cards) > before, timeout=WAIT)


def test_a_phone_is_looked_up_with_the_keyboard_and_shown_how(
    language: str, open_window: Open, qtbot: QtBot, question: Question, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(question)
    to_programs(window, qtbot)
    pages = window.set_up
    look_up(window, qtbot, "ios")
    card = pages.program._card()
    assert card is not None
    assert card.program.known.id == "ios-mail"
    assert card.how is How.BY_HAND
    pages.program.primary.click()
    assert step(window) == REVIEW
    review = pages.review
    qtbot.waitUntil(lambda: review.handing is not None, timeout=WAIT)
    assert not review.keep.isVisible()
    assert not review.show_exact.isVisible()
    assert not review.password.isVisible()

    review.take.emit("guide")
    guide = pages.handing.guide
    qtbot.waitUntil(guide.isVisible, timeout=WAIT)
    copies = [b for b in guide.findChildren(QPushButton) if b.property("kind") == "icon"]
    hosts = []
    for one in copies:
        one.click()
        hosts.append(QGuiApplication.clipboard().text())
    assert str(question.address) in hosts
    saved = tmp_path / "steps.html"
    monkeypatch.setattr(where, "ask_page", lambda *_: str(saved))
    guide.save_button.click()
    qtbot.waitUntil(guide.banner.isVisible, timeout=WAIT)
    assert "<!DOCTYPE html>" in saved.read_text()
    saved.write_text("mine")
    guide.save_button.click()
    qtbot.waitUntil(lambda: "mine" not in guide.banner.sentence.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: str(saved) in guide.banner.sentence.text(), timeout=WAIT)
    assert saved.read_text() == "mine"
    guide.back.emit()
    assert step(window) == REVIEW


def test_files_are_saved_where_a_person_says_and_explained(
    open_window: Open, qtbot: QtBot, question: Question, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(question)
    to_programs(window, qtbot)
    pages = window.set_up
    pages.program.primary.click()
    qtbot.waitUntil(lambda: pages.review.review is not None, timeout=WAIT)
    folder = tmp_path / "taken"
    opened: list[str] = []
    monkeypatch.setattr(where, "ask_folder", lambda _parent: "")
    pages.review.ways["file"].click()
    assert step(window) == REVIEW
    monkeypatch.setattr(where, "ask_folder", lambda _parent: str(folder))
    pages.review.ways["file"].click()
    files = pages.handing.files
    qtbot.waitUntil(files.isVisible, timeout=WAIT)
    names = {p.name for p in folder.iterdir()}
    assert names >= {"clientcfg-export.json", "clientcfg-prefs.js", "read-me.html"}
    said = " ".join(w.text() for w in files.findChildren(QLabel) if w.isVisible())
    assert "--" not in said
    assert "files are saved" in files.head.title.text()
    files.open.disconnect()
    files.open.connect(opened.append)
    files.primary.click()
    assert opened == [str(folder)]
    files.back.emit()
    assert step(window) == REVIEW
    assert pages.review.primary.isVisible()

    (folder / "clientcfg-prefs.js").write_text("somebody else's")
    pages.review.ways["file"].click()
    qtbot.waitUntil(files.banner.isVisible, timeout=WAIT)
    assert not files.primary.isVisible()
    assert (folder / "clientcfg-prefs.js").read_text() == "somebody else's"


def test_a_code_for_the_phone_and_then_the_proof(
    open_window: Open, qtbot: QtBot, question: Question, world: World
) -> None:
    window = open_window(question)
    to_programs(window, qtbot)
    pages = window.set_up
    look_up(window, qtbot, "k-9")
    pages.program.primary.click()
    review = pages.review
    qtbot.waitUntil(lambda: review.handing is not None, timeout=WAIT)
    assert review.handing is not None
    assert review.handing.first == "code"
    review.primary.click()
    code = pages.handing.code
    qtbot.waitUntil(code.primary.isVisible, timeout=WAIT)
    code.primary.click()
    qtbot.waitUntil(lambda: step(window) == DONE, timeout=WAIT)
    done = pages.done
    assert "You have set" in done.head.title.text()
    assert not done.undo_card.isVisible()
    done.primary.click()
    qtbot.waitUntil(done.field.edit.isVisible, timeout=WAIT)
    QTest.keyClicks(done.field.edit, world.password.reveal())
    done.log_in.click()
    qtbot.waitUntil(lambda: done.head.kind == "ready", timeout=WAIT)


def test_a_version_can_be_chosen_and_changes_the_verdict(
    open_window: Open, qtbot: QtBot, question: Question
) -> None:
    window = open_window(question)
    to_programs(window, qtbot)
    page = window.set_up.program
    look_up(window, qtbot, "netscape")
    panel = page.panel
    assert panel.isVisible()
    qtbot.waitUntil(panel.version.isVisible, timeout=WAIT)
    old = panel.version.findText("4.0", Qt.MatchFlag.MatchContains)
    assert old >= 0
    wanted = panel.version.itemData(old)
    panel.version.setCurrentIndex(old)
    panel.version.activated.emit(old)

    def chosen() -> bool:
        card = page._card()
        return card is not None and card.program.known.version == wanted

    qtbot.waitUntil(chosen, timeout=WAIT)
    assert [c.card.program.known.id for c in page.cards].count("netscape") == 1
    card = page._card()
    assert card is not None
    assert card.how is How.NOT
    assert not page.primary.isEnabled()
    assert panel.take.isVisible()
    panel.take.click()
    assert page.primary.isEnabled()


def test_nobody_is_sent_on_with_a_program_that_cannot(here: Here) -> None:
    cards = program_model.cards(s.programs(s.probed()))
    netscape = next(c for c in cards if c.name == "Netscape")
    other = program_model.instead(netscape, cards)
    assert other is not None
    assert other.how is How.HERE
    assert program_model.instead(other, cards) is None
    phone = program_model.card(s.looked_at("thunderbird-android", here))
    assert (phone.how, phone.icon, phone.remark) == (How.BY_HAND, "", "Android")


def test_the_code_on_the_page_can_be_read_by_a_camera(
    open_window: Open, qtbot: QtBot, question: Question, tmp_path: Path
) -> None:
    window = open_window(question)
    to_programs(window, qtbot)
    pages = window.set_up
    pages.program.primary.click()
    qtbot.waitUntil(lambda: pages.review.review is not None, timeout=WAIT)
    pages.review.ways["code"].click()
    code = pages.handing.code
    qtbot.waitUntil(code.primary.isVisible, timeout=WAIT)
    seen = tmp_path / "seen.png"

    def photographed() -> list[zxingcpp.Barcode]:
        code.grab().save(str(seen))
        return list(zxingcpp.read_barcodes(Image.open(seen)))

    qtbot.waitUntil(lambda: len(photographed()) == 1, timeout=WAIT)
    (read,) = photographed()
    assert "ada" in read.text
    assert "secret" not in read.text.casefold()
    code.back.emit()
    assert step(window) == REVIEW
    assert pages.review.primary.isVisible()


def test_there_is_no_code_where_no_exporter_makes_one(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = s.handed_over("thunderbird", here)
    assert handed.export.files
    assert handed.html.startswith("<!DOCTYPE html>")
    assert hand_over.can_make_codes(here)
    monkeypatch.setattr(hand_over, "PHONE", "ios-mail")
    assert not hand_over.can_make_codes(here)

    async def run() -> list[object]:
        flow = hand_over.codes(s.QUESTION, s.probed(), s.Yes(), here)
        return [event async for event in flow]

    with pytest.raises(No, match="no QR code"):
        asyncio.run(run())
