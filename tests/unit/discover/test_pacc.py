# SPDX-License-Identifier: MPL-2.0
"""PACC: the digest over the exact body, and what the file may say."""

import hashlib
import json
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.pacc import FILE, PACC, NotPacc, digests, read
from clientcfg.model.mechanism import LOGIN, OAUTHBEARER, PLAIN, XOAUTH2
from clientcfg.model.offer import Outcome, Trust
from tests.support.net import Net, moved, ok, status

HOST = "ua-auto-config.example.test"
OWNER = "_ua-auto-config.example.test"


def body(submission: str = "submit", **more: Any) -> bytes:
    return json.dumps(
        {
            "protocols": {
                "imap": {"host": "imap.example.test"},
                submission: {"host": "smtp.example.test"},
                "jmap": {"url": "https://jmap.example.test/"},
            },
            "authentication": {"oauth-public": {"issuer": "https://id.example.test"},
                               "password": True},
            **more,
        },
        indent=1,
    ).encode()  # fmt: skip


def record(data: bytes, form: str = "v=UAAC1; a=sha256; d={digest}") -> str:
    return form.format(digest=b64encode(hashlib.sha256(data).digest()).decode())


async def publish(net: Net, data: bytes, *records: str) -> None:
    net.zone[OWNER, "TXT"] = [f'"{r}"' for r in records or (record(data),)]
    await net.host(HOST, {FILE: ok(data, "application/json")})


async def test_a_file_whose_digest_stands_in_dns_is_the_best_word_there_is(net: Net) -> None:
    await publish(net, body())
    answer = await PACC.ask(net.ask())
    assert answer.outcome is Outcome.FOUND
    assert answer.url == f"https://{HOST}{FILE}"
    assert [(str(o.endpoint), o.trust, o.confirm, o.username) for o in answer.offers] == [
        ("smtp.example.test:465/tls", Trust.A1, False, "ada@example.test"),
        ("imap.example.test:993/tls", Trust.A1, False, "ada@example.test"),
    ]
    assert answer.offers[0].mechanisms == (OAUTHBEARER, XOAUTH2, PLAIN, LOGIN)


async def test_one_octet_more_is_another_file(net: Net) -> None:
    await publish(net, body() + b"\n", record(body()))
    answer = await PACC.ask(net.ask())
    assert (answer.outcome, answer.offers) == (Outcome.NO, ())
    assert "digest" in answer.reason


async def test_either_of_two_digests_will_do(net: Net) -> None:
    await publish(net, body(), record(b"the next one"), record(body()))
    assert (await PACC.ask(net.ask())).outcome is Outcome.FOUND


async def test_a_record_in_several_strings_is_one(net: Net) -> None:
    await publish(net, body())
    whole = record(body())
    net.zone[OWNER, "TXT"] = [f'"{whole[:20]}" "{whole[20:]}"']
    assert (await PACC.ask(net.ask())).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    "form",
    [
        "v=UAAC1;a=sha256;d={digest}", "d={digest}; x=y; a=SHA256; v=UAAC1;",
        " v = UAAC1 ; a = sha256 ; d = {digest} ; ",
    ],
)  # fmt: skip
def test_how_a_digest_may_be_written(form: str) -> None:
    assert digests([record(b"x", form)]) == (hashlib.sha256(b"x").digest(),)


@pytest.mark.parametrize(
    "text",
    ["", "v=spf1 -all", "v=UAAC1; a=sha256", "v=UAAC1; a=sha256; d=!!!", "v=UAAC1; a=sha1; d=eA==",
     "v=UAAC2; a=sha256; d=eA==", "v=UAAC1; a=sha256; d=eA=="],
)  # fmt: skip
def test_what_is_no_digest(text: str) -> None:
    assert digests([text]) == ()


async def test_without_a_record_nobody_is_asked_for_the_file(net: Net) -> None:
    await net.host(HOST, {FILE: ok(body())})
    answer = await PACC.ask(net.ask())
    assert (answer.outcome, net.asked) == (Outcome.NO, [])
    net.resolver._asked.clear()
    net.zone[OWNER, "TXT"] = ['"v=UAAC1; a=md5; d=x"']
    answer = await PACC.ask(net.ask())
    assert (answer.outcome, net.asked) == (Outcome.NO, [])


async def test_no_redirect_is_followed(net: Net) -> None:
    await publish(net, body())
    await net.host(HOST, {FILE: moved("/there"), "/there": ok(body())})
    answer = await PACC.ask(net.ask())
    assert (answer.outcome, len(net.asked)) == (Outcome.NO, 1)


async def test_a_failing_server_leaves_it_unknown(net: Net) -> None:
    await publish(net, body())
    await net.host(HOST, {FILE: status(500)})
    assert (await PACC.ask(net.ask())).outcome is Outcome.UNKNOWN


def test_draft_02_called_submission_smtp() -> None:
    assert [o.endpoint.port for o in read(body("smtp"), None)] == [465, 993]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"<html>", b"\xff\xfe", b"{}", b'{"protocols": []}',
     b'{"protocols": {"imap": "imap.example.test"}}', b'{"protocols": {"imap": {"host": 1}}}',
     b'{"protocols": {"imap": {"host": "192.0.2.1"}}}',
     b'{"protocols": {"imap": {"host": "a b"}}}', b"[" * 100_000],
)  # fmt: skip
async def test_what_is_no_such_file_is_a_no(net: Net, data: bytes) -> None:
    await publish(net, data)
    answer = await PACC.ask(net.ask())
    assert (answer.outcome, bool(answer.reason)) == (Outcome.NO, True)


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["protocols", "imap", "submit", "host", "authentication"]) | st.text(),
        inner,
    ),
)  # fmt: skip


@given(st.binary() | _JSON.map(lambda tree: json.dumps(tree).encode()))
def test_reading_never_fails_otherwise(data: bytes) -> None:
    try:
        offers = read(data, None)
    except NotPacc:
        return
    assert offers
    assert {o.endpoint.security for o in offers} == {"tls"}


@given(st.lists(st.text()))
def test_reading_records_never_fails(records: list[str]) -> None:
    assert all(len(digest) == 32 for digest in digests(records))
