# SPDX-License-Identifier: MPL-2.0
"""What real autoconfig files do, each in a file of our own: none of it loses a server."""

import gzip

import pytest

from clientcfg.discover.autoconfig_sheet import MOST_SERVERS, read_sheet
from clientcfg.discover.autoconfig_xml import Reading, read_autoconfig
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.offer import Trust
from tests.support.autoconfig_files import IMAP, SMTP, config, server


def read(data: bytes, local: str | None = "ada", domain: str = "ample.example") -> Reading:
    return read_autoconfig(data, local, domain, "test")


def shown(reading: Reading) -> list[str]:
    return [f"{o.endpoint.protocol} {o.endpoint}" for o in reading.offers]


BOTH = ["imap imap.ample.example:993/tls", "smtp smtp.ample.example:465/tls"]


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


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        pytest.param("%EMAILADDRESS%", "ada@ample.example", id="the whole address"),
        pytest.param("%EMAILLOCALPART%", "ada", id="the local part"),
        pytest.param("%EMAILLOCALPART%.%EMAILDOMAIN%", "ada.ample.example", id="two of them"),
        pytest.param("mail_%EMAILLOCALPART%", "mail_ada", id="inside a text"),
        pytest.param("%EMAILADDRESS", "ada@ample.example", id="without the closing percent"),
        pytest.param("%emailaddress%", "ada@ample.example", id="in small letters"),
        pytest.param("ada.l", "ada.l", id="a name as it is"),
        pytest.param("100%", "100%", id="a percent that is no placeholder"),
        pytest.param("%EMAILHOST%", None, id="a placeholder that nobody knows"),
        pytest.param("%EMAILADDRESS%%REALNAME%", None, id="one known, one not"),
    ],
)
def test_user_names(stated: str, meant: str | None) -> None:
    reading = read(config(server(username=stated)))
    assert [o.username for o in reading.offers] == [meant]
    assert bool(reading.notes) == (meant is None)


def test_without_an_address_the_user_name_stays_open() -> None:
    data = config(server(username="%EMAILLOCALPART%"), server("pop3", username="%EMAILDOMAIN%"))
    assert [o.username for o in read(data, local=None).offers] == [None, "ample.example"]


def test_the_user_name_is_missing() -> None:
    assert [o.username for o in read(config(server(username=None))).offers] == [None]
    assert [o.username for o in read(config(server(username="  "))).offers] == [None]


@pytest.mark.parametrize(
    ("stated", "meant"),
    [("mail.%EMAILDOMAIN%", "mail.ample.example"), ("%EMAILDOMAIN%", "ample.example")],
)
def test_a_placeholder_in_the_host(stated: str, meant: str) -> None:
    assert [o.endpoint.host for o in read(config(server(host=stated))).offers] == [meant]


def test_a_host_never_gets_the_local_part() -> None:
    reading = read(config(server(host="%EMAILLOCALPART%.ample.example"), SMTP))
    assert shown(reading) == BOTH[1:]
    assert reading.notes == ("A server for IMAP was left out: its host is not a usable name.",)


@pytest.mark.parametrize(
    ("kind", "port", "socket", "security"),
    [
        ("smtp", "587", "SSL", "tls"),
        ("smtp", "586", "SSL", "tls"),
        ("imap", "587", "STARTTLS", "starttls"),
        ("pop3", "993", "SSL", "tls"),
        ("imap", "993", "STARTTLS", "starttls"),
        ("imap", "993", "plain", "plain"),
        ("imap", "993", "TLS", "tls"),
        ("imap", "993", "starttls", "starttls"),
    ],
)
def test_security_is_never_taken_from_the_port(
    kind: str, port: str, socket: str, security: str
) -> None:
    offer = read(config(server(kind, port=port, socket=socket))).offers[0]
    assert (offer.endpoint.port, offer.endpoint.security) == (int(port), security)


def test_of_several_socket_types_the_first_known_counts() -> None:
    more = "<socketType>STARTTLS</socketType><socketType>SSL</socketType>"
    assert shown(read(config(server(socket="quantum", more=more)))) == [
        "imap imap.ample.example:993/starttls"
    ]


def test_no_log_in_is_told() -> None:
    reading = read(config(server("smtp", "smtp.ample.example", "25", "plain", None, ("none",))))
    assert reading.offers[0].mechanisms == ()
    assert reading.notes == ("No log-in is needed, it is said, at smtp.ample.example:25/plain.",)


