# SPDX-License-Identifier: MPL-2.0
"""History without a window: groups, what was set, what is said of it, and nothing that is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clientcfg.changes.entry import Delivery, Entry, State
from clientcfg.gui.history_model import PastFact, group_of, past_of
from clientcfg.gui.undo_words import goes_back, puts_back
from clientcfg.words import speak
from tests.gui import scripted as s

pytestmark = pytest.mark.gui

TODAY = date(2026, 11, 22)


@pytest.fixture
def german() -> Iterator[None]:
    speak(["de"])
    yield
    speak(["en"])


def local(entry: Entry, *moment: int) -> Entry:
    """*entry* as of this moment by the clock on the wall."""
    at = datetime(*moment).astimezone()  # type: ignore[arg-type]  # numbers in order
    return replace(entry, at=at, changed_at=at)


@pytest.mark.parametrize(
    ("day", "today", "said"),
    [
        (TODAY, TODAY, "Today, 22 November"),
        (date(2026, 11, 21), TODAY, "Yesterday, 21 November"),
        (date(2026, 11, 20), TODAY, "Friday, 20 November"),
        (date(2026, 11, 2), TODAY, "Monday, 2 November"),
        (date(2026, 10, 31), TODAY, "October"),
        (date(2025, 11, 20), TODAY, "November 2025"),
        (date(2026, 11, 30), date(2026, 12, 3), "Monday, 30 November"),
        (date(2026, 11, 20), date(2026, 12, 3), "November"),
        (date(2026, 12, 31), date(2027, 1, 1), "Yesterday, 31 December"),
        # A clock that was put back.
        (date(2026, 11, 23), TODAY, "23 November 2026"),
    ],
)
def test_days_are_grouped_as_people_speak_of_them(day: date, today: date, said: str) -> None:
    assert group_of(day, today) == said


def test_groups_in_german(german: None) -> None:
    assert group_of(TODAY, TODAY) == "Heute, 22. November"
    assert group_of(date(2026, 11, 20), TODAY) == "Freitag, 20. November"
    assert group_of(date(2026, 10, 3), TODAY) == "Oktober"


def test_a_change_in_words() -> None:
    past = past_of(local(s.entry(), 2026, 11, 22, 10, 41), TODAY)
    assert (past.title, past.time) == ("Thunderbird set up", "10:41")
    assert past.caption == "ada@example.org, 2 files"
    assert past.whose == "Thunderbird set up for ada@example.org"
    assert past.when == "Today at 10:41, by ada"
    assert past.undoable
    assert past.back == "Close Thunderbird first, then both files go back."
    assert [(p.name, p.folder, p.glyph) for p in past.places] == [
        ("logins.json", "/home/ada/.thunderbird/k3x1.default-release", "key"),
        ("prefs.js", "/home/ada/.thunderbird/k3x1.default-release", "file"),
    ]


def test_older_ones_have_their_day_in_the_list() -> None:
    older = past_of(local(s.entry(), 2026, 10, 3, 16, 5), TODAY)
    assert (older.group, older.time) == ("October", "3 Oct")
    assert older.when == "3 October 2026 at 16:05, by ada"
    week = past_of(local(s.entry(), 2026, 11, 20, 16, 5), TODAY)
    assert week.when == "Friday, 20 November at 16:05, by ada"


def test_what_was_set_stands_in_a_table_and_no_sentence_twice() -> None:
    entry = s.entry()
    past = past_of(entry, TODAY)
    assert past.facts == (
        PastFact("Sending", "smtp.example.org, port 465, encrypted from the start"),
        PastFact("Receiving", "imap.example.org, port 993, encrypted from the start"),
    )
    said = {one.said for one in entry.servers}
    assert past.notes == tuple(line for line in entry.summary if line not in said)
    assert len(past.notes) < len(entry.summary)


def test_what_nobody_wrote_down_is_not_shown() -> None:
    older = replace(s.entry(), servers=())
    past = past_of(older, TODAY)
    assert past.facts == ()
    assert past.notes == older.summary


@pytest.mark.parametrize(
    ("seen", "kind", "words"),
    [
        (True, "ready", "Message sent and seen to arrive, 10:42"),
        (False, "unknown", "Message sent, not seen to arrive, 10:42"),
        (None, "unknown", "Message sent, nobody looked whether it arrived, 10:42"),
    ],
)
def test_a_test_is_green_only_where_the_message_was_seen(
    seen: bool | None, kind: str, words: str
) -> None:
    entry = local(s.entry(), 2026, 11, 22, 10, 41)
    tested = replace(entry, tested=Delivery(entry.at + timedelta(minutes=1), seen))
    assert past_of(tested, TODAY).facts[-1] == PastFact("Test", words, kind)
    later = replace(entry, tested=Delivery(entry.at + timedelta(days=2), seen))
    assert past_of(later, TODAY).facts[-1].value.endswith(", 24 Nov, 10:41")


def test_undone_ones_say_when() -> None:
    entry = local(s.entry(state=State.UNDONE), 2026, 11, 22, 10, 12)
    same = past_of(replace(entry, changed_at=entry.at + timedelta(minutes=18)), TODAY)
    assert not same.undoable
    assert same.caption == "ada@example.org, 2 files, undone at 10:30"
    assert same.when == "Today at 10:12, by ada, undone at 10:30"
    other = past_of(replace(entry, changed_at=entry.at + timedelta(days=1)), TODAY)
    assert other.state == "undone on 23 Nov"
    cut = past_of(local(s.entry(state=State.BEGUN), 2026, 11, 22, 10, 12), TODAY)
    assert cut.state == "cut off"
    assert not cut.undoable


def test_how_much_goes_back() -> None:
    at = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
    assert puts_back(2, f"{at:%H:%M}") == "Undo puts both files back exactly as they were at 10:41."
    assert puts_back(1, "10:41") == "Undo puts the file back exactly as it was at 10:41."
    assert puts_back(3, "10:41") == "Undo puts all 3 files back exactly as they were at 10:41."
    assert puts_back(None, "10:41") == "Undo puts everything back as it was at 10:41."
    assert goes_back("Evolution", 1) == "Close Evolution first, then the file goes back."
    assert goes_back("Evolution", None) == "Close Evolution first, then everything goes back."
