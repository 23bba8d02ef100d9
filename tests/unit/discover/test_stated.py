# SPDX-License-Identifier: MPL-2.0
"""Servers as they are stated: written out and read again, and what placeholders become."""

import string

from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.autoconfig_sheet import read_sheet
from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.discover.stated import AUTHENTICATION, Origin, StatedServer, offer, offers
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.offer import Trust
from tests.support.autoconfig_files import written

LABELS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
ENDINGS = st.sampled_from(("example", "test", "co.uk"))
DOMAINS = st.tuples(LABELS, LABELS, ENDINGS).map(".".join)
PLACEHOLDERS = st.sampled_from(("%EMAILADDRESS%", "%EMAILLOCALPART%", "%EMAILDOMAIN%"))
# What a user name may hold beside placeholders; no % and no blanks at the ends.
PIECES = st.text(string.ascii_letters + string.digits + ".-_+@&<>'\"é", min_size=1, max_size=8)
NAMES = st.lists(PLACEHOLDERS | PIECES, min_size=1, max_size=4).map("".join)
LOCALS = st.text(string.ascii_letters + string.digits + "+-_&'", min_size=1, max_size=12)
HOSTS = DOMAINS | st.builds("{}.%EMAILDOMAIN%".format, LABELS) | st.just("%EMAILDOMAIN%")
SERVERS = st.builds(
    StatedServer,
    protocol=st.sampled_from(Protocol),
    host=HOSTS,
    port=st.integers(1, 65535),
    security=st.sampled_from(Security),
    username=st.none() | NAMES,
    auth=st.lists(st.sampled_from(tuple(AUTHENTICATION)), unique=True, max_size=4).map(tuple),
    own_network=st.booleans(),
)
ORIGIN = Origin("test", Trust.A2)


@given(st.lists(SERVERS, min_size=1, max_size=8))
def test_what_is_written_is_read_again(servers: list[StatedServer]) -> None:
    assert read_sheet(written(servers)).servers == tuple(servers)


@given(st.lists(SERVERS, min_size=1, max_size=8), LOCALS, DOMAINS)
def test_the_file_offers_what_it_states(
    servers: list[StatedServer], local: str, domain: str
) -> None:
    reading = read_autoconfig(written(servers), local, domain, "test")
    assert reading.offers == offers(servers, local, domain, ORIGIN)[0]
    for stated in servers:
        made = offer(stated, local, domain, ORIGIN)
        assert made in reading.offers
        assert made.endpoint.host == stated.host.replace("%EMAILDOMAIN%", domain)
        if stated.username is not None:
            assert made.username == (
                stated.username.replace("%EMAILADDRESS%", f"{local}@{domain}")
                .replace("%EMAILLOCALPART%", local)
                .replace("%EMAILDOMAIN%", domain)
            )


@given(SERVERS, DOMAINS)
def test_without_an_address_nothing_of_it_is_made_up(server: StatedServer, domain: str) -> None:
    made = offer(server, None, domain, ORIGIN)
    if server.username is None or "LOCALPART" in server.username or "ADDRESS" in server.username:
        assert made.username is None


def test_what_an_address_brings_along_is_not_replaced_again() -> None:
    server = StatedServer(Protocol.IMAP, "imap.ample.example", 993, Security.TLS, "%EMAILADDRESS%")
    made = offer(server, "a%EMAILDOMAIN%b", "ample.example", ORIGIN)
    assert made.username == "a%EMAILDOMAIN%b@ample.example"
