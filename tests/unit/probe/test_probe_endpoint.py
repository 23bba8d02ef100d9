# SPDX-License-Identifier: MPL-2.0
"""Real sockets on loopback: what is reported of servers honest and otherwise."""

import asyncio
import contextlib
import hashlib
import socket
import ssl
import time
from collections.abc import AsyncIterator

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import WrongUsage
from clientcfg.probe.driver import Pin, Resolve, Trust, probe_endpoint
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import never_answers, resolve_to
from tests.support.fakes.scripts import (
    Drips,
    Imap,
    Pop3,
    Says,
    Smtp,
    hangs_up,
    silent,
    up_to_starttls,
)
from tests.support.fakes.server import FakeServer, Script, Session

pytestmark = pytest.mark.asyncio

HERE = resolve_to("127.0.0.1")


class Asked:
    """A fake that was probed: the report, and what it heard."""

    def __init__(self, report: EndpointReport, heard: list[bytes]) -> None:
        self.report = report
        self.heard = heard

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.report.problems]

    @property
    def tls_codes(self) -> list[str]:
        assert self.report.tls is not None
        return [problem.code for problem in self.report.tls.problems]


async def ask(
    script: Script,
    protocol: Protocol = Protocol.SMTP,
    security: Security = Security.STARTTLS,
    *,
    identities: Identities | None = None,
    kind: str = "good",
    trust: Trust | None = None,
    host: str = NAME,
    timeout: float = 5,
) -> Asked:
    context = identities.context(kind) if identities else None
    if trust is None:
        trust = Trust(ca_files=(identities.ca_file,) if identities else ())
    async with FakeServer(script, context, implicit_tls=security is Security.TLS) as server:
        endpoint = Endpoint(protocol, host, server.port, security)
        report = await probe_endpoint(endpoint, trust=trust, timeout=timeout, resolve=HERE)
    words = set(b" ".join(server.heard).upper().split())
    assert not words & {b"AUTH", b"LOGIN", b"AUTHENTICATE", b"USER", b"PASS", b"APOP", b"DATA"}
    return Asked(report, server.heard)


async def test_honest_starttls(identities: Identities) -> None:
    asked = await ask(Smtp(), identities=identities)
    report = asked.report
    assert report.reachable
    assert report.trusted
    assert asked.codes == []
    assert asked.tls_codes == []
    assert report.auth_before_tls == ()
    assert report.auth == ("PLAIN", "LOGIN")
    assert report.address == "127.0.0.1"
    assert asked.heard == [b"EHLO [127.0.0.1]\r\nSTARTTLS\r\nEHLO [127.0.0.1]\r\nQUIT\r\n"]
    assert report.tls is not None
    assert report.tls.version == "1.3"
    certificate = report.tls.certificate
    assert certificate is not None
    assert certificate.names == (NAME, "127.0.0.1")
    assert len(certificate.sha256) == 64


async def test_transcript_and_times(identities: Identities) -> None:
    report = (await ask(Smtp(), identities=identities)).report
    texts = [str(line) for line in report.transcript]
    assert texts[:3] == ["= connected", "S 220 mail.fake.test ESMTP", "C EHLO [127.0.0.1]"]
    assert texts[-1] == "C QUIT"
    inside = [line.inside_tls for line in report.transcript]
    assert inside == sorted(inside)
    assert True in inside
    times = [line.ms for line in report.transcript]
    assert times == sorted(times)
    timing = report.timing
    assert timing.connect is not None
    assert timing.greeting is not None
    assert timing.tls is not None
    assert timing.total >= timing.connect + timing.greeting + timing.tls - 1


@pytest.mark.parametrize(
    ("protocol", "script", "said"),
    [
        (Protocol.SMTP, Smtp(implicit_tls=True), b"EHLO [127.0.0.1]\r\nQUIT\r\n"),
        (Protocol.IMAP, Imap(implicit_tls=True), b"c3 CAPABILITY\r\nc4 LOGOUT\r\n"),
        (Protocol.POP3, Pop3(implicit_tls=True), b"CAPA\r\nQUIT\r\n"),
    ],
)
async def test_honest_implicit_tls(
    identities: Identities, protocol: Protocol, script: Script, said: bytes
) -> None:
    asked = await ask(script, protocol, Security.TLS, identities=identities)
    assert asked.report.trusted
    assert asked.codes == []
    assert asked.report.auth is not None
    assert "PLAIN" in asked.report.auth
    assert asked.heard == [said]


