# SPDX-License-Identifier: MPL-2.0
"""Logging in and submitting over SMTP, against servers of every temper."""

import asyncio
import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import (
    CRAM_MD5,
    LOGIN,
    PLAIN,
    SCRAM_SHA_1,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Refused, Trouble, WrongUsage
from clientcfg.verify import smtp
from tests.support.scram_server import ScramServer
from tests.support.scripted import ScriptedWire, everything_said, trusted

PASSWORD = "Zx!9-hunter2-ö"
BLOB = base64.b64encode(b"\0ada@example.org\0" + PASSWORD.encode())
AUTH_PLAIN = rb"AUTH PLAIN [A-Za-z0-9+/=]+\r\n"


async def log_in(
    wire: ScriptedWire, mechanism: Mechanism = PLAIN, password: str = PASSWORD
) -> smtp.LoggedIn:
    channel, login = trusted(
        wire, Protocol.SMTP, mechanism, capabilities=("8BITMIME", "SMTPUTF8", "SIZE")
    )
    return await smtp.log_in(channel, login, Secret(password))


@pytest.mark.parametrize("chunk", [1, 3, 65536])
async def test_plain_with_an_initial_response(chunk: int) -> None:
    wire = ScriptedWire(
        [(AUTH_PLAIN, b"235-2.7.0 welcome\r\n235 2.7.0 here\r\n"), (b"QUIT\r\n", b"221 bye\r\n")],
        chunk=chunk,
    )
    session = await log_in(wire)
    assert wire.sent == [b"AUTH PLAIN " + BLOB + b"\r\n"]
    assert session.words == "235 2.7.0 welcome here"
    await session.leave()
    assert wire.closed


async def test_a_long_response_waits_for_its_challenge() -> None:
    password = "p" * 400
    wire = ScriptedWire(
        [(rb"AUTH PLAIN\r\n", b"334 \r\n"), (rb"[A-Za-z0-9+/=]+\r\n", b"235 ok\r\n")]
    )
    await log_in(wire, password=password)
    assert base64.b64decode(wire.sent[1]) == b"\0ada@example.org\0" + password.encode()


async def test_login() -> None:
    wire = ScriptedWire(
        [
            (rb"AUTH LOGIN\r\n", b"334 VXNlcm5hbWU6\r\n"),
            (rb"YWRhQGV4YW1wbGUub3Jn\r\n", b"334 UGFzc3dvcmQ6\r\n"),
            (re.escape(base64.b64encode(PASSWORD.encode())) + rb"\r\n", b"235 ok\r\n"),
        ]
    )
    await log_in(wire, LOGIN)


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (b"535 5.7.8 Error: authentication failed: \r\n", "user name and the password"),
        (b"534-5.7.9 Application-specific password\r\n534 5.7.9 required\r\n", "app password"),
        (b"535 5.7.139 SmtpClientAuthentication is disabled for the Tenant\r\n", "administrator"),
        (b"550 5.7.30 Basic authentication is not supported\r\n", "OAuth 2.0"),
        (b"503 5.5.1 AUTH command used when not advertised\r\n", "user name"),
        (b"504 5.5.4 Unrecognized authentication type\r\n", "user name"),
        (b"250 what\r\n", "user name"),
    ],
)
async def test_a_refusal_is_a_no_with_the_servers_own_words(answer: bytes, advice: str) -> None:
    wire = ScriptedWire([(AUTH_PLAIN, answer)])
    with pytest.raises(No) as told:
        await log_in(wire)
    assert told.value.code == "login-refused"
    assert answer[:3].decode() in told.value.text
    assert answer.split()[-1].decode() in told.value.text
    assert told.value.text.count("5.7.") <= 1
    assert advice in " ".join(told.value.advice)
    assert wire.closed
    assert "hunter2" not in everything_said(told.value)


@pytest.mark.parametrize("answer", [b"454 4.7.0 try later\r\n", b"421 4.3.2 closing\r\n"])
async def test_putting_off_is_not_a_refusal(answer: bytes) -> None:
    with pytest.raises(NotFoundOut) as told:
        await log_in(ScriptedWire([(AUTH_PLAIN, answer)]))
    assert told.value.code == "login-not-decided"


