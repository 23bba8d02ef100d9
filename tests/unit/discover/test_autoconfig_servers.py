# SPDX-License-Identifier: MPL-2.0
"""What real autoconfig files state about one server, and what that means for an address."""

import pytest

from clientcfg.model.mechanism import SIGN_INS
from tests.support.autoconfig_files import BOTH, IMAP, SMTP, config, read, server, shown


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
        "Only from inside the provider’s network, it is said: "
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
        (server(host="192.0.2.1"), "its host is the number of a machine, not a name"),
        (server(host="[2001:db8::1]"), "its host is the number of a machine, not a name"),
        (server(host="localhost"), "its host is not a name on the internet"),
        (server(host="x.onion"), "its host is not a name on the internet"),
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


def test_a_name_that_is_not_ascii() -> None:
    assert shown(read(config(server(host="imap.ämple.example")))) == [
        "imap imap.xn--mple-koa.example:993/tls"
    ]
