# SPDX-License-Identifier: MPL-2.0
"""SRV discovery against a DNS server of our own on loopback."""

import asyncio

import dns.message
import dns.rcode
import pytest

from clientcfg.discover.dns import Nameserver, NoAnswer, NoSuchName
from clientcfg.discover.rank import rank, settle
from clientcfg.discover.source import Ask, Source, ask_all
from clientcfg.discover.srv import SRV, ask
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.model.trouble import WrongUsage
from tests.support.name_server import Zone, dns_server, from_zone


async def answer_for(zone: Zone, domain: str = "example.test") -> SourceAnswer:
    async with dns_server(from_zone(zone)) as resolver:
        return await ask(Ask(domain, resolver))


async def test_servers_are_offered_tls_first_and_by_priority_then_weight() -> None:
    answer = await answer_for(
        {
            ("_submissions._tcp.example.test", "SRV"): [
                "20 0 465 late.example.test.",
                "10 1 465 light.example.test.",
                "10 9 465 heavy.example.test.",
            ],
            ("_submission._tcp.example.test", "SRV"): ["0 1 587 smtp.example.test."],
            ("_imaps._tcp.example.test", "SRV"): ["0 1 993 imap.example.test."],
        }
    )
    assert answer.outcome is Outcome.FOUND
    assert [str(o.endpoint) for o in answer.offers] == [
        "heavy.example.test:465/tls",
        "light.example.test:465/tls",
        "late.example.test:465/tls",
        "smtp.example.test:587/starttls",
        "imap.example.test:993/tls",
    ]


async def test_a_name_inside_the_domain_waits_for_its_certificate() -> None:
    answer = await answer_for({("_imaps._tcp.example.test", "SRV"): ["0 1 993 imap.example.test."]})
    (offer,) = answer.offers
    assert (offer.trust, offer.needs_probe, offer.confirm) == (None, True, False)


@pytest.mark.parametrize("host", ["imap.elsewhere.test", "notexample.test"])
async def test_a_foreign_name_has_to_be_confirmed(host: str) -> None:
    answer = await answer_for({("_imaps._tcp.example.test", "SRV"): [f"0 1 993 {host}."]})
    (offer,) = answer.offers
    assert (offer.trust, offer.needs_probe, offer.confirm) == (Trust.A6, False, True)


async def test_a_dot_means_not_offered() -> None:
    answer = await answer_for(
        {
            ("_imap._tcp.example.test", "SRV"): ["0 0 0 ."],
            ("_imaps._tcp.example.test", "SRV"): ["0 1 993 imap.example.test."],
        }
    )
    assert [o.endpoint.port for o in answer.offers] == [993]
    only = await answer_for({("_imap._tcp.example.test", "SRV"): ["0 0 0 ."]})
    assert only.outcome is Outcome.NO
    assert "_imap" in only.reason


@pytest.mark.parametrize("target", ["localhost", "mail", "192.0.2.1", "x.onion"])
async def test_a_target_that_is_no_server_is_told(target: str) -> None:
    answer = await answer_for({("_imaps._tcp.example.test", "SRV"): [f"0 1 993 {target}."]})
    assert (answer.outcome, answer.offers) == (Outcome.NO, ())
    assert target in answer.reason


async def test_no_records_is_a_no_and_silence_is_unknown() -> None:
    assert (await answer_for({})).outcome is Outcome.NO
    async with dns_server(lambda _query: None, timeout=0.3) as resolver:
        silent = await ask(Ask("example.test", resolver))
    assert silent.outcome is Outcome.UNKNOWN
    assert "0.3 seconds" in silent.reason


async def test_a_failing_server_is_unknown() -> None:
    def broken(query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.set_rcode(dns.rcode.SERVFAIL)
        return answer

    async with dns_server(broken) as resolver:
        assert (await ask(Ask("example.test", resolver))).outcome is Outcome.UNKNOWN


async def test_addresses() -> None:
    zone: Zone = {
        ("a.example.test", "A"): ["192.0.2.1"],
        ("both.example.test", "A"): ["192.0.2.2"],
        ("both.example.test", "AAAA"): ["2001:db8::2"],
        ("mx.example.test", "MX"): ["1 a.example.test."],
    }
    async with dns_server(from_zone(zone)) as resolver:
        assert await resolver.addresses("a.example.test") == ("192.0.2.1",)
        assert await resolver.addresses("both.example.test") == ("2001:db8::2", "192.0.2.2")
        for name in ("none.example.test", "mx.example.test"):
            with pytest.raises(NoSuchName):
                await resolver.addresses(name)
    async with dns_server(lambda _query: None, timeout=0.3) as resolver:
        with pytest.raises(NoAnswer):
            await resolver.addresses("a.example.test")


async def test_a_slow_source_ends_with_the_deadline() -> None:
    async def never(_question: Ask) -> SourceAnswer:
        await asyncio.Event().wait()
        raise AssertionError

    sources = (SRV, Source("slow", never))
    async with dns_server(from_zone({})) as resolver:
        began = asyncio.get_running_loop().time()
        question = Ask("example.test", resolver)
        answers = [a async for a in ask_all(sources, question, timeout=0.5)]
        assert asyncio.get_running_loop().time() - began < 2
    assert [(a.name, a.outcome) for a in answers] == [
        ("srv", Outcome.NO),
        ("slow", Outcome.UNKNOWN),
    ]


def endpoint(protocol: Protocol, host: str, port: int, security: Security) -> Endpoint:
    return Endpoint(protocol, host, port, security)


def test_rank_puts_authenticity_first_and_keeps_the_best_offer_of_an_endpoint() -> None:
    tls = endpoint(Protocol.SMTP, "a.test", 465, Security.TLS)
    starttls = endpoint(Protocol.SMTP, "a.test", 587, Security.STARTTLS)
    imap = endpoint(Protocol.IMAP, "a.test", 993, Security.TLS)
    offers = [
        Offer(imap, "srv", Trust.A6, confirm=True),
        Offer(tls, "srv", Trust.A6, confirm=True),
        Offer(starttls, "named", Trust.A0),
        Offer(tls, "srv", None, needs_probe=True),
    ]
    assert [(o.endpoint, o.trust) for o in rank(offers)] == [
        (starttls, Trust.A0),
        (tls, None),
        (imap, Trust.A6),
    ]


def report(at: Endpoint, *, trusted: bool) -> EndpointReport:
    return EndpointReport(at, "192.0.2.1", True, tls=Tls("1.3", "x", trusted, None))


def test_the_certificate_settles_an_srv_offer() -> None:
    at = endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS)
    offer = Offer(at, "srv", None, needs_probe=True)
    good = settle(offer, report(at, trusted=True))
    assert (good.trust, good.confirm, good.needs_probe) == (Trust.A4, False, False)
    bad = settle(offer, report(at, trusted=False))
    assert (bad.trust, bad.confirm, bad.needs_probe) == (Trust.A6, True, False)
    assert settle(offer, None) == offer


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("192.0.2.1", Nameserver("192.0.2.1", 53)),
        ("127.0.0.1:5353", Nameserver("127.0.0.1", 5353)),
        ("[::1]:5353", Nameserver("::1", 5353)),
        ("::1", Nameserver("::1", 53)),
    ],
)
def test_nameserver_is_read(text: str, want: Nameserver) -> None:
    assert Nameserver.parse(text) == want


@pytest.mark.parametrize("text", ["", "dns.example", "1.2.3.4:x", "1.2.3.4:0", "1.2.3.4:70000"])
def test_what_is_no_nameserver_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        Nameserver.parse(text)
