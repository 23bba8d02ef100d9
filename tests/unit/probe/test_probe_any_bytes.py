# SPDX-License-Identifier: MPL-2.0
"""Whatever a server says, in whatever pieces: an answer, always the same, within limits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.report import EndpointReport
from clientcfg.probe.transcript import TRANSCRIPT_LIMIT
from tests.support.fakes.talk import Play, conversation

PHRASES = {
    Protocol.SMTP: b"220 hi|220-hi|250-hi|250 STARTTLS|250-AUTH PLAIN LOGIN|250 AUTH=LOGIN|250 ok"
    b"|220 go|554 no|421 bye|500 what|502 what|501 name|250",
    Protocol.IMAP: b"* OK hi|* PREAUTH hi|* BYE|* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN|c1 OK"
    b"|c2 OK|c2 BAD|c3 OK|c3 NO|* CAPABILITY LOGINDISABLED|* 1 EXISTS|+ go",
    Protocol.POP3: b"+OK|+OK <1.2@x>|-ERR|STLS|SASL PLAIN|USER|.|..|TOP",
}


def server_talk(protocol: Protocol) -> st.SearchStrategy[bytes]:
    line = st.sampled_from(
        [p + end for p in PHRASES[protocol].split(b"|") for end in (b"\r\n", b"\n")]
    )
    return st.lists(line | st.binary(max_size=12), max_size=16).map(b"".join)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted({min(place, len(data)) for place in places}), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


def play(
    protocol: Protocol, security: Security, clear: list[bytes], inside: list[bytes]
) -> tuple[EndpointReport, bytes]:
    game = Play(conversation(protocol, security))
    if not game.wants_tls:
        game.pieces(*clear)
    if game.wants_tls and not game.talk.finished:
        game.secure().pieces(*inside)
    game.end()
    assert game.talk.finished
    return game.report, game.sent


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("security", list(Security))
def test_the_report_does_not_depend_on_the_pieces(protocol: Protocol, security: Security) -> None:
    places = st.lists(st.integers(0, 200), max_size=30)

    @given(server_talk(protocol), server_talk(protocol), places, places)
    def same(clear: bytes, inside: bytes, one: list[int], other: list[int]) -> None:
        whole = play(protocol, security, [clear], [inside])
        assert play(protocol, security, cut(clear, one), cut(inside, other)) == whole

    same()


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_limits_hold_whatever_comes(protocol: Protocol, piece: int) -> None:
    @given(st.lists(server_talk(protocol), min_size=1), st.integers(0, 9000))
    def limited(talk: list[bytes], padding: int) -> None:
        data = (b"".join(talk) + b"x" * padding + b"\r\n") * 3
        pieces = [data[i : i + piece] for i in range(0, len(data), piece)]
        report, sent = play(protocol, Security.STARTTLS, pieces, pieces)
        assert len(report.transcript) <= TRANSCRIPT_LIMIT + 1
        assert all(
            (len(line.text) <= 5000 and line.text.isascii()) or "…" in line.text
            for line in report.transcript
        )
        assert len(sent) < 300

    limited()


@pytest.mark.parametrize("protocol", list(Protocol))
def test_nobody_hears_a_login(protocol: Protocol) -> None:
    @given(server_talk(protocol), server_talk(protocol))
    def silent(clear: bytes, inside: bytes) -> None:
        _report, sent = play(protocol, Security.STARTTLS, [clear], [inside])
        words = {line.split(b" ")[0] for line in sent.splitlines()}
        words |= {line.split(b" ")[-1] for line in sent.splitlines()}
        assert not words & {b"AUTH", b"LOGIN", b"AUTHENTICATE", b"USER", b"PASS", b"APOP", b"DATA"}

    silent()
