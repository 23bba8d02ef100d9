# SPDX-License-Identifier: MPL-2.0
"""Verdicts of 2003 and of 2026, each with its reasoning in its name."""

from dataclasses import replace

import pytest

from clientcfg.advise.advise import advise
from clientcfg.clients.catalog import Catalog
from clientcfg.model.client import Confidence
from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.report import EndpointReport, Problem, ServerReport
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.rooms import profile_path
from tests.support.servers_said import HOST, plain, server, silent, tls, untrusted, without_tls

READY, UPGRADE = VerdictKind.READY, VerdictKind.UPGRADE
IMPOSSIBLE, UNKNOWN = VerdictKind.IMPOSSIBLE, VerdictKind.UNKNOWN

CATALOG = Catalog(profile_path("clients"))


def verdict(client: str, *said: EndpointReport) -> Verdict:
    return advise(server(*said), CATALOG.parse(client), CATALOG)


# The servers. TLS versions are what was negotiated; ``takes`` what was asked besides.

MODERN = (tls(587, "AUTH PLAIN LOGIN"), tls(465, "AUTH PLAIN LOGIN"))
BOTH_FORMS = (
    tls(587, "AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN"),
    tls(465, "AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN"),
)
TLS13_ONLY = (
    tls(465, "AUTH PLAIN LOGIN", takes={"1.0": False, "1.1": False, "1.2": False, "1.3": True}),
)
# A provider of 2003, as it would be had it known TLS: everything up to 1.0, LOGIN and PLAIN.
OF_2003 = (
    tls(25, "AUTH LOGIN PLAIN", version="1.0"),
    tls(465, "AUTH LOGIN PLAIN", version="1.0"),
    tls(587, "AUTH LOGIN PLAIN", version="1.0"),
)
OF_2003_FOR_OLD = tuple(
    tls(port, "AUTH LOGIN PLAIN", "AUTH=LOGIN PLAIN", version="1.0") for port in (25, 465, 587)
)
SUBMISSION_ONLY = (tls(587, "AUTH LOGIN", version="1.2"),)
PORT_25_ONLY = (tls(25, "AUTH LOGIN", version="1.2"),)
PORT_25_HASTY = (tls(25, "AUTH LOGIN", version="1.2", before=("LOGIN",)),)
SCRAM_ONLY = (tls(465, "AUTH SCRAM-SHA-256 SCRAM-SHA-1"),)
PLAIN_TEXT_ONLY = (without_tls(587, "AUTH PLAIN LOGIN"), without_tls(25))


