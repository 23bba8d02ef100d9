# SPDX-License-Identifier: MPL-2.0
"""Which server gets the log-in, and what is said where none may."""

import pytest

from clientcfg.flows.choose import choose_incoming, usable_mechanism
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, PLAIN, SCRAM_SHA_256, Mechanism
from clientcfg.model.offer import Found, Offer, Trust
from clientcfg.model.report import EndpointReport, ServerReport, Tls
from clientcfg.model.trouble import NotFoundOut, Refused

IMAP = Endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS)
POP3 = Endpoint(Protocol.POP3, "pop3.example.test", 995, Security.TLS)
BRIDGE = Endpoint(Protocol.SMTP, "127.0.0.1", 1025, Security.PLAIN)
QUESTION = Question(name="example.test", username="ada")


def anything(_mechanism: Mechanism) -> bool:
    return True


def good(at: Endpoint, *mechanisms: Mechanism) -> EndpointReport:
    tls = Tls("1.3", "x", trusted=True, certificate=None)
    return EndpointReport(at, "192.0.2.1", reachable=True, auth=mechanisms or (PLAIN,), tls=tls)


def untrusted(at: Endpoint) -> EndpointReport:
    tls = Tls("1.3", "x", trusted=False, certificate=None)
    return EndpointReport(at, "192.0.2.1", reachable=True, auth=(PLAIN,), tls=tls)


def silent(at: Endpoint) -> EndpointReport:
    return EndpointReport(at, None, reachable=False)


def probed(*reports: EndpointReport) -> ProbeDone:
    offers = tuple(Offer(r.endpoint, "named", Trust.A0) for r in reports)
    return ProbeDone(Found("x", offers, ()), ServerReport("x", "host", reports))


def test_imap_goes_before_pop3() -> None:
    chosen = choose_incoming(QUESTION, probed(good(POP3), good(IMAP)), anything)
    assert chosen is not None
    assert chosen.login.endpoint == IMAP


def test_pop3_where_no_imap_server_answers() -> None:
    chosen = choose_incoming(QUESTION, probed(silent(IMAP), good(POP3)), anything)
    assert chosen is not None
    assert chosen.login.endpoint == POP3


def test_an_imap_server_that_cannot_be_trusted_is_told_not_worked_round() -> None:
    with pytest.raises(Refused) as trouble:
        choose_incoming(QUESTION, probed(untrusted(IMAP), good(POP3)), anything)
    assert IMAP.host in trouble.value.text


def test_none_known_is_none_and_none_answering_is_not_found_out() -> None:
    assert choose_incoming(QUESTION, probed(), anything) is None
    with pytest.raises(NotFoundOut):
        choose_incoming(QUESTION, probed(silent(IMAP)), anything)


def test_the_mechanism_is_the_best_that_both_can_do() -> None:
    report = good(IMAP, CRAM_MD5, PLAIN, SCRAM_SHA_256)
    assert usable_mechanism(report, QUESTION, anything) == SCRAM_SHA_256
    assert usable_mechanism(report, QUESTION, {PLAIN, CRAM_MD5}.__contains__) == PLAIN
    assert usable_mechanism(report, QUESTION, {CRAM_MD5}.__contains__) == CRAM_MD5
    assert usable_mechanism(untrusted(IMAP), QUESTION, anything) is None


def test_in_the_clear_only_to_this_machine_and_only_when_named() -> None:
    report = EndpointReport(BRIDGE, "127.0.0.1", reachable=True, auth=(PLAIN,))
    assert usable_mechanism(report, QUESTION, anything) is None
    named = Question(name="example.test", servers=(BRIDGE,))
    assert usable_mechanism(report, named, anything) == PLAIN
