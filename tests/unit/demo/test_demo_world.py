# SPDX-License-Identifier: MPL-2.0
"""The demo's servers as strangers see them: the standard library's clients, and raw bytes."""

import asyncio
import contextlib
import imaplib
import logging
import poplib
import smtplib
import ssl
from collections.abc import AsyncIterator

import dns.asyncquery
import dns.message
import dns.rcode
import dns.rdatatype
import pytest

from clientcfg.demo.world import DOMAIN, HOST, World
from clientcfg.model.endpoint import Protocol, Security

MESSAGE = b"Message-ID: <1@x>\r\nSubject: one\r\n two\r\n\r\nHello\r\n.\r\nbye\r\n"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as started:
        yield started


def context(world: World) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=world.ca_file)


async def test_everything_is_gone_afterwards() -> None:
    before = asyncio.all_tasks()
    async with World() as world:
        home, endpoints = world.home, world.endpoints
        (home / "settings").write_text("x")
        assert logging.getLogger("mail.log").disabled
        reader, writer = await asyncio.open_connection("127.0.0.1", endpoints[1].port)
        assert (await reader.readline()).startswith(b"220 ")
        imap_reader, imap_writer = await asyncio.open_connection("127.0.0.1", endpoints[3].port)
        assert (await imap_reader.readline()).startswith(b"* OK ")
        silent_reader, silent_writer = await asyncio.open_connection(
            "127.0.0.1", world.endpoint(Protocol.IMAP).port
        )
    assert not home.exists()
    assert asyncio.all_tasks() == before
    assert not logging.getLogger("mail.log").disabled
    assert await reader.read() == b""
    assert await imap_reader.read() == b""
    writer.close()
    imap_writer.close()
    with contextlib.suppress(ConnectionResetError):
        assert await silent_reader.read() == b""
    silent_writer.close()
    for endpoint in endpoints:
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", endpoint.port)


async def test_all_is_gone_after_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError):
        async with World() as world:
            raise ZeroDivisionError
    assert not world.home.exists()


async def test_no_private_key_stays_and_no_password_is_printed(world: World) -> None:
    assert [p.name for p in world.home.iterdir()] == ["ca.pem"]
    assert "PRIVATE" not in world.ca_file.read_text()
    assert world.home.stat().st_mode & 0o077 == 0
    assert world.password.reveal() not in f"{world!r} {vars(world)!r} {world.log!r}"
    async with World() as other:
        assert other.password.reveal() != world.password.reveal()
        assert other.ca_file.read_bytes() != world.ca_file.read_bytes()


