# SPDX-License-Identifier: MPL-2.0
"""The port that has to be set by hand, and the rule about programs that are maintained."""

from dataclasses import replace

import pytest
from hypothesis import given

from clientcfg.advise.advise import advise
from clientcfg.clients.covering import NOTHING_KNOWN
from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
)
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import Announcement
from clientcfg.model.verdict import VerdictKind
from tests.support.servers_said import server, tls
from tests.unit.advise.test_advise_properties import (
    CATALOG,
    DOC,
    GOOD,
    Nobody,
    abilities,
    client,
    servers,
)


def can_everything(starttls: StartTls, most: str = "1.2") -> Abilities:
    yes = Ability(Answer.YES, DOC, "s")
    return replace(
        NOTHING_KNOWN,
        smtp_auth=yes,
        mechanisms=Mechanisms((Mechanism("LOGIN"),), (), True, DOC, "s"),
        starttls=StartTlsAbility(starttls, DOC, "s"),
        implicit_tls=yes,
        custom_port=yes,
        max_tls=MaxTls(most, DOC, "s"),
        reads=((Announcement.STANDARD, Answer.YES),),
    )


TAKES_12 = {"1.0": False, "1.1": False, "1.2": True, "1.3": True}


def test_starttls_on_25_only_leads_to_465_by_hand() -> None:
    report = server(tls(587, "AUTH LOGIN", takes=TAKES_12), tls(465, "AUTH LOGIN", takes=TAKES_12))
    found = advise(report, client(can_everything(StartTls.PORT25_ONLY)), Nobody())
    assert found.kind is VerdictKind.NEEDS_STEP
    assert found.endpoint is not None
    assert found.endpoint.port == 465
    assert [a.action for a in found.advice] == ["use-port"]
    assert "465" in found.advice[0].text


@pytest.mark.parametrize("most", ["os", "lib"])
@pytest.mark.parametrize("takes", [TAKES_12, {"1.2": None}, {"1.2": False}])
def test_who_is_maintained_speaks_1_2_and_no_more_is_said(
    most: str, takes: dict[str, bool | None]
) -> None:
    report = server(tls(465, "AUTH LOGIN", takes=takes))
    known = client(can_everything(StartTls.YES, most))
    for answer in Answer:
        found = advise(report, replace(known, maintained=answer), Nobody())
        sure = answer is Answer.YES and takes == TAKES_12
        assert found.kind is (VerdictKind.READY if sure else VerdictKind.UNKNOWN)
        if sure:
            (reason,) = (r for r in found.reasons if r.code == "tls-version")
            assert "derived" in (reason.evidence or "")


@given(servers, abilities)
def test_being_maintained_takes_nothing_away(report: object, known: Abilities) -> None:
    assert isinstance(report, type(GOOD))
    order = [VerdictKind.READY, VerdictKind.NEEDS_STEP]
    before = advise(report, client(known), Nobody()).kind
    after = advise(report, replace(client(known), maintained=Answer.YES), Nobody()).kind
    if before in order:
        assert order.index(after) <= order.index(before)


def test_beside_a_version_that_is_no_longer_maintained_stands_one_that_is() -> None:
    every = {"1.0": True, "1.1": True, "1.2": True, "1.3": True}
    report = server(tls(465, "AUTH LOGIN PLAIN", takes=every))
    found = advise(report, CATALOG.parse("eudora@3.0.6:win"), CATALOG)
    assert [(a.action, a.client, a.version) for a in found.advice] == [
        ("upgrade", "eudora", "7.0"),
        ("switch", "thunderbird", "153.7.0"),
    ]
    newer = advise(report, CATALOG.parse("mutt@1.5.14"), CATALOG)
    assert [a.version for a in newer.advice] == ["1.5.15"], "Mutt itself is maintained"
