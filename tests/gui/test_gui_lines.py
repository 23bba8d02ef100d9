# SPDX-License-Identifier: MPL-2.0
"""Diffs and transcripts: how far apart their lines are, what colours they have, what is copied."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientcfg.flows.events import Reviewed
from clientcfg.gui.parts.marked import MarkedLines
from clientcfg.gui.parts.mono import Lines, Mono
from clientcfg.gui.setup import exact_model
from clientcfg.gui.setup.exact import DiffText, ExactDrawer
from clientcfg.gui.setup.exact_model import Line
from clientcfg.gui.theme import Theme
from tests.gui import scripted as s
from tests.gui.cut_off import drawn_font

pytestmark = pytest.mark.gui

LINES = (
    Line(9, " ", "stays"),
    Line(10, "-", "goes"),
    Line(10, "+", "comes " * 30),
    Line(11, "+", "and one more"),
)


@pytest.fixture(autouse=True)
def font(theme: Theme) -> Iterator[Theme]:
    with drawn_font(14):
        theme.wear(dark=False)
        yield theme


@pytest.fixture
def diff(qtbot: QtBot) -> DiffText:
    made = DiffText("prefs.js", LINES)
    qtbot.addWidget(made)
    made.resize(464, 100)
    made.show()
    return made


@pytest.fixture
def transcript(qtbot: QtBot) -> Mono:
    made = Mono("smtp.example.org", "\n".join(f"S: 250 line {n}" for n in range(8)))
    qtbot.addWidget(made)
    made.resize(464, 300)
    made.show()
    return made


def tops(shown: Lines) -> list[int]:
    """Where each line of the text begins."""
    document = shown.document()
    blocks = [document.findBlockByNumber(n) for n in range(document.blockCount())]
    return [shown.cursorRect(QTextCursor(block)).top() for block in blocks]


def colours(shown: Lines, y: int) -> tuple[str, str]:
    """At both edges of a row."""
    picture: QImage = shown.viewport().grab().toImage()
    return picture.pixelColor(1, y).name(), picture.pixelColor(picture.width() - 2, y).name()


def test_lines_are_as_far_apart_as_the_scale_of_type_says(diff: DiffText, transcript: Mono) -> None:
    first, second, *others = tops(transcript)
    assert second - first == 20
    assert others == [second + 20 * n for n in range(1, 7)]
    assert tops(diff)[:3] == [tops(diff)[0] + 20 * n for n in range(3)]
    transcript.setPlainText("other\nlines")
    first, second = tops(transcript)
    assert second - first == 20


def test_a_transcript_asks_for_the_room_that_its_lines_take(transcript: Mono) -> None:
    transcript.show_lines(8)
    assert transcript.verticalScrollBar().maximum() == 0
    transcript.show_lines(6)
    assert transcript.verticalScrollBar().maximum() == 40


def test_the_tint_of_a_line_has_no_gaps_and_ends_at_the_edges(diff: DiffText, font: Theme) -> None:
    bands = [diff.band(diff.document().findBlockByNumber(n)).toRect() for n in range(4)]
    assert [band.height() // 20 for band in bands[:2]] == [1, 1]
    assert bands[2].height() > 20, "the long one goes on below"
    for above, below in pairwise(bands):
        assert below.top() == above.bottom() + 1
    goes, comes = (font.colour(tint).name() for tint in ("no-tint", "ready-tint"))
    for y in (bands[1].top(), bands[1].bottom()):
        assert colours(diff, y) == (goes, goes)
    for y in (bands[2].top(), bands[2].bottom(), bands[3].top(), bands[3].bottom()):
        assert colours(diff, y) == (comes, comes)
    assert colours(diff, bands[0].center().y()) not in [(goes, goes), (comes, comes)]


def test_lines_that_are_marked_have_no_gaps_either(transcript: Mono, font: Theme) -> None:
    MarkedLines(transcript).mark((2, 3))
    marked = font.colour("accent-tint").name()
    bands = [transcript.band(transcript.document().findBlockByNumber(n)) for n in (2, 3)]
    for y in range(round(bands[0].top()), round(bands[1].bottom())):
        assert colours(transcript, y) == (marked, marked)


def test_numbers_are_quiet_and_signs_have_the_colour_of_their_line(
    diff: DiffText, font: Theme
) -> None:
    def ink(line: int, place: int) -> str:
        cursor = QTextCursor(diff.document().findBlockByNumber(line))
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, place + 1
        )
        return cursor.charFormat().foreground().color().name()

    quiet = font.colour("text-3").name()
    assert [ink(n, 1) for n in range(4)] == [quiet] * 4
    assert [ink(n, 3) for n in (1, 2)] == [font.colour(c).name() for c in ("no", "ready")]
    font.wear(dark=True)
    assert ink(1, 3) == font.colour("no").name()


def test_it_is_copied_with_its_signs_from_the_keyboard(diff: DiffText) -> None:
    diff.setFocus()
    QTest.keyClick(diff, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(diff, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "10 − goes" in QGuiApplication.clipboard().text()
    QTest.keyClick(diff, Qt.Key.Key_Delete)
    assert diff.toPlainText().startswith(" 9   stays")


def test_a_long_word_begins_beside_its_sign(qtbot: QtBot) -> None:
    narrow = DiffText("prefs.js", (Line(4, "-", "x" * 90),))
    qtbot.addWidget(narrow)
    narrow.resize(200, 100)
    narrow.show()
    set_in = narrow.document().firstBlock().layout()
    assert set_in.lineCount() > 2
    assert set_in.lineAt(0).textLength() > len("4 − ") + 5


def test_what_is_far_below_can_be_shown_at_once(qtbot: QtBot) -> None:
    lines = tuple(Line(n, "+", "a line that is added") for n in range(3000))
    many = DiffText("prefs.js", lines)
    qtbot.addWidget(many)
    many.resize(464, 100)
    many.show()
    assert many.height() in range(60_000, 60_010)


def test_secrets_have_eight_dots_here_whatever_their_length() -> None:
    kept = s.keeping().keeping
    assert isinstance(kept, Reviewed)
    files = exact_model.changed_files(kept)
    secret = [line.text for line in files[1].lines]
    assert secret == [' "encryptedUsername": "••••••••",', ' "encryptedPassword": "••••••••"']
    assert "●" not in exact_model.as_text(files)


def test_each_file_has_the_icon_of_its_kind_and_one_sentence() -> None:
    kept = s.keeping().keeping
    assert isinstance(kept, Reviewed)
    key, logins, prefs = exact_model.changed_files(kept)
    assert [one.glyph for one in (key, logins, prefs)] == ["key", "key", "file"]
    assert key.caption == (f"The key: new file, made by the client’s own library, in {s.FOLDER}")
    assert prefs.caption == f"The account, in {s.FOLDER}"


def test_rows_of_the_drawer_run_from_edge_to_edge(qtbot: QtBot) -> None:
    drawer = ExactDrawer()
    qtbot.addWidget(drawer)
    drawer.resize(464, 600)
    drawer.tell(exact_model.changed_files(s.reviewed()))
    drawer.show()
    diff = drawer.findChild(DiffText)
    assert diff is not None
    left = diff.mapTo(drawer, QPoint(0, 0)).x()
    # The line of the drawer itself is before it.
    assert left <= 1
    assert left + diff.width() >= drawer.width() - 1