async def test_the_certificate_is_for_the_name_and_for_loopback(world: World) -> None:
    port = world.endpoint(Protocol.IMAP).port
    for name in (HOST, "localhost", "127.0.0.1"):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context(world), server_hostname=name
        )
        assert (await reader.readline()).startswith(b"* OK ")
        writer.close()
        await writer.wait_closed()
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.open_connection(
            "127.0.0.1", port, ssl=context(world), server_hostname="mail.example.org"
        )


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_smtplib_sends(world: World, security: Security) -> None:
    def job() -> None:
        port, tls = world.endpoint(Protocol.SMTP, security).port, context(world)
        client: smtplib.SMTP
        if security is Security.TLS:
            client = smtplib.SMTP_SSL("localhost", port, context=tls, timeout=20)
        else:
            client = smtplib.SMTP("localhost", port, timeout=20)
            client.ehlo()
            assert not client.has_extn("auth")
            code, words = client.docmd("MAIL", "FROM:<ada@demo.clientcfg.test>")
            assert (code, b"STARTTLS" in words) == (530, True)
            client.starttls(context=tls)
        with client:
            client.ehlo()
            assert not client.has_extn("starttls")
            assert client.docmd("MAIL", "FROM:<ada@demo.clientcfg.test>")[0] == 530
            with pytest.raises(smtplib.SMTPAuthenticationError):
                client.login(str(world.address), "wrong")
            client.login(str(world.address), world.password.reveal())
            client.sendmail(str(world.address), [str(world.address)], MESSAGE)

    await asyncio.to_thread(job)
    (message,) = world.mailbox.messages
    assert message.content.endswith(MESSAGE)
    assert message.content.startswith(b"Return-Path: <ada@demo.clientcfg.test>\r\nReceived: ")


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_imaplib_reads(world: World, security: Security) -> None:
    world.mailbox.deliver(MESSAGE)
    world.mailbox.deliver(b"Message-ID: <2@x>\r\n\r\n")

    def job() -> None:
        port, tls = world.endpoint(Protocol.IMAP, security).port, context(world)
        client: imaplib.IMAP4
        if security is Security.TLS:
            client = imaplib.IMAP4_SSL("localhost", port, ssl_context=tls, timeout=20)
        else:
            client = imaplib.IMAP4("localhost", port, timeout=20)
            assert "LOGINDISABLED" in client.capabilities
            with pytest.raises(imaplib.IMAP4.error, match="PRIVACYREQUIRED"):
                client.login(str(world.address), world.password.reveal())
            client.starttls(tls)
        assert "AUTH=PLAIN" in client.capabilities
        assert "LOGINDISABLED" not in client.capabilities
        with pytest.raises(imaplib.IMAP4.error):
            client.select()
        client.login(str(world.address), world.password.reveal())
        assert client.list()[1] == [rb'(\HasNoChildren) "/" INBOX']
        assert client.status("INBOX", "(MESSAGES UNSEEN)")[1] == [b"INBOX (MESSAGES 2 UNSEEN 2)"]
        assert client.select()[1] == [b"2"]
        assert client.uid("SEARCH", "HEADER", "Message-ID", '"<1@x>"')[1] == [b"1"]
        assert client.uid("SEARCH", "SUBJECT", "TWO", "NOT", "DELETED")[1] == [b"1"]
        assert client.uid("SEARCH", "UID", "2:*", "UNSEEN")[1] == [b"2"]
        _ok, data = client.uid(
            "FETCH", "1", "(FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (SUBJECT)])"
        )
        assert data[0][1] == b"Subject: one\r\n two\r\n\r\n"
        assert b"FLAGS () RFC822.SIZE %d" % len(MESSAGE) in data[0][0]
        assert client.uid("FETCH", "1:9", "(BODY[])")[1][0][1] == MESSAGE
        assert client.uid("FETCH", "1", "(FLAGS INTERNALDATE)")[1][0].count(rb"\Seen") == 1
        client.uid("STORE", "1:2", "+FLAGS", r"(\Deleted \Flagged)")
        client.uid("STORE", "2", "-FLAGS.SILENT", r"\Deleted")
        assert client.uid("SEARCH", "DELETED")[1] == [b"1"]
        assert client.uid("EXPUNGE", "2")[0] == "OK"
        assert client.uid("SEARCH", "ALL")[1] == [b"1 2"]
        assert client.expunge()[1] == [b"1"]
        assert client.uid("SEARCH", "ALL")[1] == [b"2"]
        with pytest.raises(imaplib.IMAP4.error):
            client.uid("SEARCH", "YOUNGER", "5")
        assert client.select("INBOX", readonly=True)[0] == "OK"
        assert client.uid("STORE", "2", "+FLAGS", r"(\Deleted)")[0] == "NO"
        assert client.close()[0] == "OK"
        client.logout()

    await asyncio.to_thread(job)
    assert [m.uid for m in world.mailbox.messages] == [2]


