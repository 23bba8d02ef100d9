# SPDX-License-Identifier: MPL-2.0
"""Days as people write them, in the language that was chosen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from clientcfg.model.days import (
    day_and_month,
    day_in_words,
    moment_in_words,
    month_in_words,
    short_day,
    time_of_day,
    weekday_in_words,
)
from clientcfg.words import speak

FRIDAY = date(2026, 11, 20)
VALENTINE = date(2027, 2, 14)


@pytest.fixture
def german() -> Iterator[None]:
    speak(["de"])
    yield
    speak(["en"])


def test_a_day_in_english() -> None:
    assert day_in_words(VALENTINE) == "14 February 2027"
    assert weekday_in_words(FRIDAY) == "Friday, 20 November"
    assert day_and_month("Today", FRIDAY) == "Today, 20 November"
    assert month_in_words(FRIDAY) == "November 2026"
    assert short_day(date(2026, 10, 3)) == "3 Oct"


def test_a_day_in_german(german: None) -> None:
    assert day_in_words(VALENTINE) == "14. Februar 2027"
    assert weekday_in_words(FRIDAY) == "Freitag, 20. November"
    assert month_in_words(date(2026, 3, 1)) == "März 2026"
    assert short_day(date(2026, 10, 3)) == "3. Okt."


def test_a_moment_keeps_its_own_clock() -> None:
    at = datetime(2027, 2, 14, 9, 5, tzinfo=UTC)
    assert moment_in_words(at) == "14 February 2027, 09:05"
    assert day_in_words(at) == "14 February 2027"
    assert time_of_day(at) == "09:05"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_month_and_weekday_has_a_name_of_its_own(language: str) -> None:
    speak([language])
    try:
        months = [month_in_words(date(2026, month, 1)) for month in range(1, 13)]
        shorts = [short_day(date(2026, month, 1)) for month in range(1, 13)]
        week = [weekday_in_words(date(2026, 6, day)).partition(",")[0] for day in range(1, 8)]
    finally:
        speak(["en"])
    assert len({*months}) == len({*shorts}) == 12
    assert len({*week}) == 7
    assert week[0] in ("Monday", "Montag")
