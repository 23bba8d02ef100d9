# SPDX-License-Identifier: MPL-2.0
"""The only door a credential may go through, and everything that must keep it shut."""

import asyncio
import hashlib

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.trouble import NotFoundOut, Refused, Trouble
from clientcfg.probe.channel import Channel
from clientcfg.probe.driver import Pin, Trust, open_channel
from clientcfg.probe.link import Link
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Imap, Pop3, Says, Smtp, silent
from tests.support.fakes.server import FakeServer, Script, Session

pytestmark = pytest.mark.asyncio

HERE = resolve_to("127.0.0.1")


def at(server: FakeServer, protocol: Protocol, security: Security, host: str = NAME) -> Endpoint:
    return Endpoint(protocol, host, server.port, security)


@pytest.mark.parametrize(
    ("protocol", "security", "script"),
    [
        (Protocol.SMTP, Security.STARTTLS, Smtp()),
        (Protocol.SMTP, Security.TLS, Smtp(implicit_tls=True)),
        (Protocol.IMAP, Security.STARTTLS, Imap()),
        (Protocol.POP3, Security.TLS, Pop3(implicit_tls=True)),
    ],
)
async def test_a_verified_channel_is_ready_for_a_login(
    identities: Identities, protocol: Protocol, security: Security, script: Script
) -> None:
    implicit = security is Security.TLS
    async with FakeServer(script, identities.context("good"), implicit_tls=implicit) as server:
        channel = await open_channel(
            at(server, protocol, security),
            trust=Trust((identities.ca_file,)),
            timeout=5,
            resolve=HERE,
        )
        assert channel.proof.why == "verified-tls"
        assert channel.report.trusted
        assert channel.report.auth is not None
        farewell = b"c9 LOGOUT\r\n" if protocol is Protocol.IMAP else b"QUIT\r\n"
        await channel.wire.send(farewell)
        answer = b""
        while data := await channel.wire.receive():
            answer += data
        assert answer in (b"221 bye\r\n", b"* BYE\r\nc9 OK\r\n", b"+OK bye\r\n")
        await channel.wire.close()
    assert server.everything_heard.endswith(farewell)
    assert server.everything_heard.count(farewell) == 1


async def refused(
    server: FakeServer, trust: Trust, security: Security, timeout: float = 5
) -> Trouble:
    with pytest.raises(Trouble) as caught:
        await open_channel(
            at(server, Protocol.SMTP, security), trust=trust, timeout=timeout, resolve=HERE
        )
    return caught.value


@pytest.mark.parametrize("kind", ["expired", "wrong-name", "stranger", "self-signed", "all-wrong"])
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_no_channel_without_a_certificate_that_verifies(
    identities: Identities, kind: str, security: Security
) -> None:
    implicit = security is Security.TLS
    context = identities.context(kind)
    async with FakeServer(Smtp(implicit_tls=implicit), context, implicit_tls=implicit) as server:
        trouble = await refused(server, Trust((identities.ca_file,)), security)
    assert isinstance(trouble, Refused)
    assert "ertificate" in trouble.text


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (Smtp(injected=b"250 hi\r\n"), "plaintext-after-starttls"),
        (Smtp(offers=(b"AUTH PLAIN",)), "starttls-not-offered"),
        (Smtp(starttls=b"454 no"), "starttls-refused"),
    ],
)
async def test_no_channel_where_starttls_is_tampered_with(
    identities: Identities, script: Script, code: str
) -> None:
    async with FakeServer(script, identities.context("good")) as server:
        trouble = await refused(server, Trust((identities.ca_file,)), Security.STARTTLS)
    assert isinstance(trouble, Refused)
    assert trouble.code == code
    assert b"AUTH" not in server.everything_heard


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (silent, "no-answer"),
        (Says(b"554 no\r\n"), "refused-us"),
        (Says(b"HTTP/1.1 400 Bad\r\n"), "not-a-mail-server"),
    ],
)
async def test_what_could_not_be_found_out(script: Script, code: str) -> None:
    async with FakeServer(script) as server:
        trouble = await refused(server, Trust(), Security.STARTTLS, timeout=0.3)
    assert isinstance(trouble, NotFoundOut)
    assert trouble.code == code


async def test_a_pinned_certificate(identities: Identities) -> None:
    digest = hashlib.sha256(identities.leaf("self-signed")).hexdigest().upper()
    async with FakeServer(Smtp(), identities.context("self-signed")) as server:
        trust = Trust(pinned=(Pin(NAME, server.port, digest),))
        endpoint = at(server, Protocol.SMTP, Security.STARTTLS)
        channel = await open_channel(endpoint, trust=trust, timeout=5, resolve=HERE)
        assert channel.proof.why == "pinned-certificate"
        await channel.wire.close()


