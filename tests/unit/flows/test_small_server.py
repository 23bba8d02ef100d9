# SPDX-License-Identifier: MPL-2.0
"""A server with a certificate that nobody vouches for: refused, explained, and then agreed to."""

import json
import shlex
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from clientcfg.changes.entry import to_json
from clientcfg.cli.options import question_from
from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.events import Event, ProbeDone, SetUpDone, UndoDone, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.not_trusted import not_trusted
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import verify
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.undo import undo
from clientcfg.formats.cert_override import Overrides, fingerprint_of, place_of
from clientcfg.model.documents import error_document
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import Problem
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.model.way_on import NotTrusted, WayOn, WayOnKind
from clientcfg.probe.trust import Pin

T = TypeVar("T")


@dataclass(slots=True)
class Person:
    """Says yes to everything, and remembers whether the password was wanted."""

    secret: Secret | None = None
    wanted: list[PasswordWanted] = field(default_factory=list)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.wanted.append(wanted)
        return self.secret

    async def accept_host(self, host: HostToConfirm) -> bool:
        return True

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        return False

    async def go_on(self, review: object) -> bool:
        return True


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: DemoMachine, tmp_path: Path) -> Here:
    return Here(home=machine.home, root=machine.root, state=tmp_path / "state")


@pytest.fixture
def stranger(world: World) -> Question:
    """Somebody who does not know the servers' authority."""
    return Question(address=world.address, nameserver=Nameserver(*world.dns))


async def last(flow: AsyncIterator[Event], kind: type[T]) -> T:
    result = [event async for event in flow][-1]
    assert isinstance(result, kind)
    return result


async def refused(flow: AsyncIterator[Event]) -> NotTrusted:
    with pytest.raises(NotTrusted) as trouble:
        await last(flow, VerifyDone)
    return trouble.value


async def pinned(stranger: Question) -> Question:
    """The same person after adding the very options that the refusal names."""
    trouble = await refused(verify(stranger, Person()))
    (line,) = (line for line in trouble.advice if "--trust-cert" in line)
    words = shlex.split(line[line.index("--trust-cert") :])
    assert words[::2] == ["--trust-cert"] * 2
    return replace(stranger, pins=question_from("x.test", trust_cert=tuple(words[1::2])).pins)


async def test_the_refusal_names_the_administrator_first_and_each_option_in_full(
    stranger: Question, world: World
) -> None:
    trouble = await refused(verify(stranger, person := Person(world.password)))
    assert (trouble.code, trouble.status) == ("server-not-trusted", 4)
    assert person.wanted == []
    assert "administrator" in trouble.advice[0]
    assert "--letter" in trouble.advice[0]
    assert {way.kind for way in trouble.ways_on} == {WayOnKind.TRUST_CERTIFICATE}
    assert [way.refused.protocol for way in trouble.ways_on] == [Protocol.SMTP, Protocol.IMAP]
    assert all(any(way.option in line for line in trouble.advice) for way in trouble.ways_on)
    assert str(world.address) not in trouble.letter
    assert world.address.local + "@" not in trouble.letter
    document = json.loads(json.dumps({**error_document(trouble), **trouble.facts}))
    assert document["letter"] == trouble.letter
    assert [way["option"] for way in document["ways_on"]] == [w.option for w in trouble.ways_on]


async def test_with_the_options_it_names_the_job_is_done(stranger: Question, world: World) -> None:
    done = await last(verify(await pinned(stranger), Person(world.password)), VerifyDone)
    assert (done.logged_in, done.sent, done.seen) == (True, True, True)


async def test_what_was_agreed_to_is_reviewed_written_recorded_and_taken_back(
    stranger: Question, world: World, here: Here, machine: DemoMachine
) -> None:
    question, before = await pinned(stranger), machine.tree()
    done = await last(set_up(SetUp(question, "thunderbird"), Person(), here), SetUpDone)
    places = {place_of(pin.host, pin.port): pin.sha256 for pin in question.pins}
    account = done.review.account
    assert {(c.endpoint.host, c.endpoint.port) for c in account.trusted_certificates} == {
        (pin.host, pin.port) for pin in question.pins
    }
    said = "\n".join(done.review.plan.summary)
    assert all(place in said and sha256 in said for place, sha256 in places.items())
    file = machine.profile / "cert_override.txt"
    written = {place: fingerprint_of(sha256) for place, sha256 in places.items()}
    assert Overrides.parse(file.read_bytes()).entries == written

    assert done.entry is not None
    kept = json.dumps(to_json(here.journal.entry(done.entry.id)))
    assert all(print_ in kept for print_ in written.values())
    assert "\n".join(here.journal.entry(done.entry.id).summary) == said

    (machine.profile / "prefs.js").write_bytes(
        (machine.profile / "prefs.js").read_bytes() + b'user_pref("x.y", 1);\n'
    )
    undone = await last(undo(None, Person(), here), UndoDone)
    assert not undone.exact
    assert not file.exists()
    (machine.profile / "prefs.js").write_bytes(
        before[str(machine.profile.relative_to(machine.home) / "prefs.js")]
    )
    assert machine.tree() == before


