# SPDX-License-Identifier: MPL-2.0
"""Names for special use: who is asked about them, and what a published host may be."""

import pytest

from clientcfg.discover.special import (
    NotAServer,
    about_own_network,
    published_host,
    why_not_asked,
)
from clientcfg.flows.events import FindDone, ProbeDone
from clientcfg.flows.find import find
from clientcfg.flows.probe import probe
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Found, Outcome
from clientcfg.model.trouble import No
from tests.support.answering_servers import Servers
from tests.support.net import Net

NOBODYS = {
    "ada@expyuzz4wqqyqhjn.onion": "inside Tor",
    "ada@mail.example.onion": "inside Tor",
    "ada@example.alt": "outside DNS",
    "ada@example.invalid": "never exists",
    "ada@localhost": "this computer",
    "ada@mail.localhost": "this computer",
    "ada@com": "one word",
    "ada@gmail": "one word",
    "ada@co.uk": "an ending",
}


async def found(net: Net, target: str) -> Found:
    (done,) = [e async for e in find(net.question(target)) if isinstance(e, FindDone)]
    return done.found


@pytest.mark.parametrize("address", NOBODYS)
async def test_nobody_is_asked_and_it_is_said_why(net: Net, address: str) -> None:
    answer = await found(net, address)
    assert (net.looked_up, net.asked, answer.offers) == ([], [], ())
    told = {s.name: s for s in answer.sources}
    assert told["special"].outcome is Outcome.NO
    assert NOBODYS[address] in told["special"].reason


@pytest.mark.parametrize("address", ["ada@example.onion", "ada@com"])
async def test_the_probe_guesses_nothing_there(
    net: Net, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    servers = Servers()
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", servers.probe_all)
    with pytest.raises(No) as told:
        _events = [e async for e in probe(net.question(address, guess=True))]
    assert NOBODYS.get(address, "inside Tor") in told.value.text
    assert (servers.asked, net.looked_up) == ({}, [])


async def test_a_name_inside_tor_is_not_taken_for_a_host(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = Servers()
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", servers.probe_all)
    with pytest.raises(No):
        _events = [e async for e in probe(net.question("example.onion"))]
    assert servers.asked == {}


async def test_this_computer_by_name_is_a_host(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = Servers(good=frozenset({"localhost:993"}))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", servers.probe_all)
    events = [e async for e in probe(net.question("localhost"))]
    assert isinstance(events[-1], ProbeDone)


async def test_servers_that_were_named_need_no_domain(net: Net) -> None:
    named = Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.TLS)
    question = net.question("ada@example.onion", servers=(named,), probe=False)
    (done,) = [e async for e in find(question) if isinstance(e, FindDone)]
    assert [o.endpoint for o in done.found.offers] == [named]


@pytest.mark.parametrize(
    "domain", ["example.test", "test.example", "example.org", "gmx.de", "a.io", "mail.co.uk"]
)
def test_ordinary_names(domain: str) -> None:
    assert why_not_asked(domain) is None
    assert about_own_network(domain) is None


@pytest.mark.parametrize("domain", ["firm.local", "house.home.arpa", "corp.internal"])
async def test_a_name_of_one_network_is_asked_for_and_told(net: Net, domain: str) -> None:
    answer = await found(net, f"ada@{domain}")
    assert net.looked_up
    assert any("for one network alone" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("192.0.2.1", "number"), ("192.0.2.1.", "number"), ("[2001:db8::1]", "number"),
        ("2001:db8::1", "number"), ("3221225985", "number"), ("0xc0000201", "number"),
        ("127.1", "number"), ("a b", "usable"), ("", "usable"), ("mail", "on the internet"),
        ("localhost", "on the internet"), ("x.onion", "on the internet"),
    ],
)  # fmt: skip
def test_what_is_no_host_of_a_server(host: str, says: str) -> None:
    with pytest.raises(NotAServer, match=says):
        published_host(host)


def test_a_host_of_a_server() -> None:
    assert published_host(" IMAP.Bücher.Example. ") == "imap.xn--bcher-kva.example"
    assert published_host("mx1.4you.example") == "mx1.4you.example"
