# SPDX-License-Identifier: MPL-2.0
"""Whatever a name, address, host, user or password is made of, it stays text.

Written into files that may hold anything themselves, and parsed back with
readers of the tests' own: exactly the keys that were meant, with exactly the
values that were meant, and all that was there before.
"""

import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientcfg.model.account import Account
from clientcfg.model.trouble import Refused, Trouble, WrongUsage
from tests.support import hostile
from tests.support.bench import HOME, Bench, in_memory
from tests.support.formats import GRAMMARS, ROWS
from tests.support.row import Grammar, Row, Start

MORE = 10 if os.environ.get("CLIENTCFG_TEST_SWEEP") else 1


@pytest.mark.parametrize("grammar", GRAMMARS, ids=str)
def test_a_grammar(grammar: Grammar) -> None:
    written = 0

    @settings(max_examples=2000 * MORE, deadline=None)
    @given(grammar.cases)
    def run(case: Any) -> None:
        nonlocal written
        try:
            old, new = grammar.write(case)
        except Refused as refused:
            assert not grammar.plain(case), refused.text
            return
        written += 1
        grammar.check(case, grammar.read(old), grammar.read(new))

    run()
    assert written > 500


def _apply(row: Row, start: Start, account: Account, password: str) -> Bench:
    """Apply in memory, and check what there is then; raises what apply raises."""
    start = row.ready(start, account)
    bench = Bench(row, start, in_memory(start))
    before = bench.files()
    try:
        entry = bench.apply(account, password)
    except Trouble as trouble:
        assert trouble.text.isprintable() and len(trouble.text) < 2000
        assert bench.files() == before
        raise
    if entry is not None:
        read = row.read(bench.files())
        row.added(row.read(before), read, account, password)
        assert not row.weak({k: v for k, v in read.items() if row.read(before).get(k) != v})
    return bench


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_account_in_homes_that_work(row: Row) -> None:
    """Text that can be printed is never refused; other text is written or refused, never half."""

    @settings(max_examples=200 * MORE, deadline=None)
    @given(hostile.hostile_but_printable, hostile.printables, st.sampled_from(row.starts))
    def printable(account: Account, password: str, start: Start) -> None:
        _apply(row, start, row.fit(account), password)

    @settings(max_examples=200 * MORE, deadline=None)
    @given(hostile.hostile, hostile.texts, st.sampled_from(row.starts))
    def anything(account: Account, password: str, start: Start) -> None:
        try:
            _apply(row, start, row.fit(account), password)
        except (Refused, WrongUsage):
            return

    printable()
    anything()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_account_in_a_home_with_anything_in_it(row: Row) -> None:
    written = 0

    @settings(max_examples=200 * MORE, deadline=None)
    @given(hostile.hostile_but_printable, hostile.printables, row.olds)
    def run(account: Account, password: str, start: Start) -> None:
        nonlocal written
        try:
            _apply(row, start, row.fit(account), password)
        except Trouble:
            return
        written += 1

    run()
    assert written > 50


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_undo_and_revert_take_it_out_again(row: Row) -> None:
    """``undo`` byte for byte, ``revert(apply(x)) == x``, also after the client was used."""

    @settings(max_examples=200 * MORE, deadline=None)
    @given(hostile.hostile_but_printable, hostile.printables, row.olds)
    def run(account: Account, password: str, start: Start) -> None:
        account = row.fit(account)
        start = row.ready(start, account)
        bench = Bench(row, start, in_memory(start))
        old = bench.files()
        try:
            entry = bench.apply(account, password)
        except Trouble:
            return
        assume(entry is not None)
        disk = bench.disk
        applied = bench.files()
        for path, content in row.used(applied, start).items():
            disk.put(f"{HOME}/{path}", content)  # type: ignore[attr-defined]
        undone = bench.undo()
        assert undone.exact == row.exact_though_used and undone.conflicts == ()
        found = row.read(bench.files())
        wanted = row.read(row.used(old, start))
        assert _but(row, found) == _but(row, wanted)
        again = Bench(row, start, in_memory(start))
        again.apply(account, password)
        assert again.files() == applied
        assert again.undo().exact
        assert again.files() == old

    run()


def _but(row: Row, settings: Any) -> Any:
    return {key: value for key, value in settings.items() if not row.stays(key)}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nothing_weaker_than_what_we_do_is_written(row: Row) -> None:
    """No TLS "if available", no log-in as it pleases, nothing in the clear beyond loopback."""
    outcomes = set()

    @settings(max_examples=500 * MORE, deadline=None)
    @given(hostile.any_strength, st.sampled_from(row.starts))
    def run(account: Account, start: Start) -> None:
        account = replace(account, store_password=row.account.store_password)
        start = row.ready(start, account)
        bench = Bench(row, start, in_memory(start))
        before = row.read(bench.files())
        try:
            bench.apply(account)
        except Trouble as trouble:
            outcomes.add(trouble.code)
            return
        outcomes.add("written")
        after = row.read(bench.files())
        assert not row.weak({k: v for k, v in after.items() if before.get(k) != v})

    run()
    assert "written" in outcomes and outcomes & {"no-encryption", "in-the-clear"}
