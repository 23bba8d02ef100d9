# SPDX-License-Identifier: MPL-2.0
"""Each flow once, with a scripted answerer and no face, on the demo's servers."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from clientcfg.changes.changed_since import ChangedSince
from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.check import check
from clientcfg.flows.events import (
    Asking,
    CheckDone,
    EndpointAnswered,
    Event,
    FindDone,
    ProbeDone,
    Probing,
    Proved,
    Reviewed,
    SetUpDone,
    SourceAnswered,
    UndoDone,
    VerifyDone,
)
from clientcfg.flows.find import find
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import verify
from clientcfg.flows.prove_change import verify_change
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.undo import undo
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from clientcfg.model.verdict import VerdictKind

T = TypeVar("T")


@dataclass(slots=True)
class Script:
    """Answers as written down, and remembers what was asked."""

    secret: Secret | None = None
    hosts: bool = False
    write: bool = True
    asked: list[object] = field(default_factory=list)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.asked.append(wanted)
        return self.secret

    async def accept_host(self, host: HostToConfirm) -> bool:
        self.asked.append(host)
        return self.hosts

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        self.asked.append(runs)
        return False

    async def go_on(self, review: object) -> bool:
        self.asked.append(review)
        return self.write


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
def question(world: World) -> Question:
    return Question(
        address=world.address,
        real_name="Ada Lovelace",
        nameserver=Nameserver(*world.dns),
        ca_files=(str(world.ca_file),),
    )


async def last(flow: AsyncIterator[Event], kind: type[T]) -> T:
    events = [event async for event in flow]
    result = events[-1]
    assert isinstance(result, kind)
    return result


async def test_find_tells_who_was_asked(question: Question) -> None:
    events = [event async for event in find(question)]
    (asking, *answered, done) = events
    assert isinstance(asking, Asking)
    assert isinstance(done, FindDone)
    assert {type(e) for e in answered} == {SourceAnswered}
    assert sorted(a.name for a in done.found.sources) == sorted(asking.sources)
    assert {a.outcome for a in done.found.sources if a.name != "srv"} == {Outcome.NO}
    found = await last(find(question), FindDone)
    assert [o.endpoint.protocol for o in found.found.offers][:2] == [Protocol.SMTP, Protocol.SMTP]
    assert all(o.needs_probe for o in found.found.offers)


async def test_probe_settles_the_trust_of_offers(question: Question) -> None:
    kinds = [type(e) async for e in probe(question)]
    assert kinds.count(EndpointAnswered) == 6
    assert kinds.index(Probing) < kinds.index(EndpointAnswered)
    done = await last(probe(question), ProbeDone)
    assert {o.trust for o in done.found.offers} == {Trust.A4}
    assert all(e.trusted for e in done.report.endpoints)


async def test_without_the_authority_offers_have_to_be_confirmed(question: Question) -> None:
    stranger = Question(address=question.address, nameserver=question.nameserver)
    done = await last(probe(stranger), ProbeDone)
    assert {o.trust for o in done.found.offers} == {Trust.A6}
    assert all(o.confirm for o in done.found.offers)


async def test_an_address_without_servers_is_a_no(question: Question) -> None:
    assert question.nameserver is not None
    nobody = Question(name="nothing.clientcfg.test", nameserver=question.nameserver)
    done = await last(find(nobody), FindDone)
    assert done.found.offers == ()


async def test_check_knows_the_new_and_the_old(question: Question, here: Here) -> None:
    versions = tuple(map(here.catalog.parse, ("thunderbird@153.7.0esr", "netscape@4.08")))
    done = await last(check(question, versions, here), CheckDone)
    assert [v.kind for v in done.verdicts] == [VerdictKind.READY, VerdictKind.UPGRADE]
    assert all(v.reasons for v in done.verdicts)


async def test_set_up_and_undo_leave_no_trace(
    question: Question, here: Here, machine: DemoMachine
) -> None:
    before = machine.tree()
    script = Script()
    done = await last(set_up(SetUp(question, "thunderbird"), script, here), SetUpDone)
    assert done.entry is not None
    assert isinstance(script.asked[0], Reviewed)
    assert len(script.asked) == 1, "no password is asked for when none is to be stored"
    assert machine.tree() != before
    again = await last(set_up(SetUp(question, "thunderbird"), script, here), SetUpDone)
    assert again.entry is None, "what is set already is not written again"
    undone = await last(undo(None, script, here), UndoDone)
    assert undone.exact
    assert machine.tree() == before
    with pytest.raises(No):
        await last(undo(None, script, here), UndoDone)


async def test_dry_run_and_a_no_write_nothing(
    question: Question, here: Here, machine: DemoMachine, tmp_path: Path
) -> None:
    before = machine.tree()
    dry = SetUp(question, "thunderbird", dry_run=True)
    done = await last(set_up(dry, Script(write=False), here), SetUpDone)
    assert done.entry is None
    assert done.review.changes
    with pytest.raises(No):
        await last(set_up(SetUp(question, "thunderbird"), Script(write=False), here), SetUpDone)
    assert machine.tree() == before
    assert not (tmp_path / "state").exists()


async def test_a_wrong_password_changes_nothing(
    question: Question, here: Here, machine: DemoMachine
) -> None:
    before = machine.tree()
    wish = SetUp(question, "thunderbird", store_password=True)
    with pytest.raises(No) as refused:
        await last(set_up(wish, Script(Secret("wrong")), here), SetUpDone)
    assert refused.value.code == "login-refused"
    assert machine.tree() == before


async def test_a_changed_setting_stops_undo(
    question: Question, here: Here, machine: DemoMachine
) -> None:
    await last(set_up(SetUp(question, "thunderbird"), Script(), here), SetUpDone)
    prefs = machine.profile / "prefs.js"
    ours = prefs.read_text()
    prefs.write_text(ours.replace('.username", "ada@', '.username", "eve@'))
    assert prefs.read_text() != ours
    with pytest.raises(ChangedSince):
        await last(undo(None, Script(), here), UndoDone)
    kept = await last(undo(None, Script(), here, keep=True), UndoDone)
    assert not kept.exact
    assert [c.now for c in kept.conflicts] == ["ada@demo.clientcfg.test".replace("ada", "eve")]


async def test_verify_sends_sees_and_deletes(question: Question, world: World) -> None:
    done = await last(verify(question, Script(world.password)), VerifyDone)
    assert (done.logged_in, done.sent, done.seen, done.deleted) == (True, True, True, True)
    (sent,) = world.log
    assert sent.mechanism in {"PLAIN", "LOGIN"}


async def test_verify_without_a_password_says_so(question: Question, world: World) -> None:
    with pytest.raises(No) as trouble:
        await last(verify(question, Script()), VerifyDone)
    assert trouble.value.code == "no-password"
    assert world.log == []


async def test_a_host_that_nobody_vouches_for_gets_no_password(
    question: Question, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An SRV record that points out of the domain: a person has to agree."""
    elsewhere = Question(
        address=Address("ada", "elsewhere.test"),
        nameserver=question.nameserver,
        ca_files=question.ca_files,
        username=str(world.address),
    )

    async def foreign(_question: Question, **_how: object) -> AsyncIterator[Event]:
        found = (await last(find(question), FindDone)).found
        offers = tuple(Offer(o.endpoint, "srv", Trust.A6, confirm=True) for o in found.offers)
        yield SourceAnswered(SourceAnswer("srv", None, Outcome.FOUND, "", 0.0, offers))
        yield FindDone(type(found)("ada@elsewhere.test", offers, found.sources))

    monkeypatch.setattr("clientcfg.flows.probe.find", foreign)
    script = Script(world.password)
    with pytest.raises(Refused) as refused:
        await last(verify(elsewhere, script, send=False), VerifyDone)
    assert refused.value.code == "host-not-confirmed"
    assert [type(a) for a in script.asked] == [HostToConfirm]
    agreed = Script(world.password, hosts=True)
    done = await last(verify(elsewhere, agreed, send=False), VerifyDone)
    assert done.logged_in