@pytest.mark.parametrize(
    ("client", "said", "port", "mechanism"),
    [
        pytest.param(
            "thunderbird@153.7.0esr", MODERN, 465, "PLAIN", id="implicit TLS before STARTTLS"
        ),
        pytest.param("thunderbird", MODERN[:1], 587, "PLAIN", id="STARTTLS where there is no 465"),
        pytest.param("thunderbird", TLS13_ONLY, 465, "PLAIN", id="Thunderbird was seen with 1.3"),
        pytest.param("thunderbird", BOTH_FORMS, 465, "PLAIN", id="the old form does no harm"),
        pytest.param(
            "thunderbird", (tls(465, "AUTH CRAM-MD5"),), 465, "CRAM-MD5", id="CRAM-MD5 alone"
        ),
        pytest.param(
            "thunderbird",
            (tls(465, "AUTH CRAM-MD5 LOGIN PLAIN"),),
            465,
            "PLAIN",
            id="PLAIN inside TLS before CRAM-MD5",
        ),
        pytest.param(
            "thunderbird", (tls(465, "AUTH LOGIN"),), 465, "LOGIN", id="LOGIN where it is all"
        ),
        pytest.param("thunderbird", (tls(465, "AUTH NTLM"),), 465, "NTLM", id="NTLM takes it too"),
        pytest.param(
            "thunderbird",
            (tls(25, "AUTH PLAIN"), tls(587, "AUTH LOGIN")),
            587,
            "LOGIN",
            id="port 25 is the last resort",
        ),
        pytest.param("thunderbird", (tls(25, "AUTH PLAIN"),), 25, "PLAIN", id="25 if nothing else"),
        pytest.param("mutt", MODERN, 465, "PLAIN", id="Mutt does what Thunderbird does"),
        pytest.param("msmtp", MODERN, 465, "PLAIN", id="and msmtp"),
        pytest.param("msmtp", SCRAM_ONLY, 465, "SCRAM-SHA-256", id="msmtp speaks SCRAM"),
        pytest.param("mutt", SCRAM_ONLY, 465, "SCRAM-SHA-256", id="Mutt 2 speaks SCRAM"),
        pytest.param(
            "mutt@1.5.15",
            (tls(587, "AUTH PLAIN", version="1.2"),),
            587,
            "PLAIN",
            id="Mutt 1.5.15 got SMTP with log-in",
        ),
        pytest.param(
            "mutt@1.5.15",
            (tls(587, "AUTH PLAIN", takes={"1.2": True, "1.3": True}),),
            587,
            "PLAIN",
            id="1.2 is enough where the server was seen to take it",
        ),
    ],
)
def test_ready(client: str, said: tuple[EndpointReport, ...], port: int, mechanism: str) -> None:
    found = verdict(client, *said)
    assert found.kind is READY
    assert found.endpoint is not None
    assert (found.endpoint.port, found.mechanism) == (port, mechanism)
    assert found.reasons
    assert not found.advice
    assert found.missing_fact is None


@pytest.mark.parametrize(
    ("client", "said", "first_reason", "to", "version"),
    [
        pytest.param(
            "netscape@3.0",
            MODERN,
            "smtp-auth",
            "thunderbird",
            "153.7.0",
            id="Netscape 3 knows no SMTP-Auth, nor TLS",
        ),
        pytest.param(
            "netscape@4.08",
            MODERN,
            "announcement-form",
            "thunderbird",
            "153.7.0",
            id="Netscape 4.08 looks for AUTH= in vain",
        ),
        pytest.param(
            "outlook-express@4.72",
            MODERN,
            "announcement-form",
            "thunderbird",
            "153.7.0",
            id="Outlook Express 4 looks for AUTH= in vain",
        ),
        pytest.param(
            "outlook-express@6.0 SP1",
            SUBMISSION_ONLY,
            "starttls",
            "thunderbird",
            "153.7.0",
            id="Outlook Express 6 does no STARTTLS on 587",
        ),
        pytest.param(
            "outlook-express@5.5 SP2",
            PORT_25_HASTY,
            "log-in-before-tls",
            "thunderbird",
            "153.7.0",
            id="Outlook Express 5 would send its password before TLS",
        ),
        pytest.param(
            "mutt@1.5.14",
            (tls(587, "AUTH PLAIN", version="1.2"),),
            "smtp-auth",
            "mutt",
            "1.5.15",
            id="Mutt 1.5.14 has no SMTP, the very next one has",
        ),
        pytest.param(
            "mutt@1.5.14", MODERN, "smtp-auth", "mutt", "1.11", id="the smallest that is sure"
        ),
        pytest.param(
            "mutt@1.5.15", TLS13_ONLY, "tls-version", "mutt", "1.11", id="TLS 1.2 is too old there"
        ),
        pytest.param(
            "msmtp@1.8.3",
            (tls(587, "AUTH SCRAM-SHA-256", version="1.3"),),
            "mechanism",
            "msmtp",
            "1.8.15",
            id="SCRAM-SHA-256 came with msmtp 1.8.15",
        ),
    ],
)
def test_upgrade(
    client: str, said: tuple[EndpointReport, ...], first_reason: str, to: str, version: str
) -> None:
    found = verdict(client, *said)
    assert found.kind is UPGRADE
    assert found.reasons[0].code == first_reason
    assert found.endpoint is None
    advice = found.advice[0]
    assert (advice.client, advice.version) == (to, version)
    assert advice.action == ("upgrade" if to == CATALOG.parse(client).id else "switch")
    assert version in advice.text


