# SPDX-License-Identifier: MPL-2.0
"""What holds for every policy that could be, on every day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.advise.advise import advise
from clientcfg.advise.steps import COST
from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import beginning
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion, Confidence
from clientcfg.model.mechanism import PASSWORD_MECHANISMS, SIGN_INS
from clientcfg.model.policy import NO_RULES, Fact, Grounds, Policy, Rules, Topic
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.policies.schema import SAYS
from clientcfg.rooms import profile_path
from tests.support.servers_said import server, tls
from tests.unit.advise.test_advise_properties import FACTS, learn

CATALOG = Catalog(profile_path("clients"))
BRIDGES = Catalog(profile_path("bridges")).all()
DAY = date(2026, 11, 22)
OPEN = (VerdictKind.READY, VerdictKind.NEEDS_STEP)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
confirmed = st.sampled_from([Grounds.DOCUMENTED, Grounds.DERIVED])


def facts_about(topic: Topic, grounds: st.SearchStrategy[Grounds]) -> st.SearchStrategy[Fact]:
    return st.builds(
        Fact,
        about=st.just(topic),
        says=st.sampled_from(SAYS[topic]),
        source=st.just("a source"),
        as_of=st.just(DAY),
        grounds=grounds,
        since=st.none() | days,
        administrator=st.booleans(),
        two_factor=st.booleans(),
    )


def policies(grounds: st.SearchStrategy[Grounds] = confirmed) -> st.SearchStrategy[Policy]:
    topics = [t for t in Topic if t in SAYS]
    fact = st.sampled_from(topics).flatmap(lambda t: facts_about(t, grounds))
    return st.builds(
        Policy,
        id=st.just("ample"),
        name=st.just("Ample Mail"),
        domains=st.just(("ample.example",)),
        hosts=st.just(("mail.example.org",)),
        facts=st.lists(fact, max_size=5).map(tuple),
        oauth2=st.sampled_from([None, "google", "microsoft", "fastmail"]),
    )


TAKES = {"1.0": True, "1.1": True, "1.2": True, "1.3": True}
reports = st.lists(
    st.sampled_from(
        [
            tls(465, "AUTH PLAIN LOGIN", takes=TAKES),
            tls(587, "AUTH LOGIN XOAUTH2", takes=TAKES),
            tls(465, "AUTH XOAUTH2 OAUTHBEARER", takes=TAKES),
            tls(25, "AUTH=LOGIN", "AUTH LOGIN", takes=TAKES),
            tls(587, "AUTH CRAM-MD5", takes=TAKES),
            tls(587, takes=TAKES),
        ]
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda e: e.endpoint,
).map(lambda found: server(*found))
clients = st.sampled_from(
    [
        "thunderbird", "mutt", "msmtp", "evolution", "kmail", "netscape@3.0", "eudora@7.1",
        "eudora@4.3:mac-classic", "outlook-classic", "sylpheed@3.7.0", "seamonkey", "spark",
    ]
).map(CATALOG.parse)  # fmt: skip


def rules(report: ServerReport, policy: Policy, day: date) -> Rules:
    return Rules(day, tuple((e.endpoint, policy) for e in report.endpoints))


def verdict(report: ServerReport, client: ClientVersion, held: Rules) -> Verdict:
    return advise(report, client, CATALOG, rules=held, bridges=BRIDGES)


@given(reports, clients, policies(), days)
def test_every_verdict_is_whole(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date
) -> None:
    found = verdict(report, client, rules(report, policy, day))
    is_open = found.kind in OPEN
    assert is_open == (found.endpoint is not None) == (found.mechanism is not None)
    assert (found.kind is VerdictKind.UNKNOWN) == (found.missing_fact is not None)
    if found.kind is VerdictKind.NEEDS_STEP:
        assert found.advice
    if found.kind is VerdictKind.READY:
        assert {a.action for a in found.advice} <= {"plan-ahead", "other-account"}
    if found.kind is VerdictKind.BRIDGE:
        assert found.advice[0].action == "bridge"
    assert all("{" not in r.text for r in found.reasons)
    assert all("{" not in a.text for a in found.advice)


@given(reports, clients, policies(), policies(st.just(Grounds.REPORTED)), days)
def test_what_is_only_reported_decides_nothing_and_is_told(
    report: ServerReport, client: ClientVersion, policy: Policy, said: Policy, day: date
) -> None:
    without = verdict(report, client, rules(report, policy, day))
    more = replace(policy, facts=(*policy.facts, *said.facts))
    found = verdict(report, client, rules(report, more, day))
    assert (found.kind, found.endpoint, found.mechanism, found.advice, found.missing_fact) == (
        without.kind, without.endpoint, without.mechanism, without.advice, without.missing_fact,
    )  # fmt: skip
    assert sum(r.code == "reported" for r in found.reasons) == len(said.facts)


@given(reports, clients, policies(), days)
def test_no_policy_lets_a_password_in_that_the_server_does_not_take(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date
) -> None:
    """Policy only closes ways of a password or adds a step; it opens sign-ins alone."""
    without = verdict(report, client, NO_RULES)
    found = verdict(report, client, rules(report, policy, day))
    if found.kind is VerdictKind.READY:
        assert without.kind is VerdictKind.READY
    if found.mechanism in PASSWORD_MECHANISMS:
        assert without.kind in OPEN


@given(reports, clients, policies(), days)
def test_a_decision_of_the_future_decides_nothing_today(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date
) -> None:
    known = replace(policy, facts=tuple(f for f in policy.facts if not f.since or f.since <= day))
    found = verdict(report, client, rules(report, policy, day))
    today = verdict(report, client, rules(report, known, day))
    assert (found.kind, found.endpoint, found.mechanism) == (
        today.kind, today.endpoint, today.mechanism,
    )  # fmt: skip


@given(reports, clients, policies(), days, st.integers(1, 2000))
def test_a_later_day_without_a_decision_in_between_changes_nothing(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date, more: int
) -> None:
    later = day + timedelta(days=more)
    between = [f for f in policy.facts if f.since is not None and day < f.since <= later]
    if not between:
        one = verdict(report, client, rules(report, policy, day))
        assert one == verdict(report, client, rules(report, policy, later))


NO_PASSWORD = (
    Fact(Topic.PASSWORD, "no", "s", DAY, Grounds.DOCUMENTED, since=date(2026, 1, 1)),
    Fact(Topic.APP_PASSWORD, "no", "s", DAY, Grounds.DOCUMENTED),
)


@given(reports, clients, st.sampled_from([None, "google", "microsoft"]))
def test_where_every_password_is_refused_no_password_is_the_way(
    report: ServerReport, client: ClientVersion, oauth2: str | None
) -> None:
    policy = Policy("ample", "Ample Mail", (), ("mail.example.org",), NO_PASSWORD, oauth2)
    found = verdict(report, client, rules(report, policy, DAY))
    assert found.mechanism is None or found.mechanism in SIGN_INS
    before = verdict(report, client, rules(report, policy, date(2025, 12, 31)))
    assert before.kind is verdict(report, client, NO_RULES).kind


@given(reports, clients, policies(), days)
def test_a_recollected_sign_in_opens_nothing(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date
) -> None:
    a = client.abilities
    said = replace(a.oauth2, confidence=Confidence.RECOLLECTION, value=Answer.YES)
    recalled = replace(client, abilities=replace(a, oauth2=said))
    assert verdict(report, recalled, rules(report, policy, day)).mechanism not in SIGN_INS


@pytest.mark.parametrize("says", ["yes", "on-by-default"])
def test_a_change_is_told_while_there_is_time(says: str) -> None:
    facts = (
        Fact(Topic.PASSWORD, says, "today", DAY, Grounds.DOCUMENTED),
        Fact(Topic.PASSWORD, "no", "soon", DAY, Grounds.DOCUMENTED, since=date(2027, 3, 1)),
    )
    policy = Policy("ample", "Ample Mail", (), ("mail.example.org",), facts)
    report = server(tls(465, "AUTH PLAIN", takes=TAKES))
    found = verdict(report, CATALOG.parse("thunderbird"), rules(report, policy, DAY))
    assert found.kind is VerdictKind.READY
    assert "1 March 2027" in found.reasons[0].text
    assert found.reasons[0].evidence == "soon (22 November 2026, documented)"
    assert [a.action for a in found.advice] == ["plan-ahead"]


def test_what_the_server_says_and_what_its_owner_decided_are_told_apart() -> None:
    policy = Policy("ample", "Ample Mail", (), ("mail.example.org",), NO_PASSWORD, "google")
    report = server(tls(465, "AUTH LOGIN", takes=TAKES))
    found = verdict(report, CATALOG.parse("thunderbird"), rules(report, policy, DAY))
    (reason,) = (r for r in found.reasons if r.code == "password-policy")
    assert "announces LOGIN" in reason.text
    assert "refuses every password" in reason.text
    assert reason.evidence == "S 250-AUTH LOGIN · s (22 November 2026, documented)"


@given(reports, clients, policies(), days, st.sampled_from([*FACTS, "reads"]))
def test_learning_a_yes_never_makes_the_way_dearer(
    report: ServerReport, client: ClientVersion, policy: Policy, day: date, fact: str
) -> None:
    held = rules(report, policy, day)
    before = verdict(report, client, held)
    knows_more = replace(client, abilities=learn(client.abilities, fact))
    after = verdict(report, knows_more, held)
    if before.kind in OPEN:
        assert after.kind in OPEN
        assert price(after) <= price(before)


def price(found: Verdict) -> int:
    """What the steps of a verdict cost."""
    return sum(COST.get(a.action, 0) for a in found.advice)


@pytest.mark.parametrize("name", CATALOG.ids())
def test_nobody_is_sent_to_a_program_that_does_not_run_there(name: str) -> None:
    modern = server(*(tls(port, "AUTH PLAIN LOGIN", takes=TAKES) for port in (465, 587)))
    for one in CATALOG.profile(name).ranges:
        for platform in one.platforms:
            client = CATALOG.at(name, beginning(one), platform)
            found = verdict(modern, client, NO_RULES)
            for advice in found.advice:
                if advice.action in ("upgrade", "switch") and advice.client is not None:
                    to = CATALOG.at(advice.client, advice.version, platform)
                    assert to.covered, (name, one.first, platform, advice)
