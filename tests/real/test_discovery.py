# SPDX-License-Identifier: MPL-2.0
"""``clientcfg find`` as it is shipped, against NSD and nginx in a network of their own."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.world.discovery import DiscoveryWorld, PortalWorld
from tests.world.person import Person

pytestmark = pytest.mark.real_servers


@pytest.fixture(scope="module")
def world() -> Iterator[DiscoveryWorld]:
    with DiscoveryWorld() as made:
        yield made


@pytest.fixture(scope="module")
def person(world: DiscoveryWorld) -> Iterator[Person]:
    with Person(dns=world.address, net_of=world.pid) as made:
        made.give("ca.pem", world.ca_file.read_bytes())
        yield made


def find(person: Person, address: str, *options: str) -> tuple[int, dict[str, Any]]:
    done = person.clientcfg(
        "find", address, "--ca", person.home / "ca.pem", "--json", *options, seconds=20
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def source(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [s for s in document["sources"] if s["name"] == name]
    return dict(found)


@pytest.mark.parametrize(
    ("domain", "name", "hosts", "trust", "confirm"),
    [
        ("auto.test", "autoconfig", ["mail.auto.test:465", "mail.auto.test:993"], "A2", False),
        ("well-known.test", "autoconfig",
         ["mail.example.test:465", "mail.example.test:993"], "A2", False),
        ("pacc.test", "pacc", ["smtp.pacc.test:465", "imap.pacc.test:993"], "A1", False),
        ("srv.test", "srv",
         ["smtp.srv.test:465", "smtp2.srv.test:465", "imap.srv.test:993"], None, False),
        ("hosted.test", "mx", ["mail.provider.test:465", "mail.provider.test:993"], "A6", True),
        ("moved.test", "autoconfig",
         ["mail.provider.test:465", "mail.provider.test:993"], "A6", True),
        ("hosted-site.test", "mx",
         ["mail.example.test:465", "mail.example.test:993"], "A6", True),
        ("hosted-srv.test", "mx",
         ["smtp.srv.test:465", "smtp2.srv.test:465", "imap.srv.test:993"], "A6", True),
        ("bücher.test", "autoconfig",
         ["mail.xn--bcher-kva.test:465", "mail.xn--bcher-kva.test:993"], "A2", False),
    ],
)  # fmt: skip
def test_what_is_published_is_found(
    person: Person, domain: str, name: str, hosts: list[str], trust: str | None, confirm: bool
) -> None:
    status, document = find(person, f"ada@{domain}")
    assert status == 0
    assert source(document, name)["outcome"] == "found"
    assert [f"{o['host']}:{o['port']}" for o in document["offers"]] == hosts
    assert {(o["trust"], o["confirm"]) for o in document["offers"]} == {(trust, confirm)}
    assert {o["needs"] for o in document["offers"]} == {None if trust else "probe"}


@pytest.mark.parametrize(
    ("domain", "name", "outcome", "says", "status"),
    [
        ("nowhere.test", "mx", "no", "there is no domain", 1),
        ("null.test", "mx", "no", "null MX", 1),
        ("changed.test", "pacc", "no", "not the one whose digest", 1),
        ("downgraded.test", "autoconfig", "no", "from https to http", 1),
        ("circle.test", "autoconfig", "no", "more than 3 times", 1),
        ("large.test", "autoconfig", "no", "larger than 256 KiB", 1),
        ("page.test", "autoconfig", "no", "web page", 1),
        ("expired.test", "autoconfig", "unknown", "expired", 3),
        ("broken.test", "autoconfig", "unknown", "503", 3),
        ("drip.test", "autoconfig", "unknown", "within 4 seconds", 3),
        ("wild.test", "autoconfig", "unknown", "certificate does not verify", 3),
        ("alias.test", "autoconfig", None, "", None),
    ],
)
def test_what_is_not_is_explained(
    person: Person, domain: str, name: str, outcome: str | None, says: str, status: int | None
) -> None:
    began = time.monotonic()
    ended, document = find(person, f"ada@{domain}")
    assert time.monotonic() - began < 10
    assert document["offers"] == []
    assert all(s["reason"] for s in document["sources"])
    told = source(document, name)
    assert outcome in {None, told["outcome"]}
    assert says in told["reason"]
    assert status in {None, ended}


def test_the_live_list_is_asked_with_consent_alone(person: Person, world: DiscoveryWorld) -> None:
    status, _document = find(person, "secretada@listed.test")
    assert status == 1
    assert "/v1.1/" not in world.requests
    status, document = find(person, "secretada@listed.test", "--ispdb")
    assert status == 0
    assert {(o["source"], o["trust"], o["confirm"]) for o in document["offers"]} == {
        ("ispdb", "A3", False)
    }
    assert "GET /v1.1/listed.test HTTP" in world.requests
    assert "secretada" not in world.requests


def test_a_known_provider_by_its_name_servers(person: Person) -> None:
    status, document = find(person, "ada@gandi.test")
    assert status == 0
    assert {(o["source"], o["trust"], o["confirm"]) for o in document["offers"]} == {
        ("ns", "A6", True)
    }
    assert "mail.gandi.net" in {o["host"] for o in document["offers"]}


@pytest.mark.parametrize("domain", ["example.onion", "example.alt", "example.invalid", "co.uk"])
def test_a_name_for_special_use_is_asked_about_by_nobody(person: Person, domain: str) -> None:
    status, document = find(person, f"ada@{domain}", "--dns", "127.0.0.9")
    assert (status, document["offers"]) == (1, []), "a resolver that is not there would show"
    assert {s["name"] for s in document["sources"]} == {"special", "providers"}


def test_a_wildcard_is_told(person: Person) -> None:
    _status, document = find(person, "ada@wild.test")
    assert any("wildcard" in note for note in document["notes"])


def test_autodiscover_is_asked_with_consent_alone(person: Person, world: DiscoveryWorld) -> None:
    _status, document = find(person, "secretada@pox.test")
    assert any("--send-address" in note for note in document["notes"])
    assert "POST" not in world.requests
    status, document = find(person, "secretada@pox.test", "--send-address")
    assert status == 0
    assert [(o["host"], o["security"]) for o in document["offers"]] == [
        ("smtp.pox.test", "starttls"), ("imap.pox.test", "tls"),
    ]  # fmt: skip
    _status, document = find(person, "secretada@exchange.test", "--send-address")
    assert "wants a password and gets none" in source(document, "autodiscover")["reason"]


def test_web_servers_do_not_learn_the_address(person: Person, world: DiscoveryWorld) -> None:
    for domain in ("auto.test", "hosted.test", "moved.test", "pacc.test"):
        find(person, f"secretada@{domain}")
    assert "secretada" not in world.requests
    assert "hosted" not in world.requests


def test_it_explains_itself_in_lines_that_people_read(person: Person) -> None:
    done = person.clientcfg("find", "ada@moved.test", "--ca", person.home / "ca.pem")
    assert "Who was asked" in done.stdout
    assert "belongs to provider.test, your address to moved.test" in " ".join(done.stdout.split())
    assert "you have to agree" in " ".join(done.stdout.split())


def test_nobody_there_at_all(person: Person) -> None:
    began = time.monotonic()
    status, document = find(person, "ada@auto.test", "--dns", "127.0.0.9")
    assert time.monotonic() - began < 6
    told = {s["name"]: s["outcome"] for s in document["sources"]}
    assert told.pop("providers") == "no"  # it asks nobody
    assert (status, set(told.values())) == (3, {"unknown"})


def probe(person: Person, address: str) -> tuple[int, dict[str, Any]]:
    done = person.clientcfg("probe", address, "--ca", person.home / "ca.pem", "--json", seconds=30)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_network_that_wants_a_log_in_is_not_taken_for_the_provider(person: Person) -> None:
    with PortalWorld() as portal, Person(dns=portal.address, net_of=portal.pid) as guest:
        guest.give("ca.pem", portal.ca_file.read_bytes())
        status, document = probe(guest, "ada@expired.test")
        assert (status, document["code"]) == (3, "network-log-in")
        assert "Open a browser" in " ".join(document["advice"])
        asked = portal.logged("access.log")
        assert '"GET / HTTP/1.1" 302' in asked
        assert "ada" not in asked
    status, document = probe(person, "ada@expired.test")
    assert (status, document["code"]) != (3, "network-log-in")