@pytest.mark.parametrize(
    ("client", "said", "codes", "action"),
    [
        pytest.param(
            "thunderbird",
            SCRAM_ONLY,
            ["mechanism", "mechanism"],
            "ask-administrator",
            id="no Thunderbird speaks SCRAM",
        ),
        pytest.param(
            "thunderbird",
            (tls(465, "AUTH=PLAIN LOGIN"),),
            ["announcement-form"],
            "ask-administrator",
            id="AUTH= alone is no announcement to Thunderbird",
        ),
        pytest.param(
            "thunderbird",
            (tls(465), tls(587), tls(25)),
            ["offers-auth"],
            "ask-administrator",
            id="no AUTH anywhere",
        ),
        pytest.param(
            "mutt@1.5.14",
            (tls(465),),
            ["smtp-auth", "offers-auth"],
            "switch",
            id="neither end can, and both are said",
        ),
        pytest.param(
            "thunderbird",
            PLAIN_TEXT_ONLY,
            ["encryption", "encryption"],
            "ask-administrator",
            id="plain text only: no password goes there",
        ),
        pytest.param(
            "msmtp",
            (plain("192.0.2.1", "AUTH PLAIN"),),
            ["in-the-clear"],
            "ask-administrator",
            id="a plain endpoint is never a way",
        ),
        pytest.param(
            "thunderbird",
            (untrusted(465, "AUTH PLAIN"), untrusted(587, "AUTH PLAIN")),
            ["certificate"],
            "ask-administrator",
            id="a server that cannot prove who it is",
        ),
        pytest.param(
            "outlook-express@6.0",
            (tls(465, "AUTH SCRAM-SHA-256"),),
            ["mechanism"],
            "ask-administrator",
            id="nor does Thunderbird, its successor, speak SCRAM",
        ),
        pytest.param(
            "thunderbird",
            (silent(465), *SCRAM_ONLY),
            ["mechanism", "mechanism", "answered"],
            "ask-administrator",
            id="what does not answer is no way in, and is said last",
        ),
        pytest.param(
            "netscape@4.08",
            (tls(465, "AUTH=XOAUTH2"),),
            ["oauth2", "mechanism"],
            "switch",
            id="OAuth 2.0 is beyond Netscape",
        ),
    ],
)
def test_impossible(
    client: str, said: tuple[EndpointReport, ...], codes: list[str], action: str
) -> None:
    found = verdict(client, *said)
    assert found.kind is IMPOSSIBLE
    assert [r.code for r in found.reasons] == codes
    assert found.advice[0].action == action
    assert found.missing_fact is None


