# SPDX-License-Identifier: MPL-2.0
"""Three people are set up in one program, and taken out in each possible order.

At every moment exactly those are in it that stand; at the end it is as it was.
Between the steps the program may have been used, and the backups thrown away.
"""

import itertools
from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from clientcfg.changes.entry import Entry
from clientcfg.changes.history import prune
from clientcfg.changes.undo import undo
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.trouble import Trouble
from tests.support.bench import HOME, NOW, Bench, in_memory
from tests.support.disks import MemoryDisk
from tests.support.formats import ROWS
from tests.support.row import Row, Settings, Start

ORDERS = list(itertools.permutations(range(3)))


def people(row: Row) -> list[Account]:
    """The row's own person and two more at the same servers."""

    def other(name: str) -> Account:
        account = row.account
        address = Address(name, account.address.domain)
        incoming = account.incoming
        return replace(
            account,
            address=address,
            name=name,
            outgoing=_as(account.outgoing, address),
            incoming=None if incoming is None else _as(incoming, address),
        )

    return [row.account, other("bob"), other("cleo")]


def _as(login: ServerLogin, address: Address) -> ServerLogin:
    return replace(login, username=str(address))


def everybody(row: Row, start: Start) -> Start:
    """That home, ready for all three."""
    return reduce(row.ready, people(row), start)


def set_up(row: Row, start: Start) -> tuple[Bench, MemoryDisk, list[Entry]] | None:
    """All three; None where this home cannot take a second one before the client was started."""
    disk = in_memory(everybody(row, start))
    bench = Bench(row, start, disk)
    entries: list[Entry] = []
    for account in people(row):
        try:
            entry = bench.apply(account)
        except Trouble:
            return None
        assert entry is not None
        entries.append(entry)
    return bench, disk, entries


def take_out(bench: Bench, entry: Entry) -> bool:
    """Whether it was byte for byte."""
    row = bench.row
    undone = undo(
        entry,
        formats={row.format.name: row.format},
        journal=bench.journal,
        guard=bench.guard,
        now=NOW,
    )
    assert undone.conflicts == ()
    return undone.exact


def who(settings: Settings, row: Row) -> set[str]:
    """Of the two who cannot have been there in another spelling."""
    said = " ".join(f"{key} {value}" for key, value in settings.items())
    return {str(person.address) for person in people(row)[1:] if str(person.address) in said}


def _but(row: Row, settings: Settings) -> Settings:
    # A number that was given away is not given to another account.
    counters = ("mail.account.lastKey",)
    return {
        key: value
        for key, value in settings.items()
        if not row.stays(key) and not key.endswith(counters)
    }


@pytest.mark.parametrize("pruned", [False, True], ids=["", "pruned"])
@pytest.mark.parametrize("used", [False, True], ids=["", "used"])
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_any_order(row: Row, used: bool, pruned: bool) -> None:
    tried = 0
    for bare, order in itertools.product(row.starts, ORDERS):
        start = everybody(row, bare)
        made = set_up(row, start)
        if made is None:
            continue
        bench, disk, entries = made
        before = row.read(start.files)
        already = who(before, row)
        expected = before
        if used:
            for path, content in row.used(bench.files(), start).items():
                disk.put(f"{HOME}/{path}", content)
            expected = row.read(row.used(start.files, start))
        if pruned:
            prune(bench.journal, NOW, older_than=timedelta(0))
        left = {str(person.address) for person in people(row)[1:]}
        for number in order:
            exact = take_out(bench, entries[number])
            assert not (exact and pruned and bench.backups())
            left -= {str(people(row)[number].address)} - already
            assert who(row.read(bench.files()), row) == left | already, (start.name, order, number)
        found = row.read(bench.files())
        assert _but(row, found) == _but(row, expected), (start.name, order)
        if order == (2, 1, 0) and not used and not pruned:
            files = {**start.files, "other": b"theirs"}
            assert bench.files() == files, "the newest first is byte for byte"
        tried += 1
    assert tried >= len(ORDERS)
