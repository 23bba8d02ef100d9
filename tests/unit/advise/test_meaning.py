# SPDX-License-Identifier: MPL-2.0
"""What a report means in words, and what an administrator could do better: case by case."""

from dataclasses import replace

import pytest

from clientcfg.advise.administrator import to_do
from clientcfg.advise.headline import headline
from clientcfg.advise.meaning import meanings
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import EndpointReport, Family, FamilyAnswer, Problem
from tests.support.servers_said import HOST, plain, server, silent, tls, untrusted, without_tls


def codes(report: EndpointReport) -> list[str]:
    return [meaning.code for meaning in meanings(report)]


def text(report: EndpointReport, code: str) -> str:
    return next(meaning.text for meaning in meanings(report) if meaning.code == code)


def known(report: EndpointReport, *, system: bool, mozilla: bool) -> EndpointReport:
    assert report.tls is not None
    lists = (("system", system), ("mozilla", mozilla))
    return replace(report, tls=replace(report.tls, known_to=lists))


def mailbox(protocol: Protocol, **facts: object) -> EndpointReport:
    port = {Protocol.IMAP: 143, Protocol.POP3: 110}[protocol]
    endpoint = Endpoint(protocol, HOST, port, Security.STARTTLS)
    return replace(tls(587), endpoint=endpoint, **facts)  # type: ignore[arg-type]


M = Mechanism

