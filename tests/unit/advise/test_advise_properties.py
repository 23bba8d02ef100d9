# SPDX-License-Identifier: MPL-2.0
"""What holds for every client that could be, and every server."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg import advise as advise_room
from clientcfg.advise.advise import advise
from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import NOTHING_KNOWN
from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    ClientVersion,
    Confidence,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
    Successor,
)
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import Announcement, EndpointReport
from clientcfg.model.verdict import VerdictKind
from clientcfg.rooms import profile_path
from tests.support.servers_said import server, silent, tls, untrusted, without_tls

DOC = Confidence.DOCUMENTED
NAMES = ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "GSSAPI"]
CATALOG = Catalog(profile_path("clients"))


class Nobody:
    """A catalog without later versions or successors."""

    def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
        return client(NOTHING_KNOWN)

    def later(
        self, name: str, version: str | None, platform: str | None
    ) -> tuple[ClientVersion, ...]:
        return ()


def client(abilities: Abilities, successors: tuple[Successor, ...] = ()) -> ClientVersion:
    return ClientVersion(
        id="some",
        name="Some Mail",
        version="1.0",
        platform=None,
        abilities=abilities,
        covered=True,
        maintained=Answer.UNKNOWN,
        successors=successors,
        format=None,
    )


ability = st.builds(Ability, st.sampled_from(Answer), st.just(DOC), st.just("a source"))
names = st.lists(st.sampled_from(NAMES).map(Mechanism), unique=True, max_size=3).map(tuple)
abilities = st.builds(
    Abilities,
    smtp_auth=ability,
    mechanisms=st.builds(
        Mechanisms, names, names, st.booleans(), st.just(DOC), st.just("a source"), names
    ),
    starttls=st.builds(StartTlsAbility, st.sampled_from(StartTls), st.just(DOC), st.just("s")),
    implicit_tls=ability,
    custom_port=ability,
    separate_smtp_user=ability,
    pop_before_smtp=ability,
    max_tls=st.builds(
        MaxTls,
        st.sampled_from(["none", "ssl3", "1.0", "1.1", "1.2", "1.3", "os", "lib", "unknown"]),
        st.just(DOC),
        st.just("s"),
    ),
    oauth2=ability,
    oauth2_providers=st.just(()),
    reads=st.tuples(*(st.tuples(st.just(f), st.sampled_from(Answer)) for f in Announcement)),
    quirks=st.sampled_from([(), ("auth-before-starttls",)]),
)
auth_line = st.builds(
    "{}{}".format,
    st.sampled_from(["AUTH ", "AUTH="]),
    st.lists(st.sampled_from(NAMES), unique=True, max_size=4).map(" ".join),
)
asked = st.dictionaries(
    st.sampled_from(["1.0", "1.1", "1.2", "1.3"]), st.sampled_from([True, False, None])
)


@st.composite
def endpoints(draw: st.DrawFn) -> EndpointReport:
    port = draw(st.sampled_from([25, 465, 587, 2525]))
    lines = draw(st.lists(auth_line, max_size=2))
    before = tuple(draw(st.sampled_from([[], ["LOGIN"]])))
    version = draw(st.sampled_from(["1.0", "1.2", "1.3"]))
    good = tls(port, *lines, version=version, takes=draw(asked), before=before)
    other = st.sampled_from([untrusted(port, *lines), silent(port), without_tls(port, *lines)])
    return draw(st.one_of(st.just(good), other, st.just(replace(good, auth=None, auth_lines=()))))


servers = st.lists(endpoints(), max_size=3).map(lambda found: server(*found))
GOOD = server(tls(587, "AUTH PLAIN LOGIN"), tls(465, "AUTH PLAIN LOGIN"))


def learn(old: Abilities, key: str) -> Abilities:
    """*old*, and one thing more is known to be a yes."""
    match key:
        case "starttls":
            return replace(old, starttls=StartTlsAbility(StartTls.YES, DOC, "news"))
        case "max_tls":
            known = ("1.0", "1.1", "1.2", "1.3")
            most = old.max_tls.value if old.max_tls.value in known else "1.3"
            return replace(old, max_tls=MaxTls(most, DOC, "news"))
        case "mechanisms":
            more = (*old.mechanisms.yes, *old.mechanisms.reported, *old.mechanisms.either)
            return replace(old, mechanisms=replace(old.mechanisms, yes=more))
        case "reads":
            return replace(old, reads=tuple((form, Answer.YES) for form in Announcement))
        case _:
            yes = Ability(Answer.YES, DOC, "news")
            changed = {key: yes}
            return replace(old, **changed)  # type: ignore[arg-type]


FACTS = ["smtp_auth", "mechanisms", "starttls", "implicit_tls", "custom_port", "max_tls", "oauth2"]


@given(servers, abilities, st.lists(st.sampled_from([*FACTS, "reads"]), min_size=1, max_size=4))
def test_learning_a_yes_about_a_client_never_takes_ready_away(
    report: object, known: Abilities, facts: list[str]
) -> None:
    assert isinstance(report, type(GOOD))
    before = advise(report, client(known), Nobody())
    for fact in facts:
        known = learn(known, fact)
    after = advise(report, client(known), Nobody())
    if before.kind is VerdictKind.READY:
        assert after.kind is VerdictKind.READY


@given(servers, abilities, endpoints())
def test_one_more_endpoint_never_takes_ready_away(
    report: object, known: Abilities, more: EndpointReport
) -> None:
    assert isinstance(report, type(GOOD))
    before = advise(report, client(known), Nobody())
    after = advise(server(*report.endpoints, more), client(known), Nobody())
    if before.kind is VerdictKind.READY:
        assert after.kind is VerdictKind.READY


@given(servers, abilities)
def test_every_verdict_is_whole(report: object, known: Abilities) -> None:
    assert isinstance(report, type(GOOD))
    found = advise(report, client(known), Nobody())
    ready = found.kind is VerdictKind.READY
    assert ready == (found.endpoint is not None) == (found.mechanism is not None)
    assert (found.kind is VerdictKind.UNKNOWN) == (found.missing_fact is not None)
    assert found.reasons or found.kind is VerdictKind.UNKNOWN
    assert ready or found.advice or found.kind is VerdictKind.UNKNOWN
    assert len({(r.code, r.text) for r in found.reasons}) == len(found.reasons)
    assert all("{" not in r.text for r in found.reasons)
    assert found == advise(report, client(known), Nobody()), "the same question, the same answer"


@given(servers, abilities)
def test_ready_only_inside_tls_that_verified_and_with_what_the_server_offers(
    report: object, known: Abilities
) -> None:
    assert isinstance(report, type(GOOD))
    found = advise(report, client(known), Nobody())
    if found.kind is VerdictKind.READY:
        there = [e for e in report.endpoints if e.endpoint == found.endpoint and e.trusted]
        assert any(found.mechanism in (e.auth or ()) for e in there)
        assert known.smtp_auth.value is Answer.YES


@pytest.mark.parametrize("lines", [("AUTH PLAIN LOGIN",), ("AUTH=LOGIN",), ("AUTH CRAM-MD5",)])
def test_a_client_of_which_nothing_is_known_is_unknown_at_a_good_server(
    lines: tuple[str, ...],
) -> None:
    report = server(tls(465, *lines), tls(587, *lines), tls(25, *lines))
    lines_of_succession = (Successor("thunderbird"),)
    found = advise(report, client(NOTHING_KNOWN, lines_of_succession), _WithSuccessor())
    assert found.kind is VerdictKind.UNKNOWN


class _WithSuccessor(Nobody):
    def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
        return CATALOG.at(name, version, platform)


class _Circle(Nobody):
    """Two clients that name each other as successors, and can do nothing."""

    def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
        other = "b" if name == "a" else "a"
        none = replace(NOTHING_KNOWN, smtp_auth=Ability(Answer.NO, DOC, "s"))
        return replace(client(none, (Successor(other), Successor(name))), id=name)


def test_successors_in_a_circle_come_to_an_end() -> None:
    catalog = _Circle()
    found = advise(GOOD, catalog.at("a", None, None), catalog)
    assert found.kind is VerdictKind.IMPOSSIBLE


def test_a_successor_that_is_not_maintained_is_not_advised() -> None:
    class Dead(Nobody):
        def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
            return replace(CATALOG.at("thunderbird", None, None), maintained=Answer.NO)

    none = replace(NOTHING_KNOWN, smtp_auth=Ability(Answer.NO, DOC, "s"))
    found = advise(GOOD, client(none, (Successor("dead"),)), Dead())
    assert found.kind is VerdictKind.IMPOSSIBLE


def test_the_successor_of_a_successor_counts() -> None:
    class Chain(Nobody):
        def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
            if name == "middle":
                none = replace(NOTHING_KNOWN, smtp_auth=Ability(Answer.NO, DOC, "s"))
                return replace(client(none, (Successor("thunderbird"),)), id="middle")
            return CATALOG.at(name, version, platform)

    none = replace(NOTHING_KNOWN, smtp_auth=Ability(Answer.NO, DOC, "s"))
    found = advise(GOOD, client(none, (Successor("middle"),)), Chain())
    assert found.kind is VerdictKind.UPGRADE
    assert found.advice[0].client == "thunderbird"


@pytest.mark.parametrize(
    ("text", "kind", "actions"),
    [
        pytest.param("netscape@3.0:mac", VerdictKind.UPGRADE, ["switch"], id="it runs there, too"),
        pytest.param(
            "claris-emailer@2.0v3", VerdictKind.IMPOSSIBLE, ["other-system", "switch"],
            id="Thunderbird does not run on classic Mac OS: another computer, not an upgrade",
        ),
        pytest.param(
            "netscape@3.0:unix", VerdictKind.IMPOSSIBLE, ["other-system", "switch"],
            id="nor on every Unix",
        ),
        pytest.param(
            "outlook-express@5.0:mac-classic", VerdictKind.UNKNOWN, ["other-system"],
            id="also where the rest is unknown",
        ),
    ],
)  # fmt: skip
def test_a_successor_has_to_run_on_the_same_platform(
    text: str, kind: VerdictKind, actions: list[str]
) -> None:
    found = advise(GOOD, CATALOG.parse(text), CATALOG)
    assert (found.kind, [a.action for a in found.advice]) == (kind, actions)


@pytest.mark.parametrize(
    ("text", "system"),
    [("netscape@3.0:win", "Windows 10 or newer"), ("netscape@3.0:mac", "macOS 10.15 or newer")],
)
def test_which_system_a_successor_needs_is_said(text: str, system: str) -> None:
    class OnlyThunderbird(Nobody):
        def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
            return CATALOG.at("thunderbird", None, platform)

    advice = advise(GOOD, CATALOG.parse(text), OnlyThunderbird()).advice
    assert system in advice[0].text


def test_no_platform_named_means_any() -> None:
    found = advise(GOOD, CATALOG.parse("netscape@3.0"), CATALOG)
    assert found.advice[0].client == "thunderbird"


def test_no_client_and_no_provider_has_a_name_in_advice() -> None:
    words = re.compile(
        r"thunderbird|betterbird|seamonkey|netscape|outlook|mutt|msmtp|eudora|apple|mozilla"
        r"|microsoft|office|google|gmail|yahoo|\baol\b|fastmail|icloud|proton|\bgmx\b|t-online"
        r"|postfix|exchange|hotmail",
        re.IGNORECASE,
    )
    files = sorted(Path(advise_room.__path__[0]).glob("*.py"))
    assert len(files) > 5
    assert {path.name: words.findall(path.read_text()) for path in files} == {
        path.name: [] for path in files
    }
