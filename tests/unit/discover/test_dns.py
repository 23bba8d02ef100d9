# SPDX-License-Identifier: MPL-2.0
"""What DNS does to one who asks: circles, wildcards, invented answers, secured ones."""

import asyncio

import dns.flags
import dns.message
import pytest

from clientcfg.discover.burst import burst
from clientcfg.discover.dns import NoAnswer, NoSuchDomain, NoSuchName
from clientcfg.discover.guess import names
from clientcfg.discover.source import Ask
from clientcfg.discover.srv import SRV
from clientcfg.discover.wildcard import (
    about_wildcard,
    nobodys_name,
    stands_for_everything,
    wildcard_addresses,
)
from clientcfg.model.offer import Trust
from tests.support.name_server import Zone, dns_server, from_zone

DOMAIN = "example.test"


async def test_a_name_is_asked_once_for_all_who_want_to_know_it() -> None:
    asked: list[str] = []
    async with dns_server(from_zone({(DOMAIN, "MX"): ["1 mx.test."]}), asked=asked) as resolver:
        resolver.begin([(DOMAIN, "MX")])
        assert await asyncio.gather(*(resolver.mx(DOMAIN) for _ in range(5))) == [("mx.test",)] * 5
    assert asked == [f"{DOMAIN}."]


async def test_one_who_gives_up_does_not_take_the_answer_from_the_others() -> None:
    async with dns_server(from_zone({(DOMAIN, "MX"): ["1 mx.test."]})) as resolver:
        hasty = asyncio.create_task(resolver.mx(DOMAIN))
        await asyncio.sleep(0)
        hasty.cancel()
        assert await resolver.mx(DOMAIN) == ("mx.test",)


async def test_an_alias_that_leads_in_a_circle_is_told() -> None:
    zone: Zone = {("a.test", "CNAME"): ["b.test."], ("b.test", "CNAME"): ["a.test."]}
    async with dns_server(from_zone(zone)) as resolver:
        with pytest.raises((NoAnswer, NoSuchName)) as told:
            await resolver.addresses("a.test")
        assert "a.test" in str(told.value)


async def test_no_domain_is_more_than_no_record() -> None:
    async with dns_server(from_zone({("b.test", "A"): ["192.0.2.1"]})) as resolver:
        with pytest.raises(NoSuchDomain):
            await resolver.mx("a.test")
        with pytest.raises(NoSuchName) as told:
            await resolver.mx("b.test")
        assert not isinstance(told.value, NoSuchDomain)


@pytest.mark.parametrize("name", ["x" * 64 + ".test", ".".join(["x" * 60] * 5), "a..b"])
async def test_what_cannot_be_a_name_does_not_exist(name: str) -> None:
    asked: list[str] = []
    async with dns_server(from_zone({}), asked=asked) as resolver:
        with pytest.raises(NoSuchName):
            await resolver.mx(name)
    assert asked == []


async def test_txt_strings_are_put_together() -> None:
    zone: Zone = {(DOMAIN, "TXT"): ['"one " "record"', '"another"']}
    async with dns_server(from_zone(zone)) as resolver:
        assert set(await resolver.txt(DOMAIN)) == {"one record", "another"}


async def test_a_wildcard_is_noticed_and_voids_evidence() -> None:
    star = ["192.0.2.7"]
    zone: Zone = {
        (nobodys_name(DOMAIN), "A"): star,
        (f"autoconfig.{DOMAIN}", "A"): star,
        (f"imap.{DOMAIN}", "A"): ["192.0.2.8"],
    }
    async with dns_server(from_zone(zone)) as resolver:
        assert await wildcard_addresses(resolver, DOMAIN) == {*star}
        assert await stands_for_everything(resolver, f"autoconfig.{DOMAIN}", DOMAIN)
        assert not await stands_for_everything(resolver, f"imap.{DOMAIN}", DOMAIN)
        assert "wildcard" in (await about_wildcard(resolver, DOMAIN) or "")


async def test_a_resolver_that_invents_addresses_is_noticed() -> None:
    liar: Zone = {(nobodys_name(n), "A"): ["192.0.2.9"] for n in (DOMAIN, "test")}
    async with dns_server(from_zone(liar)) as resolver:
        assert "invents" in (await about_wildcard(resolver, DOMAIN) or "")
    async with dns_server(from_zone({})) as resolver:
        assert await about_wildcard(resolver, DOMAIN) is None


@pytest.mark.parametrize("host", ["imap.example.test", "imap.provider.test"])
async def test_what_dnssec_secured_needs_no_certificate_to_be_believed(host: str) -> None:
    """The AD bit of a resolver on this machine; every other one's is a stranger's word."""
    plain = from_zone({(f"_imaps._tcp.{DOMAIN}", "SRV"): [f"0 1 993 {host}."]})

    def secured(query: dns.message.Message) -> dns.message.Message | None:
        assert query.flags & dns.flags.AD, "it has to be asked for"
        answer = plain(query)
        if answer is not None:
            answer.flags |= dns.flags.AD
        return answer

    async with dns_server(secured) as resolver:
        (offer,) = (await SRV.ask(Ask(DOMAIN, resolver))).offers
    assert (offer.trust, offer.needs_probe, offer.confirm) == (Trust.A4, False, False)


def test_all_is_asked_at_once_and_nothing_that_nobody_needs() -> None:
    few = burst(DOMAIN, guesses=False, autodiscover=False)
    more = burst(DOMAIN, guesses=True, autodiscover=True)
    assert len(set(few)) == len(few)
    assert len(few) < 22
    assert len(more) < 45
    assert {*few} < {*more}
    assert not any(name.startswith("_autodiscover") for name, _kind in few)
    assert {*names(DOMAIN)} <= {name for name, _kind in more}
    assert all(name == DOMAIN or name.endswith("." + DOMAIN) for name, _kind in more)