async def test_imaplib_authenticates_and_is_told_of_news(world: World) -> None:
    loop = asyncio.get_running_loop()

    def job() -> None:
        port, tls = world.endpoint(Protocol.IMAP).port, context(world)
        client = imaplib.IMAP4_SSL("localhost", port, ssl_context=tls, timeout=20)
        blob = f"\0{world.address}\0{world.password.reveal()}".encode()
        client.authenticate("PLAIN", lambda _challenge: blob)
        assert client.select()[1] == [b"0"]
        loop.call_soon_threadsafe(world.mailbox.deliver, MESSAGE)
        assert client.noop()[0] == "OK"
        assert client.response("EXISTS")[1][-1] == b"1"
        client.logout()

    await asyncio.to_thread(job)


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_poplib_reads(world: World, security: Security) -> None:
    world.mailbox.deliver(MESSAGE)
    world.mailbox.deliver(b"Message-ID: <2@x>\r\n\r\n")

    def job() -> None:
        port, tls = world.endpoint(Protocol.POP3, security).port, context(world)
        client: poplib.POP3
        if security is Security.TLS:
            client = poplib.POP3_SSL("localhost", port, context=tls, timeout=20)
        else:
            client = poplib.POP3("localhost", port, timeout=20)
            assert "USER" not in client.capa()
            with pytest.raises(poplib.error_proto, match="TLS"):
                client.user(str(world.address))
            client.stls(tls)
        assert client.capa()["SASL"] == ["PLAIN"]
        with pytest.raises(poplib.error_proto):
            client.stat()
        client.user(str(world.address))
        with pytest.raises(poplib.error_proto, match="AUTH"):
            client.pass_("wrong")
        client.user(str(world.address))
        client.pass_(world.password.reveal())
        second = poplib.POP3_SSL(
            "localhost", world.endpoint(Protocol.POP3).port, context=tls, timeout=20
        )
        second.user(str(world.address))
        with pytest.raises(poplib.error_proto, match="IN-USE"):
            second.pass_(world.password.reveal())
        second.quit()
        assert client.stat() == (2, len(MESSAGE) + 21)
        listed: object = client.list(1)  # the stubs only know of the whole list
        assert listed == b"+OK 1 %d" % len(MESSAGE)
        assert len(set(client.uidl()[1])) == 2
        assert b"\r\n".join(client.retr(1)[1]) + b"\r\n" == MESSAGE
        assert client.top(1, 1)[1][-1] == b"Hello"
        client.dele(1)
        with pytest.raises(poplib.error_proto):
            client.retr(1)
        client.rset()
        client.dele(2)
        client.quit()

    await asyncio.to_thread(job)
    assert [m.uid for m in world.mailbox.messages] == [1]
    assert not world.mailbox.pop3_holds_it


@pytest.mark.parametrize(
    ("protocol", "start", "slipped_in"),
    [
        (Protocol.IMAP, b"a STARTTLS\r\n", b"b CAPABILITY\r\n"),
        (Protocol.POP3, b"STLS\r\n", b"CAPA\r\n"),
    ],
)
async def test_commands_behind_starttls_end_the_connection(
    world: World, protocol: Protocol, start: bytes, slipped_in: bytes
) -> None:
    port = world.endpoint(protocol, Security.STARTTLS).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.write(start + slipped_in)
    assert await reader.read() == b""
    writer.close()


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"\r\n", b"* BAD "),
        (b"a\r\n", b"a BAD "),
        (b"a FROBNICATE\r\n", b"a BAD "),
        (b"a UID FETCH 1 ALL\r\n", b"a BAD "),
        (b'a LOGIN "x\r\n', b"a BAD "),
        (b"a LOGIN (x\r\n", b"a BAD "),
        (b"a LOGIN x)\r\n", b"a BAD "),
        (b"a LOGIN {999999}\r\n", b"a BAD "),
        (b"a LOGIN {999999+}\r\n", b""),
        (b"a" * 100_000, b""),
    ],
)
async def test_bad_commands_are_answered(world: World, sent: bytes, answer: bytes) -> None:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1",
        world.endpoint(Protocol.IMAP).port,
        ssl=context(world),
        server_hostname="localhost",
    )
    await reader.readline()
    writer.write(sent)
    assert (await reader.readline()).startswith(answer)
    writer.close()