@pytest.mark.parametrize(("protocol", "script"), [(Protocol.IMAP, Imap()), (Protocol.POP3, Pop3())])
async def test_honest_mailboxes(identities: Identities, protocol: Protocol, script: Script) -> None:
    asked = await ask(script, protocol, identities=identities)
    assert asked.report.trusted
    assert asked.codes == []
    assert asked.report.auth_before_tls == ()
    assert asked.report.password_login is True


@pytest.mark.parametrize("host", [NAME, "127.0.0.1"])
async def test_a_literal_address_is_verified_as_one(identities: Identities, host: str) -> None:
    asked = await ask(Smtp(), identities=identities, host=host)
    assert asked.report.trusted


async def test_a_literal_address_that_the_certificate_does_not_name(
    identities: Identities,
) -> None:
    asked = await ask(Smtp(), identities=identities, kind="wrong-name", host="127.0.0.1")
    assert asked.tls_codes == ["name-mismatch"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("expired", ["certificate-expired"]),
        ("wrong-name", ["name-mismatch"]),
        ("stranger", ["unknown-issuer"]),
        ("self-signed", ["self-signed", "certificate-not-yet-valid"]),
        ("all-wrong", ["unknown-issuer", "name-mismatch", "certificate-expired"]),
    ],
)
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_every_fault_of_a_certificate(
    identities: Identities, kind: str, codes: list[str], security: Security
) -> None:
    script = Smtp(implicit_tls=security is Security.TLS)
    asked = await ask(script, security=security, identities=identities, kind=kind)
    report = asked.report
    assert asked.tls_codes == codes
    assert asked.codes == []
    assert not report.trusted
    assert report.reachable
    assert report.auth == ("PLAIN", "LOGIN")
    assert report.tls is not None
    assert report.tls.certificate is not None
    assert asked.heard[-1].endswith(b"QUIT\r\n")
    assert any("handshake failed" in line.text for line in report.transcript)


async def test_the_system_does_not_trust_a_throw_away_authority(identities: Identities) -> None:
    asked = await ask(Smtp(), identities=identities, trust=Trust())
    assert asked.tls_codes == ["unknown-issuer"]


@pytest.mark.parametrize("kind", ["self-signed", "good"])
async def test_a_pin_accepts_exactly_that_certificate(identities: Identities, kind: str) -> None:
    digest = hashlib.sha256(identities.leaf(kind)).hexdigest()
    for pinned, trusted in ((digest, True), ("0" * 64, False)):
        async with FakeServer(Smtp(), identities.context(kind)) as server:
            endpoint = Endpoint(Protocol.SMTP, NAME, server.port, Security.STARTTLS)
            trust = Trust((identities.ca_file,), (Pin(NAME, server.port, pinned),))
            report = await probe_endpoint(endpoint, trust=trust, timeout=5, resolve=HERE)
        assert report.trusted is trusted
        assert report.tls is not None
        assert ("pin-mismatch" in [p.code for p in report.tls.problems]) is not trusted


async def test_the_1997_form_of_auth(identities: Identities) -> None:
    asked = await ask(Smtp(inside=(b"AUTH=PLAIN LOGIN",)), identities=identities)
    assert asked.report.legacy_auth_line
    assert asked.report.auth == ("PLAIN", "LOGIN")


async def test_starttls_stripped() -> None:
    asked = await ask(Smtp(offers=(b"PIPELINING", b"AUTH PLAIN")))
    assert asked.codes == ["starttls-not-offered"]
    assert asked.report.auth_before_tls == ("PLAIN",)
    assert asked.report.auth is None


async def test_text_injected_behind_starttls(identities: Identities) -> None:
    script = Smtp(injected=b"250 AUTH GSSAPI\r\n")
    asked = await ask(script, identities=identities)
    assert asked.codes == ["plaintext-after-starttls"]
    assert asked.report.auth == ("PLAIN", "LOGIN")
    assert not asked.report.trusted


async def test_text_injected_in_a_segment_of_its_own(identities: Identities) -> None:
    async def late(session: Session) -> None:
        await up_to_starttls(session)
        session.stop_listening()
        await session.say(b"220 go")
        await asyncio.sleep(0.05)
        await session.say(b"250 AUTH GSSAPI")
        await asyncio.sleep(0.05)
        await session.start_tls()
        await session.line()
        await session.say(b"250-hi", b"250 AUTH PLAIN")

    asked = await ask(late, identities=identities)
    assert asked.codes == ["plaintext-after-starttls"]
    assert asked.report.auth == ("PLAIN",)
    assert not asked.report.trusted


