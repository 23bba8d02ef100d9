# SPDX-License-Identifier: MPL-2.0
"""SCRAM against a server, honest and not."""

import base64
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcfg.model.mechanism import SCRAM_SHA_1, SCRAM_SHA_256, Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Trouble, WrongUsage
from clientcfg.sasl import SaslTrouble, conversation
from tests.support.scram_server import ScramServer

NAMES = st.text(
    st.one_of(st.sampled_from(",=ßéÄ中"), st.characters(min_codepoint=33, max_codepoint=126)),
    min_size=1,
    max_size=30,
)
PASSWORDS = st.text(
    st.one_of(st.sampled_from(",= ßéÄ中ﬁ"), st.characters(min_codepoint=32, max_codepoint=126)),
    min_size=1,
    max_size=30,
)
BOTH = st.sampled_from([SCRAM_SHA_1, SCRAM_SHA_256])


@settings(max_examples=60, deadline=None)
@given(BOTH, NAMES, PASSWORDS, st.binary(min_size=1, max_size=40))
def test_the_two_sides_agree(mechanism: Mechanism, name: str, password: str, salt: bytes) -> None:
    server = ScramServer(mechanism, password, salt, 4096)
    talk = conversation(mechanism, name, Secret(password))
    assert talk.initial is not None
    last = server.final(talk.answer(server.first(talk.initial)))
    assert server.name == unicodedata.normalize("NFKC", name)
    assert talk.answer(last) == b""
    talk.finish()


@settings(max_examples=30, deadline=None)
@given(BOTH, PASSWORDS, PASSWORDS)
def test_another_password_is_seen_by_both(mechanism: Mechanism, ours: str, theirs: str) -> None:
    if unicodedata.normalize("NFKC", ours) == unicodedata.normalize("NFKC", theirs):
        theirs += "x"
    server = ScramServer(mechanism, theirs, b"salt", 4096)
    talk = conversation(mechanism, "ada", Secret(ours))
    assert talk.initial is not None
    with pytest.raises(No) as told:
        talk.answer(server.final(talk.answer(server.first(talk.initial))))
    assert told.value.code == "login-refused"
    with pytest.raises(SaslTrouble):
        talk.finish()


def started() -> tuple[ScramServer, bytes]:
    server = ScramServer(SCRAM_SHA_256, "pencil", b"salt", 4096)
    return server, server.first(b"n,,n=user,r=abc")


@pytest.mark.parametrize(
    "challenge",
    [
        b"",
        b"r=abc,s=c2FsdA==,i=4096",  # nothing added to the nonce
        b"r=xyzSERVER,s=c2FsdA==,i=4096",  # somebody else's nonce
        b"m=new,r=abcS,s=c2FsdA==,i=4096",  # a mandatory extension
        b"r=abcS,s=,i=4096",
        b"r=abcS,s=c2Fsd,i=4096",
        b"r=abcS,s=c2FsdA==,i=04096",
        b"r=abcS,s=c2FsdA==,i=-1",
        b"r=abcS,s=c2FsdA==",
        b"s=c2FsdA==,r=abcS,i=4096",
        b"r=abcS,s=c2FsdA==,i=4096,junk",
        b"r=abcS\n,s=c2FsdA==,i=4096",
        b"v=c2FsdA==",
        b"r=abcS,s=c2FsdA==,i=4095",
        b"r=abcS,s=c2FsdA==,i=1000001",
        b"r=abcS,s=c2FsdA==,i=" + b"9" * 5000,
    ],
)
def test_first_messages_that_cannot_be(challenge: bytes) -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="abc")
    with pytest.raises(SaslTrouble):
        talk.answer(challenge)
    with pytest.raises(SaslTrouble):
        talk.finish()


def test_optional_extensions_are_passed_over() -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="abc")
    assert talk.answer(b"r=abcS,s=c2FsdA==,i=4096,x=later,y=too").startswith(b"c=biws,r=abcS,p=")


@pytest.mark.parametrize(
    "last", [b"", b"v=", b"v=AAAA", b"v=!!!!", b"ok", b"v=" + base64.b64encode(bytes(32))]
)
def test_a_server_that_does_not_know_the_password_is_refused(last: bytes) -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="abc")
    _, first = started()
    talk.answer(first)
    with pytest.raises(SaslTrouble):
        talk.answer(last)
    with pytest.raises(SaslTrouble):
        talk.finish()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_challenge_makes_a_traceback(challenge: bytes) -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="abc")
    with pytest.raises(Trouble):
        talk.answer(challenge)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_no_last_message_makes_a_traceback_and_escapes_stay_escaped(last: bytes) -> None:
    talk = conversation(SCRAM_SHA_256, "user", Secret("pencil"), nonce="abc")
    _, first = started()
    talk.answer(first)
    with pytest.raises(Trouble) as told:
        talk.answer(b"e=" + last)
    assert told.value.text.isprintable()


def test_characters_that_scram_cannot_carry() -> None:
    with pytest.raises(WrongUsage) as told:
        conversation(SCRAM_SHA_256, "user", Secret("xyzzy\U0001f600"))
    assert told.value.code == "not-for-scram"
    assert "xyzzy" not in told.value.text
    assert conversation(SCRAM_SHA_256, "\U0001f600", Secret("pencil")).initial is not None


def test_our_nonce_is_new_each_time_and_must_be_one() -> None:
    first, second = (conversation(SCRAM_SHA_256, "u", Secret("p")).initial for _ in range(2))
    assert first != second
    with pytest.raises(ValueError, match="nonce"):
        conversation(SCRAM_SHA_256, "u", Secret("p"), nonce="a,b")
