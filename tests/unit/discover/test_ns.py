# SPDX-License-Identifier: MPL-2.0
"""Name servers as the weakest hint at who has the mail."""

import dns.message
import pytest

from clientcfg.discover.ns import NS
from clientcfg.discover.source import Ask
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.probe import probe
from clientcfg.model.offer import Outcome, Trust
from tests.support.answering_servers import Servers
from tests.support.name_server import Zone, dns_server
from tests.support.net import Net

DOMAIN = "example.test"
GANDI = {(DOMAIN, "NS"): ["ns5.gandi.net."]}


@pytest.mark.parametrize(
    "taker",
    [
        pytest.param({}, id="no MX"),
        pytest.param({(DOMAIN, "MX"): [f"1 mx.{DOMAIN}."]}, id="an MX of its own"),
        pytest.param({(DOMAIN, "MX"): ["1 spool.mail.gandi.net."]}, id="an MX of the same house"),
    ],
)
async def test_a_known_provider_is_hinted_at_and_has_to_be_agreed_to(net: Net, taker: Zone) -> None:
    net.zone |= GANDI | taker
    answer = await NS.ask(net.ask())
    assert answer.outcome is Outcome.FOUND
    assert {(o.source, o.trust, o.confirm) for o in answer.offers} == {("ns", Trust.A6, True)}
    assert "mail.gandi.net" in {o.endpoint.host for o in answer.offers}
    assert "may not run its mail" in answer.reason


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ({}, "no DNS servers of its own"),
        ({(DOMAIN, "NS"): ["ns1.provider.test."]}, "no known provider"),
        (GANDI | {(DOMAIN, "MX"): ["1 mx.provider.test."]}, "mx.provider.test takes its mail"),
        (GANDI | {(DOMAIN, "MX"): ["0 ."]}, "nobody takes its mail"),
    ],
)
async def test_where_it_leads_nowhere(net: Net, zone: Zone, says: str) -> None:
    net.zone |= zone
    answer = await NS.ask(net.ask())
    assert (answer.outcome, answer.offers) == (Outcome.NO, ())
    assert says in answer.reason


async def test_silence_is_unknown() -> None:
    def silent(_query: dns.message.Message) -> None:
        return None

    async with dns_server(silent, timeout=0.2) as resolver:
        assert (await NS.ask(Ask(DOMAIN, resolver))).outcome is Outcome.UNKNOWN


async def test_it_keeps_nobody_from_guessing(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    """A domain that is only registered there has its own mail server, more often than not."""
    net.zone |= GANDI | {(f"mail.{DOMAIN}", "A"): ["192.0.2.1"]}
    servers = Servers(good=frozenset({f"mail.{DOMAIN}:993", "mail.gandi.net:993"}))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", servers.probe_all)
    (done,) = [e async for e in probe(net.question()) if isinstance(e, ProbeDone)]
    best = next(o for o in done.found.offers if o.endpoint.port == 993)
    assert (best.endpoint.host, best.trust) == (f"mail.{DOMAIN}", Trust.A5)
