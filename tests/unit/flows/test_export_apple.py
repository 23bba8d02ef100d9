# SPDX-License-Identifier: MPL-2.0
"""Which servers a profile names: implicit TLS of the same host first, and never a sign-in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientcfg.flows import export as flow
from clientcfg.flows.events import Event, ExportDone, ProbeDone
from clientcfg.flows.export import Extras
from clientcfg.flows.exported import ClientExport
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, PLAIN, SCRAM_SHA_256, XOAUTH2, Mechanism
from clientcfg.model.offer import Found, Offer, Trust
from clientcfg.model.report import EndpointReport, ServerReport, Tls
from clientcfg.model.trouble import No
from tests.support.answering import Says
from tests.support.apple_schema import faults
from tests.support.plist_reader import read_plist

HOST = "mail.example.test"
IMAP, IMAPS, POP3, POP3S = (
    Endpoint(protocol, HOST, port, security)
    for protocol, port, security in (
        (Protocol.IMAP, 143, Security.STARTTLS),
        (Protocol.IMAP, 993, Security.TLS),
        (Protocol.POP3, 110, Security.STARTTLS),
        (Protocol.POP3, 995, Security.TLS),
    )
)
SUBMISSION = Endpoint(Protocol.SMTP, HOST, 587, Security.STARTTLS)
SUBMISSIONS = Endpoint(Protocol.SMTP, HOST, 465, Security.TLS)
QUESTION = Question(address=Address.parse("ada@example.test"))
BOTH = ("apple-mail", "ios-mail")


def said(at: Endpoint, *auth: Mechanism, **more: Any) -> EndpointReport:
    tls = Tls("1.3", "x", trusted=True, certificate=None)
    return EndpointReport(at, "192.0.2.1", reachable=True, auth=auth, tls=tls, **more)


async def exported(
    monkeypatch: pytest.MonkeyPatch, home: Path, client: str, *reports: EndpointReport
) -> ClientExport:
    offers = tuple(Offer(r.endpoint, "srv", Trust.A2) for r in reports)

    async def answers(_question: Question) -> AsyncIterator[Event]:
        yield ProbeDone(Found("x", offers, ()), ServerReport("x", "address", reports))

    monkeypatch.setattr(flow, "probe", answers)
    here = Here(home=home, state=home)
    clients = (here.catalog.parse(client),)
    events = [e async for e in flow.export(QUESTION, clients, Extras(), Says(), here)]
    done = events[-1]
    assert isinstance(done, ExportDone)
    return done.exports[0]


def mail(export: ClientExport) -> dict[str, Any]:
    profile = read_plist(export.files[0].content)
    assert faults(profile) == []
    payload = profile["PayloadContent"][0]
    assert isinstance(payload, dict)
    return payload


def ports(export: ClientExport) -> tuple[int, int]:
    payload = mail(export)
    return payload["IncomingMailServerPortNumber"], payload["OutgoingMailServerPortNumber"]


CASES = {
    "all": ((IMAP, IMAPS, SUBMISSION, SUBMISSIONS), (993, 465)),
    "starttls only": ((IMAP, SUBMISSION), (143, 587)),
    "implicit for sending only": ((IMAP, SUBMISSION, SUBMISSIONS), (143, 465)),
    "implicit for reading only": ((IMAP, IMAPS, SUBMISSION), (993, 587)),
    "pop3": ((POP3, POP3S, SUBMISSION, SUBMISSIONS), (995, 465)),
    "pop3 with starttls": ((POP3, SUBMISSION), (110, 587)),
    "implicit on another host": (
        (IMAP, replace(IMAPS, host="x.example.test"), SUBMISSION), (143, 587),
    ),
}  # fmt: skip


@pytest.mark.parametrize("client", BOTH)
@pytest.mark.parametrize("name", CASES)
async def test_implicit_tls_of_the_same_host_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, client: str, name: str
) -> None:
    servers, expected = CASES[name]
    reports = [said(server, PLAIN, LOGIN) for server in servers]
    found = await exported(monkeypatch, tmp_path, client, *reports)
    assert ports(found) == expected


@pytest.mark.parametrize("client", BOTH)
@pytest.mark.parametrize("mechanism", [SCRAM_SHA_256, XOAUTH2, Mechanism("GSSAPI")])
async def test_what_no_profile_can_say_ends_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, client: str, mechanism: Mechanism
) -> None:
    reports = (said(IMAPS, mechanism), said(SUBMISSIONS, mechanism))
    with pytest.raises(No) as told:
        await exported(monkeypatch, tmp_path, client, *reports)
    assert told.value.code.startswith("no-profile-for-")
    assert HOST in told.value.text and told.value.advice


async def test_only_cram_md5_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reports = (said(IMAPS, PLAIN, CRAM_MD5), said(SUBMISSIONS, CRAM_MD5))
    payload = mail(await exported(monkeypatch, tmp_path, "ios-mail", *reports))
    assert payload["IncomingMailServerAuthentication"] == "EmailAuthPassword"
    assert payload["OutgoingMailServerAuthentication"] == "EmailAuthCRAMMD5"


async def test_the_protocols_own_log_in_command_is_a_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    imap = said(IMAPS, SCRAM_SHA_256, password_login=True)
    found = await exported(monkeypatch, tmp_path, "ios-mail", imap, said(SUBMISSIONS, PLAIN, LOGIN))
    assert mail(found)["IncomingMailServerAuthentication"] == "EmailAuthPassword"


async def test_for_sending_only_there_is_no_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(No) as told:
        await exported(monkeypatch, tmp_path, "ios-mail", said(SUBMISSIONS, PLAIN, LOGIN))
    assert told.value.code == "no-incoming-server"


async def test_a_way_to_read_mail_of_which_nobody_knows_is_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Sending is sure with both; which of the two Mail uses is documented nowhere."""
    found = await exported(
        monkeypatch, tmp_path, "apple-mail", said(IMAPS, PLAIN), said(SUBMISSIONS, PLAIN, LOGIN)
    )
    assert mail(found)["IncomingMailServerAuthentication"] == "EmailAuthPassword"
