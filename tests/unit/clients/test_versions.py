# SPDX-License-Identifier: MPL-2.0
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.versions import Numbering, Version
from clientcfg.model.trouble import WrongUsage

numbers = st.lists(st.integers(0, 20_000), min_size=1, max_size=5).map(
    lambda parts: ".".join(map(str, parts))
)
suffixes = st.sampled_from(
    ["", "a1", "b1", "b3", "rc1", " alpha 30", " SP1", " SP2", "esr", "c", "claws48", "v3", ".x"]
)
written = st.builds("{}{}".format, numbers, suffixes)
numberings = st.sampled_from(Numbering)


@pytest.mark.parametrize(
    ("numbering", "ascending"),
    [
        ("dotted", ["0.95", "1.0", "1.5.9", "1.5.14", "1.5.15", "1.10.1", "1.11", "2.4.1"]),
        ("dotted", ["5.5", "5.5 SP2", "6.0", "6.0 SP1", "6.0 SP3", "6.0.1"]),
        ("dotted", ["2.0dev", "2.0a1", "2.0b3", "2.0b10", "2.0rc1", "2.0", "2.0.0.24"]),
        ("dotted", ["8.0 alpha", "8.0 alpha 30", "8.0"]),
        ("dotted", ["102.15.1", "115.0b2", "115", "128.1esr", "153.7.0esr", "154.0a1"]),
        ("dotted", ["15.0.5603", "16.0.4266", "16.0.17932"]),
        ("dotted", ["3.12", "3.12a", "3.12b", "3.12c", "3.13"]),
        ("dotted", ["Mac OS X 10.3.9", "Mac OS X 10.4", "Mac OS X 10.4.11", "macOS 26.0"]),
        ("decimal", ["2.02", "3.0", "3.04", "4.0", "4.08", "4.5", "4.51", "4.72", "4.8", "6.01"]),
        ("decimal", ["6.0", "6.2", "6.2.1", "6.2.3", "7.0", "7.02", "7.1", "9.0a1"]),
        ("decimal", ["4.0", "4.01", "4.72.3110.5", "5.0", "5.50.4807.1700", "6.00.2900.5512"]),
    ],
)
def test_versions_stand_in_the_order_of_their_makers(numbering: str, ascending: list[str]) -> None:
    parsed = [Version.parse(text, Numbering(numbering)) for text in ascending]
    assert all(earlier < later for earlier, later in pairwise(parsed))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("38", "38.0"),
        ("153.7.0esr", "153.7.0"),
        ("v1.2", "1.2"),
        ("1.3 (10.3)", "1.3"),
        ("Mac OS X 10.4.11", "10.4.11"),
        ("2.0 BETA 3", "2.0b3"),
        ("18.x", "18"),
    ],
)
def test_versions_with_two_spellings_are_one(one: str, other: str) -> None:
    assert Version.parse(one) == Version.parse(other)
    assert hash(Version.parse(one)) == hash(Version.parse(other))


@pytest.mark.parametrize(
    ("numbering", "version", "end", "covered"),
    [
        ("dotted", "1.14.7", "1.14", True),
        ("dotted", "1.15", "1.14", False),
        ("dotted", "60.9.1", "60.9", True),
        ("dotted", "139.0b1", "139", True),
        ("dotted", "140.0", "139", False),
        ("dotted", "2.0b3", "2.0", True),
        ("dotted", "6.1", "6.0", False),
        ("dotted", "6", "6.0", True),
        ("dotted", "6.0 SP3", "6.0 SP3", True),
        ("dotted", "6.0 SP4", "6.0 SP3", False),
        ("decimal", "5.50.4807.1700", "5.5 SP2", True),
        ("decimal", "5.5", "5.5 SP2", True),
        ("decimal", "6.0", "5.5 SP2", False),
        ("decimal", "4.08", "4.08", True),
        ("decimal", "4.5", "4.08", False),
        ("decimal", "4.79", "4.8", True),
        ("decimal", "4.80", "4.8", True),
    ],
)
def test_versions_an_end_covers_what_begins_with_it(
    numbering: str, version: str, end: str, covered: bool
) -> None:
    way = Numbering(numbering)
    assert Version.parse(version, way).within(Version.parse(end, way)) is covered


@pytest.mark.parametrize("text", ["", "current", "XE (2000)", "(4)", "٣.٤", "9" * 65])
def test_versions_without_digits_or_end_are_refused(text: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        Version.parse(text)
    assert caught.value.code == "not-a-version"


def test_versions_hostile_text_is_shown_harmless() -> None:
    with pytest.raises(WrongUsage) as caught:
        Version.parse("\x1b[m\n")
    assert caught.value.text.isprintable()


@given(written, written, written, numberings)
def test_versions_are_totally_ordered(a: str, b: str, c: str, way: Numbering) -> None:
    x, y, z = (Version.parse(text, way) for text in (a, b, c))
    assert (x < y) + (x == y) + (y < x) == 1
    if x <= y <= z:
        assert x <= z


@given(written, numberings)
def test_versions_equal_and_cover_themselves(text: str, way: Numbering) -> None:
    version = Version.parse(text, way)
    assert version == Version.parse(text, way)
    assert version.within(version)


@given(numbers, st.sampled_from(["a1", "b2", "rc1", " alpha", "dev"]), numberings)
def test_versions_pre_releases_come_before(text: str, word: str, way: Numbering) -> None:
    assert Version.parse(text + word, way) < Version.parse(text, way)


@given(numbers, st.sampled_from([" SP1", " SP2", "c", "pl2"]), numberings)
def test_versions_service_packs_come_after_but_before_the_next(
    text: str, word: str, way: Numbering
) -> None:
    patched = Version.parse(text + word, way)
    assert Version.parse(text, way) < patched
    assert patched < Version.parse(f"{text}.0.0.0.0.1", way)


@given(numbers, numbers)
def test_versions_an_end_covers_every_continuation(end: str, more: str) -> None:
    assert Version.parse(f"{end}.{more}").within(Version.parse(end))


@given(written, written, written)
def test_versions_what_is_within_stays_within_for_earlier_ones(a: str, b: str, end: str) -> None:
    x, y = sorted((Version.parse(a), Version.parse(b)))
    stop = Version.parse(end)
    if not stop.suffix and y.within(stop):
        assert x.within(stop)


@given(st.text(max_size=80))
def test_versions_any_text_is_read_or_refused(text: str) -> None:
    try:
        version = Version.parse(text)
    except WrongUsage:
        return
    assert version == version.__class__.parse(text)
