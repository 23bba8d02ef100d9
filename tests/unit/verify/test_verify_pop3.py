# SPDX-License-Identifier: MPL-2.0
"""Logging in, finding one message and deleting that one over POP3."""

import base64

import pytest

from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import CRAM_MD5, PLAIN, Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Trouble, WrongUsage
from clientcfg.verify import pop3
from clientcfg.verify.arrival import Looked
from tests.support.scripted import ScriptedWire, everything_said, trusted

PASSWORD = "Zx!9-hunter2"
ID = "<clientcfg.1234@example.org>"
USER = (rb"USER ada@example\.org\r\n", b"+OK\r\n")
PASS = (rb"PASS Zx!9-hunter2\r\n", b"+OK Logged in.\r\n")
QUIT = (rb"QUIT\r\n", b"+OK bye\r\n")


async def log_in(
    wire: ScriptedWire,
    mechanism: Mechanism = PLAIN,
    *,
    password: str = PASSWORD,
    auth: tuple[Mechanism, ...] = (),
    username: str = "ada@example.org",
) -> pop3.LoggedIn:
    channel, login = trusted(
        wire, Protocol.POP3, mechanism, auth=auth, password_login=True, username=username
    )
    return await pop3.log_in(channel, login, Secret(password))


async def look(wire: ScriptedWire, *, delete: bool = False) -> Looked:
    channel, login = trusted(wire, Protocol.POP3, PLAIN, auth=(), password_login=True)
    return await pop3.look(channel, login, Secret(PASSWORD), ID, delete=delete)


@pytest.mark.parametrize("chunk", [1, 65536])
async def test_user_and_pass(chunk: int) -> None:
    wire = ScriptedWire([USER, PASS, QUIT], chunk=chunk)
    session = await log_in(wire)
    assert session.words == "+OK Logged in."
    assert await session.leave()
    assert wire.closed


async def test_sasl_with_an_initial_response() -> None:
    blob = base64.b64encode(b"\0ada@example.org\0" + PASSWORD.encode())
    wire = ScriptedWire([(rb"AUTH PLAIN .*", b"+OK\r\n")])
    await log_in(wire, auth=(PLAIN,))
    assert wire.sent == [b"AUTH PLAIN " + blob + b"\r\n"]


async def test_sasl_with_a_long_response() -> None:
    wire = ScriptedWire(
        [(rb"AUTH PLAIN\r\n", b"+ \r\n"), (rb"[A-Za-z0-9+/=]{300,}\r\n", b"+OK\r\n")]
    )
    await log_in(wire, auth=(PLAIN,), password="p" * 250)


async def test_cram_md5_over_pop3() -> None:
    wire = ScriptedWire(
        [
            (rb"AUTH CRAM-MD5\r\n", b"+ PDEyM0BtYWlsLmV4YW1wbGUub3JnPg==\r\n"),
            (rb"[A-Za-z0-9+/=]+\r\n", b"+OK\r\n"),
        ]
    )
    await log_in(wire, CRAM_MD5, auth=(CRAM_MD5,))


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (b"-ERR [AUTH] Authentication failed.\r\n", No, "login-refused"),
        (b"-ERR\r\n", No, "login-refused"),
        (b"-ERR [IN-USE] locked\r\n", NotFoundOut, "login-not-decided"),
        (b"-ERR [SYS/TEMP] later\r\n", NotFoundOut, "login-not-decided"),
        (b"maybe\r\n", NotFoundOut, "not-understood"),
        (b"", NotFoundOut, "hung-up"),
    ],
)
@pytest.mark.parametrize("at_user", [True, False])
async def test_refusals(at_user: bool, answer: bytes, kind: type[Trouble], code: str) -> None:
    script = [(USER[0], answer)] if at_user else [USER, (PASS[0], answer)]
    wire = ScriptedWire(script)
    with pytest.raises(kind) as told:
        await log_in(wire)
    assert told.value.code == code
    assert "hunter2" not in everything_said(told.value)
    assert wire.closed


async def test_an_echoed_password_is_not_quoted() -> None:
    wire = ScriptedWire([USER, (PASS[0], b"-ERR PASS Zx!9-hunter2: unknown\r\n")])
    with pytest.raises(No) as told:
        await log_in(wire)
    assert "●●●" in told.value.text
    assert "hunter2" not in everything_said(told.value)


@pytest.mark.parametrize(
    ("username", "password"),
    [("ada\r\nDELE 1", "x-hunter2"), ("ada", "hunter2\r\nDELE 1"), ("a da", "hunter2"), ("a", "")],
)
async def test_a_line_end_cannot_add_a_command(username: str, password: str) -> None:
    wire = ScriptedWire([])
    with pytest.raises(WrongUsage) as told:
        await log_in(wire, username=username, password=password)
    assert wire.sent == []
    assert "hunter2" not in everything_said(told.value)