async def test_starttls_offered_and_broken() -> None:
    async def breaks(session: Session) -> None:
        await up_to_starttls(session)
        await session.say(b"220 go")
        await session.some()
        await session.send(bytes([21, 3, 3, 0, 2, 2, 80]))  # fatal alert: internal_error

    asked = await ask(breaks)
    assert asked.codes == ["starttls-broken"]
    assert "alert 80 (internal error)" in asked.report.problems[0].text
    assert asked.report.auth_before_tls == ()
    assert asked.report.tls is None
    assert len(asked.heard) == 2


async def test_tls_too_old_for_todays_clients(identities: Identities) -> None:
    context = identities.context("good")
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    async with FakeServer(Smtp(), context) as server:
        endpoint = Endpoint(Protocol.SMTP, NAME, server.port, Security.STARTTLS)
        trust = Trust((identities.ca_file,))
        report = await probe_endpoint(endpoint, trust=trust, timeout=5, resolve=HERE)
    assert report.tls is not None
    assert report.tls.version == "1.1"
    assert [p.code for p in report.tls.problems] == ["tls-too-old"]
    assert not report.trusted
    assert report.auth == ("PLAIN", "LOGIN")


async def test_plain_text_on_a_port_for_tls() -> None:
    async with FakeServer(Says(b"220 hi\r\n")) as server:
        endpoint = Endpoint(Protocol.SMTP, NAME, server.port, Security.TLS)
        report = await probe_endpoint(endpoint, trust=Trust(), timeout=5, resolve=HERE)
    assert [p.code for p in report.problems] == ["not-tls"]
    assert "220 hi" in report.problems[0].text


@pytest.mark.parametrize("data", [b"220 hello", b"220-x\r\n"])
async def test_a_dripping_server_ends_at_the_deadline(data: bytes) -> None:
    started = time.monotonic()
    asked = await ask(Drips(data, 0.02), timeout=0.4)
    assert time.monotonic() - started < 1.5
    assert asked.codes == ["no-answer"]
    assert asked.heard == [b""]


async def test_a_silent_server_is_told_with_the_step() -> None:
    asked = await ask(silent, timeout=0.2)
    assert asked.codes == ["no-answer"]
    assert "greeting" in asked.report.problems[0].text
    assert not asked.report.reachable
    assert asked.heard == [b""]


async def test_a_server_that_falls_silent_after_the_greeting() -> None:
    asked = await ask(Says(b"220 hi\r\n"), timeout=0.2)
    assert asked.codes == ["no-answer"]
    assert "EHLO" in asked.report.problems[0].text
    assert asked.report.reachable


async def test_a_silent_handshake(identities: Identities) -> None:
    async with FakeServer(silent) as server:
        endpoint = Endpoint(Protocol.IMAP, NAME, server.port, Security.TLS)
        report = await probe_endpoint(endpoint, trust=Trust(), timeout=0.2, resolve=HERE)
    assert [p.code for p in report.problems] == ["no-answer"]
    assert "TLS" in report.problems[0].text


async def test_a_server_that_hangs_up() -> None:
    asked = await ask(hangs_up)
    assert asked.codes == ["hung-up"]
    assert not asked.report.reachable


@pytest.mark.parametrize("filler", [b"x" * 5_000_000, b"220-x\r\n" * 700_000])
async def test_five_megabytes_of_greeting(filler: bytes) -> None:
    asked = await ask(Says(b"220-" + filler))
    assert asked.codes in (["line-too-long"], ["answer-too-long"])
    assert not asked.report.reachable


@pytest.mark.parametrize("protocol", list(Protocol))
async def test_a_web_server(protocol: Protocol) -> None:
    asked = await ask(Says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), protocol)
    assert asked.codes == ["not-a-mail-server"]
    assert not asked.report.reachable


@pytest.mark.parametrize("greeting", [b"421 later", b"554 go away"])
async def test_refused_at_the_door(greeting: bytes) -> None:
    asked = await ask(Smtp(greeting=greeting))
    assert asked.codes == ["refused-us"]
    assert asked.heard == [b"QUIT\r\n"]


async def test_logindisabled(identities: Identities) -> None:
    script = Imap(implicit_tls=True, inside=b"IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2")
    asked = await ask(script, Protocol.IMAP, Security.TLS, identities=identities)
    assert asked.report.password_login is False
    assert asked.report.auth == ("XOAUTH2",)


