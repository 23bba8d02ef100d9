# SPDX-License-Identifier: MPL-2.0
"""Addresses and endpoints as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.address import Address, host_name
from clientcfg.model.endpoint import Endpoint, Protocol, Security, is_literal_loopback
from clientcfg.model.trouble import WrongUsage

SMTP, IMAP, POP3 = Protocol.SMTP, Protocol.IMAP, Protocol.POP3


@pytest.mark.parametrize(
    ("text", "local", "domain"),
    [
        ("ada@example.org", "ada", "example.org"),
        ("  Ada.Lovelace+news@EXAMPLE.org ", "Ada.Lovelace+news", "example.org"),
        ("jörg@bücher.example", "jörg", "xn--bcher-kva.example"),
        ("a@b", "a", "b"),
        ("o'brien@example.org.", "o'brien", "example.org"),
    ],
)
def test_address_is_read(text: str, local: str, domain: str) -> None:
    assert Address.parse(text) == Address(local, domain)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "ada", "ada@", "@example.org", "a b@example.org", '"a b"@example.org',
        "a..b@example.org", ".a@example.org", "a@ex ample.org", "a@-x.org", "a@[127.0.0.1]",
        "a\x00b@example.org", "a\nb@example.org", "x" * 300 + "@example.org",
        "a@" + "x" * 64 + ".org", "a@example..org", "a@127.1", "a@2130706433", "a@0x7f.0.0.1",
        "a@[IPv6:2001:db8::1]", "a@mail.1", "\ud800@example.org", "ad\udcffa@example.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(WrongUsage) as e:
        Address.parse(text)
    assert e.value.text
    assert e.value.text.isprintable()
    assert len(e.value.text) < 200


@given(st.text())
def test_reading_an_address_never_fails_otherwise(text: str) -> None:
    try:
        address = Address.parse(text)
    except WrongUsage:
        return
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    ("protocol", "text", "want"),
    [
        (SMTP, "mail.example.org", Endpoint(SMTP, "mail.example.org", 587, Security.STARTTLS)),
        (SMTP, "mail.example.org:465", Endpoint(SMTP, "mail.example.org", 465, Security.TLS)),
        (SMTP, "mail.example.org/tls", Endpoint(SMTP, "mail.example.org", 465, Security.TLS)),
        (SMTP, "h:2525/tls", Endpoint(SMTP, "h", 2525, Security.TLS)),
        (SMTP, "127.0.0.1:25/plain", Endpoint(SMTP, "127.0.0.1", 25, Security.PLAIN)),
        (SMTP, "[::1]:587", Endpoint(SMTP, "::1", 587, Security.STARTTLS)),
        (IMAP, "H.Example", Endpoint(IMAP, "h.example", 143, Security.STARTTLS)),
        (IMAP, "h:993", Endpoint(IMAP, "h", 993, Security.TLS)),
        (POP3, "h:995", Endpoint(POP3, "h", 995, Security.TLS)),
        (POP3, "h", Endpoint(POP3, "h", 110, Security.STARTTLS)),
    ],
)
def test_server_is_read(protocol: Protocol, text: str, want: Endpoint) -> None:
    assert Endpoint.parse(protocol, text) == want
    assert Endpoint.parse(protocol, str(want)) == want


@pytest.mark.parametrize(
    "text", ["", ":25", "h:", "h:0", "h:65536", "h:25/ssl", "h/", "a b", "h:25/TLS", "::1", "[x"]
)
def test_what_names_no_server_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        Endpoint.parse(SMTP, text)


def test_only_digits_count_as_this_machine() -> None:
    assert is_literal_loopback("127.0.0.9")
    assert is_literal_loopback("::1")
    assert not is_literal_loopback("localhost")
    assert not is_literal_loopback("192.0.2.1")


def test_host_names_are_lower_case_a_labels() -> None:
    assert host_name("Bücher.Example.") == "xn--bcher-kva.example"
    with pytest.raises(WrongUsage):
        host_name("a/b")
