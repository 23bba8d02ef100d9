# SPDX-License-Identifier: MPL-2.0
"""The domain's own configuration, the operator's behind the MX, and the one that TXT names."""

import time

import pytest

from clientcfg.discover.autoconfig import AUTOCONFIG, places, with_address
from clientcfg.discover.mailconf import MAILCONF
from clientcfg.discover.mx import MX
from clientcfg.discover.place import Place
from clientcfg.discover.site import operators
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from tests.support.net import Net, config, moved, ok, status

DOMAIN = "example.test"
AUTO = f"autoconfig.{DOMAIN}"
FILE = "/mail/config-v1.1.xml"
WELL_KNOWN = f"/.well-known/autoconfig{FILE}"


def classes(answer: SourceAnswer) -> set[tuple[Trust | None, bool]]:
    return {(o.trust, o.confirm) for o in answer.offers}


async def test_the_domains_own_file_is_its_own_word(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config())})
    answer = await AUTOCONFIG.ask(net.ask())
    assert answer.outcome is Outcome.FOUND
    assert answer.url == f"https://{AUTO}{FILE}"
    assert [(str(o.endpoint), o.username) for o in answer.offers] == [
        ("mail.example.test:993/tls", "ada@example.test"),
        ("mail.example.test:465/tls", "ada@example.test"),
    ]
    assert classes(answer) == {(Trust.A2, False)}


async def test_servers_of_somebody_else_are_still_its_own_word(net: Net) -> None:
    """Four of five known domains have their servers elsewhere: no ground to warn."""
    await net.host(AUTO, {FILE: ok(config(host="mail.provider.test"))})
    assert classes(await AUTOCONFIG.ask(net.ask())) == {(Trust.A2, False)}


async def test_well_known_and_the_old_place_are_asked_too(net: Net) -> None:
    await net.host(AUTO, {"/.well-known/mail-v1.xml": ok(config(host="old.example.test"))})
    answer = await AUTOCONFIG.ask(net.ask())
    assert {o.endpoint.host for o in answer.offers} == {"old.example.test"}
    await net.host("example.test", {WELL_KNOWN: ok(config(host="wk.example.test"))})
    net.resolver.forget()
    net.resolver._asked.clear()
    answer = await AUTOCONFIG.ask(net.ask())
    assert {o.endpoint.host for o in answer.offers} == {"wk.example.test"}


async def test_the_first_place_wins_though_it_is_slower(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config(host="first.example.test"))})
    await net.host("example.test", {WELL_KNOWN: ok(config(host="second.example.test"))})
    answer = await AUTOCONFIG.ask(net.ask())
    assert {o.endpoint.host for o in answer.offers} == {"first.example.test"}


async def test_a_dead_first_place_costs_300_ms_and_is_told(net: Net) -> None:
    net.silent(AUTO)
    await net.host("example.test", {WELL_KNOWN: ok(config())})
    began = time.monotonic()
    answer = await AUTOCONFIG.ask(net.ask())
    assert time.monotonic() - began < 1.5
    assert answer.outcome is Outcome.FOUND
    assert f"{AUTO} could not be asked" in answer.reason


async def test_the_address_goes_to_nobody_unasked(net: Net) -> None:
    await net.host(AUTO, {FILE: status(400)})
    await net.host("example.test")
    answer = await AUTOCONFIG.ask(net.ask())
    assert answer.outcome is Outcome.UNKNOWN
    assert "whole address" in answer.reason
    assert not any("ada" in a.target for a in net.asked)


@pytest.mark.parametrize("code", [400, 404, 204])
async def test_with_consent_it_is_asked_once_more_with_the_address(net: Net, code: int) -> None:
    asked = f"{FILE}?emailaddress=ada%2Bx%40example.test"
    await net.host(AUTO, {FILE: status(code), asked: ok(config())})
    answer = await AUTOCONFIG.ask(net.ask(local="ada+x", send_address=True))
    assert answer.outcome is Outcome.FOUND
    assert classes(answer) == {(Trust.A2, False)}


