# SPDX-License-Identifier: MPL-2.0
"""The demo's servers, asked by our own probe and log-in as in real life."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest

from clientcfg.demo.certificate import make_certificates
from clientcfg.demo.listener import Listener, Peer
from clientcfg.demo.world import World
from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, PLAIN, Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Refused
from clientcfg.probe.driver import Trust, open_channel, probe_endpoint
from clientcfg.verify import imap, pop3, smtp
from clientcfg.verify.arrival import Looked, seen
from clientcfg.verify.message import message_to_oneself
from tests.support.scripted import everything_said

BOTH = (Security.TLS, Security.STARTTLS)
READERS: dict[Protocol, ModuleType] = {Protocol.IMAP: imap, Protocol.POP3: pop3}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as started:
        yield started


async def loopback(_host: str) -> tuple[str, ...]:
    return ("127.0.0.1",)


def trust(world: World) -> Trust:
    return Trust(ca_files=(str(world.ca_file),))


async def channel_to(world: World, endpoint: Endpoint) -> TrustedChannel:
    return await open_channel(endpoint, trust=trust(world), timeout=20, resolve=loopback)


def login(world: World, endpoint: Endpoint, mechanism: Mechanism = PLAIN) -> ServerLogin:
    return ServerLogin(endpoint, str(world.address), mechanism)


async def send_one(world: World, security: Security, mechanism: Mechanism = PLAIN) -> str:
    endpoint = world.endpoint(Protocol.SMTP, security)
    channel = await channel_to(world, endpoint)
    session = await smtp.log_in(channel, login(world, endpoint, mechanism), world.password)
    message = message_to_oneself(world.address, "Ada Lövelace")
    address = str(world.address)
    reply = await smtp.submit(session, address, address, message.data)
    assert reply.startswith("250 2.0.0 OK")
    await session.leave()
    return message.message_id


async def look(world: World, endpoint: Endpoint, message_id: str, *, delete: bool) -> Looked:
    channel = await channel_to(world, endpoint)
    reader = READERS[endpoint.protocol]
    looked: Looked = await reader.look(
        channel, login(world, endpoint), world.password, message_id, delete=delete
    )
    return looked


@pytest.mark.parametrize("security", BOTH)
@pytest.mark.parametrize("mechanism", [PLAIN, LOGIN])
@pytest.mark.parametrize("protocol", READERS)
async def test_send_see_delete(
    world: World, security: Security, mechanism: Mechanism, protocol: Protocol
) -> None:
    other = await send_one(world, security)
    sent = await send_one(world, security, mechanism)
    endpoint = world.endpoint(protocol, security)
    assert await look(world, endpoint, "<never@sent>", delete=True) == Looked(False, False)
    assert await look(world, endpoint, sent, delete=False) == Looked(True, False)
    looked = await seen(lambda: look(world, endpoint, sent, delete=True), within=10)
    assert looked == Looked(True, True)
    assert await look(world, endpoint, sent, delete=True) == Looked(False, False)
    (left,) = world.mailbox.messages
    assert other.encode() in left.content
    assert rb"\Deleted" not in left.flags
    entry = world.log[-1]
    assert (entry.username, entry.mechanism) == ("ada@demo.clientcfg.test", mechanism)
    assert entry.message_id == sent
    assert entry.tls == "TLSv1.3"
    assert entry.recipients == (str(world.address),)


@pytest.mark.parametrize("security", BOTH)
@pytest.mark.parametrize("protocol", Protocol)
async def test_what_the_probe_sees(world: World, security: Security, protocol: Protocol) -> None:
    endpoint = world.endpoint(protocol, security)
    report = await probe_endpoint(endpoint, trust=trust(world), timeout=20, resolve=loopback)
    assert report.reachable
    assert report.trusted
    assert report.problems == ()
    assert set(report.auth or ()) == {PLAIN, *([LOGIN] if protocol is Protocol.SMTP else [])}
    assert not report.auth_before_tls
    assert "clientcfg demo" in (report.greeting or "")


@pytest.mark.parametrize("protocol", Protocol)
async def test_without_its_authority_it_is_not_trusted(world: World, protocol: Protocol) -> None:
    with pytest.raises(Refused):
        await open_channel(world.endpoint(protocol), trust=Trust(), timeout=20, resolve=loopback)


@pytest.mark.parametrize("protocol", Protocol)
@pytest.mark.parametrize("username", ["ada@demo.clientcfg.test", "Ada", "ada@demo.clientcfg.tes"])
async def test_a_wrong_password_is_refused_in_the_servers_words(
    world: World, protocol: Protocol, username: str
) -> None:
    endpoint = world.endpoint(protocol)
    reader = READERS.get(protocol, smtp)
    wrong = Secret("wrong-hunter2")
    with pytest.raises(No) as told:
        await reader.log_in(
            await channel_to(world, endpoint), ServerLogin(endpoint, username, PLAIN), wrong
        )
    assert told.value.code == "login-refused"
    assert told.value.text.count("“") == 1
    assert "hunter2" not in everything_said(told.value)
    assert world.log == []


@pytest.mark.parametrize("protocol", READERS)
async def test_the_protocols_own_login_command(world: World, protocol: Protocol) -> None:
    endpoint = world.endpoint(protocol, Security.STARTTLS)
    channel = await channel_to(world, endpoint)
    session = await READERS[protocol].log_in(channel, login(world, endpoint, LOGIN), world.password)
    await session.leave()


async def test_a_mechanism_it_does_not_have(world: World) -> None:
    endpoint = world.endpoint(Protocol.SMTP)
    with pytest.raises(No) as told:
        await smtp.log_in(
            await channel_to(world, endpoint), login(world, endpoint, CRAM_MD5), world.password
        )
    assert told.value.code == "mechanism-not-offered"


async def test_it_sends_nothing_to_the_world_outside(world: World) -> None:
    endpoint = world.endpoint(Protocol.SMTP)
    for sender, recipient, words in (
        (str(world.address), "eve@example.org", "world outside"),
        (str(world.address), "eve@demo.clientcfg.test", "Nobody"),
        ("eve@example.org", str(world.address), "own address"),
    ):
        channel = await channel_to(world, endpoint)
        session = await smtp.log_in(channel, login(world, endpoint), world.password)
        with pytest.raises(No) as told:
            await smtp.submit(session, sender, recipient, b"Hi\r\n")
        assert words in told.value.text
        await session.leave()
    assert world.log == []
    assert world.mailbox.messages == []


async def test_a_marked_neighbour_is_not_swept_away(world: World) -> None:
    sent = await send_one(world, Security.TLS)
    neighbour = world.mailbox.messages[0]
    neighbour.flags.add(rb"\Deleted")
    again = await send_one(world, Security.TLS)
    endpoint = world.endpoint(Protocol.IMAP)
    assert await look(world, endpoint, again, delete=True) == Looked(True, True)
    assert [m.uid for m in world.mailbox.messages] == [neighbour.uid]
    assert sent.encode() in neighbour.content


async def test_dots_and_eight_bits_arrive_as_they_were(world: World) -> None:
    endpoint = world.endpoint(Protocol.SMTP)
    session = await smtp.log_in(
        await channel_to(world, endpoint), login(world, endpoint), world.password
    )
    body = b"Subject: x\r\n\r\n.\r\n..\r\n.a\r\nf\xc3\xbcr\r\n"
    await smtp.submit(session, str(world.address), str(world.address), body)
    await session.leave()
    assert world.mailbox.messages[0].content.endswith(body)


async def test_a_server_that_drips_is_given_up_at_the_deadline(tmp_path: Path) -> None:
    ca_file, context = make_certificates(("localhost",), tmp_path)

    async def drip(peer: Peer) -> None:
        await peer.send(b"220 localhost ESMTP\r\n")
        await peer.line()
        await peer.send(b"250-localhost\r\n250 AUTH PLAIN\r\n")
        await peer.line()
        while True:
            await peer.send(b"2")
            await asyncio.sleep(0.02)

    listener = Listener(drip)
    endpoint = Endpoint(Protocol.SMTP, "localhost", await listener.start(context), Security.TLS)
    began = asyncio.get_running_loop().time()
    try:
        channel = await open_channel(
            endpoint, trust=Trust(ca_files=(str(ca_file),)), timeout=0.5, resolve=loopback
        )
        with pytest.raises(NotFoundOut) as told:
            await smtp.log_in(channel, ServerLogin(endpoint, "ada", PLAIN), Secret("hunter2-x"))
    finally:
        await listener.close()
    assert asyncio.get_running_loop().time() - began < 5
    assert "hunter2" not in everything_said(told.value)