@pytest.mark.parametrize(
    ("client", "said", "word"),
    [
        pytest.param("netscape@4.08", BOTH_FORMS, "TLS", id="Netscape 4.08: its TLS is hearsay"),
        pytest.param(
            "netscape@4.08", OF_2003_FOR_OLD, "TLS", id="Netscape 4.08 in 2003: STARTTLS is hearsay"
        ),
        pytest.param(
            "netscape@4.7", MODERN, "announced", id="Netscape 4.7: which form it reads is not known"
        ),
        pytest.param("netscape@7.1", MODERN, "TLS", id="Netscape 7: TLS 1.0 is hearsay"),
        pytest.param("netscape@7.1", OF_2003, "TLS", id="Netscape 7 in 2003: the same"),
        pytest.param(
            "netscape@7.1",
            (tls(587, "AUTH LOGIN", version="1.0"),),
            "LOGIN",
            id="Netscape 7: PLAIN or LOGIN, nobody says which",
        ),
        pytest.param(
            "outlook-express@6.0 SP1", OF_2003, "TLS", id="Outlook Express 6 on 465: TLS is hearsay"
        ),
        pytest.param(
            "outlook-express@6.0 SP1", PORT_25_ONLY, "TLS", id="Outlook Express 6: STARTTLS on 25"
        ),
        pytest.param(
            "outlook-express@5.0:win", OF_2003, "TLS", id="Outlook Express 5: TLS is the system's"
        ),
        pytest.param(
            "outlook-express@4.0:mac-classic", MODERN, "SMTP-Auth", id="nobody wrote it down"
        ),
        pytest.param(
            "outlook-express@5.0:mac-classic",
            MODERN,
            "TLS",
            id="PLAIN or LOGIN: the server takes both, so it comes down to TLS",
        ),
        pytest.param(
            "thunderbird",
            (tls(465, "AUTH XOAUTH2"),),
            "OAuth 2.0",
            id="XOAUTH2: whose provider is it?",
        ),
        pytest.param(
            "thunderbird", (tls(465, "AUTH GSSAPI"),), "GSSAPI", id="GSSAPI wants a ticket"
        ),
        pytest.param("thunderbird", OF_2003, "TLS", id="today's clients may shun TLS 1.0"),
        pytest.param("thunderbird@78", MODERN, "TLS", id="older Thunderbirds: 1.3 is hearsay"),
        pytest.param("mutt@1.10", (tls(465, "AUTH PLAIN"),), "TLS", id="1.2 was not asked for"),
        pytest.param("msmtp@1.4.19", MODERN, "TLS", id="TLS is the library's"),
        pytest.param("netscape@8.0", MODERN, "SMTP-Auth", id="a version that nobody covers"),
        pytest.param(
            "thunderbird", (silent(465), silent(587)), "none answered", id="nothing answers"
        ),
        pytest.param("thunderbird", (), "none is known", id="no server for sending at all"),
        pytest.param(
            "thunderbird",
            (replace(tls(465), auth=None),),
            "which log-ins",
            id="the list inside TLS was not seen",
        ),
        pytest.param(
            "thunderbird",
            (replace(tls(587), tls=None, auth=None, problems=(Problem("tls-broken", "Broken."),)),),
            "encrypts",
            id="TLS broke half-way",
        ),
        pytest.param(
            "outlook-express@6.0",
            (replace(tls(25, "AUTH LOGIN", version="1.0"), auth_before_tls=None),),
            "before TLS",
            id="a hasty client, and the list before TLS was not seen",
        ),
    ],
)
def test_unknown(client: str, said: tuple[EndpointReport, ...], word: str) -> None:
    found = verdict(client, *said)
    assert found.kind is UNKNOWN
    assert found.missing_fact is not None
    assert word.casefold() in found.missing_fact.casefold()
    assert (found.endpoint, found.mechanism) == (None, None)


def test_the_fact_that_netscape_4_08_lacks_is_about_tls() -> None:
    fact = verdict("netscape@4.08", *BOTH_FORMS).missing_fact
    assert fact is not None
    assert "TLS" in fact


def test_unknown_still_names_a_version_that_surely_can() -> None:
    found = verdict("thunderbird@78", *MODERN)
    assert [(a.action, a.client, a.version) for a in found.advice] == [
        ("upgrade", "thunderbird", "140")
    ]


def test_the_reason_says_that_only_the_form_is_in_the_way() -> None:
    (reason,) = verdict("netscape@4.08", *MODERN).reasons
    assert "AUTH=" in reason.text
    assert "does not send" in reason.text
    assert reason.evidence is not None
    assert "S 250-AUTH PLAIN LOGIN" in reason.evidence
    assert "mksmtp.c" in reason.evidence


def test_reasons_of_a_yes_quote_the_server_and_the_source() -> None:
    found = verdict("thunderbird@153.7.0esr", *MODERN)
    evidence = {r.code: r.evidence or "" for r in found.reasons}
    assert "S 250-AUTH PLAIN LOGIN" in evidence["announcement-form"]
    assert "SmtpClient.sys.mjs" in evidence["mechanism"]
    assert "a run of Thunderbird" in evidence["tls-version"]


