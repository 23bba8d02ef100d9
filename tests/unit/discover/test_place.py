# SPDX-License-Identifier: MPL-2.0
"""Where a redirect may lead, whatever it says."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientcfg.discover.place import NotAPlace, Place, read_place, redirected
from clientcfg.discover.site import inside, same_site, site, suffixes_of

AT = Place("autoconfig.example.test", "/mail/config-v1.1.xml")


@given(st.text() | st.text(alphabet="https:/.@?#[]%\\\r\n exampl1-"))
@example("https://example.test\r\nX: y/")
@example("//evil.test\\@example.test/")
@example("https://[::1")
@example("https://xn--/")
@example("https://ex\u2024ample.test/\u0000")
def test_a_redirect_leads_to_https_and_a_named_host_or_nowhere(location: str) -> None:
    try:
        place = redirected(AT, location)
    except NotAPlace as why:
        assert str(why)
        return
    assert place.https
    assert place.port == 443
    assert re.fullmatch(r"[a-z0-9_.-]+\.[a-z0-9_-]*[a-z_-][a-z0-9_-]*", place.host)
    assert re.fullmatch(r"/[!-~]*", place.target), "nothing that could end a request line"
    assert read_place(str(place)) == place


@pytest.mark.parametrize(
    ("location", "want"),
    [
        ("/other.xml", "https://autoconfig.example.test/other.xml"),
        ("other.xml?a=b", "https://autoconfig.example.test/mail/other.xml?a=b"),
        ("//www.example.test/x", "https://www.example.test/x"),
        ("HTTPS://WWW.Example.test", "https://www.example.test/"),
        ("https://bücher.test/ä b", "https://xn--bcher-kva.test/%C3%A4%20b"),
        ("https://example.test:443/x#part", "https://example.test/x"),
    ],
)
def test_where_it_leads(location: str, want: str) -> None:
    assert str(redirected(AT, location)) == want


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("mail.example.co.uk", "example.co.uk"), ("example.org", "example.org"),
        ("co.uk", None), ("test", None), ("a.b.example.test", "example.test"),
        ("ada.github.io", "ada.github.io"), ("mail.xn--bcher-kva.de", "xn--bcher-kva.de"),
    ],
)  # fmt: skip
def test_whose_a_name_is(name: str, want: str | None) -> None:
    assert site(name) == want


def test_two_names_of_one_owner() -> None:
    assert same_site("a.example.co.uk", "b.example.co.uk")
    assert not same_site("a.co.uk", "b.co.uk")
    assert not same_site("ada.github.io", "bob.github.io")
    assert inside("a.example.org", "example.org")
    assert not inside("notexample.org", "example.org")
    assert suffixes_of("mx1.mail.example.co.uk") == (
        "mx1.mail.example.co.uk", "mail.example.co.uk", "example.co.uk",
    )  # fmt: skip
    assert suffixes_of("co.uk") == ()
