# SPDX-License-Identifier: MPL-2.0
"""How two columns share their room, and reasons in a few words."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.advise.what_if import AS_IT_IS, WhatIf
from clientcfg.flows.compare import Compared, compare
from clientcfg.flows.here import Here
from clientcfg.gui.check.columns import share
from clientcfg.gui.check.programs_model import Row, rows
from clientcfg.model.verdict import VerdictKind
from tests.gui import check_pages, scripted

widths = st.lists(st.integers(20, 400), max_size=30)


@given(widths, widths, st.integers(240, 1200))
def test_no_other_width_shows_more(names: list[int], others: list[int], room: int) -> None:
    least = (128, 112)
    found = share(names, others, room, least)

    def whole(width: int) -> int:
        return 2 * sum(n <= width for n in names) + sum(o <= room - width for o in others)

    assert least[0] <= found <= room - least[1]
    assert whole(found) == max(whole(w) for w in range(least[0], room - least[1] + 1))


def test_too_little_room_is_the_least() -> None:
    assert share([300], [300], 100, (128, 112)) == 128
    assert share([], [], 500, (128, 112)) == 128


def table(here: Here, change: WhatIf) -> tuple[Row, ...]:
    async def last() -> Compared:
        report = check_pages._office().report
        before = None
        async for found in compare(report, check_pages.QUESTION, here, AS_IT_IS):
            before = found
        async for found in compare(report, check_pages.QUESTION, here, change, before):
            return found
        raise AssertionError

    return rows(asyncio.run(last()))


@pytest.mark.parametrize("change", [AS_IT_IS, WhatIf(oauth2_only=True), WhatIf(least_tls="1.3")])
def test_reasons_are_short_and_whole_sentences(shared_here: Here, change: WhatIf) -> None:
    found = table(shared_here, change)
    unknown = [row for row in found if row.held.then.kind is VerdictKind.UNKNOWN]
    assert unknown
    assert all(row.why.startswith("Not known: whether it ") for row in unknown)
    long = {row.short for row in found if len(row.short) > 40}
    assert long == set()


def test_the_name_of_a_server_is_left_as_it_is(shared_here: Here) -> None:
    report = scripted.served().report

    async def first() -> Compared:
        async for found in compare(report, check_pages.QUESTION, shared_here, AS_IT_IS):
            return found
        raise AssertionError

    told = {row.why for row in rows(asyncio.run(first()))}
    assert "smtp.example.org offers no log-in (SMTP-Auth)." in told
    assert not any(why.startswith("Smtp.") for why in told)