async def test_cram_md5_announced_and_not_backed() -> None:
    wire = ScriptedWire(
        [
            (rb"AUTH CRAM-MD5\r\n", b"334 PDEyM0BtYWlsLmV4YW1wbGUub3JnPg==\r\n"),
            (rb"[A-Za-z0-9+/=]+\r\n", b"535 5.7.8 no plain-text password stored\r\n"),
        ]
    )
    with pytest.raises(No) as told:
        await log_in(wire, CRAM_MD5)
    assert "no plain-text password stored" in told.value.text
    assert wire.closed


@pytest.mark.parametrize(
    "echo",
    [
        PASSWORD.encode(),
        BLOB,
        BLOB[:30],
        PASSWORD.upper().encode(),
        b"AUTH PLAIN " + BLOB,
        base64.b64encode(b"\0ada@example.org\0" + PASSWORD.encode())[4:40],
    ],
)
async def test_a_server_that_repeats_the_secret_is_not_quoted(echo: bytes) -> None:
    wire = ScriptedWire([(AUTH_PLAIN, b"535 unknown command: " + echo + b"\r\n")])
    with pytest.raises(No) as told:
        await log_in(wire)
    assert "●●●" in told.value.text
    said = everything_said(told.value)
    assert "hunter2" not in said.lower()
    assert echo.decode("latin-1") not in said


async def test_a_server_that_repeats_a_login_answer_is_not_quoted() -> None:
    coded = base64.b64encode(PASSWORD.encode())
    wire = ScriptedWire(
        [
            (rb"AUTH LOGIN\r\n", b"334 \r\n"),
            (rb".*", b"334 \r\n"),
            (rb".*", b'500 Error: command "' + coded + b'" not recognized\r\n'),
        ]
    )
    with pytest.raises(No) as told:
        await log_in(wire, LOGIN)
    assert coded.decode() not in everything_said(told.value)


async def test_escape_sequences_and_long_words_are_made_harmless() -> None:
    wire = ScriptedWire([(AUTH_PLAIN, b"535 \x1b[31mred\x07 \xc3\xa4" + b"x" * 5000 + b"\r\n")])
    with pytest.raises(No) as told:
        await log_in(wire)
    assert r"\x1b[31mred\x07 \xc3\xa4" in told.value.text
    assert told.value.text.isprintable()
    assert len(told.value.text) < 600


async def test_a_challenge_that_is_not_base64_is_cancelled() -> None:
    wire = ScriptedWire([(rb"AUTH CRAM-MD5\r\n", b"334 ???\r\n"), (rb"\*\r\n", b"501 ok\r\n")])
    with pytest.raises(NotFoundOut):
        await log_in(wire, CRAM_MD5)
    assert wire.sent[-1] == b"*\r\n"


async def test_one_question_too_many_is_cancelled() -> None:
    wire = ScriptedWire([(AUTH_PLAIN, b"334 bW9yZQ==\r\n"), (rb"\*\r\n", b"501 ok\r\n")])
    with pytest.raises(Refused) as told:
        await log_in(wire)
    assert told.value.code == "sasl-unexpected-challenge"
    assert wire.sent[-1] == b"*\r\n"
    assert wire.closed


async def test_cancelling_a_server_that_hangs_up_keeps_the_reason() -> None:
    wire = ScriptedWire([(AUTH_PLAIN, b"334 bW9yZQ==\r\n"), (rb"\*\r\n", b"")])
    with pytest.raises(Refused):
        await log_in(wire)


@pytest.mark.parametrize("mechanism", [SCRAM_SHA_1, SCRAM_SHA_256])
async def test_scram_with_a_server_that_proves_itself(mechanism: Mechanism) -> None:
    server = ScramServer(mechanism, PASSWORD, b"salt", 4096)

    class Honest(ScriptedWire):
        async def send(self, data: bytes) -> None:
            said = base64.b64decode(data.split()[-1]) if data.strip() else b""
            step = len(self.sent)
            if step < 2:
                answer = server.first(said) if step == 0 else server.final(said)
                answer = b"334 " + base64.b64encode(answer) + b"\r\n"
                self.script[0] = (self.script[0][0], answer)
            await super().send(data)

    wire = Honest(
        [
            (rb"AUTH SCRAM-SHA-[0-9]+ [A-Za-z0-9+/=]+\r\n", b""),
            (rb"[A-Za-z0-9+/=]+\r\n", b""),
            (rb"\r\n", b"235 2.7.0 Authentication successful\r\n"),
        ]
    )
    session = await log_in(wire, mechanism)
    assert server.name == "ada@example.org"
    assert session.words == "235 2.7.0 Authentication successful"


