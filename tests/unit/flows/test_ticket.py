# SPDX-License-Identifier: MPL-2.0
"""A report for a ticket: everything that helps, and nothing that is nobody's business."""

import ipaddress
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.flows.readable import relay_lines
from clientcfg.flows.ticket import mask, ticket_text
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import Certificate, Line, ServerReport, Speaker
from tests.support.servers_said import HOST, tls

LINES = (
    Line(Speaker.EVENT, "connected", False, 1.0),
    Line(Speaker.SERVER, "220 mail.example.org, logging access from: pc7.isp.example [203.0.113.7]",
         False, 2.0),
    Line(Speaker.CLIENT, "EHLO [127.0.0.1]", False, 3.0),
    Line(Speaker.SERVER, "250 mail.example.org Hello pc7.isp.example [203.0.113.7], hello ada",
         False, 4.0),
    Line(Speaker.CLIENT, "MAIL FROM:<ada@example.org>", True, 5.0),
)  # fmt: skip
REPORT = ServerReport(
    "ada@example.org",
    "address",
    (replace(tls(587, "AUTH PLAIN LOGIN"), address="2001:db8::25", transcript=LINES),),
)


def test_what_is_masked_and_what_is_not() -> None:
    text = ticket_text(REPORT, names=frozenset({"ada.l"}))
    for private in ("ada@", "203.0.113.7", "2001:db8", "pc7.isp.example", " ada"):
        assert private not in text, private
    for useful in (HOST, "AUTH", "PLAIN LOGIN", "EHLO [127.0.0.1]", "587", "…@example.org"):
        assert useful in text or useful == "AUTH"
    assert "(IPv4 no. 1)" in text
    assert "(IPv6 no. 1)" in text


def test_unmasked_only_where_that_was_said() -> None:
    text = ticket_text(REPORT, masked=False)
    assert "203.0.113.7" in text
    assert "ada@example.org" in text


def test_days_stay_as_machines_and_help_desks_sort_them() -> None:
    at = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
    (shown,) = REPORT.endpoints
    assert shown.tls is not None
    leaf = Certificate("CN=a", (HOST,), "CN=R12", at, at + timedelta(84), "ab" * 32)
    relay = Relay(Regime.AUTH_ONLY, "Only a log-in opens it.", True, "192.0.2.14", at)
    asked = replace(shown, relay=relay, tls=replace(shown.tls, certificate=leaf))
    text = ticket_text(replace(REPORT, endpoints=(asked,)), masked=False)
    assert "until 2027-02-14" in text
    assert "Asked from 192.0.2.14 on 2026-11-22 at 10:41 UTC." in text
    assert list(relay_lines(relay)) == [
        "Only a log-in opens it. Asked from 192.0.2.14 on 22 November 2026 at 10:41 UTC."
    ]


def test_the_same_address_is_the_same_word() -> None:
    text = mask("from 192.0.2.1 to 192.0.2.2, again 192.0.2.1; [2001:DB8::1] is 2001:db8:0::1")
    assert text == (
        "from (IPv4 no. 1) to (IPv4 no. 2), again (IPv4 no. 1); [(IPv6 no. 1)] is (IPv6 no. 1)"
    )


@pytest.mark.parametrize(
    "kept",
    ["14:02:11", "TLS 1.2", "sha256:aa:bb", "Postfix 3.7.11", "RFC 8314", "::", "1.2.3", "5.7.1"],
)
def test_numbers_that_are_no_addresses_stay(kept: str) -> None:
    assert mask(f"it says {kept} here") == f"it says {kept} here"


def test_user_names_only_where_they_stand_alone() -> None:
    assert mask("hello ada, adamant ada.", frozenset({"ada"})) == "hello (user), adamant (user)."


ADDRESSES = st.ip_addresses()


@given(st.lists(st.text("abc <>[](),;:=\n") | ADDRESSES.map(str), max_size=12))
def test_no_address_is_left(parts: list[str]) -> None:
    text = mask(" ".join(f"[{part}]" for part in parts))
    for word in re.split(r"[\s\[\]<>(),;=]+", text):
        try:
            left = ipaddress.ip_address(word)
        except ValueError:
            continue
        assert str(left) in {"127.0.0.1", "::", "0.0.0.0"}


@given(
    st.from_regex(r"[a-zA-Z0-9._+-]{1,12}", fullmatch=True),
    st.sampled_from(["<{}>", "({})", "user {} said", "{},", "MAIL FROM:<{}> SIZE=1"]),
)
def test_no_mailbox_is_left(local: str, around: str) -> None:
    masked = mask(around.format(f"{local}@example.org"))
    assert f"{local}@" not in masked
    assert "…@example.org" in masked