async def test_a_pin_that_nobody_needed_is_not_written(
    stranger: Question, world: World, here: Here, machine: DemoMachine
) -> None:
    elsewhere = Pin("other.example", 465, "00" * 32)
    question = replace(stranger, ca_files=(str(world.ca_file),), pins=(elsewhere,))
    done = await last(set_up(SetUp(question, "thunderbird"), Person(), here), SetUpDone)
    assert done.review.account.trusted_certificates == ()
    assert not (machine.profile / "cert_override.txt").exists()


async def test_another_certificate_at_the_same_place_is_refused_and_not_offered(
    stranger: Question, world: World, here: Here, machine: DemoMachine
) -> None:
    """Even where it would verify: the person said *exactly this one*."""
    before, agreed = machine.tree(), await pinned(stranger)
    question = replace(
        agreed,
        ca_files=(str(world.ca_file),),
        servers=tuple(
            e
            for e in world.endpoints
            if (e.host, e.port) in {(p.host, p.port) for p in agreed.pins}
        ),
        pins=tuple(replace(pin, sha256="00" * 32) for pin in agreed.pins),
    )
    assert len(question.servers) == 2
    person = Person(world.password)
    wish = SetUp(question, "thunderbird", store_password=True)
    with pytest.raises(NotTrusted) as trouble:
        await last(set_up(wish, person, here), SetUpDone)
    assert trouble.value.status == Refused.status
    assert "not the one that was agreed to" in trouble.value.text
    assert trouble.value.ways_on == ()
    assert not any("--trust-cert" in line for line in trouble.value.advice)
    assert "tell your users its fingerprint" in trouble.value.letter
    assert person.wanted == []
    assert world.log == []
    assert machine.tree() == before


async def test_where_one_server_verifies_there_is_nothing_to_agree_to(
    stranger: Question, world: World
) -> None:
    done = await last(probe(replace(stranger, ca_files=(str(world.ca_file),))), ProbeDone)
    assert done.ways_on == ()


async def test_another_name_for_sending_comes_with_the_server_to_read_from(
    world: World, stranger: Question
) -> None:
    """Who names one server is asked for the other one, too; so both are named to them."""
    probed = await last(probe(replace(stranger, ca_files=(str(world.ca_file),))), ProbeDone)
    smtp, imap = (probed.report.of(protocol)[0] for protocol in (Protocol.SMTP, Protocol.IMAP))
    assert smtp.tls is not None
    assert smtp.tls.certificate is not None
    fault = Problem("name-mismatch", "It is for another name.")
    wrong = replace(smtp, tls=replace(smtp.tls, trusted=False, problems=(fault,)))
    other = replace(smtp.endpoint, host="mail.hoster.example")
    way = WayOn(WayOnKind.OTHER_NAME, smtp.endpoint, other, smtp.tls.certificate)
    report = replace(probed.report, endpoints=(wrong, imap))
    trouble = not_trusted(wrong, ProbeDone(probed.found, report, (way,)))
    (line,) = (line for line in trouble.advice if "use that name instead" in line)
    assert line.endswith(f"Add: --smtp {other} --imap {imap.endpoint}")
    assert "mail.hoster.example is your provider" in line

    also_wrong = replace(imap, tls=wrong.tls)
    report = replace(report, endpoints=(wrong, also_wrong))
    ways = tuple(
        WayOn(WayOnKind.OTHER_NAME, e, replace(e, host=host), smtp.tls.certificate)
        for e in (smtp.endpoint, imap.endpoint)
        for host in ("one.hoster.example", "two.hoster.example")
    )
    trouble = not_trusted(wrong, ProbeDone(probed.found, report, ways))
    (line,) = (line for line in trouble.advice if "use that name instead" in line)
    assert line.endswith(f"Add: {ways[0].option} {ways[2].option}"), "each server once, in order"
    assert "two.hoster" not in line


async def test_a_certificate_that_nobody_looked_at_is_not_written(
    stranger: Question, world: World, here: Here, machine: DemoMachine
) -> None:
    before, server = machine.tree(), world.endpoint(Protocol.SMTP)
    pins = (Pin(server.host, server.port, "00" * 32),)
    question = replace(stranger, probe=False, pins=pins, servers=(server,))
    with pytest.raises(WrongUsage) as trouble:
        await last(set_up(SetUp(question, "thunderbird"), Person(), here), SetUpDone)
    assert trouble.value.code == "nothing-compared"
    assert machine.tree() == before