async def test_the_address_is_not_carried_to_another_site(net: Net) -> None:
    asked = f"{FILE}?emailaddress=ada%40example.test"
    await net.host(AUTO, {FILE: status(400), asked: moved("https://cfg.elsewhere.test/x")})
    await net.host("cfg.elsewhere.test", {"/x": ok(config())})
    answer = await AUTOCONFIG.ask(net.ask(send_address=True))
    assert answer.outcome is Outcome.NO
    assert {a.host for a in net.asked} == {AUTO}


def test_dots_of_the_address_are_not_escaped() -> None:
    """One provider echoes them into the user name as they come."""
    place = with_address(Place(AUTO, FILE), "a.b@example.test")
    assert place.target.endswith("?emailaddress=a.b%40example.test")


async def test_a_redirect_to_another_site_has_to_be_agreed_to(net: Net) -> None:
    await net.host(AUTO, {FILE: moved("https://cfg.provider.test/x")})
    await net.host("cfg.provider.test", {"/x": ok(config())})
    answer = await AUTOCONFIG.ask(net.ask())
    assert classes(answer) == {(Trust.A6, True)}
    assert answer.url == "https://cfg.provider.test/x"


async def test_plain_http_is_asked_only_where_that_was_asked_for(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config())}, https=False)
    answer = await AUTOCONFIG.ask(net.ask())
    assert (answer.outcome, net.asked) == (Outcome.NO, [])
    answer = await AUTOCONFIG.ask(net.ask(allow_http=True))
    assert classes(answer) == {(Trust.A7, True)}
    assert [p.https for p in places(DOMAIN)] == [True] * 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<!DOCTYPE html><html><body>Welcome</body></html>", "web page"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><clientConfig/>', "DTD"),
        ("<clientConfig><emailProvider>", "well-formed"),
        ("", "empty"),
        ("<clientConfig version='1.1'><emailProvider id='x'/></clientConfig>", "no IMAP"),
    ],
)
async def test_what_is_no_file_is_a_no_with_a_reason(net: Net, body: str, says: str) -> None:
    await net.host(AUTO, {FILE: ok(body, "text/html")})
    answer = await AUTOCONFIG.ask(net.ask())
    assert answer.outcome is Outcome.NO
    assert says in answer.reason
    assert AUTO in answer.reason


async def test_a_web_page_for_everything_does_not_hide_the_file_below_it(net: Net) -> None:
    await net.host(AUTO, {FILE: ok("<html></html>", "text/html")})
    await net.host("example.test", {WELL_KNOWN: ok(config())})
    assert (await AUTOCONFIG.ask(net.ask())).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    "said",
    [b"\x00" * 100, b"\xff\xfe<\x00", b"<a" * 5000, b"\x1f\x8b\x08broken", b"<?xml encoding='x'?>"],
)
async def test_hostile_bodies_are_a_no(net: Net, said: bytes) -> None:
    await net.host(AUTO, {FILE: ok(said)})
    assert (await AUTOCONFIG.ask(net.ask())).outcome is Outcome.NO


async def test_no_web_server_at_all_is_a_no_and_silence_is_unknown(net: Net) -> None:
    answer = await AUTOCONFIG.ask(net.ask())
    assert (answer.outcome, answer.reason) == (
        Outcome.NO,
        "example.test publishes no configuration",
    )
    await net.host(AUTO, {FILE: status(503)})
    net.resolver._asked.clear()
    assert (await AUTOCONFIG.ask(net.ask())).outcome is Outcome.UNKNOWN


async def test_a_bad_server_does_not_lose_the_file(net: Net) -> None:
    whole = config().replace("<incomingServer", "<incomingServer type='imap'/><incomingServer", 1)
    await net.host(AUTO, {FILE: ok(whole)})
    assert len((await AUTOCONFIG.ask(net.ask())).offers) == 2


# --- behind the MX


