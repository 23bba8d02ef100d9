# SPDX-License-Identifier: MPL-2.0
"""Every version against the servers, today and after a change."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clientcfg.advise.what_if import AS_IT_IS, WhatIf
from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import covering
from clientcfg.clients.spans import span_of, spans
from clientcfg.flows.compare import Compared, Held, compare, why_words
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import VerdictKind
from tests.support.servers_said import server, tls

TAKES = {"1.0": True, "1.1": True, "1.2": True, "1.3": True}
REPORT = server(tls(465, "AUTH PLAIN LOGIN", takes=TAKES))
QUESTION = Question(name="mail.example.org", host=True)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Here:
    home = tmp_path_factory.mktemp("home")
    return Here(home=home, state=home / "state", root=Path(home))


async def compared(
    here: Here, change: WhatIf, report: ServerReport = REPORT, before: Compared | None = None
) -> Compared:
    (found,) = [c async for c in compare(report, QUESTION, here, change, before)]
    return found


def of(found: Compared, client: str, version: str) -> Held:
    return next(h for h in found.held if h.span.known.id == client and version in h.span.versions)


def test_every_range_of_every_client_is_a_span_with_a_name_of_its_own() -> None:
    catalog = Catalog.load()
    found = tuple(spans(catalog))
    assert len(found) == sum(len(catalog.profile(name).ranges) for name in catalog.ids())
    assert len({span.key for span in found}) == len(found)
    assert len({(s.known.id, s.versions) for s in found}) == len(found)
    for span in found:
        if span.known.version is not None:
            profile = catalog.profile(span.known.id)
            held = covering(profile, span.known.version, span.known.platform)
            assert held is profile.ranges[span.number], span.key


def test_an_installed_version_finds_its_span() -> None:
    catalog = Catalog.load()
    key = span_of(catalog, catalog.at("thunderbird", "153.7.0", "linux"))
    (span,) = [s for s in spans(catalog) if s.key == key]
    assert span.versions == "from 140"
    assert span_of(catalog, catalog.at("thunderbird", "nonsense", "linux")) is None


async def test_as_it_is_nothing_changes(here: Here) -> None:
    found = await compared(here, AS_IT_IS)
    assert len(found.held) > 200
    assert not any(h.changes for h in found.held)
    assert of(found, "thunderbird", "140").today.kind is VerdictKind.READY
    assert why_words(of(found, "thunderbird", "140")) == "PLAIN on port 465, TLS"


async def test_a_change_moves_verdicts_and_today_stays(here: Here) -> None:
    before = await compared(here, AS_IT_IS)
    after = await compared(here, WhatIf(least_tls="1.3"), before=before)
    assert [h.today for h in after.held] == [h.today for h in before.held]
    assert 0 < sum(h.changes for h in after.held) < len(after.held)
    back = await compared(here, AS_IT_IS, before=after)
    assert back.held == before.held


async def test_who_sends_by_fetching_first_loses_that(here: Here) -> None:
    report = replace(
        REPORT, endpoints=(replace(REPORT.endpoints[0], relay=Relay(Regime.BOTH, "both")),)
    )
    found = await compared(here, WhatIf(no_pop_before_smtp=True), report)
    old, new = of(found, "netscape", "2.0"), of(found, "thunderbird", "140")
    assert old.changes
    assert "POP-before-SMTP" in why_words(old)
    assert not new.changes


async def test_each_change_says_how_it_is_today(here: Here) -> None:
    told = (await compared(here, AS_IT_IS)).remarks
    assert told.tls_1_2 == "takes TLS 1.0, 1.1 today"
    assert told.no_plain == "offered today"
    strict = server(
        tls(465, "AUTH XOAUTH2", takes={"1.0": False, "1.1": False, "1.2": False, "1.3": True})
    )
    told = (await compared(here, AS_IT_IS, strict)).remarks
    assert told.oauth2_only == told.tls_1_2 == told.tls_1_3 == "already so at this server"
    assert told.no_plain == "not offered here anyway"
    assert told.no_pop_before_smtp == "not known: only a log-in shows it"


async def test_a_provider_s_plan_is_told(tmp_path: Path) -> None:
    day = datetime(2026, 11, 22, tzinfo=UTC)
    here = Here(home=tmp_path, state=tmp_path / "state", root=tmp_path, now=lambda: day)
    at = replace(REPORT.endpoints[0].endpoint, host="smtp.office365.com")
    report = replace(REPORT, endpoints=(replace(REPORT.endpoints[0], endpoint=at),))
    told = (await compared(here, AS_IT_IS, report)).remarks
    assert told.oauth2_only == "planned for 31 December 2026"


async def test_it_rests_so_that_others_have_a_turn_and_can_be_cancelled(here: Here) -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(other())
    await compared(here, WhatIf(least_tls="1.3"))
    assert turns > 20
    task = asyncio.create_task(compared(here, AS_IT_IS))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    beside.cancel()
