# SPDX-License-Identifier: MPL-2.0
"""Where a certificate did not verify: which ways on are offered, which never, and the letter."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.cli.options import question_from
from clientcfg.flows.letter import text_for_administrator
from clientcfg.flows.ways_on import names_to_try, trust_certificate, ways_on
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import (
    Certificate,
    EndpointReport,
    Line,
    Problem,
    Speaker,
    Tls,
)
from clientcfg.model.way_on import WayOn, WayOnKind
from clientcfg.probe.connect import Resolve
from clientcfg.probe.driver import Pin, Trust, probe_endpoint
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Smtp
from tests.support.fakes.server import FakeServer

OTHER = "other.fake.test"
HERE = resolve_to("127.0.0.1")
SMTP = Endpoint(Protocol.SMTP, NAME, 465, Security.TLS)
CERTIFICATE = Certificate(
    subject="CN=mail", names=(NAME,), issuer="CN=Nobody", sha256="0a" * 32,
    not_before=datetime(2026, 1, 1, tzinfo=UTC), not_after=datetime(2026, 12, 31, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture(scope="module")
def identities(tmp_path_factory: pytest.TempPathFactory) -> Identities:
    return Identities(tmp_path_factory.mktemp("identities"))


def report(
    *faults: str,
    problems: tuple[str, ...] = (),
    certificate: Certificate | None = CERTIFICATE,
    endpoint: Endpoint = SMTP,
) -> EndpointReport:
    tls = Tls(
        "1.3", "X", trusted=not faults, certificate=certificate,
        problems=tuple(Problem(code, f"About {code}.") for code in faults),
    )  # fmt: skip
    return EndpointReport(
        endpoint,
        "192.0.2.1",
        reachable=True,
        tls=tls,
        problems=tuple(Problem(code, f"About {code}.") for code in problems),
        transcript=(Line(Speaker.CLIENT, "EHLO my.own.machine", inside_tls=True, ms=1.0),),
    )


@pytest.mark.parametrize(
    "faults",
    [
        ("self-signed",),
        ("unknown-issuer",),
        ("name-mismatch",),
        ("certificate-expired",),
        ("certificate-not-yet-valid",),
        ("issuer-expired",),
        ("certificate-without-names", "self-signed", "certificate-expired"),
    ],
)
def test_what_the_certificate_itself_can_make_up_for(faults: tuple[str, ...]) -> None:
    way = trust_certificate(report(*faults))
    assert way is not None
    assert way.option == f"--trust-cert sha256:{CERTIFICATE.sha256}@{NAME}:465"


@pytest.mark.parametrize(
    "fault",
    [
        "pin-mismatch",
        "tls-too-old",
        "tls-only-weak",
        "certificate-unreadable",
        "certificate-not-trusted",
        "a-fault-of-tomorrow",
    ],
)
def test_what_no_person_is_asked_to_overlook(fault: str) -> None:
    assert trust_certificate(report(fault)) is None
    assert trust_certificate(report("self-signed", fault)) is None
    assert names_to_try(report("name-mismatch", fault)) == ()


@pytest.mark.parametrize("odd", ["plaintext-after-starttls", "preauth", "starttls-masked"])
def test_nothing_is_offered_where_somebody_meddles_with_the_conversation(odd: str) -> None:
    assert trust_certificate(report("self-signed", problems=(odd,))) is None
    assert names_to_try(report("name-mismatch", problems=(odd,))) == ()


def test_where_it_verified_or_nothing_was_seen_there_is_no_way_on() -> None:
    assert trust_certificate(report()) is None
    assert trust_certificate(EndpointReport(SMTP, None, reachable=False)) is None
    assert trust_certificate(report("self-signed", certificate=None)) is None
    harmless = report("self-signed", problems=("address-without-answer",))
    assert trust_certificate(harmless) is not None


def test_names_that_can_be_tried() -> None:
    names = (
        "*.hoster.example", "192.0.2.7", "2001:db8::1", "localhost", "a b.example",
        "mail.hoster.example", "mail.hoster.example", "x$(reboot).example", "BIG.Hoster.example",
        "a.example", "b.example", "c.example", "d.example",
    )  # fmt: skip
    found = names_to_try(report("name-mismatch", certificate=replace(CERTIFICATE, names=names)))
    assert [endpoint.host for endpoint in found] == [
        "mail.hoster.example", "big.hoster.example", "a.example", "b.example", "c.example",
    ]  # fmt: skip
    assert {(e.protocol, e.port, e.security) for e in found} == {
        (SMTP.protocol, SMTP.port, SMTP.security)
    }


def test_another_name_is_no_way_where_more_is_wrong() -> None:
    certificate = replace(CERTIFICATE, names=("mail.hoster.example",))
    assert names_to_try(report("self-signed", "name-mismatch", certificate=certificate)) == ()


HOSTS = st.one_of(
    st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){1,2}", fullmatch=True),
    st.ip_addresses().map(str),
)


@given(HOSTS, st.integers(1, 65535), st.binary(min_size=32, max_size=32).map(bytes.hex))
def test_options_mean_what_they_say(host: str, port: int, sha256: str) -> None:
    """What is shown to be added is read as exactly that server and that certificate."""
    endpoint = Endpoint(Protocol.IMAP, host, port, Security.TLS)
    certificate = replace(CERTIFICATE, sha256=sha256)
    pin = WayOn(WayOnKind.TRUST_CERTIFICATE, endpoint, endpoint, certificate)
    name, value = pin.option.split(" ")
    assert name == "--trust-cert"
    assert question_from("example.org", trust_cert=(value,)).pins == (Pin(host, port, sha256),)
    other = WayOn(WayOnKind.OTHER_NAME, SMTP, endpoint, certificate)
    name, value = other.option.split(" ")
    assert name == "--imap"
    assert question_from(None, imap=(value,)).servers == (endpoint,)


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("Mail.Example.ORG.:465", "mail.example.org"),
        ("bücher.example:465", "xn--bcher-kva.example"),
        ("[2001:DB8:0:0::1]:465", "2001:db8::1"),
    ],
)
def test_a_pin_is_for_the_server_that_is_meant_however_it_is_written(
    written: str, host: str
) -> None:
    question = question_from("example.org", trust_cert=(f"sha256:{'AB' * 32}@{written}",))
    assert question.trust.pins(replace(SMTP, host=host)) == {"ab" * 32}


async def found(
    identities: Identities,
    kind: str,
    resolve: Resolve = HERE,
    *,
    trust: Trust | None = None,
    timeout: float = 5,
) -> tuple[tuple[WayOn, ...], bytes]:
    trust = trust or Trust(ca_files=(identities.ca_file,))
    async with FakeServer(
        Smtp(implicit_tls=True), identities.context(kind), implicit_tls=True
    ) as s:
        endpoint = replace(SMTP, port=s.port)
        seen = await probe_endpoint(endpoint, trust=trust, timeout=5, resolve=HERE)
        ways = await ways_on(seen, trust=trust, timeout=timeout, resolve=resolve)
    return ways, s.everything_heard


async def test_the_name_in_the_certificate_is_offered_where_it_verifies(
    identities: Identities,
) -> None:
    ways, heard = await found(identities, "wrong-name")
    assert [(way.kind, way.endpoint.host) for way in ways] == [
        (WayOnKind.OTHER_NAME, OTHER),
        (WayOnKind.TRUST_CERTIFICATE, NAME),
    ]
    assert {way.refused.host for way in ways} == {NAME}
    assert b"AUTH" not in heard


async def test_a_name_that_leads_elsewhere_is_not_offered(identities: Identities) -> None:
    ways, heard = await found(identities, "wrong-name", resolve_to("127.0.0.9", "::1"))
    assert [way.kind for way in ways] == [WayOnKind.TRUST_CERTIFICATE]
    assert heard.count(b"EHLO") == 1


@pytest.mark.parametrize("kind", ["all-wrong", "stranger", "self-signed", "expired"])
async def test_other_faults_have_one_way_on(identities: Identities, kind: str) -> None:
    ways, _heard = await found(identities, kind)
    assert [way.kind for way in ways] == [WayOnKind.TRUST_CERTIFICATE]


async def test_a_certificate_that_is_good_has_none(identities: Identities) -> None:
    assert (await found(identities, "good"))[0] == ()


async def test_a_pin_that_does_not_match_has_none(identities: Identities) -> None:
    async with FakeServer(
        Smtp(implicit_tls=True), identities.context("stranger"), implicit_tls=True
    ) as server:
        endpoint = replace(SMTP, port=server.port)
        trust = Trust(pinned=(Pin(NAME, server.port, "00" * 32),))
        seen = await probe_endpoint(endpoint, trust=trust, timeout=5, resolve=HERE)
    assert await ways_on(seen, trust=trust, timeout=1, resolve=HERE) == ()


async def test_names_that_never_resolve_take_no_more_than_the_time_there_is(
    identities: Identities,
) -> None:
    async def hangs(host: str) -> tuple[str, ...]:
        await asyncio.Event().wait()
        return ()

    began = time.monotonic()
    ways, _heard = await found(identities, "wrong-name", hangs, timeout=0.2)
    assert time.monotonic() - began < 3
    assert [way.kind for way in ways] == [WayOnKind.TRUST_CERTIFICATE]


def test_the_letter_has_all_facts_and_nothing_of_the_person() -> None:
    imap = replace(SMTP, protocol=Protocol.IMAP, port=143, security=Security.STARTTLS)
    text = text_for_administrator(
        (
            report("name-mismatch", "certificate-expired"),
            report("name-mismatch", "certificate-expired", endpoint=imap),
            report(),
        )
    )
    for fact in (
        f"{NAME}, port 465, encrypted from the start (192.0.2.1)",
        f"{NAME}, port 143, encrypted with STARTTLS",
        "About name-mismatch.",
        "About certificate-expired.",
        "names: mail.fake.test",
        "issuer: CN=Nobody",
        "1 January 2026, 00:00 to 31 December 2026, 00:00 (UTC)",
        ":".join(["0A"] * 32),
        f"that has {NAME} among its names",
        "Renew the certificate",
    ):
        assert fact in text, fact
    assert text.count("Where:") == 1, "one part for one certificate"
    assert "my.own.machine" not in text


def test_the_letter_has_a_part_for_each_certificate_and_is_empty_without_a_fault() -> None:
    other = replace(CERTIFICATE, sha256="0b" * 32)
    text = text_for_administrator(
        (report("self-signed"), report("unknown-issuer", certificate=other))
    )
    assert text.count("Where:") == 2
    assert text_for_administrator((report(), EndpointReport(SMTP, None, reachable=False))) == ""


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        ("self-signed", "authority that mail programs know"),
        ("unknown-issuer", "intermediate certificates"),
        ("issuer-expired", "intermediate certificate that has expired"),
        ("certificate-without-names", "subjectAltName"),
        ("certificate-not-yet-valid", "clock"),
        ("pin-mismatch", "tell your users its fingerprint"),
        ("tls-too-old", "TLS 1.2 or newer"),
        ("tls-only-weak", "TLS 1.2 or newer"),
        ("certificate-not-trusted", "Look at the certificate"),
    ],
)
def test_the_letter_says_what_to_change(fault: str, remedy: str) -> None:
    assert remedy in text_for_administrator((report(fault),))


def test_a_certificate_of_many_names_is_not_listed_to_the_end() -> None:
    many = replace(CERTIFICATE, names=tuple(f"h{n}.example" for n in range(30)))
    text = text_for_administrator((report("name-mismatch", certificate=many),))
    assert "and 20 more" in text
    assert "h29.example" not in text
