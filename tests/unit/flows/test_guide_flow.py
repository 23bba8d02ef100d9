# SPDX-License-Identifier: MPL-2.0
"""Which servers a page names, and when there is no page at all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.flows import guide as flow
from clientcfg.flows.events import Event, GuideDone, ProbeDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.guides.guide import Guide
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN, XOAUTH2, Mechanism
from clientcfg.model.offer import Found, Offer, Trust
from clientcfg.model.report import EndpointReport, ServerReport, Tls
from clientcfg.model.trouble import No, NotFoundOut, Refused

SMTP = Endpoint(Protocol.SMTP, "smtp.example.test", 465, Security.TLS)
IMAP = Endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS)
POP3 = Endpoint(Protocol.POP3, "pop3.example.test", 995, Security.TLS)
QUESTION = Question(address=Address.parse("ada@example.test"))


def said(at: Endpoint, *auth: Mechanism, trusted: bool = True) -> EndpointReport:
    tls = Tls("1.3", "x", trusted=trusted, certificate=None)
    return EndpointReport(at, "192.0.2.1", reachable=True, auth=auth, tls=tls)


def silent(at: Endpoint) -> EndpointReport:
    return EndpointReport(at, None, reachable=False)


async def page(
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    *reports: EndpointReport,
    client: str = "thunderbird",
    confirm: bool = False,
    question: Question = QUESTION,
) -> Guide:
    offers = tuple(Offer(r.endpoint, "srv", Trust.A6, confirm=confirm) for r in reports)

    async def answers(_question: Question) -> AsyncIterator[Event]:
        yield ProbeDone(Found("x", offers, ()), ServerReport("x", "address", reports))

    monkeypatch.setattr(flow, "probe", answers)
    here = Here(home=home, state=home)
    events = [e async for e in flow.guide(question, (here.catalog.parse(client),), here)]
    done = events[-1]
    assert isinstance(done, GuideDone)
    return done.guides[0]


def values(guide: Guide) -> dict[str, str]:
    return {v.id: v.value for group in guide.groups for v in group.values}


async def test_a_server_that_takes_only_oauth_is_named_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guide = await page(monkeypatch, tmp_path, said(SMTP, XOAUTH2), said(IMAP, XOAUTH2))
    assert values(guide)["outgoing.auth"] == "OAuth2"
    assert values(guide)["incoming.auth"] == "OAuth2"


async def test_pop3_where_imap_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    guide = await page(monkeypatch, tmp_path, said(SMTP, PLAIN), silent(IMAP), said(POP3, PLAIN))
    assert values(guide)["incoming.host"] == POP3.host


async def test_for_sending_only_where_nothing_else_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guide = await page(monkeypatch, tmp_path, said(SMTP, PLAIN), silent(IMAP))
    assert "sending-only" in [note.code for note in guide.notes]


async def test_no_page_sends_a_password_to_a_server_that_proved_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(Refused):
        await page(monkeypatch, tmp_path, said(SMTP, PLAIN, trusted=False))
    with pytest.raises(Refused):
        await page(monkeypatch, tmp_path, said(SMTP, PLAIN), said(IMAP, PLAIN, trusted=False))


async def test_no_page_without_a_server_for_sending(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(NotFoundOut):
        await page(monkeypatch, tmp_path, silent(SMTP), said(IMAP, PLAIN))
    with pytest.raises(No):
        await page(monkeypatch, tmp_path, said(SMTP), said(IMAP, PLAIN))


async def test_a_host_to_confirm_is_told_until_the_person_said_yes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guide = await page(monkeypatch, tmp_path, said(SMTP, PLAIN), confirm=True)
    assert "host-not-confirmed" in [note.code for note in guide.notes]
    accepted = replace(QUESTION, accepted_hosts=frozenset({SMTP.host}))
    guide = await page(monkeypatch, tmp_path, said(SMTP, PLAIN), confirm=True, question=accepted)
    assert "host-not-confirmed" not in [note.code for note in guide.notes]


async def test_a_program_that_cannot_is_told_what_to_go_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guide = await page(monkeypatch, tmp_path, said(SMTP, PLAIN), client="netscape@3.0")
    first = guide.notes[0]
    assert first.code.startswith("verdict-")
    assert first.grave
    assert first.advice
    assert values(guide)["outgoing.host"] == SMTP.host
