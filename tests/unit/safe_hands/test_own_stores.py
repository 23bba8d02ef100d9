# SPDX-License-Identifier: MPL-2.0
"""Every format that stores passwords, with the client's own library doing it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.bench import on_disk
from tests.support.formats import ROWS
from tests.support.row import Row, Start

# Homes with a key of their own have a made-up one, which no real library opens.
HOMES = [
    pytest.param(row, start, id=f"{row}, {start.name}")
    for row in ROWS
    if row.own_encoders()
    for start in row.starts
    if not any(path.endswith("key4.db") for path in start.files)
]
PASSWORDS = ["p", '"}],"evil":[', "ü漢😀 \u202e\ufeff", "\0\n\r\t", "x" * 2000]


@pytest.mark.thunderbird
@pytest.mark.parametrize(("row", "start"), HOMES)
def test_applied_and_undone(row: Row, start: Start, tmp_path: Path) -> None:
    real = replace(row, encoders=row.own_encoders())
    for number, password in enumerate(PASSWORDS):
        bench = on_disk(real, start, tmp_path / str(number))
        old = bench.files()
        assert bench.apply(password=password) is not None
        new = bench.files()
        assert new.keys() > old.keys()
        read, made_up = row.read(new), on_disk(row, start, tmp_path / f"made up {number}")
        made_up.apply(password=password)
        # The very same settings as with the library of the tests, but for what is encrypted.
        assert {k.rpartition("/")[2] for k in read} == {
            k.rpartition("/")[2] for k in row.read(made_up.files())
        }
        if len(password) > 1:
            assert not any(password.encode() in content for content in new.values())
        assert bench.undo().exact
        assert bench.files() == old