async def test_preauth() -> None:
    asked = await ask(Imap(greeting=b"* PREAUTH hello"), Protocol.IMAP)
    assert asked.codes == ["preauth"]
    assert asked.heard == [b"c4 LOGOUT\r\n"]


async def test_pop3_without_capa(identities: Identities) -> None:
    script = Pop3(implicit_tls=True, inside=None)
    asked = await ask(script, Protocol.POP3, Security.TLS, identities=identities)
    assert asked.report.password_login is True
    assert asked.codes == ["no-capa"]


async def test_plain() -> None:
    asked = await ask(Smtp(offers=(b"AUTH PLAIN",)), security=Security.PLAIN)
    assert asked.report.auth == ("PLAIN",)
    assert asked.report.tls is None
    assert not asked.report.trusted


# Not reached at all


@contextlib.asynccontextmanager
async def closed_port() -> AsyncIterator[int]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


async def probe(
    port: int, resolve: Resolve, host: str = NAME, timeout: float = 1
) -> EndpointReport:
    endpoint = Endpoint(Protocol.SMTP, host, port, Security.STARTTLS)
    return await probe_endpoint(endpoint, trust=Trust(), timeout=timeout, resolve=resolve)


async def test_a_closed_port() -> None:
    async with closed_port() as port:
        report = await probe(port, HERE)
    assert [p.code for p in report.problems] == ["refused"]
    assert report.address is None


async def test_a_name_that_does_not_exist() -> None:
    async def nobody(host: str) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert [p.code for p in (await probe(25, nobody)).problems] == ["no-such-host"]
    assert [p.code for p in (await probe(25, resolve_to())).problems] == ["no-such-host"]


@pytest.mark.parametrize("host", ["x" * 70 + ".test", ".test", "a b", ""])
async def test_what_is_no_host_name_is_not_looked_up(host: str) -> None:
    report = await probe(25, HERE, host)
    assert [p.code for p in report.problems] == ["not-a-host-name"]


async def test_a_resolver_that_fails_or_hangs() -> None:
    async def broken(host: str) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")

    assert [p.code for p in (await probe(25, broken)).problems] == ["no-dns-answer"]
    started = time.monotonic()
    report = await probe(25, never_answers, timeout=0.2)
    assert time.monotonic() - started < 0.8
    assert [p.code for p in report.problems] == ["no-answer"]
    assert "looking up" in report.problems[0].text


async def test_the_system_resolver_and_a_literal_address() -> None:
    async with FakeServer(Says(b"554 no\r\n")) as server:
        for host in ("127.0.0.1", "localhost"):
            endpoint = Endpoint(Protocol.SMTP, host, server.port, Security.STARTTLS)
            report = await probe_endpoint(endpoint, trust=Trust(), timeout=5)
            assert report.problems[-1].code == "refused-us"
            assert report.address == "127.0.0.1"


async def test_the_next_address_is_tried_and_the_first_is_told() -> None:
    async with FakeServer(Says(b"554 no\r\n")) as server:
        report = await probe(server.port, resolve_to("127.0.0.9", "127.0.0.1"))
    assert report.address == "127.0.0.1"
    assert [p.code for p in report.problems] == ["address-without-answer", "refused-us"]
    assert "127.0.0.9" in report.problems[0].text


async def test_a_black_hole_costs_a_quarter_of_a_second() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.9", 0))
        port = full.getsockname()[1]
        full.listen(0)
        # A listener whose queue is full does not answer: loopback's black hole.
        plugs = [socket.socket() for _plug in range(3)]
        for plug in plugs:
            plug.setblocking(False)
            plug.connect_ex(("127.0.0.9", port))
        server = await asyncio.start_server(_refuses, "127.0.0.1", port)
        async with server:
            started = time.monotonic()
            report = await probe(port, resolve_to("127.0.0.9", "127.0.0.1"))
            assert 0.2 < time.monotonic() - started < 0.9
        for plug in plugs:
            plug.close()
    assert report.address == "127.0.0.1"


async def _refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"554 no\r\n")
    await writer.drain()
    writer.close()


async def test_a_ca_file_that_is_none(tmp_path: object) -> None:
    endpoint = Endpoint(Protocol.SMTP, NAME, 25, Security.STARTTLS)
    with pytest.raises(WrongUsage):
        await probe_endpoint(endpoint, trust=Trust((f"{tmp_path}/no.pem",)), timeout=1)
