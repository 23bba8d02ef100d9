# SPDX-License-Identifier: MPL-2.0
"""What real autoconfig files do, each in a file of our own: none of it loses a server.

What stands inside one server section is in ``test_autoconfig_servers.py``.
"""

import gzip

import pytest

from clientcfg.discover.autoconfig_sheet import MOST_SERVERS, read_sheet
from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.model.offer import Trust
from tests.support.autoconfig_files import BOTH, IMAP, SMTP, config, read, server, shown


def test_an_ordinary_file() -> None:
    reading = read(config(IMAP, SMTP))
    assert shown(reading) == BOTH
    assert (reading.notes, reading.reason) == ((), None)
    offer = reading.offers[0]
    assert (offer.source, offer.trust, offer.confirm) == ("test", Trust.A2, False)
    assert offer.username == "ada@ample.example"
    assert offer.mechanisms == ("PLAIN", "LOGIN")


def test_who_fetched_it_says_how_far_it_is_trusted() -> None:
    reading = read_autoconfig(
        config(IMAP), None, "ample.example", "mx", trust=Trust.A6, confirm=True
    )
    assert [(o.source, o.trust, o.confirm) for o in reading.offers] == [("mx", Trust.A6, True)]


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.0", "7", ""])
def test_no_version_is_refused(version: str) -> None:
    assert shown(read(config(IMAP, SMTP, version=version))) == BOTH


def test_pop3_listed_first_although_imap_exists() -> None:
    pop3 = server("pop3", "pop.ample.example", "995")
    assert shown(read(config(pop3, IMAP, SMTP))) == ["pop3 pop.ample.example:995/tls", *BOTH]


def test_many_servers_of_each_kind() -> None:
    incoming = [server(port=str(993 + i)) for i in range(6)]
    outgoing = [server("smtp", port=str(465 + i)) for i in range(3)]
    assert len(read(config(*incoming, *outgoing)).offers) == 9


def test_other_types_between_the_mail_servers_are_told() -> None:
    url = "<url>https://mail.ample.example/ews</url>"
    ews = server("ews", None, None, None, "%EMAILADDRESS", ("OAuth2",), url)
    graph = server("graph", None, None, None, more=url)
    reading = read(config(ews, IMAP, graph, SMTP))
    assert shown(reading) == BOTH
    assert reading.notes == ("It also names what is not IMAP, POP3 or SMTP: ews, graph.",)


def test_only_other_types_is_a_reason() -> None:
    reading = read(config(server("exchange", "outlook.ample.example", "443")))
    assert reading.offers == ()
    assert reading.reason == "it names no IMAP, POP3 or SMTP server that can be used"
    assert "exchange" in reading.notes[0]


HELP = '<documentation url="http://ample.example/?a=1&amp;b=2"><descr>x</descr></documentation>'


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        pytest.param("<displayNameShort>A</displayNameShort>", "", id="short name misspelt"),
        pytest.param(f"<displayShortName>{'A' * 90}</displayShortName>", "", id="long short name"),
        pytest.param("<instruction lang='de'>no</instruction>", "", id="instruction alone"),
        pytest.param("<x:y xmlns:x='z'/><what><ever/></what>", "", id="elements nobody knows"),
        pytest.param(HELP, "", id="& and http in a link to help"),
        pytest.param("", HELP, id="help as a sibling of the provider"),
        pytest.param("<domain>ample.example</domain>", "", id="a domain twice"),
        pytest.param('<domain whose="?">a b</domain><domain/>', "", id="a domain that is none"),
    ],
)
def test_what_is_around_the_servers_is_skipped(inside: str, after: str) -> None:
    assert shown(read(config(inside, IMAP, SMTP, after=after))) == BOTH


def test_what_is_inside_a_server_and_not_known_is_skipped() -> None:
    inside = server(more="<useGlobalPreferredServer>true</useGlobalPreferredServer><pop3/>")
    assert shown(read(config(inside, SMTP))) == BOTH


@pytest.mark.parametrize("name", ["other.example", "MessagingEngine", "", "%EMAILDOMAIN%"])
def test_an_id_that_is_no_domain_of_the_file(name: str) -> None:
    data = config(IMAP, SMTP).replace(b'id="ample.example"', f'id="{name}"'.encode())
    assert shown(read(data)) == BOTH
    assert read_sheet(data).domains == ("ample.example",)


def test_help_at_the_root_as_at_the_provider() -> None:
    enable = '<enable visiturl="https://ample.example/"><instruction>on</instruction></enable>'
    sections = (
        '<webMail><loginPage url="x"/></webMail><calendar/><oAuth2><issuer>x</issuer></oAuth2>'
    )
    assert shown(read(config(enable, IMAP, SMTP, after=enable + sections))) == BOTH


def test_the_file_may_be_for_other_domains() -> None:
    data = config("<domain>Other.Example</domain><domain>other.example</domain>", IMAP)
    assert shown(read(data, domain="third.example")) == BOTH[:1]
    assert read_sheet(data).domains == ("ample.example", "other.example")


def test_domains_of_mail_servers_stand_apart() -> None:
    data = config('<domain purpose="mx">mx.ample.example</domain>', IMAP, version="1.2")
    sheet = read_sheet(data)
    assert (sheet.domains, sheet.mx) == (("ample.example",), ("mx.ample.example",))


def test_a_placeholder_for_a_domain() -> None:
    assert shown(read(config("<domain>%EMAILDOMAIN%</domain>", IMAP))) == BOTH[:1]


def test_comments_anywhere() -> None:
    note = "<!-- as intended -->"
    inside = IMAP.replace("<port>", f"<port>{note}").replace("</hostname>", f"{note}</hostname>")
    assert shown(read(config(note, inside, note, SMTP))) == BOTH


def test_blanks_and_line_ends_around_values() -> None:
    section = server(host="\r\n  IMAP.ample.example.\r\n", port=" 993 ", socket="\tSSL ")
    data = config(section).replace(b"><", b">\r\n<")
    assert shown(read(data)) == BOTH[:1]


@pytest.mark.parametrize(
    "prolog",
    [b"", b'<?xml version="1.0"?>', b"\xef\xbb\xbf", b"\n\n", b"<?xml version='1.0'?>\r\n<!-- -->"],
)
def test_any_prolog(prolog: bytes) -> None:
    bare = config(IMAP, SMTP).partition(b"?>")[2].strip()
    assert shown(read(prolog + bare)) == BOTH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    text = config(IMAP, SMTP).decode().replace("UTF-8", encoding).replace("Ample", "Ämple")
    assert read_sheet(text.encode(encoding)).name == "Ämple"


def test_a_namespace() -> None:
    data = config(IMAP, SMTP).replace(b"<clientConfig ", b'<clientConfig xmlns="urn:x" ')
    assert shown(read(data)) == BOTH


def test_gzip_that_no_header_told_of() -> None:
    assert shown(read(gzip.compress(config(IMAP, SMTP)))) == BOTH


def test_the_same_server_twice_is_one_offer() -> None:
    assert shown(read(config(IMAP, IMAP, SMTP))) == BOTH


def test_too_many_servers_are_not_all_read() -> None:
    reading = read(config(*(server(port=str(1 + i)) for i in range(200))))
    assert len(reading.offers) == MOST_SERVERS
    assert reading.notes == (f"Only its first {MOST_SERVERS} servers were read.",)
