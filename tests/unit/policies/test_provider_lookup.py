# SPDX-License-Identifier: MPL-2.0
"""Whose policy holds where, and on which day."""

import re
from datetime import date, timedelta

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.policy import Grounds, Topic
from clientcfg.policies.providers import Providers
from clientcfg.rooms import profile_path

PROVIDERS = Providers.load()
DAY = date(2026, 11, 22)


def at(text: str) -> Endpoint:
    return Endpoint.parse(Protocol.SMTP, text)


def holds(host: str, domain: str | None, *, named: bool = False) -> str | None:
    endpoint = at(host)
    rules = PROVIDERS.rules(DAY, [endpoint], domain=domain, named=[endpoint] if named else [])
    policy = rules.at(endpoint)
    return None if policy is None else policy.id


@pytest.mark.parametrize(
    ("host", "domain", "named", "policy"),
    [
        pytest.param("smtp.gmail.com:465", "gmail.com", False, "gmail", id="both say the same"),
        pytest.param("smtp.gmail.com:465", "ample.example", False, "gmail", id="own domain there"),
        pytest.param("smtp.gmail.com:465", None, True, "gmail", id="the host alone"),
        pytest.param("mx.gmx.example", "gmx.de", False, "gmx", id="found for the domain"),
        pytest.param("relay.ample.example", "gmx.de", True, None, id="a relay that was named"),
        pytest.param("127.0.0.1:1587", "gmail.com", False, None, id="a bridge on this computer"),
        pytest.param(
            "smtp.office365.com", "hotmail.com", False, "outlook-com",
            id="one house: the address tells which kind of mailbox",
        ),
        pytest.param(
            "smtp.office365.com", "gmail.com", False, "microsoft-365",
            id="two houses: the server tells",
        ),
        pytest.param("smtp.ionos.de", "gmx.de", True, "ionos", id="neither has OAuth 2.0"),
        pytest.param("mail.ample.example", "a.onmicrosoft.com", False, "microsoft-365", id="below"),
        pytest.param("mail.ample.example", "ample.example", False, None, id="nobody known"),
    ],
)  # fmt: skip
def test_whose_policy(host: str, domain: str | None, named: bool, policy: str | None) -> None:
    assert holds(host, domain, named=named) == policy


@pytest.mark.parametrize("name", ["evilgmail.com", "gmail.com.evil.example", "onmicrosoft.com"])
def test_a_name_that_only_looks_alike_is_nobody(name: str) -> None:
    assert PROVIDERS.of_domain(name) is None
    assert PROVIDERS.of_host(f"smtp.{name}") is None


@pytest.mark.parametrize(
    ("day", "says", "coming"),
    [
        (date(2026, 11, 22), "on-by-default", date(2026, 12, 31)),
        (date(2026, 12, 30), "on-by-default", date(2026, 12, 31)),
        (date(2026, 12, 31), "off-by-default", None),
        (date(2027, 6, 1), "off-by-default", None),
    ],
)
def test_exchange_online_before_and_after_the_date(
    day: date, says: str, coming: date | None
) -> None:
    policy = PROVIDERS.of_host("smtp.office365.com")
    assert policy is not None
    fact, soon = policy.in_force(Topic.PASSWORD, day), policy.coming(Topic.PASSWORD, day)
    assert fact is not None
    assert fact.says == says
    assert (soon.since if soon else None) == coming


def test_gmail_is_the_same_before_and_after_workspace_followed() -> None:
    policy = PROVIDERS.of_domain("gmail.com")
    assert policy is not None
    assert policy.in_force(Topic.PASSWORD, date(2022, 5, 29)) is None
    assert policy.coming(Topic.PASSWORD, date(2024, 1, 1)) is None, "no again is no change"


WANTED = (
    "microsoft-365", "outlook-com", "gmail", "yahoo", "aol", "icloud", "gmx", "web-de", "t-online",
    "orange", "ovh", "ionos", "strato", "fastmail", "proton",
)  # fmt: skip


def test_the_providers_that_most_people_have_are_there() -> None:
    assert {p.id for p in PROVIDERS.all()} >= set(WANTED)


@pytest.mark.parametrize("policy", PROVIDERS.all(), ids=lambda p: p.id)
def test_every_fact_says_where_it_is_from_and_is_not_of_the_future(policy: object) -> None:
    found = PROVIDERS._policies[getattr(policy, "id", "")]
    for fact in found.facts:
        assert fact.source
        assert fact.as_of <= DAY + timedelta(days=7)
    confirmed = [f for f in found.facts if f.grounds is not Grounds.REPORTED]
    assert confirmed, "reports alone decide nothing"


def test_every_sign_in_that_clients_have_built_in_belongs_to_a_provider() -> None:
    catalog = Catalog(profile_path("clients"))
    known = {p.oauth2 for p in PROVIDERS.all()} | {"generic"}
    for name in catalog.ids():
        for one in catalog.profile(name).ranges:
            used = {*one.abilities.oauth2_providers, *one.abilities.oauth2_reported}
            assert used <= known, (name, one.first)


def test_every_claim_of_a_provider_file_is_a_sentence_less_word() -> None:
    for policy in PROVIDERS.all():
        for fact in policy.facts:
            assert fact.word is None or re.fullmatch(r"[\w /.-]{3,40}", fact.word), fact
