# SPDX-License-Identifier: MPL-2.0
"""One name to decide on: what servers end in, and never what everybody may end in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.site import inside, site
from clientcfg.flows.ending import shared_domain


@pytest.mark.parametrize(
    ("hosts", "shared"),
    [
        (("smtp.mail.hoster.example", "imap.mail.hoster.example"), "mail.hoster.example"),
        (("smtp.hoster.example", "imap.mail.hoster.example"), "hoster.example"),
        (("mail.hoster.example",), "hoster.example"),
        (("hoster.example",), "hoster.example"),
        (("hoster.example", "imap.hoster.example"), "hoster.example"),
        # Two that only share a country are two.
        (("smtp.one.co.uk", "imap.two.co.uk"), None),
        (("smtp.one.example", "imap.two.example"), None),
        # Whoever gets a name there is somebody else.
        (("smtp.one.github.io", "imap.two.github.io"), None),
        (("co.uk",), None),
        ((), None),
    ],
)
def test_what_they_end_in(hosts: tuple[str, ...], shared: str | None) -> None:
    assert shared_domain(hosts) == shared


LABEL = st.sampled_from(["a", "b", "mail", "smtp"])
HOST = st.builds(
    lambda labels, end: ".".join((*labels, end)),
    st.lists(LABEL, min_size=1, max_size=4),
    st.sampled_from(["com", "co.uk", "github.io", "example"]),
)


@given(st.lists(HOST, min_size=1, max_size=3))
def test_all_are_inside_of_what_somebody_registered(hosts: list[str]) -> None:
    shared = shared_domain(hosts)
    if shared is None:
        assert len({site(host) for host in hosts}) > 1 or site(hosts[0]) is None
    else:
        assert all(inside(host, shared) for host in hosts)
        assert site(shared) is not None