async def test_no_probe_takes_the_servers_as_named(here: Here, machine: DemoMachine) -> None:
    servers = (
        Endpoint(Protocol.SMTP, "smtp.example.test", 465, Security.TLS),
        Endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS),
    )
    address = Address.parse("grace@example.test")
    wish = SetUp(Question(address=address, servers=servers, probe=False), "thunderbird")
    done = await last(set_up(wish, Script(), here), SetUpDone)
    assert done.review.verdict is None
    assert not done.review.proved
    assert "smtp.example.test" in (machine.profile / "prefs.js").read_text()


async def test_without_an_address_there_is_nothing_to_set_up(here: Here) -> None:
    with pytest.raises(WrongUsage):
        await last(
            set_up(SetUp(Question(name="example.test"), "thunderbird"), Script(), here), SetUpDone
        )


async def test_troubles_are_sentences(here: Here) -> None:
    wish = SetUp(Question(address=Address.parse("a@example.test")), "netscape")
    with pytest.raises(Trouble) as trouble:
        await last(set_up(wish, Script(), here), SetUpDone)
    assert trouble.value.code == "client-not-installed"
    assert trouble.value.text.endswith(".")


def proofs(events: list[Event]) -> dict[str, Proved]:
    return {e.step: e for e in events if isinstance(e, Proved) and e.ok is not None}


@pytest.mark.parametrize("pop3", [False, True])
async def test_a_proof_tells_how_it_connected_and_when_the_message_was_seen(
    question: Question, world: World, pop3: bool
) -> None:
    if pop3:
        kept = [e for e in world.endpoints if e.protocol is not Protocol.IMAP]
        question = replace(question, servers=tuple(kept))
    events = [event async for event in verify(question, Script(world.password))]
    told = proofs(events)
    assert list(told) == ["connect", "login-smtp", "send", "seen", "deleted"]
    assert re.fullmatch(r"Port \d+, TLS 1\.3, \d+ ms", told["connect"].words or "")
    done = events[-1]
    assert isinstance(done, VerifyDone) and done.incoming is not None
    assert (done.incoming.protocol is Protocol.POP3) is pop3
    words = rf"Seen at {re.escape(done.incoming.host)} after \d+\.\d seconds"
    assert re.fullmatch(words, told["seen"].words or "")


async def test_history_is_told_of_the_test(question: Question, here: Here, world: World) -> None:
    done = await last(set_up(SetUp(question, "thunderbird"), Script(), here), SetUpDone)
    assert done.entry is not None and done.entry.tested is None
    script = Script(world.password)
    await last(verify_change(done.entry.id, question, script, here), VerifyDone)
    (entry,) = here.history()
    assert entry.tested is not None and entry.tested.seen
    assert replace(entry, tested=None) == done.entry
    undone = await last(undo(None, script, here), UndoDone)
    assert undone.exact, "a note in the journal is no change of the settings"


async def test_a_history_that_cannot_be_told_stops_nothing(
    question: Question, here: Here, world: World
) -> None:
    flow = verify_change("20261128-77", question, Script(world.password), here)
    events = [event async for event in flow]
    assert isinstance(events[-1], VerifyDone)
    assert proofs(events)["noted"].ok is False