CASES: dict[str, tuple[EndpointReport, list[str]]] = {
    "only after TLS": (tls(587, "AUTH PLAIN"), ["log-in-after-tls"]),
    "from the first byte": (tls(465, "AUTH PLAIN"), ["implicit-tls"]),
    "from the first byte, but nobody knows by whom": (untrusted(465, "AUTH PLAIN"), []),
    "passwords in the clear, too": (
        tls(587, "AUTH PLAIN LOGIN", before=("PLAIN", "LOGIN")),
        ["passwords-in-clear"],
    ),
    "challenges in the clear, more inside": (
        tls(587, "AUTH CRAM-MD5 PLAIN", before=("CRAM-MD5",)),
        ["challenges-in-clear", "more-after-tls"],
    ),
    "fewer inside": (
        tls(587, "AUTH PLAIN", before=("PLAIN", "CRAM-MD5")),
        ["passwords-in-clear", "fewer-after-tls"],
    ),
    "none inside": (tls(587, "AUTH ", before=("PLAIN",)), ["passwords-in-clear", "none-after-tls"]),
    "none at all on 25": (tls(25, "AUTH "), ["no-auth"]),
    "none at all on 465": (tls(465, "AUTH "), ["implicit-tls", "no-auth"]),
    "the form of 1997": (tls(587, "AUTH=LOGIN"), ["log-in-after-tls", "legacy-line"]),
    "in the clear where that was asked": (plain("127.0.0.1", "AUTH PLAIN"), ["not-encrypted"]),
    "no TLS": (without_tls(587, "AUTH PLAIN"), ["passwords-in-clear"]),
    "not there": (silent(587), []),
    "old TLS": (
        tls(465, "AUTH PLAIN", takes={"1.0": True, "1.1": False, "1.2": True, "1.3": True}),
        ["implicit-tls", "old-tls"],
    ),
    "no old TLS, no new one": (
        tls(465, "AUTH PLAIN", takes={"1.0": False, "1.1": False, "1.2": True, "1.3": False}),
        ["implicit-tls", "no-old-tls", "no-tls-1.3"],
    ),
    "old TLS not told": (
        tls(465, "AUTH PLAIN", takes={"1.0": None, "1.1": False, "1.2": True, "1.3": True}),
        ["implicit-tls"],
    ),
    "an authority of one's own": (
        known(tls(465, "AUTH PLAIN"), system=True, mozilla=False),
        ["implicit-tls", "not-on-mozilla-list"],
    ),
    "an authority that this system lacks": (
        known(tls(465, "AUTH PLAIN"), system=False, mozilla=True),
        ["implicit-tls", "not-known-to-system"],
    ),
    "an authority that all know": (
        known(tls(465, "AUTH PLAIN"), system=True, mozilla=True),
        ["implicit-tls"],
    ),
    "IMAP takes LOGIN in the clear without a word": (
        mailbox(
            Protocol.IMAP, auth=(M("PLAIN"),), password_login=True, password_login_before_tls=True
        ),
        ["own-log-in-in-clear"],
    ),
    "IMAP forbids LOGIN in the clear": (
        mailbox(
            Protocol.IMAP, auth=(M("PLAIN"),), password_login=True, password_login_before_tls=False
        ),
        ["log-in-after-tls"],
    ),
    "POP3 with APOP": (
        mailbox(Protocol.POP3, auth=(), capabilities=(("APOP", ""),)),
        ["apop"],
    ),
    "both families alike": (
        replace(
            tls(465, "AUTH PLAIN"),
            families=(
                FamilyAnswer(Family.IPV4, "192.0.2.1", reachable=True),
                FamilyAnswer(Family.IPV6, "2001:db8::1", reachable=True),
            ),
        ),
        ["implicit-tls", "both-families"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_it_means(case: str) -> None:
    report, expected = CASES[case]
    assert codes(report) == expected


def test_what_the_server_can_besides() -> None:
    capabilities = (("SIZE", "52428800"), ("8BITMIME", ""), ("DSN", ""), ("LIMITS", "RCPTMAX=50"))
    report = replace(tls(587, "AUTH PLAIN"), capabilities=capabilities)
    said = text(report, "extensions")
    for word in ("52 MB", "8BITMIME", "DSN", "RCPTMAX=50"):
        assert word in said
    assert "SMTPUTF8" not in said
    for size in ("0", "", "many"):
        assert "up to" not in " ".join(
            m.text for m in meanings(replace(report, capabilities=(("SIZE", size),)))
        )


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ((tls(465, "AUTH PLAIN"),), "works over encryption that was verified: PLAIN"),
        ((untrusted(465, "AUTH PLAIN"),), "not over encryption that could be verified"),
        ((without_tls(25, "AUTH PLAIN"),), "in the clear only"),
        ((tls(25, "AUTH "),), "offers SMTP-Auth"),
        ((silent(465), silent(587)), "No server answered"),
        ((silent(587), mailbox(Protocol.IMAP)), "No server for sending answered"),
        ((mailbox(Protocol.IMAP),), "No server for sending was asked"),
    ],
)
def test_the_one_sentence(reports: tuple[EndpointReport, ...], words: str) -> None:
    assert words in headline(server(*reports))


# For the administrator


def problem(report: EndpointReport, code: str) -> EndpointReport:
    return replace(report, problems=(Problem(code, code),))


GOOD = tls(465, "AUTH PLAIN", takes={"1.0": False, "1.1": False, "1.2": True, "1.3": True})
WISHES: dict[str, tuple[tuple[EndpointReport, ...], list[str]]] = {
    "nothing": ((GOOD, tls(587, "AUTH PLAIN")), []),
    "injected words": (
        (problem(tls(587, "AUTH PLAIN"), "plaintext-after-starttls"),),
        ["words-injected"],
    ),
    "STARTTLS overwritten": (
        (problem(without_tls(587), "starttls-masked"),),
        ["starttls-hidden"],
    ),
    "STARTTLS broken": ((problem(without_tls(587), "starttls-broken"),), ["mend-tls"]),
    "a bad certificate": ((untrusted(465, "AUTH PLAIN"),), ["mend-certificate"]),
    "passwords in the clear": (
        (GOOD, tls(587, "AUTH PLAIN", before=("PLAIN",))),
        ["passwords-only-inside-tls"],
    ),
    "USER in the clear": (
        (mailbox(Protocol.POP3, password_login_before_tls=True),),
        ["passwords-only-inside-tls"],
    ),
    "no TLS": ((without_tls(587),), ["offer-starttls"]),
    "old TLS": ((tls(465, "AUTH PLAIN", takes={"1.0": True}),), ["end-old-tls"]),
    "no new TLS": ((tls(465, "AUTH PLAIN", takes={"1.3": False}),), ["offer-tls-1.3"]),
    "no 465": ((silent(465), tls(587, "AUTH PLAIN")), ["offer-implicit-tls"]),
    "465 not asked": ((tls(587, "AUTH PLAIN"),), []),
    "port 25 alone": (
        (silent(465), silent(587), tls(25, "AUTH PLAIN")),
        ["submission-ports"],
    ),
    "DIGEST-MD5": ((tls(465, "AUTH PLAIN DIGEST-MD5"),), ["end-digest-md5"]),
    "an empty AUTH": ((problem(tls(465, "AUTH PLAIN"), "auth-empty"),), ["name-mechanisms"]),
    "families apart": ((problem(tls(465, "AUTH PLAIN"), "families-differ"),), ["same-over-both"]),
    "relays": (
        (replace(GOOD, relay=Relay(Regime.RELAYS_FOR_YOU, "It takes it.")),),
        ["relays"],
    ),
}


@pytest.mark.parametrize("case", WISHES)
def test_what_could_be_better(case: str) -> None:
    reports, expected = WISHES[case]
    found = to_do(server(*reports))
    assert [todo.code for todo in found] == expected
    for todo in found:
        assert todo.standard.startswith("RFC ")
        assert todo.endpoints
