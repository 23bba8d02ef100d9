# SPDX-License-Identifier: MPL-2.0
"""Whatever a server says, an answer in HTTP comes of it or one of two refusals."""

import asyncio
import gzip

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientcfg.discover.http import NotHttp, Reply, Request, TooLong, _answer, _converse

CAP = 1000
_HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.0 302 x\nLocation: /\n\n",
        b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nLocation: \xff\xfe\r\n\r\n",
    ]
)  # fmt: skip


def heard(said: bytes) -> Reply | None:
    """What comes of it; None for a refusal."""

    async def ask() -> Reply | None:
        reader = asyncio.StreamReader()
        reader.feed_data(said)
        reader.feed_eof()
        talk = h11.Connection(h11.CLIENT)
        talk.send(h11.Request(method="GET", target="/", headers=[("Host", "example.test")]))
        talk.send(h11.EndOfMessage())
        try:
            return await _answer(reader, talk, CAP)
        except (NotHttp, TooLong, h11.RemoteProtocolError) as refused:
            assert refused is not None
            return None

    return asyncio.run(ask())


@given(st.binary() | st.tuples(_HEADS, st.binary(max_size=2000)).map(b"".join))
@example(b"HTTP/1.1 200 OK\r\n\r\n" + gzip.compress(b"x" * 100_000))
@example(b"HTTP/1.1 200 OK\r\n\r\n\x1f\x8bbroken")
def test_any_octets(said: bytes) -> None:
    reply = heard(said)
    if reply is not None:
        assert 200 <= reply.status < 1000
        assert len(reply.body) <= CAP


def test_octets_are_kept_as_they_were_sent() -> None:
    body = bytes(range(256))
    reply = heard(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n" + body)
    assert reply == Reply(200, "", body)


@pytest.mark.parametrize("target", ["/ x", "/\r\nX: y", "/\x00"])
async def test_a_request_line_has_no_second_one_in_it(target: str) -> None:
    class Nobody:
        def write(self, _data: bytes) -> None:
            raise AssertionError

        async def drain(self) -> None: ...

    with pytest.raises(NotHttp):
        request = Request("example.test", "example.test", target)
        await _converse(asyncio.StreamReader(), Nobody(), request, CAP)  # type: ignore[arg-type]