@pytest.mark.parametrize("after", ["at once", "after the first answer"])
async def test_success_without_a_scram_signature_is_refused(after: str) -> None:
    class Liar(ScriptedWire):
        async def send(self, data: bytes) -> None:
            if self.sent == [] and after != "at once":
                nonce = base64.b64decode(data.split()[-1]).partition(b"r=")[2]
                first = base64.b64encode(b"r=" + nonce + b"x,s=c2FsdA==,i=4096")
                self.script[0] = (self.script[0][0], b"334 " + first + b"\r\n")
            await super().send(data)

    wire = Liar([(rb"AUTH SCRAM-SHA-256 .*", b"235 ok\r\n"), (rb".*", b"235 ok\r\n")])
    with pytest.raises(Refused) as told:
        await log_in(wire, SCRAM_SHA_256)
    assert told.value.code == "server-not-proved"
    assert wire.closed


async def test_a_refused_token_is_acknowledged_and_refused() -> None:
    reason = base64.b64encode(b'{"status":"400"}')
    wire = ScriptedWire(
        [
            (rb"AUTH XOAUTH2 .*", b"334 " + reason + b"\r\n"),
            (rb"\r\n", b"535 5.7.8 not accepted\r\n"),
        ]
    )
    with pytest.raises(No) as told:
        await log_in(wire, XOAUTH2, "ya29.token-abc")
    assert "token-abc" not in everything_said(told.value)


async def test_nothing_goes_to_another_server_than_the_one_meant() -> None:
    wire = ScriptedWire([])
    channel, login = trusted(wire, Protocol.SMTP, PLAIN)
    other = Endpoint(Protocol.SMTP, "mail.example.net", 465, Security.TLS)
    with pytest.raises(Refused) as told:
        await smtp.log_in(channel, ServerLogin(other, login.username, PLAIN), Secret(PASSWORD))
    assert told.value.code == "not-this-server"
    assert wire.sent == []
    assert wire.closed


async def test_only_the_real_channel_will_do() -> None:
    wire = ScriptedWire([])
    channel, login = trusted(wire, Protocol.SMTP, PLAIN)

    class LooksLikeOne:
        def __init__(self) -> None:
            self.wire, self.report, self.proof = wire, channel.report, channel.proof

    with pytest.raises(Refused):
        await smtp.log_in(LooksLikeOne(), login, Secret(PASSWORD))  # type: ignore[arg-type]
    assert wire.sent == []


async def test_a_mechanism_that_is_not_offered_is_not_tried() -> None:
    wire = ScriptedWire([])
    channel, login = trusted(wire, Protocol.SMTP, PLAIN, auth=(LOGIN,), password_login=True)
    with pytest.raises(No) as told:
        await smtp.log_in(channel, login, Secret(PASSWORD))
    assert told.value.code == "mechanism-not-offered"
    assert wire.sent == []


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"23",
        b"what\r\n",
        b"235-one\r\n",
        b"235-one\r\n535 two\r\n",
        b"x" * 40_000,
        b"235-more\r\n" * 500,
        b"\r\n",
    ],
)
async def test_answers_that_are_none(answer: bytes) -> None:
    wire = ScriptedWire([(AUTH_PLAIN, answer)])
    with pytest.raises(NotFoundOut) as told:
        await log_in(wire)
    assert "hunter2" not in everything_said(told.value)
    assert wire.closed


@pytest.mark.parametrize("error", [ConnectionResetError("gone"), TimeoutError(), BrokenPipeError()])
async def test_a_broken_connection_is_a_sentence(error: OSError) -> None:
    with pytest.raises(NotFoundOut) as told:
        await log_in(ScriptedWire([(AUTH_PLAIN, b"")], then=error))
    assert told.value.code == "hung-up"


