# SPDX-License-Identifier: MPL-2.0
"""Logging in, finding one message and deleting that one over IMAP."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import CRAM_MD5, PLAIN, Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Trouble, WrongUsage
from clientcfg.verify import imap
from clientcfg.verify.arrival import Looked
from clientcfg.verify.imap_talk import Literal, astring
from tests.support.scripted import ScriptedWire, everything_said, trusted

PASSWORD = "Zx!9-hunter2"
ID = "<clientcfg.1234@example.org>"
BLOB = base64.b64encode(b"\0ada@example.org\0" + PASSWORD.encode())

LOGGED_IN = (rb"c001 AUTHENTICATE PLAIN .*", b"c001 OK [CAPABILITY X] Logged in\r\n")


def capability(words: bytes) -> tuple[bytes, bytes]:
    return rb"c002 CAPABILITY\r\n", b"* CAPABILITY IMAP4rev1 " + words + b"\r\nc002 OK done\r\n"


async def log_in(
    wire: ScriptedWire,
    mechanism: Mechanism = PLAIN,
    *,
    password: str = PASSWORD,
    auth: tuple[Mechanism, ...] | None = None,
    words: tuple[str, ...] = ("SASL-IR",),
    username: str = "ada@example.org",
) -> imap.LoggedIn:
    channel, login = trusted(
        wire,
        Protocol.IMAP,
        mechanism,
        auth=auth,
        password_login=auth is not None,
        capabilities=words,
        username=username,
    )
    return await imap.log_in(channel, login, Secret(password))


@pytest.mark.parametrize("chunk", [1, 65536])
async def test_authenticate_with_an_initial_response(chunk: int) -> None:
    wire = ScriptedWire(
        [LOGGED_IN, capability(b"UIDPLUS"), (rb"c003 LOGOUT\r\n", b"* BYE\r\nc003 OK\r\n")],
        chunk=chunk,
    )
    session = await log_in(wire)
    assert wire.sent[0] == b"c001 AUTHENTICATE PLAIN " + BLOB + b"\r\n"
    assert session.words == "OK [CAPABILITY X] Logged in"
    assert b"UIDPLUS" in session.capabilities
    await session.leave()
    assert wire.closed


async def test_authenticate_without_sasl_ir() -> None:
    wire = ScriptedWire(
        [
            (rb"c001 AUTHENTICATE PLAIN\r\n", b"+ \r\n"),
            (rb"[A-Za-z0-9+/=]+\r\n", b"* OK busy\r\nc001 OK\r\n"),
            capability(b""),
        ]
    )
    await log_in(wire, words=())
    assert wire.sent[1] == BLOB + b"\r\n"


@pytest.mark.parametrize(
    ("username", "password", "sent"),
    [
        ("ada", "simple", [b'c001 LOGIN "ada" "simple"\r\n']),
        ("a d", 'q"b\\s', [b'c001 LOGIN "a d" "q\\"b\\\\s"\r\n']),
        ("ada", "ö", [b'c001 LOGIN "ada" {2}\r\n', "ö\r\n".encode()]),
        ("ä", "ö", [b"c001 LOGIN {2}\r\n", "ä {2}\r\n".encode(), "ö\r\n".encode()]),
        ("ada", "two\r\nlines", [b'c001 LOGIN "ada" {10}\r\n', b"two\r\nlines\r\n"]),
    ],
)
async def test_the_login_command_quotes_or_counts(
    username: str, password: str, sent: list[bytes]
) -> None:
    answers = [b"+ go on\r\n"] * (len(sent) - 1) + [b"c001 OK Logged in\r\n"]
    wire = ScriptedWire([*((rb".*", a) for a in answers), capability(b"")])
    await log_in(wire, auth=(), password=password, username=username)
    assert wire.sent[:-1] == sent


async def test_a_refused_literal_ends_the_login() -> None:
    wire = ScriptedWire([(rb".*\{2\}\r\n", b"c001 BAD no literals here\r\n")])
    with pytest.raises(No) as told:
        await log_in(wire, auth=(), password="ö")
    assert told.value.code == "login-refused"
    assert len(wire.sent) == 1


async def test_a_nul_is_refused_before_anything_is_sent() -> None:
    wire = ScriptedWire([])
    with pytest.raises(WrongUsage) as told:
        await log_in(wire, auth=(), password="hunter2\0")
    assert "hunter2" not in everything_said(told.value)
    assert wire.sent == []


@pytest.mark.parametrize("auth", [None, ()])
@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (b"NO [AUTHENTICATIONFAILED] Authentication failed.", No, "login-refused"),
        (b"NO [ALERT] Application-specific password required", No, "login-refused"),
        (b"BAD unknown", No, "login-refused"),
        (b"NO [UNAVAILABLE] directory is down", NotFoundOut, "login-not-decided"),
        (b"PERHAPS", NotFoundOut, "not-understood"),
    ],
)
async def test_refusals(
    auth: tuple[Mechanism, ...] | None, answer: bytes, kind: type[Trouble], code: str
) -> None:
    wire = ScriptedWire([(rb"c001 .*", b"* OK hm\r\nc001 " + answer + b"\r\n")])
    with pytest.raises(kind) as told:
        await log_in(wire, auth=auth)
    assert told.value.code == code
    assert "hunter2" not in everything_said(told.value)
    assert wire.closed


async def test_an_echoed_login_command_is_not_quoted() -> None:
    wire = ScriptedWire([(rb"c001 .*", b'c001 BAD LOGIN "ada@example.org" "a\\"b"\r\n')])
    with pytest.raises(No) as told:
        await log_in(wire, auth=(), password='a"b')
    assert "●●●" in told.value.text
    assert 'a\\"b' not in told.value.text


async def test_login_stands_in_for_plain_only() -> None:
    wire = ScriptedWire([])
    with pytest.raises(No) as told:
        await log_in(wire, CRAM_MD5, auth=())
    assert told.value.code == "mechanism-not-offered"
    assert wire.sent == []


# Looking and deleting


SELECT = (
    rb"c003 SELECT INBOX\r\n",
    b"* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nc003 OK [READ-WRITE]\r\n",
)
NOOP = (rb"c004 NOOP\r\n", b"* 4 EXISTS\r\nc004 OK\r\n")


def fetched(uid: int, header: bytes) -> bytes:
    return (
        b"* 4 FETCH (BODY[HEADER.FIELDS (MESSAGE-ID)] {%d}\r\n%s UID %d FLAGS (\\Recent))\r\n"
        % (len(header), header, uid)
    )


def search(answer: bytes, tag: bytes = b"c005") -> tuple[bytes, bytes]:
    return tag + rb" UID SEARCH .*\r\n", b"* SEARCH" + answer + b"\r\n" + tag + b" OK\r\n"


async def look(wire: ScriptedWire, message_id: str = ID, *, delete: bool = False) -> Looked:
    channel, login = trusted(wire, Protocol.IMAP, PLAIN, capabilities=("SASL-IR",))
    return await imap.look(channel, login, Secret(PASSWORD), message_id, delete=delete)


@pytest.mark.parametrize("chunk", [1, 65536])
async def test_seen_by_its_own_header(chunk: int) -> None:
    wire = ScriptedWire(
        [
            LOGGED_IN,
            capability(b""),
            SELECT,
            NOOP,
            search(b" 41 42"),
            (
                rb"c006 UID FETCH 42 \(UID BODY\.PEEK\[HEADER\.FIELDS \(MESSAGE-ID\)\]\)\r\n",
                b"* 1 FETCH (FLAGS (\\Seen))\r\n"
                + fetched(42, b"Message-ID:\r\n " + ID.encode() + b"\r\n\r\n")
                + b"c006 OK\r\n",
            ),
            (rb"c007 LOGOUT\r\n", b"* BYE\r\nc007 OK\r\n"),
        ],
        chunk=chunk,
    )
    assert await look(wire) == Looked(seen=True, deleted=False)
    assert wire.sent[4] == b'c005 UID SEARCH HEADER Message-ID "' + ID.encode() + b'"\r\n'


async def test_a_substring_is_not_our_message() -> None:
    wire = ScriptedWire(
        [
            LOGGED_IN,
            capability(b""),
            SELECT,
            NOOP,
            search(b" 42"),
            (
                rb"c006 .*",
                fetched(42, b"Message-ID: x" + ID.encode() + b"\r\n\r\n")
                + fetched(41, b"Message-ID: " + ID.encode() + b"\r\n\r\n")
                + b"c006 OK\r\n",
            ),
            (rb"c007 LOGOUT\r\n", b""),
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=False, deleted=False)


async def test_not_there_yet() -> None:
    wire = ScriptedWire(
        [LOGGED_IN, capability(b""), SELECT, NOOP, search(b""), (rb"c006 LOGOUT\r\n", b"")]
    )
    assert await look(wire) == Looked(seen=False, deleted=False)
    assert wire.closed


FOUND = (
    LOGGED_IN,
    SELECT,
    NOOP,
    search(b" 42"),
    (rb"c006 .*", fetched(42, b"Message-ID: " + ID.encode() + b"\r\n\r\n") + b"c006 OK\r\n"),
    (rb"c007 UID STORE 42 \+FLAGS\.SILENT \(\\Deleted\)\r\n", b"c007 OK\r\n"),
)


@pytest.mark.parametrize("word", [b"UIDPLUS", b"IMAP4rev2"])
async def test_with_uidplus_only_that_one_goes(word: bytes) -> None:
    wire = ScriptedWire(
        [
            FOUND[0],
            capability(word),
            *FOUND[1:],
            (rb"c008 UID EXPUNGE 42\r\n", b"* 4 EXPUNGE\r\nc008 OK\r\n"),
            (rb"c009 UID SEARCH UID 42\r\n", b"* SEARCH\r\nc009 OK\r\n"),
            (rb"c010 LOGOUT\r\n", b""),
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=True, deleted=True)


async def test_without_uidplus_expunge_is_for_us_alone() -> None:
    wire = ScriptedWire(
        [
            FOUND[0],
            capability(b""),
            *FOUND[1:],
            (rb"c008 UID SEARCH DELETED\r\n", b"* SEARCH 42\r\nc008 OK\r\n"),
            (rb"c009 EXPUNGE\r\n", b"* 4 EXPUNGE\r\nc009 OK\r\n"),
            (rb"c010 UID SEARCH UID 42\r\n", b"* SEARCH\r\nc010 OK\r\n"),
            (rb"c011 LOGOUT\r\n", b""),
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=True, deleted=True)


@pytest.mark.parametrize("marked", [b" 7 42", b" 42 99", b""])
async def test_where_others_are_marked_the_mark_is_taken_back(marked: bytes) -> None:
    wire = ScriptedWire(
        [
            FOUND[0],
            capability(b""),
            *FOUND[1:],
            (rb"c008 UID SEARCH DELETED\r\n", b"* SEARCH" + marked + b"\r\nc008 OK\r\n"),
            (rb"c009 UID STORE 42 -FLAGS\.SILENT \(\\Deleted\)\r\n", b"c009 OK\r\n"),
            (rb"c010 UID SEARCH UID 42\r\n", b"* SEARCH 42\r\nc010 OK\r\n"),
            (rb"c011 LOGOUT\r\n", b""),
        ]
    )
    assert await look(wire, delete=True) == Looked(seen=True, deleted=False)
    assert not any(b"EXPUNGE" in sent for sent in wire.sent)


async def test_a_server_that_refuses_the_inbox_is_a_no() -> None:
    wire = ScriptedWire(
        [
            LOGGED_IN,
            capability(b""),
            (rb"c003 SELECT INBOX\r\n", b"c003 NO [SERVERBUG] broken\r\n"),
            (rb"c004 LOGOUT\r\n", b""),
        ]
    )
    with pytest.raises(No) as told:
        await look(wire)
    assert told.value.code == "imap-refused"
    assert "broken" in told.value.text
    assert wire.closed


@pytest.mark.parametrize(
    "answer",
    [
        b"* BYE shutting down\r\n",
        b"+ unasked\r\n",
        b"c999 OK somebody else's\r\n",
        b"* 1 FETCH (BODY[] {999999999}\r\n",
        b"* 1 FETCH (BODY[] {5}\r\nab",
        b"no star\r\n",
        b"* " + b"x" * 1_200_000,
        b"* 1 EXISTS\r\n" * 10_001,
        b"* {0}\r\n" * 70 + b"\r\n",
    ],
)
async def test_answers_that_are_none(answer: bytes) -> None:
    wire = ScriptedWire([LOGGED_IN, (rb"c002 CAPABILITY\r\n", answer)])
    with pytest.raises(NotFoundOut):
        await log_in(wire)
    assert wire.closed


@given(st.binary(max_size=60).filter(lambda text: b"\0" not in text))
def test_a_string_is_read_back_as_it_was(text: bytes) -> None:
    sent = astring(text)
    if isinstance(sent, Literal):
        assert sent.value == text
        return
    assert sent[:1] == sent[-1:] == b'"'
    inner, read, at = sent[1:-1], b"", 0
    while at < len(inner):
        assert inner[at : at + 1] != b'"'
        at += inner[at : at + 1] == b"\\"
        read += inner[at : at + 1]
        at += 1
    assert read == text
    assert all(0x20 <= octet < 0x7F for octet in inner)


@pytest.mark.parametrize("odd", ['<a"b\\c@x>', "<a b@x>", "<{5}@x>", "<ä@x>", "<()*%@x>"])
async def test_odd_message_ids_stay_one_argument(odd: str) -> None:
    literal = not odd.isascii()
    searching = (
        [(rb"c005 UID SEARCH CHARSET UTF-8 HEADER Message-ID \{6\}\r\n", b"+ \r\n")]
        if literal
        else []
    )
    wire = ScriptedWire(
        [
            LOGGED_IN,
            capability(b""),
            SELECT,
            NOOP,
            *searching,
            (rb".*", b"* SEARCH 42\r\nc005 OK\r\n"),
            (
                rb"c006 .*",
                fetched(42, b"Message-ID: " + odd.encode() + b"\r\n\r\n") + b"c006 OK\r\n",
            ),
            (rb"c007 LOGOUT\r\n", b""),
        ]
    )
    assert await look(wire, odd) == Looked(seen=True, deleted=False)