@pytest.mark.parametrize(
    "section",
    [
        server("smtp", auth=("smtp-after-pop",)),
        server("smtp", auth=(), more="<restriction>smtp-after-pop</restriction>"),
    ],
)
def test_pop_before_smtp_is_understood_and_told(section: str) -> None:
    reading = read(config(section))
    assert reading.offers[0].mechanisms == ()
    assert "POP before SMTP" in reading.notes[0]


def test_a_restriction_to_the_own_network_is_told_once_for_all() -> None:
    more = "<restriction>client-IP-address</restriction>"
    first = server("smtp", "smtp.ample.example", "465", more=more)
    second = server("smtp", "smtp.ample.example", "587", "STARTTLS", more=more)
    reading = read(config(first, second))
    assert reading.notes == (
        "Only from inside the provider's network, it is said: "
        "smtp.ample.example:465/tls, smtp.ample.example:587/starttls.",
    )
    assert reading.offers[0].mechanisms == ("PLAIN", "LOGIN")


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        (("password-cleartext",), ("PLAIN", "LOGIN")),
        (("plain",), ("PLAIN", "LOGIN")),
        (("secure",), ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5")),
        (("OAuth2", "password-cleartext"), (*SIGN_INS, "PLAIN", "LOGIN")),
        (("password-cleartext", "OAuth2"), ("PLAIN", "LOGIN", *SIGN_INS)),
        (("OAuth",), SIGN_INS),
        (("NTLM", "GSSAPI", "TLS-client-cert"), ("NTLM", "GSSAPI", "EXTERNAL")),
        (("client-IP-address",), ()),
        (("client-ip-based",), ()),
        (("telepathy", "oauth2"), SIGN_INS),
        ((), ()),
    ],
)
def test_ways_to_log_in_keep_their_order(stated: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert read(config(server(auth=stated))).offers[0].mechanisms == meant


def test_a_sasl_name_stands_for_itself() -> None:
    more = '<authentication system="sasl">scram-sha-256-plus</authentication>'
    http = '<authentication system="http">Basic</authentication>'
    offer = read(config(server(auth=(), more=more + http))).offers[0]
    assert offer.mechanisms == ("SCRAM-SHA-256-PLUS",)


@pytest.mark.parametrize(
    ("broken", "lack"),
    [
        (server(host=None), "it has no host"),
        (server(host=" "), "it has no host"),
        (server(host="not a host"), "its host is not a usable name"),
        (server(port=None), "it has no port from 1 to 65535"),
        (server(port="0"), "it has no port from 1 to 65535"),
        (server(port="65536"), "it has no port from 1 to 65535"),
        (server(port="٩٩٣"), "it has no port from 1 to 65535"),
        (server(port="9" * 5000), "it has no port from 1 to 65535"),
        (server(socket=None), "it does not say how it is encrypted"),
        (server(socket="quantum"), "it does not say how it is encrypted"),
    ],
)
def test_one_incomplete_server_never_loses_the_file(broken: str, lack: str) -> None:
    reading = read(config(broken, IMAP, SMTP))
    assert shown(reading) == BOTH
    assert reading.notes == (f"A server for IMAP was left out: {lack}.",)


def test_unknown_elements_are_skipped() -> None:
    strange = (
        "<displayNameShort>A</displayNameShort><instruction>no</instruction><x:y xmlns:x='z'/>"
    )
    inside = server(more="<useGlobalPreferredServer>true</useGlobalPreferredServer><pop3/>")
    help_page = (
        '<documentation url="http://ample.example/?a=1&amp;b=2"><descr>x</descr></documentation>'
    )
    assert shown(read(config(strange, inside, help_page, SMTP))) == BOTH


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


def test_a_name_that_is_not_ascii() -> None:
    assert shown(read(config(server(host="imap.ämple.example")))) == [
        "imap imap.xn--mple-koa.example:993/tls"
    ]


def test_the_same_server_twice_is_one_offer() -> None:
    assert shown(read(config(IMAP, IMAP, SMTP))) == BOTH


def test_too_many_servers_are_not_all_read() -> None:
    reading = read(config(*(server(port=str(1 + i)) for i in range(200))))
    assert len(reading.offers) == MOST_SERVERS
    assert reading.notes == (f"Only its first {MOST_SERVERS} servers were read.",)