@pytest.mark.parametrize(
    ("host", "domain", "want"),
    [
        ("mx1.mail.provider.test", DOMAIN, ("mail.provider.test", "provider.test",
                                            "mx1.mail.provider.test")),
        ("mx.provider.co.uk", DOMAIN, ("provider.co.uk", "mx.provider.co.uk")),
        ("provider.test", DOMAIN, ("provider.test",)),
        ("mx.example.test", DOMAIN, ("mx.example.test",)),
        ("co.uk", DOMAIN, ()),
    ],
)  # fmt: skip
def test_who_is_asked_about_an_mx(host: str, domain: str, want: tuple[str, ...]) -> None:
    assert operators(host, domain) == want


async def test_the_operators_file_has_to_be_agreed_to(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["20 b.elsewhere.test.", "10 mx1.mail.provider.test."]
    await net.host("autoconfig.provider.test", {FILE: ok(config("provider.test"))})
    answer = await MX.ask(net.ask())
    assert classes(answer) == {(Trust.A6, True)}
    assert {o.username for o in answer.offers} == {"ada@example.test"}
    assert {a.host for a in net.asked} == {"autoconfig.provider.test"}
    assert not any("example" in a.target or "ada" in a.target for a in net.asked)


async def test_the_nearer_name_of_the_operator_wins(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["10 mx1.mail.provider.test."]
    for name in ("provider.test", "mail.provider.test"):
        await net.host(f"autoconfig.{name}", {FILE: ok(config(host=f"imap.{name}"))})
    answer = await MX.ask(net.ask())
    assert {o.endpoint.host for o in answer.offers} == {"imap.mail.provider.test"}


async def test_an_mx_inside_the_domain_is_the_domains_own(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["10 mx.example.test."]
    await net.host("autoconfig.mx.example.test", {FILE: ok(config())})
    assert classes(await MX.ask(net.ask())) == {(Trust.A2, False)}


async def test_a_known_operator_need_not_be_asked(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["10 in1-smtp.messagingengine.com."]
    await net.host("autoconfig.messagingengine.com", {FILE: ok(config())})
    answer = await MX.ask(net.ask())
    assert classes(answer) == {(Trust.A6, True)}
    assert "smtp.fastmail.com" in {o.endpoint.host for o in answer.offers}
    assert {o.source for o in answer.offers} == {"mx"}
    assert "in1-smtp.messagingengine.com takes the mail" in answer.reason
    assert net.asked == []


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ({}, "no domain"),
        ({(DOMAIN, "A"): ["127.0.9.9"]}, "no MX"),
        ({(DOMAIN, "MX"): ["0 ."]}, "null MX"),
        ({(DOMAIN, "MX"): ["10 mx.provider.test."]}, "publishes no configuration"),
    ],
)
async def test_why_an_mx_leads_nowhere(
    net: Net, zone: dict[tuple[str, str], list[str]], says: str
) -> None:
    net.zone |= zone
    answer = await MX.ask(net.ask())
    assert answer.outcome is Outcome.NO
    assert says in answer.reason


# --- mailconf=


@pytest.mark.parametrize(
    ("where", "want"),
    [
        ("https://cfg.example.test/mail.xml", (Trust.A2, False)),
        ("https://cfg.provider.test/mail.xml", (Trust.A6, True)),
    ],
)
async def test_a_txt_record_names_the_place(net: Net, where: str, want: tuple[Trust, bool]) -> None:
    net.zone[DOMAIN, "TXT"] = ['"v=spf1 -all"', f'"mailconf={where}"']
    await net.host(where.split("/")[2], {"/mail.xml": ok(config())})
    assert classes(await MAILCONF.ask(net.ask())) == {want}


@pytest.mark.parametrize("where", ["http://cfg.example.test/", "x", "https://127.0.0.1/"])
async def test_a_txt_record_that_leads_nowhere(net: Net, where: str) -> None:
    net.zone[DOMAIN, "TXT"] = [f'"mailconf={where}"']
    answer = await MAILCONF.ask(net.ask())
    assert (answer.outcome, net.asked) == (Outcome.NO, [])
    assert "of no use" in answer.reason


async def test_no_txt_record_is_a_no(net: Net) -> None:
    assert (await MAILCONF.ask(net.ask())).outcome is Outcome.NO


async def test_a_domain_alone_leaves_user_names_open(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config())})
    assert {o.username for o in (await AUTOCONFIG.ask(net.ask(local=None))).offers} == {None}
