# SPDX-License-Identifier: MPL-2.0
"""Thunderbird's live list: asked with consent alone, and told no more than the domain."""

from typing import Any

import pytest

from clientcfg.discover.ispdb import HOST, ISPDB
from clientcfg.flows.events import FindDone
from clientcfg.flows.find import find
from clientcfg.model.offer import Found, Outcome, Trust
from tests.support.net import Net, config, moved, ok, status

DOMAIN = "example.test"
ENTRY = f"/v1.1/{DOMAIN}"


async def found(net: Net, **how: Any) -> Found:
    question = net.question(f"secretada@{DOMAIN}", **how)
    (done,) = [e async for e in find(question) if isinstance(e, FindDone)]
    return done.found


async def test_nobody_asks_it_without_consent(net: Net) -> None:
    await net.host(HOST, {ENTRY: ok(config())})
    net.zone[DOMAIN, "MX"] = ["1 mx.provider.test."]
    answer = await found(net)
    assert f"{HOST}." not in net.looked_up
    assert (answer.offers, net.asked) == ((), [])


async def test_offline_goes_before_consent(net: Net) -> None:
    await found(net, ispdb=True, offline=True)
    assert net.looked_up == []


async def test_it_learns_the_domain_and_no_more(net: Net) -> None:
    await net.host(HOST, {ENTRY: ok(config())})
    answer = await found(net, ispdb=True, send_address=True)
    assert {(o.source, o.trust, o.confirm) for o in answer.offers} == {("ispdb", Trust.A3, False)}
    assert {o.username for o in answer.offers} == {f"secretada@{DOMAIN}"}
    told = [a for a in net.asked if a.host == HOST]
    assert [a.target for a in told] == [ENTRY]
    assert "secretada" not in repr(told)


async def test_about_the_mx_it_learns_its_owner_alone(net: Net) -> None:
    await net.host(HOST, {"/v1.1/provider.test": ok(config())})
    net.zone[DOMAIN, "MX"] = ["1 mx1.in.provider.test."]
    answer = await found(net, ispdb=True)
    assert {(o.source, o.trust, o.confirm) for o in answer.offers} == {("mx", Trust.A6, True)}
    assert {a.target for a in net.asked if a.host == HOST} == {
        ENTRY, "/v1.1/in.provider.test", "/v1.1/provider.test",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "outcome", "says"),
    [
        (status(404), Outcome.NO, "not in Thunderbird’s list"),
        (status(500), Outcome.UNKNOWN, "status 500"),
        (ok("<html></html>"), Outcome.NO, "web page"),
        (moved(f"http://{HOST}{ENTRY}"), Outcome.NO, "from https to http"),
    ],
)
async def test_what_it_says(net: Net, said: bytes, outcome: Outcome, says: str) -> None:
    await net.host(HOST, {ENTRY: said})
    answer = await ISPDB.ask(net.ask())
    assert (answer.outcome, answer.offers) == (outcome, ())
    assert says in answer.reason


async def test_a_redirect_to_somebody_else_has_to_be_agreed_to(net: Net) -> None:
    await net.host(HOST, {ENTRY: moved("https://elsewhere.test/x")})
    await net.host("elsewhere.test", {"/x": ok(config())})
    assert {o.trust for o in (await ISPDB.ask(net.ask())).offers} == {Trust.A6}
