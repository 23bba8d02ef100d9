# SPDX-License-Identifier: MPL-2.0
"""The one exception: a loopback address, in digits, that the person named. And it is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.zone import NameServer, make_zone
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.documents import apply_document
from clientcfg.flows.events import Event, FindDone, Proved, SetUpDone, SourceAnswered, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove import verify
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Found, Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Refused, WrongUsage
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.server import FakeServer
from tests.support.fakes.tempting import Tempting
from tests.support.needles import credentials_in, log_ins_in

CANARY = "Kanarie-7193"
SMTP = Tempting(Protocol.SMTP, offered=b"", clear=(b"PLAIN",))
IMAP = Tempting(Protocol.IMAP, implicit_tls=True)
WORDS = "goes unencrypted to 127.0.0.1"


class Ada:
    """Gives her password, and agrees to everything."""

    def __init__(self) -> None:
        self.why: list[str] = []

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.why.append(wanted.why)
        return Secret(CANARY)

    async def accept_host(self, host: HostToConfirm) -> bool:
        return True

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        return False

    async def go_on(self, review: object) -> bool:
        return True


@pytest.fixture
async def smtp() -> AsyncIterator[FakeServer]:
    async with FakeServer(SMTP) as server:
        yield server


@pytest.fixture
async def question(identities: Identities) -> AsyncIterator[Question]:
    """With a good server to read from, and nothing yet to send through."""
    names = NameServer(make_zone("fake.test", {}))
    port = await names.start()
    async with FakeServer(IMAP, identities.context("good"), implicit_tls=True) as server:
        yield Question(
            address=Address.parse("ada@fake.test"),
            servers=(Endpoint(Protocol.IMAP, "127.0.0.1", server.port, Security.TLS),),
            nameserver=Nameserver("127.0.0.1", port),
            ca_files=(identities.ca_file,),
            timeout=5,
        )
    await names.close()


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: DemoMachine, tmp_path: Path) -> Here:
    return Here(home=machine.home, root=machine.root, state=tmp_path / "state")


def sending(question: Question, server: FakeServer, host: str) -> Question:
    plain = Endpoint(Protocol.SMTP, host, server.port, Security.PLAIN)
    return replace(question, servers=(plain, *question.servers))


async def events(flow: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in flow]


async def test_named_in_digits_it_is_used_and_told(
    question: Question, smtp: FakeServer, here: Here, tmp_path: Path
) -> None:
    ada = Ada()
    named = sending(question, smtp, "127.0.0.1")
    found = await events(verify(named, ada, here.remembered, send=False))
    assert isinstance(found[-1], VerifyDone)
    assert WORDS in ada.why[0]
    said = [e.text for e in found if isinstance(e, Proved) and e.step == "login-smtp" and e.ok]
    assert "not encrypted" in said[0]
    assert WORDS in said[0]
    kept = (tmp_path / "state" / "remembered.json").read_text()
    assert "imap" in kept
    assert "smtp" not in kept, "what was not encrypted is no measure for later"
    assert credentials_in(smtp.everything_heard, CANARY)


@pytest.mark.parametrize("asks", [True, False])
async def test_the_review_says_so(
    question: Question, smtp: FakeServer, here: Here, asks: bool
) -> None:
    named = replace(sending(question, smtp, "127.0.0.1"), probe=asks)
    done = (await events(set_up(SetUp(named, "thunderbird", dry_run=True), Ada(), here)))[-1]
    assert isinstance(done, SetUpDone)
    assert sum(WORDS in note for note in done.review.plan.notes) == 1
    assert any(WORDS in note for note in apply_document(done, dry_run=True)["notes"])
    assert 'try_ssl", 0' in "".join(change.diff for change in done.review.changes)


async def test_with_tls_there_is_nothing_to_say(question: Question, here: Here) -> None:
    secure = Endpoint(Protocol.SMTP, "127.0.0.1", 465, Security.TLS)
    named = replace(question, servers=(secure, *question.servers), probe=False)
    done = (await events(set_up(SetUp(named, "thunderbird", dry_run=True), Ada(), here)))[-1]
    assert isinstance(done, SetUpDone)
    assert not any("unencrypted" in note for note in done.review.plan.notes)


@pytest.mark.parametrize("job", ["verify", "set up", "set up, asking nobody"])
@pytest.mark.parametrize("host", ["localhost", NAME])
async def test_a_name_does_not_count_wherever_it_leads(
    question: Question, smtp: FakeServer, here: Here, machine: DemoMachine, host: str, job: str
) -> None:
    ada, before = Ada(), machine.tree()
    named = sending(question, smtp, host)
    if host == "localhost":
        named = replace(named, nameserver=None)  # the system knows that name
    flow = {
        "verify": verify(named, ada, here.remembered),
        "set up": set_up(SetUp(named, "thunderbird", store_password=True), ada, here),
        "set up, asking nobody": set_up(
            SetUp(replace(named, probe=False), "thunderbird", store_password=True), ada, here
        ),
    }[job]
    with pytest.raises(Refused) as told:
        await events(flow)
    assert told.value.code in {"no-encryption", "password-in-the-clear"}
    assert ada.why == [], "no password is asked for"
    assert not log_ins_in(smtp.everything_heard)
    assert machine.tree() == before


@pytest.mark.parametrize("trust", list(Trust))
async def test_an_address_that_discovery_found_does_not_count(
    question: Question,
    smtp: FakeServer,
    here: Here,
    machine: DemoMachine,
    monkeypatch: pytest.MonkeyPatch,
    trust: Trust,
) -> None:
    """However trustworthy whoever published it may be."""
    before = machine.tree()
    plain = Endpoint(Protocol.SMTP, "127.0.0.1", smtp.port, Security.PLAIN)

    async def published(_question: Question, **_how: object) -> AsyncIterator[Event]:
        offers = (Offer(plain, "autoconfig", trust), Offer(question.servers[0], "named", Trust.A0))
        yield SourceAnswered(SourceAnswer("named", None, Outcome.FOUND, "", 0.0, offers))
        yield FindDone(Found("ada@fake.test", offers, ()))

    monkeypatch.setattr("clientcfg.flows.probe.find", published)
    for flow in (
        verify(question, Ada(), here.remembered),
        set_up(SetUp(question, "thunderbird", store_password=True), Ada(), here),
    ):
        with pytest.raises(Refused) as told:
            await events(flow)
        assert told.value.code == "no-encryption"
    assert not log_ins_in(smtp.everything_heard)
    assert not credentials_in(smtp.everything_heard, CANARY)
    assert machine.tree() == before


async def test_with_no_probe_nothing_is_looked_up(question: Question, here: Here) -> None:
    """A server that only DNS names would be nobody's word, so it has to be named."""
    with pytest.raises(WrongUsage) as told:
        await events(
            set_up(SetUp(replace(question, servers=(), probe=False), "thunderbird"), Ada(), here)
        )
    assert told.value.code == "no-smtp-server"
