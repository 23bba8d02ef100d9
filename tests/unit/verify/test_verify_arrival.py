# SPDX-License-Identifier: MPL-2.0
"""Waiting for the message, the message itself, and quoting servers without leaking."""

import asyncio
import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut
from clientcfg.verify.arrival import Looked, has_message_id, seen
from clientcfg.verify.message import message_to_oneself
from clientcfg.verify.talk import Talk
from tests.support.scripted import ScriptedWire, trusted

NOT_YET = Looked(seen=False, deleted=False)
THERE = Looked(seen=True, deleted=True)


class Looks:
    """Gives one answer after the other, the last one for ever."""

    def __init__(self, *answers: Looked | Exception | float) -> None:
        self.answers = list(answers)
        self.count = 0

    async def __call__(self) -> Looked:
        answer = self.answers[min(self.count, len(self.answers) - 1)]
        self.count += 1
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return THERE
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_seen_at_the_third_look() -> None:
    looks = Looks(NOT_YET, NOT_YET, THERE)
    assert await seen(looks, within=5, every=0.001) == THERE
    assert looks.count == 3


async def test_not_seen_before_the_deadline() -> None:
    looks = Looks(NOT_YET)
    assert await seen(looks, within=0.4, every=0.01) == NOT_YET
    assert looks.count > 1


async def test_a_look_that_hangs_ends_at_the_deadline() -> None:
    began = asyncio.get_running_loop().time()
    assert await seen(Looks(30.0), within=0.05, every=0.01) == NOT_YET
    assert asyncio.get_running_loop().time() - began < 5


LOCKED = NotFoundOut("login-not-decided", "The mailbox is locked.")


async def test_a_locked_mailbox_is_tried_again() -> None:
    looks = Looks(LOCKED, LOCKED, NOT_YET, LOCKED, LOCKED, THERE)
    assert await seen(looks, within=5, every=0.001) == THERE


async def test_what_stays_broken_is_told() -> None:
    looks = Looks(LOCKED)
    with pytest.raises(NotFoundOut):
        await seen(looks, within=5, every=0.001)
    assert looks.count == 3


async def test_what_is_broken_at_the_end_is_told() -> None:
    with pytest.raises(NotFoundOut):
        await seen(Looks(LOCKED), within=5, every=60)


async def test_a_refusal_is_not_repeated() -> None:
    looks = Looks(No("login-refused", "No."))
    with pytest.raises(No):
        await seen(looks, within=5, every=0.001)
    assert looks.count == 1


@pytest.mark.parametrize(
    ("header", "has"),
    [
        (b"Message-ID: <a@b>\r\n\r\n", True),
        (b"X: y\r\nMESSAGE-ID:<a@b>\t\r\n\r\n", True),
        (b"Message-Id:\r\n\t<a@b>\r\nX: y\r\n\r\n", True),
        (b"message-id: <a@b>", True),
        (b"Message-ID: <xa@b>\r\n\r\n", False),
        (b"Message-ID: <a@b> <c@d>\r\n\r\n", False),
        (b"X-Message-ID: <a@b>\r\n\r\n", False),
        (b"X: y\r\n Message-ID: <a@b>\r\n\r\n", False),
        (b"X: y\r\n\r\nMessage-ID: <a@b>\r\n", False),
        (b"", False),
    ],
)
def test_exactly_this_message_id(header: bytes, has: bool) -> None:
    assert has_message_id(header, b"<a@b>") is has


# The message


def test_the_message_says_what_it_is() -> None:
    sent = message_to_oneself(Address.parse("ada@example.org"), "Ada Lövelace")
    read = email.message_from_bytes(sent.data, policy=email.policy.default)
    assert read["Message-ID"] == sent.message_id
    assert sent.message_id.endswith("@example.org>")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["From"] == read["To"] == "Ada Lövelace <ada@example.org>"
    assert "clientcfg" in read["Subject"]
    assert abs(read["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    assert "SMTP-Auth" in read.get_content()
    assert sent.data.isascii()
    assert b"\n" not in sent.data.replace(b"\r\n", b"")
    assert has_message_id(sent.data, sent.message_id.encode())
    assert not read.defects


def test_no_message_id_twice() -> None:
    address = Address.parse("ada@example.org")
    assert len({message_to_oneself(address).message_id for _ in range(100)}) == 100


def test_a_name_cannot_add_a_header() -> None:
    sent = message_to_oneself(
        Address.parse("ada@example.org"), "Ada\r\nBcc: eve@example.net\r\n\r\n"
    )
    read = email.message_from_bytes(sent.data, policy=email.policy.default)
    assert read["Bcc"] is None
    assert [a.addr_spec for a in read["From"].addresses] == ["ada@example.org"]


@given(st.text(max_size=60))
def test_any_name_makes_a_message(name: str) -> None:
    sent = message_to_oneself(Address("ada", "example.org"), name)
    read = email.message_from_bytes(sent.data, policy=email.policy.default)
    assert [a.addr_spec for a in read["To"].addresses] == ["ada@example.org"]
    assert read["Auto-Submitted"] == "auto-generated"


def test_a_local_part_beyond_ascii_is_written_as_it_is() -> None:
    sent = message_to_oneself(Address.parse("jürgen@exämple.org"))
    assert "<clientcfg." in sent.message_id
    assert sent.message_id.isascii()
    assert "To: jürgen@xn--exmple-cua.org\r\n".encode() in sent.data


# Quoting


def talk() -> Talk:
    return Talk(*trusted(ScriptedWire([]), Protocol.SMTP, PLAIN))


@given(st.text(min_size=1, max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_a_quotation_never_has_the_secret(secret: str, before: bytes, after: bytes) -> None:
    speaker = talk()
    try:
        coded = secret.encode()
    except UnicodeEncodeError:
        return
    speaker.hide(Secret(secret))
    assert speaker.quote(before + coded + after) == "●●●"


@given(st.binary(max_size=1000))
def test_a_quotation_is_safe_to_print(words: bytes) -> None:
    shown = talk().quote(words)
    assert shown.isprintable()
    assert shown.isascii() or shown.endswith("…")


async def test_closing_forgets() -> None:
    speaker = talk()
    speaker.hide(Secret("hunter2"))
    await speaker.close()
    assert "hunter2" not in repr(speaker)
    assert not speaker._hidden