@pytest.mark.parametrize("protocol", [Protocol.IMAP, Protocol.POP3])
async def test_guessing_ends_the_connection(world: World, protocol: Protocol) -> None:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", world.endpoint(protocol).port, ssl=context(world), server_hostname=HOST
    )
    await reader.readline()
    guess = {
        Protocol.IMAP: (b"a LOGIN ada guess\r\n", 1),
        Protocol.POP3: (b"USER ada\r\nPASS guess\r\n", 2),
    }
    command, answers = guess[protocol]
    for _time in range(5):
        writer.write(command)
        for _line in range(answers):
            assert await reader.readline() != b""
    assert await reader.read() == b""
    writer.close()


# The zone


async def ask(world: World, name: str, kind: str, *, tcp: bool = False) -> dns.message.Message:
    query = dns.message.make_query(name, kind, use_edns=True)
    call = dns.asyncquery.tcp if tcp else dns.asyncquery.udp
    host, port = world.dns
    return await call(query, host, port=port, timeout=10)


@pytest.mark.parametrize("tcp", [False, True])
async def test_the_zone_names_every_listener(world: World, tcp: bool) -> None:
    labels = {
        "_submissions": (Protocol.SMTP, Security.TLS),
        "_submission": (Protocol.SMTP, Security.STARTTLS),
        "_imaps": (Protocol.IMAP, Security.TLS),
        "_imap": (Protocol.IMAP, Security.STARTTLS),
        "_pop3s": (Protocol.POP3, Security.TLS),
        "_pop3": (Protocol.POP3, Security.STARTTLS),
    }
    for label, key in labels.items():
        response = await ask(world, f"{label}._tcp.{DOMAIN}", "SRV", tcp=tcp)
        (record,) = response.answer[0]
        assert record.port == world.endpoint(*key).port
        assert record.target.to_text() == f"{HOST}."
    assert len(world.endpoints) == len(set(world.endpoints)) == len(labels)


async def test_addresses_and_mail_exchanger(world: World) -> None:
    (address,) = (await ask(world, HOST.upper(), "A")).answer[0]
    assert address.to_text() == "127.0.0.1"
    (exchanger,) = (await ask(world, DOMAIN, "MX")).answer[0]
    assert exchanger.to_text() == f"10 {HOST}."


@pytest.mark.parametrize(
    ("name", "kind", "rcode", "soa"),
    [
        (HOST, "AAAA", dns.rcode.NOERROR, DOMAIN),
        (DOMAIN, "TXT", dns.rcode.NOERROR, DOMAIN),
        (f"_tcp.{DOMAIN}", "SRV", dns.rcode.NOERROR, DOMAIN),
        (f"autoconfig.{DOMAIN}", "A", dns.rcode.NXDOMAIN, DOMAIN),
        ("autoconfig.thunderbird.net", "A", dns.rcode.NXDOMAIN, ""),
        ("clientcfg.test", "SOA", dns.rcode.NXDOMAIN, ""),
        (f"x{DOMAIN}", "A", dns.rcode.NXDOMAIN, ""),
    ],
)
async def test_a_no_says_how_long_it_is_good_for(
    world: World, name: str, kind: str, rcode: int, soa: str
) -> None:
    response = await ask(world, name, kind)
    assert response.rcode() == rcode
    assert response.answer == []
    (authority,) = response.authority
    assert authority.rdtype == dns.rdatatype.SOA
    assert authority.name.to_text() == f"{soa}."


async def test_what_is_no_question_gets_no_answer(world: World) -> None:
    host, port = world.dns
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"\x00\x05junk!")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    reader, writer = await asyncio.open_connection(host, port)
    reply = dns.message.make_response(dns.message.make_query(DOMAIN, "MX")).to_wire()
    writer.write(len(reply).to_bytes(2, "big") + reply)
    assert await reader.read() == b""
    writer.close()
