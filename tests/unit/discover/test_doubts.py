# SPDX-License-Identifier: MPL-2.0
"""Likely typos, and domains that only look like others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.doubts import about_look, about_slip, looks_like, meant
from clientcfg.model.address import Address
from clientcfg.model.trouble import WrongUsage


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"), ("gmail.con", "gmail.com"), ("hotmial.com", "hotmail.com"),
        ("outlok.com", "outlook.com"), ("yaho.com", "yahoo.com"), ("t-onlin.de", "t-online.de"),
        ("postoe.de", "posteo.de"), ("mailbox.rog", "mailbox.org"), ("wbe.de", "web.de"),
    ],
)  # fmt: skip
def test_one_slip_of_the_finger(typed: str, want: str) -> None:
    assert meant(typed) == want
    assert want in (about_slip(typed) or "")


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "mail.com", "ymail.com", "gmx.com", "gmx.de", "example.org", "me.com", "a.b"],
)
def test_what_is_no_slip(domain: str) -> None:
    assert meant(domain) is None


@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        ("аррӏе.com", "apple.com"), ("gmаil.com", "gmail.com"), ("рауραl.com", "paypal.com"),
        ("оutlооk.com", "outlook.com"),
    ],
)  # fmt: skip
def test_a_look_alike_is_told_with_its_real_name(shown: str, plain: str) -> None:
    domain = Address.parse(f"a@{shown}").domain
    assert domain.startswith("xn--")
    assert looks_like(domain) == plain
    assert domain in (about_look(domain) or "")


@pytest.mark.parametrize("shown", ["bücher.example", "пример.рф", "例え.jp", "example.org", "ñ.es"])
def test_an_honest_name_in_any_script_is_none(shown: str) -> None:
    assert about_look(Address.parse(f"a@{shown}").domain) is None


@given(st.text())
def test_nothing_is_too_odd_to_look_at(text: str) -> None:
    try:
        domain = Address.parse(f"a@{text}").domain
    except WrongUsage:
        domain = text
    assert meant(domain) != domain
    looks_like(domain)
