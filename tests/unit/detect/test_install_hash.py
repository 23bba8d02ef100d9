# SPDX-License-Identifier: MPL-2.0
"""The hash by which an installation finds its profile."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.mozilla.cityhash import city_hash_64, install_hash

# What the real program wrote into profiles.ini when it ran from these directories.
SEEN = {
    "/t": "DEAE161061C80146",
    "/tb": "9EE1A3F9BFE790A5",
    "/tbx": "64D9B9A2002CC40B",
    "/tbxy": "CE645170C890E02F",
    "/tmp/tbx": "7A1B75C1DAADDAC5",
    "/tmp/tbxy": "E81A7173F79257FB",
    "/tmp/tb-ü€😀": "92C16C3382895624",
    "/tmp/tbyyyyyyyyy": "82A44D8B661BE695",
    "/tmp/tbyyyyyyyyyy": "3444EB5E7E3C3DA8",
    "/usr/lib/thunderbird": "FDC34C9F024745EB",
    "/tmp/tb" + "y" * 25: "1744E8333B2939F3",
    "/tmp/tb" + "y" * 26: "AA81D9D1A5D8CC0A",
    "/tmp/tb" + "y" * 56: "3CE1D38883D8C4FD",
    "/tmp/tb" + "y" * 57: "6D4B0090F1B95C2C",
    "/tmp/tb" + "y" * 58: "BE4824EDB32E1782",
    "/tmp/tb" + "y" * 90: "F55B83F41CEF21C0",
}


@pytest.mark.parametrize("directory", SEEN)
def test_it_is_what_the_program_writes(directory: str) -> None:
    assert install_hash(directory) == SEEN[directory]


def test_every_length_class_was_seen() -> None:
    lengths = {len(directory.encode("utf-16-le")) for directory in SEEN}
    for low, high in ((4, 8), (9, 16), (17, 32), (33, 64), (65, 128), (129, 300)):
        assert any(low <= length <= high for length in lengths)
    assert {16, 32, 64, 128} <= lengths


def test_a_trailing_slash_does_not_count() -> None:
    assert install_hash("/usr/lib/thunderbird/") == "FDC34C9F024745EB"


def test_there_is_no_zero_padding() -> None:
    assert install_hash("/opt/b141") == "442472AE03792B"


@given(st.binary(max_size=300))
def test_any_bytes_have_a_64_bit_hash(data: bytes) -> None:
    assert 0 <= city_hash_64(data) < 2**64
    assert city_hash_64(data + b"!") != city_hash_64(data)


@pytest.mark.thunderbird
@pytest.mark.parametrize("name", ["b", "bird", "a-bird-in-a-longer-directory", "ü€😀/" + "x" * 70])
def test_the_real_program_writes_it(
    real: Any, program_at: Callable[[str], Path], name: str
) -> None:
    directory = program_at(name)
    assert real.plain_start(str(directory / "thunderbird")) is not None
    (section,) = re.findall(r"\[Install(\w+)\]", (real.root / "profiles.ini").read_text())
    assert section == install_hash(str(directory))


@pytest.mark.thunderbird
def test_the_real_program_follows_links_to_itself(
    real: Any, program_at: Callable[[str], Path]
) -> None:
    directory = program_at("true")
    (directory.parent / "link").symlink_to("true")
    assert real.plain_start(str(directory.parent / "link" / "thunderbird")) is not None
    (section,) = re.findall(r"\[Install(\w+)\]", (real.root / "profiles.ini").read_text())
    assert section == install_hash(str(directory))
