# SPDX-License-Identifier: MPL-2.0
"""Files for many: one question a domain, and everybody's own names in everybody's own files."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from clientcfg.demo.machine import make_machine
from clientcfg.demo.world import DOMAIN, World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows import export_people as module
from clientcfg.flows.events import Event, ExportDone, FindDone, ProbeDone
from clientcfg.flows.export import Extras, export
from clientcfg.flows.export_people import export_people
from clientcfg.flows.exported import ClientExport
from clientcfg.flows.here import Here
from clientcfg.flows.people import FaultyRows, Person
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.offer import Found, Offer
from tests.support.android_reader import read_code
from tests.support.prefs_reader import prefs
from tests.unit.flows.test_whole_flow import Script


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


@pytest.fixture
def here(tmp_path: Path) -> Here:
    machine = make_machine(tmp_path)
    return Here(home=machine.home, root=machine.root, state=tmp_path / "state")


@pytest.fixture
def question(world: World) -> Question:
    return Question(
        address=world.address, nameserver=Nameserver(*world.dns), ca_files=(str(world.ca_file),)
    )


def person(row: int, local: str, **more: str) -> Person:
    return Person(row, Address(local, DOMAIN), **more)


async def made(
    question: Question, people: list[Person], here: Here, *clients: str
) -> tuple[list[Event], tuple[ClientExport, ...]]:
    versions = tuple(here.catalog.parse(client) for client in clients or ("thunderbird",))
    flow = export_people(question, people, versions, Extras(), Script(), here)
    events = [event async for event in flow]
    done = events[-1]
    assert isinstance(done, ExportDone)
    return events, done.exports


def users(export: ClientExport) -> tuple[object, object]:
    """The user names to read and to send with."""
    (file,) = (f for f in export.files if f.about.name == "clientcfg-prefs.js")
    values = prefs(file.content)
    return values["mail.server.server1.userName"], values["mail.smtpserver.smtp1.username"]


async def test_a_domain_is_asked_once_and_everybody_gets_their_own(
    question: Question, here: Here
) -> None:
    people = [person(n, f"person{n}", name=f"Name {n}") for n in range(2, 32)]
    people.append(person(40, "eve", user="e1"))
    people.append(person(41, "fay", user="f1", smtp_user="f2"))
    events, exports = await made(question, people, here)
    assert sum(isinstance(event, ProbeDone) for event in events) == 1
    assert [e.account.address for e in exports] == [p.address for p in people]
    for each, one in zip(exports[:30], people, strict=False):
        assert users(each) == (str(one.address),) * 2
        assert each.account.name == one.name
    assert users(exports[30]) == ("e1", "e1")
    assert users(exports[31]) == ("f1", "f2")
    assert all(export.verdict is not None for export in exports)


async def test_nothing_of_one_is_in_the_files_of_another(question: Question, here: Here) -> None:
    people = [person(2, "anneliese", name="Anneliese A"), person(3, "bartholomew", name="B")]
    _events, exports = await made(question, people, here, "thunderbird", "thunderbird-android")
    assert len(exports) == 4
    for each in exports:
        others = {"anneliese", "bartholomew"} - {each.account.address.local}
        for file in each.all_files:
            assert not any(other.encode() in file.content.lower() for other in others), file.about


def offering(form: Callable[[Address], str]) -> Callable[[Question], AsyncIterator[Event]]:
    """A probe whose sources name user names of this form."""

    async def changed(question: Question) -> AsyncIterator[Event]:
        assert question.address is not None
        async for event in probe(question):
            if isinstance(event, ProbeDone):
                offers = named(event.found.offers, form(question.address))
                yield replace(event, found=replace(event.found, offers=offers))
            else:
                yield event

    return changed


def named(offers: tuple[Offer, ...], user: str) -> tuple[Offer, ...]:
    return tuple(replace(offer, username=user) for offer in offers)


@pytest.mark.parametrize("form", ["{0.local}", "{0}", "{0.local}.{0.domain}"])
async def test_user_names_follow_by_analogy(
    question: Question, here: Here, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(module, "probe", offering(form.format))
    people = [person(2, "ada"), person(3, "bob")]
    _events, exports = await made(question, people, here)
    assert [users(export) for export in exports] == [(form.format(p.address),) * 2 for p in people]


async def test_other_user_names_are_asked_for_again_a_person(
    question: Question, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    offers: list[tuple[Offer, ...]] = []

    async def first(question: Question) -> AsyncIterator[Event]:
        async for event in offering(lambda address: f"id-of-{address.local}")(question):
            if isinstance(event, ProbeDone):
                offers.append(event.found.offers)
            yield event

    async def find(question: Question) -> AsyncIterator[Event]:
        assert question.address is not None
        asked.append(question.address.local)
        found = () if question.address.local == "cyd" else offers[0]
        again = named(found, f"id-of-{question.address.local}")
        yield FindDone(Found(question.target, again, ()))

    monkeypatch.setattr(module, "probe", first)
    monkeypatch.setattr(module, "find", find)
    people = [person(2, "ada"), person(3, "bob"), person(5, "dee", user="said")]
    _events, exports = await made(question, people, here)
    assert [users(e)[0] for e in exports] == ["id-of-ada", "id-of-bob", "said"]
    assert asked == ["ada", "bob"]
    with pytest.raises(FaultyRows) as told:
        await made(question, [person(2, "ada"), person(4, "cyd")], here)
    assert [fault.row for fault in told.value.faults] == [4]


async def test_a_password_is_on_the_screen_and_in_no_picture(
    question: Question, here: Here, world: World
) -> None:
    client = here.catalog.parse("thunderbird-android")
    extras = Extras(with_password=True)
    flow = export(question, (client,), extras, Script(secret=world.password), here)
    (*_events, done) = [event async for event in flow]
    assert isinstance(done, ExportDone)
    ((one),) = done.exports
    ((code),) = one.on_screen
    _sequence, (read,) = read_code(code.text)
    assert read.outgoing.password == read.incoming.password == world.password.reveal()
    assert world.password.reveal() not in repr(one)
    holders = {f.about.name for f in one.all_files if world.password.reveal().encode() in f.content}
    assert holders == {f.about.name for f in one.all_files if f.secret} == {"account.k9s"}
    png = next(f.content for f in one.files if f.about.name == "qr.png")
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert read_code(seen.text)[1][0].outgoing.password is None


async def test_whoever_cannot_get_files_is_named_by_row(question: Question, here: Here) -> None:
    people = [person(2, "ada"), person(3, "ämil"), person(4, "x" * 65)]
    with pytest.raises(FaultyRows) as told:
        await made(question, people, here, "thunderbird-android")
    assert [fault.row for fault in told.value.faults] == [3, 4]
