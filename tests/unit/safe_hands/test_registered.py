# SPDX-License-Identifier: MPL-2.0
"""No format can be added without joining the tests of safe hands."""

from pathlib import Path

import pytest

from clientcfg.flows.here import Here
from tests.support.bench import Bench, in_memory
from tests.support.formats import ROWS
from tests.support.row import Row, Start


def test_every_format_that_writes_is_registered() -> None:
    written = Here(home=Path("/nowhere"), state=Path("/nowhere")).formats
    assert {row.format.name: type(row.format) for row in ROWS} == {
        name: type(form) for name, form in written.items()
    }


STARTS = [
    pytest.param(row, start, id=f"{row}, {start.name}") for row in ROWS for start in row.starts
]


@pytest.mark.parametrize(("row", "start"), STARTS)
def test_a_row_is_worth_its_name(row: Row, start: Start) -> None:
    """Each start changes by apply, and what is weak in it is seen as such."""
    bench = Bench(row, start, in_memory(start))
    before = row.read(bench.files())
    assert bench.apply() is not None
    after = row.read(bench.files())
    row.added(before, after, row.account, "c4nary-Pässword!")
    assert not row.weak({k: v for k, v in after.items() if before.get(k) != v})
    with pytest.raises(AssertionError):
        row.added(before, {**after, next(iter(after)) + "-evil": ("str", "x")}, row.account, "")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_can_tell_weak_settings(row: Row) -> None:
    assert any(row.weak(row.read(start.files)) for start in row.starts)