async def test_cancelling_hangs_up() -> None:
    wire = ScriptedWire([(AUTH_PLAIN, b"")], then=asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await log_in(wire)
    assert wire.closed


# Submission


def submitting(*script: tuple[bytes, bytes]) -> ScriptedWire:
    return ScriptedWire([(AUTH_PLAIN, b"235 ok\r\n"), *script])


GOOD = (
    (rb"RCPT TO:<ada@example.org>\r\n", b"250 ok\r\n"),
    (rb"DATA\r\n", b"354 go on\r\n"),
)


@given(st.lists(st.sampled_from([b".", b"\r\n", b"\r", b"\n", b"a", b"\xc3\xa4", b".."])))
def test_what_arrives_is_what_was_meant(parts: list[bytes]) -> None:
    message = b"".join(parts)
    wire = submitting(
        (rb"MAIL FROM:<ada@example.org>( BODY=8BITMIME)?\r\n", b"250 ok\r\n"),
        *GOOD,
        (rb".*\r\n\.\r\n|\.\r\n", b"250 2.0.0 queued as 1234\r\n"),
    )

    async def run() -> str:
        session = await log_in(wire)
        return await smtp.submit(session, "ada@example.org", "ada@example.org", message)

    assert asyncio.run(run()) == "250 2.0.0 queued as 1234"
    assert (b"8BITMIME" in wire.sent[1]) == (not message.isascii())
    lines = wire.sent[-1].split(b"\r\n")
    assert lines.index(b".") == len(lines) - 2  # the only lone dot is the last one
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    received = [line.removeprefix(b".") for line in lines[:-2]]
    meant = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    assert received == (meant[:-1] if meant[-1] == b"" else meant)


async def test_an_address_beyond_ascii_needs_smtputf8() -> None:
    wire = submitting(
        ("MAIL FROM:<jürgen@example.org> SMTPUTF8\r\n".encode(), b"250 ok\r\n"),
        ("RCPT TO:<jürgen@example.org>\r\n".encode(), b"251 will forward\r\n"),
        GOOD[1],
        (rb".*", b"250 ok\r\n"),
    )
    session = await log_in(wire)
    await smtp.submit(session, "jürgen@example.org", "jürgen@example.org", b"Hi\r\n")


@pytest.mark.parametrize(
    ("sender", "message", "missing"),
    [("jürgen@example.org", b"Hi", "SMTPUTF8"), ("ada@example.org", b"\xe4", "8BITMIME")],
)
async def test_a_missing_extension_is_a_no(sender: str, message: bytes, missing: str) -> None:
    wire = submitting()
    channel, login = trusted(wire, Protocol.SMTP, PLAIN)
    session = await smtp.log_in(channel, login, Secret(PASSWORD))
    with pytest.raises(No) as told:
        await smtp.submit(session, sender, sender, message)
    assert missing in told.value.text
    assert len(wire.sent) == 1


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (b"550 5.7.60 not allowed to send as this sender\r\n", No, "submission-refused"),
        (b"450 4.7.1 Greylisted\r\n", NotFoundOut, "submission-put-off"),
        (b"nonsense\r\n", NotFoundOut, "not-understood"),
        (b"", NotFoundOut, "hung-up"),
    ],
)
async def test_a_message_that_is_not_taken(
    step: int, answer: bytes, kind: type[Trouble], code: str
) -> None:
    script = [(rb"MAIL .*", b"250 ok\r\n"), *GOOD, (rb"Hi\r\n\.\r\n", b"250 ok\r\n")][: step + 1]
    script[step] = (script[step][0], answer)
    session = await log_in(submitting(*script))
    with pytest.raises(kind) as told:
        await smtp.submit(session, "ada@example.org", "ada@example.org", b"Hi")
    assert told.value.code == code


@pytest.mark.parametrize(
    "address",
    ["", "ada", "a@b\r\nRCPT TO:<c@d>", "a@b> SIZE=1", "<a@b", "a b@c", "a@b@c d", "a@\x00b"],
)
async def test_an_address_cannot_add_a_command(address: str) -> None:
    wire = submitting((rb"MAIL .*", b"250 ok\r\n"))
    session = await log_in(wire)
    with pytest.raises(WrongUsage):
        await smtp.submit(session, address, "ada@example.org", b"Hi")
    assert len(wire.sent) == 1
    with pytest.raises(WrongUsage):
        await smtp.submit(session, "ada@example.org", address, b"Hi")
    assert not any(b"RCPT" in sent for sent in wire.sent)


async def test_leaving_a_dead_connection_is_quiet() -> None:
    wire = submitting((rb"QUIT\r\n", b""))
    session = await log_in(wire)
    await session.leave()
    assert wire.closed


def test_a_trusted_channel_says_why() -> None:
    channel, _login = trusted(ScriptedWire([]), Protocol.SMTP, PLAIN)
    assert isinstance(channel, TrustedChannel)
    assert channel.proof.why == "verified-tls"
