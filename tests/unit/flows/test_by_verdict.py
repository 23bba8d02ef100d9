# SPDX-License-Identifier: MPL-2.0
"""From a verdict to servers: a sign-in at both ends or at none, and never past a fault."""

from dataclasses import replace
from datetime import date

import pytest

from clientcfg.flows.by_verdict import can_be_set_up, chosen_by_verdict
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.offer import Found, Offer, Trust
from clientcfg.model.report import EndpointReport, Problem, ServerReport
from clientcfg.model.trouble import No, Refused
from clientcfg.model.verdict import Verdict, VerdictKind
from tests.support.cases import CATALOG, STEP, TODAY, Case, at
from tests.support.servers_said import tls

QUESTION = Question(address=Address.parse("ada@hotmail.com"))
AFTER = date(2027, 1, 15)


def imap(*mechanisms: str) -> EndpointReport:
    report = tls(465, takes=TODAY)
    endpoint = replace(report.endpoint, protocol=Protocol.IMAP, port=993)
    return replace(report, endpoint=endpoint, auth=tuple(map(Mechanism, mechanisms)))


def probed(*said: EndpointReport) -> ProbeDone:
    offers = tuple(Offer(e.endpoint, "srv", Trust.A4) for e in said)
    return ProbeDone(Found("x", offers, ()), ServerReport("x", "address", said))


OUTGOING = at("smtp-mail.outlook.com", tls(587, "AUTH LOGIN XOAUTH2", takes=TODAY))


def verdict(client: str, *said: EndpointReport) -> Verdict:
    return Case("", client, said, STEP, day=AFTER).verdict()


def test_a_sign_in_for_sending_is_one_for_reading_too() -> None:
    found = verdict("thunderbird", *OUTGOING)
    known = CATALOG.parse("thunderbird")
    choices = chosen_by_verdict(QUESTION, probed(*OUTGOING, imap("PLAIN", "XOAUTH2")), known, found)
    assert [c.login.mechanism for c in choices] == ["XOAUTH2", "XOAUTH2"]


def test_where_reading_takes_no_sign_in_nothing_is_set_up_by_halves() -> None:
    found = verdict("thunderbird", *OUTGOING)
    with pytest.raises(No):
        chosen_by_verdict(
            QUESTION, probed(*OUTGOING, imap("PLAIN")), CATALOG.parse("thunderbird"), found
        )


def test_a_password_for_sending_is_one_for_reading_too() -> None:
    said = (tls(465, "AUTH PLAIN XOAUTH2", takes=TODAY),)
    found = verdict("thunderbird", *said)
    known = CATALOG.parse("thunderbird")
    choices = chosen_by_verdict(QUESTION, probed(*said, imap("XOAUTH2", "PLAIN")), known, found)
    assert [c.login.mechanism for c in choices] == ["PLAIN", "PLAIN"]


def test_a_client_id_of_ones_own_is_not_written_by_us() -> None:
    found = verdict("mutt", *OUTGOING)
    assert (found.kind, found.advice[0].action) == (VerdictKind.NEEDS_STEP, "own-client-id")
    assert not can_be_set_up(found)


def of_a_house(*odd: str) -> EndpointReport:
    report = tls(465, "AUTH PLAIN", takes=TODAY)
    assert report.tls is not None
    unknown = Problem("unknown-issuer", "Nobody knows it.")
    problems = tuple(Problem(code, "Odd.") for code in odd)
    return replace(
        report, tls=replace(report.tls, trusted=False, problems=(unknown,)), problems=problems
    )


def test_an_authority_that_nobody_knows_is_told_but_never_set_up() -> None:
    found = verdict("thunderbird", of_a_house())
    assert (found.kind, found.advice[0].action) == (VerdictKind.NEEDS_STEP, "trust-ca")
    assert not can_be_set_up(found)
    with pytest.raises(Refused) as trouble:
        chosen_by_verdict(QUESTION, probed(of_a_house()), CATALOG.parse("thunderbird"), found)
    assert trouble.value.status == 4


@pytest.mark.parametrize("odd", ["plaintext-after-starttls", "starttls-masked", "anything-new"])
def test_with_any_other_oddity_the_authority_is_no_step_but_a_fault(odd: str) -> None:
    found = verdict("thunderbird", of_a_house(odd))
    assert found.kind is VerdictKind.IMPOSSIBLE
    assert found.reasons[0].code == "certificate"
