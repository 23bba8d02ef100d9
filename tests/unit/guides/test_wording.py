# SPDX-License-Identifier: MPL-2.0
"""Every word that the facts hold about a program's menus stands in its guide, as sure as it is."""

import csv
from collections.abc import Iterable

import pytest

from clientcfg.clients.guide_row import GuideRow, Word
from tests.running.places import CHECKOUT
from tests.support.guides import catalog, row_for

with (CHECKOUT / "tests/data/guide_wording.tsv").open(encoding="utf-8") as file:
    CELLS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def sure(words: Iterable[Word]) -> set[str]:
    return {word.text for word in words if word.sure}


def confirmed_words(row: GuideRow) -> set[str]:
    found = sure((*row.security.values(), *row.auth.values()))
    for step in row.steps:
        found |= sure(step.menu) | sure(entry.label for entry in step.entries)
        found |= {e.value[1:] for e in step.entries if e.value.startswith("=") and e.label.sure}
    return found


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell["client"])
def test_the_words_are_there_with_their_confidence(cell: dict[str, str]) -> None:
    row = row_for(cell["client"])
    assert row is not None
    assert row.confidence == cell["confidence"]
    lines = [line.text for step in row.steps for line in step.lines]
    known = confirmed_words(row)
    missing = [
        word
        for word in filter(None, cell["words"].split(" | "))
        if word not in known and not any(word in line for line in lines)
    ]
    assert missing == []


def test_most_families_have_a_guide() -> None:
    with_guide = [name for name in catalog().ids() if catalog().profile(name).guides]
    assert len(with_guide) >= 59


def test_every_guide_names_its_sources() -> None:
    for name in catalog().ids():
        for row in catalog().profile(name).guides:
            assert row.sources, name


@pytest.mark.parametrize(
    ("spec", "confidence"),
    [
        ("thunderbird@2.0.0.24", "derived"),
        ("thunderbird@3.1", "documented"),
        ("outlook-classic@2016", "derived"),
        ("ios-mail", "recollection"),
        ("apple-mail@1.0", "documented"),
    ],
)
def test_a_version_gets_the_steps_of_its_own_time(spec: str, confidence: str) -> None:
    row = row_for(spec)
    assert row is not None
    assert row.confidence == confidence


@pytest.mark.parametrize(
    "spec", ["netscape@3.0", "spark", "bsd-mailx", "outlook-classic@97", "mutt@1.4", "eudora@3.0"]
)
def test_where_no_wording_is_known_there_is_no_row(spec: str) -> None:
    assert row_for(spec) is None
