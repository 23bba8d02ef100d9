# SPDX-License-Identifier: MPL-2.0
"""How *Check a server* and History are laid out: sides, fields, switches, marks."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from clientcfg.gui.check.marks import PORT
from clientcfg.gui.check.programs_table import NAME, VERSION, WHY
from clientcfg.gui.parts.cells import words_wide
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import fixed_font
from clientcfg.gui.parts.reason import Reason, evidence_parts
from clientcfg.gui.parts.search import SearchField
from clientcfg.gui.parts.switch import Switch
from clientcfg.gui.setup.servers_model import Progress
from clientcfg.gui.theme import theme
from clientcfg.gui.window import Window
from clientcfg.model.trouble import NotFoundOut
from tests.gui import scripted
from tests.gui.cut_off import cut_off, drawn_font, fit, show
from tests.gui.screenshots import black_and_yellow

pytestmark = pytest.mark.gui

Open = Callable[..., Window]


@pytest.fixture(autouse=True)
def font(qapp: QApplication) -> Iterator[None]:
    """The font of the drawings."""
    with drawn_font(14):
        yield
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def left_of(widget: QWidget, above: QWidget) -> int:
    return widget.mapTo(above, QPoint(0, 0)).x()


@pytest.mark.parametrize(("size", "side"), [((1100, 720), 40), ((800, 600), 24)])
def test_less_air_at_the_sides_of_a_narrow_window(
    open_window: Open, size: tuple[int, int], side: int
) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "check-server-conversation", size)
    check = window.check
    assert left_of(check.head.field, check) == side
    assert left_of(check.conversation.search, check) == side
    for tab, widget in ((0, check.server.marks), (1, check.programs.filters)):
        check.head.tabs.setCurrentIndex(tab)
        fit(window, size)
        assert left_of(widget, check) == side
    check.pages.setCurrentWidget(check.begin)
    fit(window, size)
    assert left_of(check.begin.head, check) == side


@pytest.mark.parametrize(("size", "side"), [((1100, 720), 32), ((800, 600), 24)])
@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_the_same_in_history(
    qapp: QApplication, open_window: Open, way: Qt.LayoutDirection, size: tuple[int, int], side: int
) -> None:
    qapp.setLayoutDirection(way)
    window = open_window(scripted.QUESTION)
    show(window, "history", size)
    card = window.history.undo_card
    page = card.parentWidget()
    assert page is not None
    start = left_of(card, page)
    if way is Qt.LayoutDirection.RightToLeft:
        start = page.width() - start - card.width()
    assert start == side


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_the_icon_of_a_field_stands_as_drawn(qapp: QApplication, way: Qt.LayoutDirection) -> None:
    qapp.setLayoutDirection(way)
    field = SearchField("Program or version")
    field.resize(232, 36)
    field.show()
    qapp.processEvents()
    (sign,) = field.findChildren(Glyph)
    mirrored = way is Qt.LayoutDirection.RightToLeft
    before = field.width() - sign.geometry().right() - 1 if mirrored else sign.x()
    assert (before, sign.y(), sign.size()) == (13, 10, QSize(16, 16))
    # The end of a long word, or its beginning, stands next to the icon.
    field.setText("x" * 60)
    field.setCursorPosition(60 if mirrored else 0)
    # It scrolls when it is painted.
    field.grab()
    words = field.cursorRect().center().x()
    assert abs((field.width() - words if mirrored else words) - 37) <= 2
    field.close()


def test_words_of_a_switch_take_as_many_lines_as_they_need(qapp: QApplication) -> None:
    switch = Switch("POP-before-SMTP abgeschaltet")
    one, narrow = switch.heightForWidth(400), 200
    assert one == switch.sizeHint().height()
    two = switch.heightForWidth(narrow)
    assert two >= one + switch.fontMetrics().height() - 1
    # A layout may give it that.
    assert switch.sizePolicy().verticalPolicy().value & 1  # GrowFlag
    for high in (one, two):
        switch.resize(narrow, high)
        assert switch.ringed()[0].center().y() == one / 2


@pytest.mark.parametrize("page", ["check-server-programs", "check-server-what-if"])
@pytest.mark.parametrize("size", [(800, 600), (840, 600), (1024, 640), (1100, 720), (1600, 900)])
def test_chips_stand_beside_each_other(open_window: Open, page: str, size: tuple[int, int]) -> None:
    window = open_window(scripted.QUESTION)
    show(window, page, size)
    chips = window.check.programs.filters.chips.values()
    assert len({chip.geometry().top() for chip in chips}) == 1


@pytest.mark.parametrize("size", [(800, 600), (1100, 720), (1600, 900)])
def test_what_stands_in_the_table_is_whole(open_window: Open, size: tuple[int, int]) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "check-server-what-if", size)
    table, rows = window.check.programs.table, window.check.programs.model.rows
    assert not table.isColumnHidden(WHY)
    assert len(rows) > 40
    assert table.isColumnHidden(VERSION) == (size[0] < 900)
    # Nearly every one is whole; what is cut has a tooltip.
    for column, needed, few in (
        (NAME, table._names, 4), (VERSION, table._versions, 8), (WHY, table._whys, 4)
    ):  # fmt: skip
        cut = sum(width > table.columnWidth(column) for width in needed)
        assert cut <= few or table.isColumnHidden(column)
    widths = sum(table.columnWidth(c) for c in range(WHY + 1) if not table.isColumnHidden(c))
    assert widths == table.viewport().width()


def test_beside_the_panel_versions_stand_below_names(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "check-server-reasons", (1100, 720))
    table, model = window.check.programs.table, window.check.programs.model
    assert window.check.programs.drawer.isVisible()
    assert table.isColumnHidden(VERSION)
    assert table.isColumnHidden(WHY)
    assert sum(width > table.columnWidth(NAME) for width in table._names) <= 1
    role = Qt.ItemDataRole
    name = model.index(0, NAME)
    row = model.rows[0]
    assert row.versions in name.data(role.AccessibleTextRole)
    assert name.data(role.ToolTipRole) == row.title
    why = model.index(0, WHY)
    assert why.data(role.DisplayRole) == row.short != row.why
    assert why.data(role.ToolTipRole) == why.data(role.AccessibleTextRole) == row.why


SOURCE = "https://learn.example.com/a/long/way/down/362655c7-cf6e-4d07 (MS-XLOGIN)"


def test_evidence_is_words_lines_and_links() -> None:
    both = f"S 250-AUTH PLAIN SCRAM-SHA-256 · {SOURCE}; https://other.example.com/; a manual"
    found = evidence_parts(both)
    assert found.words == "a manual"
    assert found.lines == ("← 250-AUTH PLAIN SCRAM-SHA-256",)
    assert found.links == (
        (SOURCE.split(maxsplit=1)[0], SOURCE),
        ("https://other.example.com/", "https://other.example.com/"),
    )
    assert evidence_parts("C AUTH PLAIN").lines == ("→ AUTH PLAIN",)
    assert evidence_parts("Setup guide").lines == ()


def test_the_panel_has_links_and_lines_as_in_the_conversation(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "check-server-programs", (1100, 720))
    drawer = window.check.programs.drawer
    facts = (("It offers a log-in.", "S 250-AUTH PLAIN SCRAM-SHA-256"), ("Said.", SOURCE))
    drawer.tell(("ready", "Ready"), "It can send.", facts, (("Do this.", SOURCE),))
    drawer.show()
    fit(window, (1100, 720))
    links = [b for b in drawer.findChildren(QPushButton) if b.text() == "Show source"]
    assert [link.toolTip() for link in links] == [SOURCE, SOURCE]
    labels = drawer.findChildren(QLabel)
    assert not any("https://" in label.text() for label in labels)
    (line,) = (label for label in labels if "250-" in label.text())
    assert line.font().family() == fixed_font().family()
    assert line.accessibleName() == "← 250-AUTH PLAIN SCRAM-SHA-256"
    # Border and padding of a link stand before the words, so that its words begin where they do.
    assert {left_of(link, drawer) + 9 for link in links} == {left_of(line, drawer)}
    assert cut_off(window) == []


def test_what_to_do_is_marked_as_a_step_and_numbered(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    page = window.check.no_answer
    for advice in (("Look at the cable.",), ("Look at the cable.", "Try again.")):
        page.tell(NotFoundOut("x", "No.", *advice), Progress())
        steps = [w for w in page.findChildren(Reason) if not w.isHidden()]
        marks = [g._name for w in steps for g in w.findChildren(Glyph)]
        said = [[label.text() for label in w.findChildren(QLabel)] for w in steps]
        if len(advice) == 1:
            assert (marks, said) == (["verdict-step"], [[advice[0]]])
        else:
            assert (marks, said) == ([], [[str(n), one] for n, one in enumerate(advice, 1)])


@pytest.mark.parametrize("contrast", [False, True])
def test_the_place_found_now_stands_out_on_every_line(open_window: Open, contrast: bool) -> None:
    worn = theme()
    worn.wear(dark=False, contrast=black_and_yellow() if contrast else None)
    try:
        window = open_window(scripted.QUESTION)
        show(window, "check-server-conversation", (1100, 720))
        tab = window.check.conversation
        seen = set()
        for _place in tab._places:
            marks = tab.shown.extraSelections()
            now, others = marks[tab._at], [m for n, m in enumerate(marks) if n != tab._at]
            line = now.cursor.block().blockFormat().background()
            ground = line.color() if line.style() else worn.colour("surface")
            seen.add(line.style())
            assert now.format.background().color() != ground
            assert now.format.foreground().color() != now.format.background().color()
            assert all(m.format != now.format for m in others)
            tab._step(1)
        assert len(seen) == 2, "on lines that are marked, and on others"
    finally:
        worn.wear(dark=False)


def test_the_longest_port_is_shown_whole(open_window: Open) -> None:
    window = open_window(scripted.QUESTION)
    show(window, "check-server-report", (1100, 720))
    marks = window.check.server.marks
    assert marks.ports_wide == theme().px(PORT)
    picture = marks.rows.picture
    first, *others = picture.rows
    far = replace(first, endpoint=replace(first.endpoint, port=46019))
    marks.tell(replace(picture, rows=(far, *others)))
    assert marks.ports_wide >= words_wide("46019", "strong") > theme().px(PORT)
