# SPDX-License-Identifier: MPL-2.0
"""What the probe reports of real servers, held against what they were found to say by hand."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.flows.relay import RelayTest, TestOfRelaying
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.relay import Regime
from clientcfg.model.report import EndpointReport
from clientcfg.model.secret import Secret
from tests.support.answering import Says
from tests.world.waiting import until
from tests.world.zoo import KINDS, Zoo
from tests.world.zoo.said import AFTER_POP3, IMAP_SAID, POP3_SAID, SMTP_SAID, SUBMISSION_SAID

pytestmark = pytest.mark.real_servers
Make = Callable[[str, str], Zoo]

ELSEWHERE = Address.parse("nobody@elsewhere.example")
# Servers whose TLS does not come about, or is not there.
WITHOUT_TLS = {("opensmtpd", "default"), ("dovecot", "notls"), ("popa3d", "default"),
               ("solid-pop3d", "default")}  # fmt: skip


def question(server: Zoo) -> Question:
    return Question(
        name=server.address,
        host=True,
        username=server.user,
        ca_files=(str(server.ca_file),),
        timeout=12,
    )


async def ask(asked: Question) -> ProbeDone:
    async for event in probe(asked):
        last = event
    assert isinstance(last, ProbeDone)
    return last


def probed(server: Zoo) -> dict[int, EndpointReport]:
    done = asyncio.run(ask(question(server)))
    return {e.endpoint.port: e for e in done.report.endpoints}


def names(listed: tuple[str, ...] | None) -> str | None:
    return None if listed is None else " ".join(listed)


def codes(report: EndpointReport) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(("name", "variant"), SMTP_SAID)
def test_what_smtp_servers_accept(name: str, variant: str, new_zoo: Make) -> None:
    said = SMTP_SAID[name, variant]
    found = probed(new_zoo(name, variant))
    for port in (25, 587):
        report = found[port]
        assert report.reachable
        assert report.trusted
        assert (names(report.auth_before_tls), names(report.auth)) == (said.clear, said.tls)
        assert report.legacy_auth_line is said.legacy
        assert codes(report) == []
    assert found[465].trusted
    assert names(found[465].auth) == said.tls
    versions = dict((found[465].tls and found[465].tls.versions) or ())
    assert versions.keys() == {"1.0", "1.1", "1.2", "1.3"}
    assert versions["1.2"] is True
    assert versions["1.3"] is True
    for report in found.values():
        assert str(report.transcript[-1]).endswith(("C QUIT", "C c4 LOGOUT"))


@pytest.mark.parametrize("variant", SUBMISSION_SAID)
def test_what_dovecots_submission_accepts(variant: str, new_zoo: Make) -> None:
    before, inside, _mail = SUBMISSION_SAID[variant]
    found = probed(new_zoo("dovecot", variant))
    assert (names(found[587].auth_before_tls), names(found[587].auth)) == (before, inside)
    assert found[587].trusted
    assert codes(found[25]) == ["port-25-silent", "refused"]
    tls = found[465].tls
    assert tls is not None
    takes = dict(tls.versions or ())
    assert takes["1.3"] is True
    assert takes["1.2"] is (variant != "tls13")


@pytest.mark.parametrize(("name", "variant"), IMAP_SAID)
def test_what_imap_servers_accept(name: str, variant: str, new_zoo: Make) -> None:
    before, inside = IMAP_SAID[name, variant]
    found = probed(new_zoo(name, variant))
    starttls, implicit = found[143], found[993]
    words = before.split()
    listed = " ".join(w for w in words if w not in {"STARTTLS", "LOGINDISABLED"})
    assert names(starttls.auth_before_tls) == listed
    assert starttls.password_login_before_tls is ("LOGINDISABLED" not in words)
    assert (names(starttls.auth), names(implicit.auth)) == (inside, inside)
    assert starttls.password_login is True
    assert starttls.trusted
    assert implicit.trusted
    assert codes(starttls) == codes(implicit) == []


@pytest.mark.parametrize(("name", "variant"), POP3_SAID)
def test_what_pop3_servers_accept(name: str, variant: str, new_zoo: Make) -> None:
    before, inside = POP3_SAID[name, variant]
    found = probed(new_zoo(name, variant))
    starttls, implicit = found[110], found[995]
    assert starttls.password_login_before_tls is ("USER" in before.split())
    assert starttls.password_login is True
    assert set(starttls.auth_before_tls or ()) <= set(before.split())
    assert set(starttls.auth or ()) == set(implicit.auth or ())
    assert {*(starttls.auth or ())} <= {*inside.split()}
    assert "PLAIN" in (starttls.auth or ())
    assert starttls.trusted
    assert implicit.trusted


def test_a_server_whose_starttls_is_broken(new_zoo: Make) -> None:
    found = probed(new_zoo("opensmtpd", "default"))
    for port in (25, 587):
        assert "starttls-broken" in codes(found[port])
        assert "alert 80 (internal error)" in found[port].problems[-1].text
        assert found[port].reachable
        assert found[port].auth is None
    assert codes(found[465]) == ["tls-failed"]
    assert "alert 80" in found[465].problems[0].text


def test_servers_of_the_time_before_tls(new_zoo: Make) -> None:
    for name, apop in (("popa3d", False), ("solid-pop3d", True)):
        report = probed(new_zoo(name, "default"))[110]
        assert codes(report) == ["no-capa", "starttls-not-offered"]
        assert report.password_login_before_tls is True
        assert ("APOP" in dict(report.capabilities)) is apop


def test_tls_that_was_switched_off(new_zoo: Make) -> None:
    found = probed(new_zoo("dovecot", "notls"))
    assert "starttls-not-offered" in codes(found[143]) or "starttls-refused" in codes(found[143])
    assert not any(report.trusted for report in found.values())


def test_a_server_that_makes_the_hasty_wait(new_zoo: Make) -> None:
    found = probed(new_zoo("sendmail", "greet-pause"))
    assert found[25].reachable
    assert (found[25].timing.greeting or 0) > 2500
    assert found[25].trusted


def test_every_kind_of_server_is_probed() -> None:
    """No variant is left out of this file by oversight."""
    here = {*SMTP_SAID, *IMAP_SAID, *POP3_SAID, *(("dovecot", v) for v in SUBMISSION_SAID)}
    here |= {*WITHOUT_TLS, ("sendmail", "greet-pause"), ("courier", "tarpit")}
    assert here == {*KINDS}


def test_a_silent_port_25_is_held_against_another_server(new_zoo: Make) -> None:
    without, other = new_zoo("dovecot", "strict"), new_zoo("postfix", "open")
    asked = replace(question(without), control=other.address)
    done = asyncio.run(ask(asked))
    found = {e.endpoint.port: e for e in done.report.endpoints}
    assert codes(found[25]) == ["port-25-closed-there", "refused"]
    assert other.address in found[25].problems[0].text


# Whether they relay


async def ask_relay(
    server: Zoo, ports: tuple[int, ...], *, compare: bool
) -> dict[int, EndpointReport]:
    """Port 995 besides, for the log-in."""
    security = {25: Security.STARTTLS, 587: Security.STARTTLS, 465: Security.TLS}
    servers = [Endpoint(Protocol.SMTP, server.address, p, security[p]) for p in ports]
    if 995 in server.ports:
        servers.append(Endpoint(Protocol.POP3, server.address, 995, Security.TLS))
    asked = Question(
        servers=tuple(servers),
        username=server.user,
        ca_files=(str(server.ca_file),),
        timeout=12,
    )
    answerer = Says(Secret(server.password))
    test = TestOfRelaying(asked, RelayTest(ELSEWHERE, compare), answerer)
    last: object = None
    async for event in test.run(await ask(asked)):
        last = event
    assert isinstance(last, ProbeDone)
    return {e.endpoint.port: e for e in last.report.endpoints}


def regime(server: Zoo, port: int, *, compare: bool) -> tuple[Regime, tuple[str, ...]]:
    relay = asyncio.run(ask_relay(server, (port,), compare=compare))[port].relay
    assert relay is not None
    assert relay.tested
    assert relay.tested_from == "127.0.0.1"
    return relay.regime, relay.evidence


WITHOUT_LOG_IN = {
    ("postfix", "open"): Regime.RELAYS_FOR_YOU,
    ("sendmail", "open-relay"): Regime.RELAYS_FOR_YOU,
    ("sendmail", "default"): Regime.UNKNOWN,
    ("postfix", "dovecot-sasl"): Regime.UNKNOWN,
    ("exim", "default"): Regime.UNKNOWN,
    ("courier", "default"): Regime.UNKNOWN,
}


@pytest.mark.parametrize(("name", "variant"), WITHOUT_LOG_IN)
def test_relaying_before_any_log_in(name: str, variant: str, new_zoo: Make) -> None:
    found, evidence = regime(new_zoo(name, variant), 25, compare=False)
    assert found is WITHOUT_LOG_IN[name, variant]
    said = SMTP_SAID[name, variant].relay_25
    assert any(said.split(">")[0][:12] in line for line in evidence)


AFTER_LOG_IN = {
    **{
        key: (Regime.BOTH if rcpt.startswith("250") else Regime.AUTH_ONLY)
        for key, (rcpt, _mail) in AFTER_POP3.items()
    },
    ("sendmail", "pop-only"): Regime.POP_BEFORE_SMTP,
    ("postfix", "popb4"): Regime.POP_BEFORE_SMTP,
    ("exim", "default"): Regime.AUTH_ONLY,
    ("courier", "default"): Regime.AUTH_ONLY,
    ("postfix", "dovecot-sasl"): Regime.AUTH_ONLY,
}


@pytest.mark.parametrize(("name", "variant"), AFTER_LOG_IN)
def test_relaying_before_and_after_fetching_mail(name: str, variant: str, new_zoo: Make) -> None:
    """Two of Sendmail's four settings are told apart; two pairs look the same from outside."""
    found, evidence = regime(new_zoo(name, variant), 25, compare=True)
    assert found is AFTER_LOG_IN[name, variant]
    assert any(line.startswith("before:") for line in evidence)
    assert any(line.startswith("after:") for line in evidence)


@pytest.mark.parametrize(("name", "variant"), [("sendmail", "default"), ("exim", "default")])
def test_a_submission_port_wants_a_log_in_whatever_port_25_does(
    name: str, variant: str, new_zoo: Make
) -> None:
    found, _evidence = regime(new_zoo(name, variant), 587, compare=True)
    assert found is Regime.AUTH_ONLY


def test_one_question_a_server_and_no_word_of_data(new_zoo: Make) -> None:
    server = new_zoo("postfix", "popb4")
    found = asyncio.run(ask_relay(server, (25, 587, 465), compare=False))
    assert found[25].relay is not None
    assert found[25].relay.tested
    for port in (587, 465):
        relay = found[port].relay
        assert relay is not None
        assert not relay.tested
        assert "25" in relay.text
    until(lambda: "reject: RCPT" in server.log, 5, lambda: server.log)
    assert server.log.count("reject: RCPT") == 1
    assert "DATA" not in server.log


def test_a_tarpit_is_waited_for(new_zoo: Make) -> None:
    """Courier as it is packaged holds the first refusal back for eight seconds."""
    found, evidence = regime(new_zoo("courier", "tarpit"), 25, compare=False)
    assert found is Regime.UNKNOWN
    assert any("513" in line for line in evidence)