async def test_a_pin_shuts_out_every_other_certificate(identities: Identities) -> None:
    async with FakeServer(Smtp(), identities.context("good")) as server:
        trust = Trust((identities.ca_file,), (Pin(NAME, server.port, "0" * 64),))
        trouble = await refused(server, trust, Security.STARTTLS)
    assert isinstance(trouble, Refused)
    assert trouble.code == "pin-mismatch"


async def test_plain_only_at_a_loopback_address_that_a_person_named() -> None:
    async with FakeServer(Smtp(offers=(b"AUTH PLAIN",))) as server:
        endpoint = at(server, Protocol.SMTP, Security.PLAIN, "127.0.0.1")
        trust = Trust(named_loopback=frozenset({endpoint}))
        channel = await open_channel(endpoint, trust=trust, timeout=5)
        assert channel.proof.why == "named-loopback"
        assert channel.report.auth == ("PLAIN",)
        await channel.wire.close()
    assert server.everything_heard == b"EHLO [127.0.0.1]\r\n"


@pytest.mark.parametrize(
    ("host", "named"), [("127.0.0.1", False), (NAME, True), ("localhost", True)]
)
async def test_plain_anywhere_else_is_refused_before_connecting(host: str, named: bool) -> None:
    async with FakeServer(Smtp(offers=(b"AUTH PLAIN",))) as server:
        endpoint = at(server, Protocol.SMTP, Security.PLAIN, host)
        trust = Trust(named_loopback=frozenset({endpoint} if named else ()))
        with pytest.raises(Refused) as caught:
            await open_channel(endpoint, trust=trust, timeout=5, resolve=HERE)
    assert caught.value.code == "password-in-the-clear"
    assert server.sessions == []


async def test_a_wire_ends_with_its_deadline(identities: Identities) -> None:
    async with FakeServer(Smtp(), identities.context("good")) as server:
        channel = await open_channel(
            at(server, Protocol.SMTP, Security.STARTTLS),
            trust=Trust((identities.ca_file,)),
            timeout=0.5,
            resolve=HERE,
        )
        with pytest.raises(NotFoundOut) as caught:
            await channel.wire.receive()
        await channel.wire.close()
    assert caught.value.code == "time-up-in-log-in"


async def test_a_wire_that_nobody_reads_ends_with_its_deadline(identities: Identities) -> None:
    async def stuck(session: Session) -> None:
        await session.say(b"220 hi")
        await session.line()
        await session.say(b"250 hi")
        await asyncio.sleep(60)

    context = identities.context("good")
    async with FakeServer(stuck, context, implicit_tls=True) as server:
        channel = await open_channel(
            at(server, Protocol.SMTP, Security.TLS),
            trust=Trust((identities.ca_file,)),
            timeout=0.7,
            resolve=HERE,
        )
        with pytest.raises(NotFoundOut):
            await channel.wire.send(b"x" * 50_000_000)
        await channel.wire.close()


async def test_a_big_answer_comes_in_pieces(identities: Identities) -> None:
    script = Smtp(implicit_tls=True, other={b"NOOP": b"250 " + b"x" * 300_000})
    context = identities.context("good")
    async with FakeServer(script, context, implicit_tls=True) as server:
        channel = await open_channel(
            at(server, Protocol.SMTP, Security.TLS),
            trust=Trust((identities.ca_file,)),
            timeout=5,
            resolve=HERE,
        )
        await channel.wire.send(b"NOOP\r\n")
        answer = b""
        while not answer.endswith(b"\r\n"):
            data = await channel.wire.receive()
            assert 0 < len(data) <= 65536
            answer += data
        assert len(answer) == 300_006
        await channel.wire.close()


async def test_plain_is_refused_where_the_socket_leads_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Channel, "peer_is_loopback", False)
    async with FakeServer(Smtp(offers=(b"AUTH PLAIN",))) as server:
        endpoint = at(server, Protocol.SMTP, Security.PLAIN, "127.0.0.1")
        trust = Trust(named_loopback=frozenset({endpoint}))
        with pytest.raises(Refused):
            await open_channel(endpoint, trust=trust, timeout=5)


async def test_a_socket_that_leads_nowhere_is_not_on_loopback() -> None:
    assert not Link().peer_is_loopback