async def test_newest_first_and_dots_are_no_end() -> None:
    wire = ScriptedWire(
        [
            USER,
            PASS,
            (rb"STAT\r\n", b"+OK 3 900\r\n"),
            (rb"TOP 3 0\r\n", b"+OK\r\nSubject: x\r\n..dot\r\nMessage-ID: <o@x>\r\n\r\n.\r\n"),
            (rb"TOP 2 0\r\n", b"+OK\r\nmessage-id:  " + ID.encode() + b"\r\n\r\n.\r\n"),
            (rb"DELE 2\r\n", b"+OK\r\n"),
            QUIT,
        ],
        chunk=2,
    )
    assert await look(wire, delete=True) == Looked(seen=True, deleted=True)


async def test_an_id_in_the_body_is_not_ours() -> None:
    wire = ScriptedWire(
        [
            USER,
            PASS,
            (rb"STAT\r\n", b"+OK 1 900\r\n"),
            (rb"TOP 1 0\r\n", b"+OK\r\nA: b\r\n\r\nMessage-ID: " + ID.encode() + b"\r\n.\r\n"),
            QUIT,
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=False, deleted=False)


@pytest.mark.parametrize(
    ("dele", "quit_", "deleted"),
    [
        (b"+OK\r\n", b"+OK\r\n", True),
        (b"+OK\r\n", b"-ERR [SYS/TEMP] not removed\r\n", False),
        (b"+OK\r\n", b"", False),
        (b"-ERR locked\r\n", b"+OK\r\n", False),
    ],
)
async def test_deleted_is_what_quit_says(dele: bytes, quit_: bytes, deleted: bool) -> None:
    wire = ScriptedWire(
        [
            USER,
            PASS,
            (rb"STAT\r\n", b"+OK 1 900\r\n"),
            (rb"TOP 1 0\r\n", b"+OK\r\nMessage-ID: " + ID.encode() + b"\r\n\r\n.\r\n"),
            (rb"DELE 1\r\n", dele),
            (rb"QUIT\r\n", quit_),
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=True, deleted=deleted)
    assert wire.closed


async def test_without_top_small_messages_are_read() -> None:
    wire = ScriptedWire(
        [
            USER,
            PASS,
            (rb"STAT\r\n", b"+OK 3 900\r\n"),
            (rb"TOP 3 0\r\n", b"-ERR what\r\n"),
            (rb"LIST 3\r\n", b"+OK 3 5000000\r\n"),
            (rb"TOP 2 0\r\n", b"-ERR what\r\n"),
            (rb"LIST 2\r\n", b"+OK 2 700\r\n"),
            (rb"RETR 2\r\n", b"-ERR gone\r\n"),
            (rb"TOP 1 0\r\n", b"-ERR what\r\n"),
            (rb"LIST 1\r\n", b"+OK 1 700\r\n"),
            (rb"RETR 1\r\n", b"+OK\r\nMessage-ID: " + ID.encode() + b"\r\n\r\nHi\r\n.\r\n"),
            QUIT,
        ]
    )
    assert await look(wire) == Looked(seen=True, deleted=False)


async def test_only_the_newest_are_looked_at() -> None:
    top = (rb"TOP \d+ 0\r\n", b"+OK\r\nA: b\r\n\r\n.\r\n")
    wire = ScriptedWire(
        [USER, PASS, (rb"STAT\r\n", b"+OK 99999 1\r\n"), *[top] * pop3.NEWEST, QUIT]
    )
    assert await look(wire) == Looked(seen=False, deleted=False)
    assert wire.script == []


@pytest.mark.parametrize(
    ("stat", "kind"),
    [(b"-ERR no\r\n", No), (b"+OK many\r\n", No), (b"+OK -1 1\r\n", No), (b"?\r\n", NotFoundOut)],
)
async def test_a_count_that_is_none(stat: bytes, kind: type[Trouble]) -> None:
    wire = ScriptedWire([USER, PASS, (rb"STAT\r\n", stat), QUIT])
    with pytest.raises(kind):
        await look(wire)
    assert wire.closed


@pytest.mark.parametrize("text", [b"A: b\r\n" * 200_000, b"x" * 1_200_000, b"A: b\r\n"])
async def test_a_text_without_an_end(text: bytes) -> None:
    wire = ScriptedWire(
        [USER, PASS, (rb"STAT\r\n", b"+OK 1 9\r\n"), (rb"TOP 1 0\r\n", b"+OK\r\n" + text), QUIT]
    )
    with pytest.raises(NotFoundOut):
        await look(wire)
    assert wire.closed