def test_an_untrusted_certificate_is_quoted_and_both_ways_out_are_named() -> None:
    found = verdict("thunderbird", untrusted(465, "AUTH PLAIN"))
    assert "signed by itself" in found.reasons[0].text
    assert [a.action for a in found.advice] == ["ask-administrator", "trust-ca"]


def test_scram_only_says_what_the_server_could_offer() -> None:
    found = verdict("thunderbird", *SCRAM_ONLY)
    assert "PLAIN, LOGIN, CRAM-MD5" in found.advice[0].text
    assert "SCRAM-SHA-256" in found.reasons[0].text


def test_a_successor_on_another_system_is_better_than_none() -> None:
    found = verdict("outlook-express@5.0:mac-classic", *SUBMISSION_ONLY)
    assert found.advice[0].client == "thunderbird"


LOOPBACK = Endpoint.parse(tls(587).endpoint.protocol, "127.0.0.1:2525/plain")


@pytest.mark.parametrize(
    ("host", "named", "kind"),
    [
        pytest.param("127.0.0.1", True, READY, id="a literal loopback address that was named"),
        pytest.param("127.0.0.1", False, IMPOSSIBLE, id="nobody named it"),
        pytest.param("192.0.2.1", True, IMPOSSIBLE, id="named, but not of this machine"),
        pytest.param("localhost", True, IMPOSSIBLE, id="a name is the resolver's word"),
    ],
)
def test_without_tls_only_to_this_machine(host: str, named: bool, kind: VerdictKind) -> None:
    said = plain(host, "AUTH PLAIN")
    allowed = frozenset({said.endpoint}) if named else frozenset[Endpoint]()
    found = advise(server(said), CATALOG.parse("thunderbird"), CATALOG, clear_allowed=allowed)
    assert found.kind is kind
    if kind is READY:
        assert found.endpoint == LOOPBACK


def test_what_is_announced_before_tls_counts_for_nothing() -> None:
    said = tls(587, before=("PLAIN",))
    found = verdict("thunderbird", said)
    assert said.endpoint.security is Security.STARTTLS
    assert found.kind is IMPOSSIBLE
    assert found.reasons[0].code == "offers-auth"


def test_imap_is_no_way_to_send() -> None:
    only_imap = ServerReport(HOST, "host", ())
    assert advise(only_imap, CATALOG.parse("mutt"), CATALOG).kind is UNKNOWN


def test_the_way_with_the_fewest_facts_missing_names_the_fact() -> None:
    oauth = tls(465, "AUTH XOAUTH2")
    found = verdict("thunderbird@78", oauth, tls(587, "AUTH PLAIN"))
    assert [r.code for r in found.reasons] == ["tls-version"]
    far = verdict("thunderbird@78", oauth)
    assert [r.code for r in far.reasons] == ["oauth2-provider", "tls-version"]


@pytest.mark.parametrize("client", ["aol@3.0", "cyberdog@1.0", "mh@6.0", "bsd-mailx@1.0"])
def test_what_is_only_recollected_decides_nothing(client: str) -> None:
    """Nobody confirmed that they cannot, so it is not a no, and the report is told as one."""
    found = verdict(client, *MODERN)
    assert found.kind is UNKNOWN
    assert "SMTP-Auth" in (found.missing_fact or "")
    assert "not confirmed" in (found.missing_fact or "")


def test_no_verdict_for_the_whole_catalog_rests_on_recollection() -> None:
    for name in CATALOG.ids():
        for one in CATALOG.profile(name).ranges:
            client = CATALOG.at(name, one.first or one.edition, one.platforms[0])
            ability = client.abilities.smtp_auth
            if ability.confidence is Confidence.RECOLLECTION:
                found = advise(server(*MODERN), client, CATALOG)
                assert found.kind is UNKNOWN, (name, one.first)
