# SPDX-License-Identifier: MPL-2.0
"""A report thought through: what a change takes away, and what it never touches."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.advise.advise import advise
from clientcfg.advise.what_if import AS_IT_IS, WhatIf, sends_after_fetching, supposed
from clientcfg.clients.catalog import Catalog
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, XOAUTH2
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import EndpointReport, ServerReport, Speaker
from clientcfg.model.verdict import VerdictKind
from tests.support.servers_said import HOST, server, tls

ALL = {"1.0": True, "1.1": True, "1.2": True, "1.3": True}
CHANGES = st.builds(
    WhatIf,
    oauth2_only=st.booleans(),
    least_tls=st.sampled_from([None, "1.2", "1.3"]),
    no_plain=st.booleans(),
    no_pop_before_smtp=st.booleans(),
)


def one(report: ServerReport, change: WhatIf) -> EndpointReport:
    (found,) = supposed(report, change).endpoints
    return found


def test_without_plain_the_other_mechanisms_stay() -> None:
    found = one(server(tls(587, "AUTH PLAIN LOGIN", before=("PLAIN",))), WhatIf(no_plain=True))
    assert found.auth == (LOGIN,)
    assert found.auth_before_tls == ()
    assert [line.mechanisms for line in found.auth_lines] == [(LOGIN,)]


def test_oauth2_only_keeps_the_sign_in_that_is_offered() -> None:
    found = one(server(tls(587, "AUTH PLAIN XOAUTH2")), WhatIf(oauth2_only=True))
    assert found.auth == (XOAUTH2,)
    assert found.auth_lines[0].evidence.speaker is Speaker.SERVER


def test_oauth2_only_where_none_is_offered_says_that_it_is_supposed() -> None:
    found = one(server(tls(465, "AUTH PLAIN")), WhatIf(oauth2_only=True))
    assert found.auth == (XOAUTH2,)
    (line,) = found.auth_lines
    assert line.evidence.speaker is Speaker.EVENT
    assert "supposed" in line.evidence.text


def test_oauth2_only_brings_no_log_in_where_there_is_none() -> None:
    assert one(server(tls(25)), WhatIf(oauth2_only=True)).auth == ()


@pytest.mark.parametrize(
    ("version", "takes", "least", "after", "newest"),
    [
        ("1.3", ALL, "1.2", (False, False, True, True), "1.3"),
        ("1.3", ALL, "1.3", (False, False, False, True), "1.3"),
        ("1.2", {**ALL, "1.3": False}, "1.3", (False, False, False, True), "1.3"),
        ("1.0", {"1.0": True, "1.1": False}, "1.2", (False, False, True, None), "1.2"),
        ("1.3", None, "1.2", (False, False, None, True), "1.3"),
    ],
)
def test_older_tls_is_refused(
    version: str,
    takes: dict[str, bool | None] | None,
    least: str,
    after: tuple[bool | None, ...],
    newest: str,
) -> None:
    report = server(tls(465, "AUTH PLAIN", version=version, takes=takes))
    found = one(report, WhatIf(least_tls=least)).tls
    assert found is not None
    assert tuple(dict(found.versions or ()).values()) == after
    assert found.version == newest


@pytest.mark.parametrize(
    ("regime", "after"),
    [
        (Regime.BOTH, Regime.AUTH_ONLY),
        (Regime.POP_BEFORE_SMTP, Regime.NO_WAY_IN),
        (Regime.AUTH_ONLY, Regime.AUTH_ONLY),
        (Regime.UNKNOWN, Regime.UNKNOWN),
    ],
)
def test_without_pop_before_smtp(regime: Regime, after: Regime) -> None:
    report = server(replace(tls(587, "AUTH PLAIN"), relay=Relay(regime, "as seen")))
    assert sends_after_fetching(report) is (regime is not after)
    found = one(report, WhatIf(no_pop_before_smtp=True)).relay
    assert found is not None
    assert found.regime is after
    assert not sends_after_fetching(supposed(report, WhatIf(no_pop_before_smtp=True)))


def test_a_server_that_did_not_answer_stays_as_unknown_as_it_was() -> None:
    silent = EndpointReport(
        Endpoint(Protocol.SMTP, HOST, 587, Security.STARTTLS), None, reachable=False
    )
    everything = WhatIf(oauth2_only=True, least_tls="1.3", no_plain=True, no_pop_before_smtp=True)
    assert supposed(server(silent), everything) == server(silent)


@given(CHANGES)
def test_a_change_brings_nothing_back_and_twice_is_once(change: WhatIf) -> None:
    report = server(tls(587, "AUTH PLAIN LOGIN XOAUTH2", takes=ALL, before=("PLAIN",)), tls(25))
    after = supposed(report, change)
    assert supposed(after, change) == after
    assert bool(change) is (change != AS_IT_IS)
    for before, now in zip(report.endpoints, after.endpoints, strict=True):
        assert {*(now.auth or ())} <= {*(before.auth or ())}
        assert now.transcript == before.transcript
        assert now.trusted == before.trusted


def test_the_verdict_follows() -> None:
    catalog = Catalog.load()
    report = server(tls(465, "AUTH PLAIN", takes={"1.0": False, "1.1": False, "1.2": True}))
    today = catalog.at("thunderbird", "153.7.0", "linux")
    assert advise(report, today, catalog).kind is VerdictKind.READY
    then = advise(supposed(report, WhatIf(oauth2_only=True)), today, catalog)
    assert then.kind is VerdictKind.UNKNOWN
