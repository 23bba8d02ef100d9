# SPDX-License-Identifier: MPL-2.0
"""Autodiscover: who may have the address, where it may lead, and what answers mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.autodiscover import AUTODISCOVER, FILE
from clientcfg.discover.autodiscover_xml import read, request_for
from clientcfg.discover.wildcard import nobodys_name
from clientcfg.model.mechanism import LOGIN, NTLM, PLAIN
from clientcfg.model.offer import Outcome, Trust
from tests.support.net import Net, moved, ok, status

DOMAIN = "example.test"
AUTO = f"autodiscover.{DOMAIN}"


def settings(*protocols: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">'
        '<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/'
        'responseschema/2006a"><Account><AccountType>email</AccountType><Action>settings</Action>'
        f"{''.join(protocols)}</Account></Response></Autodiscover>"
    )


def protocol(kind: str, **tags: str) -> str:
    inner = "".join(f"<{k}>{v}</{k}>" for k, v in {"Server": f"{kind.lower()}.example.test",
                                                   **tags}.items())  # fmt: skip
    return f"<Protocol><Type>{kind}</Type>{inner}</Protocol>"


def action(name: str, tag: str, value: str) -> str:
    return (
        f"<Autodiscover><Response><Account><Action>{name}</Action><{tag}>{value}</{tag}>"
        "</Account></Response></Autodiscover>"
    )


GOOD = settings(protocol("IMAP", Port="993"), protocol("SMTP", Port="587"))


async def test_without_consent_nobody_is_asked(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(GOOD)})
    for ask in (net.ask(), net.ask(send_address=True, local=None)):
        answer = await AUTODISCOVER.ask(ask)
        assert (answer.outcome, net.asked, net.looked_up) == (Outcome.NO, [], [])


async def test_with_consent_the_domains_own_host_is_asked_once_and_without_a_password(
    net: Net,
) -> None:
    await net.host(AUTO, {FILE: ok(GOOD)})
    answer = await AUTODISCOVER.ask(net.ask(local="a&b", send_address=True))
    assert [(str(o.endpoint), o.trust, o.confirm) for o in answer.offers] == [
        ("imap.example.test:993/tls", Trust.A2, False),
        ("smtp.example.test:587/starttls", Trust.A2, False),
    ]
    (asked,) = net.asked
    assert (asked.method, asked.headers["content-type"]) == ("POST", "text/xml; charset=utf-8")
    assert b"<EMailAddress>a&amp;b@example.test</EMailAddress>" in asked.body
    assert not {"authorization", "cookie", "x-anchormailbox"} & {*asked.headers}


async def test_a_wildcard_is_not_given_the_address(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(GOOD)})
    net.zone[nobodys_name(DOMAIN), "A"] = net.zone[AUTO, "A"]
    await AUTODISCOVER.ask(net.ask(send_address=True))
    assert net.asked == []


@pytest.mark.parametrize(
    ("code", "outcome", "says"),
    [
        (401, Outcome.NO, "wants a password and gets none"),
        (403, Outcome.NO, "wants a password"),
        (404, Outcome.NO, "404"),
        (500, Outcome.UNKNOWN, "500"),
    ],
)
async def test_what_a_refusal_means(net: Net, code: int, outcome: Outcome, says: str) -> None:
    await net.host(AUTO, {FILE: status(code)})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert answer.outcome is outcome
    assert says in answer.reason
    assert len(net.asked) == 1


async def test_exchange_alone_is_said_in_words(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(settings(protocol("EXCH"), protocol("EXPR")))})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert answer.outcome is Outcome.NO
    assert "Exchange" in answer.reason
    assert "EXCH, EXPR" in answer.reason


def test_imap_beside_exchange_is_offered() -> None:
    said = read(settings(protocol("EXCH"), protocol("IMAP")).encode(), Trust.A2)
    assert [o.endpoint.host for o in said.offers] == ["imap.example.test"]
    assert said.others == ("EXCH",)


@pytest.mark.parametrize("by", ["http", "xml"])
async def test_a_redirect_within_the_domain_stays_its_word(net: Net, by: str) -> None:
    there = f"https://mail.{DOMAIN}/x"
    said = moved(there) if by == "http" else ok(action("redirectUrl", "RedirectUrl", there))
    await net.host(AUTO, {FILE: said})
    await net.host(f"mail.{DOMAIN}", {"/x": ok(GOOD)})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert {o.trust for o in answer.offers} == {Trust.A2}
    assert all(b"<EMailAddress>ada@example.test<" in a.body for a in net.asked)


async def test_a_redirect_to_the_operator_of_the_mx_has_to_be_agreed_to(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["10 mx.provider.test."]
    await net.host(AUTO, {FILE: moved("https://autodiscover.provider.test/x")})
    await net.host("autodiscover.provider.test", {"/x": ok(GOOD)})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert {(o.trust, o.confirm) for o in answer.offers} == {(Trust.A6, True)}


async def test_redirect_addr_is_asked_about_the_new_address(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["10 mx.provider.test."]
    await net.host(AUTO, {FILE: ok(action("redirectAddr", "RedirectAddr", "x@provider.test"))})
    await net.host("autodiscover.provider.test", {FILE: ok(GOOD)})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert answer.outcome is Outcome.FOUND
    assert b"<EMailAddress>x@provider.test<" in net.asked[-1].body


@pytest.mark.parametrize(
    "there",
    [
        "https://cfg.elsewhere.test/x", "https://test/x", "https://autodiscover.test/x",
        "http://mail.sub.example.test/x", "https://autodiscover.com/x", "https://127.0.0.1/x",
        "https://example.test/x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["http", "xml"])
async def test_the_address_never_goes_there(net: Net, there: str, by: str) -> None:
    """Strangers, top-level and parent domains, and lines without encryption."""
    domain, auto = "sub.example.test", "autodiscover.sub.example.test"
    said = moved(there) if by == "http" else ok(action("redirectUrl", "RedirectUrl", there))
    await net.host(auto, {FILE: said})
    for host in ("cfg.elsewhere.test", "test", "autodiscover.test", "autodiscover.com", DOMAIN):
        await net.host(host, {"/x": ok(GOOD)})
    answer = await AUTODISCOVER.ask(net.ask(domain, send_address=True))
    assert (answer.outcome, answer.offers) == (Outcome.NO, ())
    assert {a.host for a in net.asked} == {auto}


async def test_there_is_no_back_off_to_the_parent(net: Net) -> None:
    await net.host(f"autodiscover.{DOMAIN}", {FILE: ok(GOOD)})
    await net.host("autodiscover.test", {FILE: ok(GOOD)})
    await AUTODISCOVER.ask(net.ask("sub.example.test", send_address=True))
    assert net.asked == []


async def test_a_circle_ends(net: Net) -> None:
    await net.host(AUTO, {FILE: moved(FILE)})
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert "more than 10 times" in answer.reason
    assert len(net.asked) == 11


async def test_what_srv_names_has_to_be_agreed_to_and_its_port_counts(net: Net) -> None:
    net.zone[f"_autodiscover._tcp.{DOMAIN}", "SRV"] = ["0 0 444 auto.provider.test."]
    await net.host("auto.provider.test", {FILE: ok(GOOD)}, port=444)
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert answer.url == f"https://auto.provider.test:444{FILE}"
    assert {(o.trust, o.confirm) for o in answer.offers} == {(Trust.A6, True)}


async def test_where_the_name_is_an_alias_its_owner_is_asked(net: Net) -> None:
    """A hosted domain's alias has a certificate for the operator's name alone."""
    await net.host("auto.provider.test", {FILE: ok(GOOD)})
    net.zone[AUTO, "CNAME"] = ["auto.provider.test."]
    answer = await AUTODISCOVER.ask(net.ask(send_address=True))
    assert {(o.trust, o.confirm) for o in answer.offers} == {(Trust.A6, True)}


@pytest.mark.parametrize(
    ("tags", "want"),
    [
        ({"Port": "993"}, "imap.example.test:993/tls"),
        ({"Port": "143"}, "imap.example.test:143/starttls"),
        ({"Port": "143", "SSL": "off"}, "imap.example.test:143/plain"),
        ({"Port": "143", "SSL": "on", "Encryption": "None"}, "imap.example.test:143/plain"),
        ({"Port": "993", "Encryption": "TLS"}, "imap.example.test:993/starttls"),
        ({"Port": "143", "SSL": "off", "Encryption": "SSL"}, "imap.example.test:143/tls"),
        ({"Port": "1993", "Encryption": "Auto"}, "imap.example.test:1993/tls"),
        ({}, "imap.example.test:993/tls"),
        ({"Encryption": "TLS"}, "imap.example.test:143/starttls"),
    ],
)
def test_encryption_overrules_ssl_and_the_port_tells_the_rest(
    tags: dict[str, str], want: str
) -> None:
    said = read(settings(protocol("IMAP", **tags)).encode(), Trust.A2)
    assert [str(o.endpoint) for o in said.offers] == [want]


def test_how_to_log_in() -> None:
    def one(**tags: str) -> tuple[str | None, tuple[str, ...]]:
        (offer,) = read(settings(protocol("SMTP", **tags)).encode(), Trust.A2).offers
        return offer.username, offer.mechanisms

    assert one() == (None, (PLAIN, LOGIN))
    assert one(LoginName="ada", SPA="on") == ("ada", (NTLM,))
    assert one(LoginName="ada", DomainName="CORP", DomainRequired="on")[0] == "CORP\\ada"
    assert one(AuthRequired="off")[1] == ()


@pytest.mark.parametrize(
    "tags", [{"Port": "x"}, {"Port": "70000"}, {"Server": "a b"}, {"Server": "192.0.2.1"}]
)
def test_an_incomplete_server_goes_alone(tags: dict[str, str]) -> None:
    said = read(settings(protocol("IMAP", **tags), protocol("SMTP")).encode(), Trust.A2)
    assert [o.endpoint.host for o in said.offers] == ["smtp.example.test"]


@pytest.mark.parametrize(
    ("code", "says"), [("600", "invalid"), ("601", "no such"), ("500", "no settings"), ("7", "no")]
)
def test_error_codes(code: str, says: str) -> None:
    inner = f"<Response><Error><ErrorCode>{code}</ErrorCode></Error></Response>"
    data = f"<Autodiscover>{inner}</Autodiscover>".encode()
    assert says in (read(data, Trust.A2).reason or "")


@given(st.binary() | st.text(alphabet="<>/ \"='Protocl&;#x1").map(str.encode))
def test_reading_never_fails(data: bytes) -> None:
    said = read(data, Trust.A6)
    assert said.offers or said.redirect_url or said.redirect_address or said.reason


@given(st.text())
def test_any_address_makes_a_well_formed_request(text: str) -> None:
    assert request_for(text).count(b"<EMailAddress>") == 1
