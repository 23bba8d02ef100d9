# SPDX-License-Identifier: MPL-2.0
"""Nobody talks us into less protection than an account has had before."""

import json
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientcfg.changes.disk import RealDisk
from clientcfg.cli.options import question_from
from clientcfg.demo.machine import make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, Proved, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove import verify
from clientcfg.flows.question import Question
from clientcfg.flows.remembered import Protection, Remembered, offered, weaker
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.model.account import ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN, SCRAM_SHA_256, Mechanism
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.model.trouble import Refused
from clientcfg.probe.trust import Pin
from tests.support.disks import MemoryDisk, Stopped, StoppingDisk
from tests.support.scripted import ScriptedWire, trusted
from tests.unit.flows.test_whole_flow import Script

STATE = "/home/ada/.local/state/clientcfg"
BEST = Protection("1.3", scram=True, vouched=True)


@pytest.mark.parametrize(
    ("then", "now", "faults"),
    [
        (BEST, BEST, 0),
        (BEST, replace(BEST, tls="1.2"), 0),
        (BEST, replace(BEST, tls="1.1"), 1),
        (BEST, replace(BEST, tls="1.0"), 1),
        (BEST, replace(BEST, tls=None), 1),
        (BEST, replace(BEST, scram=False), 1),
        (BEST, replace(BEST, vouched=False), 1),
        (BEST, Protection("1.0", scram=False, vouched=False), 3),
        (BEST, Protection(None, scram=False, vouched=False), 2),
        (Protection("1.2", scram=False, vouched=True), replace(BEST, scram=False), 0),
        (Protection("1.2", scram=False, vouched=False), BEST, 0),
        (Protection("1.0", scram=False, vouched=False), replace(BEST, tls="1.1"), 0),
        (Protection("1.0", scram=False, vouched=True), Protection(None, False, True), 1),
    ],
)
def test_what_is_weaker(then: Protection, now: Protection, faults: int) -> None:
    assert len(weaker(then, now)) == faults


def question(**more: Any) -> Question:
    return replace(Question(address=Address.parse("ada@example.org")), **more)


def keep(memory: Remembered, mechanism: Mechanism = PLAIN, **more: Any) -> ServerLogin:
    channel, login = trusted(ScriptedWire([]), Protocol.SMTP, mechanism)
    memory.keep(question(**more), login, channel)
    return login


@pytest.fixture
def disk() -> MemoryDisk:
    found = MemoryDisk()
    found.put("/home/ada/.bashrc", b"")
    return found


@pytest.fixture
def memory(disk: MemoryDisk) -> Remembered:
    return Remembered(Path(STATE), disk)


def test_nothing_is_known_before_the_first_log_in(memory: Remembered, disk: MemoryDisk) -> None:
    login = ServerLogin(Endpoint(Protocol.SMTP, "a.test", 465, Security.TLS), "ada", PLAIN)
    memory.refuse_weaker(question(), login, Protection(None, scram=False, vouched=False))
    assert not disk.tree(STATE), "asking leaves nothing behind"


def test_what_was_used_is_held_against_what_is_there_now(memory: Remembered) -> None:
    login = keep(memory, SCRAM_SHA_256)
    memory.refuse_weaker(question(), login, BEST)
    with pytest.raises(Refused) as told:
        memory.refuse_weaker(question(), login, replace(BEST, scram=False))
    assert told.value.code == "weaker-than-before"
    assert "SCRAM" in told.value.text
    assert f"--accept-weaker {login.endpoint.host}" in told.value.advice[-1]
    memory.refuse_weaker(
        question(address=Address.parse("eve@example.org")), login, replace(BEST, scram=False)
    )
    elsewhere = replace(login, endpoint=replace(login.endpoint, host="other.example.org"))
    memory.refuse_weaker(question(), elsewhere, replace(BEST, scram=False))
    accepted = question(accepted_weaker=frozenset({login.endpoint.host}))
    memory.refuse_weaker(accepted, login, replace(BEST, scram=False))


def test_the_best_is_kept_until_less_is_accepted(memory: Remembered) -> None:
    login = keep(memory, SCRAM_SHA_256)
    keep(memory, PLAIN)
    assert memory.of("ada@example.org", login.endpoint) == BEST
    keep(memory, PLAIN, accepted_weaker=frozenset({login.endpoint.host}))
    assert memory.of("ADA@example.org", login.endpoint) == replace(BEST, scram=False)


def test_a_client_that_cannot_scram_is_no_downgrade(memory: Remembered) -> None:
    """What counts is what the server offers, not what is chosen of it."""
    login = keep(memory, SCRAM_SHA_256)
    tls = Tls("1.3", "cipher", trusted=True, certificate=None)
    report = EndpointReport(
        login.endpoint, "192.0.2.1", reachable=True, auth=(SCRAM_SHA_256, PLAIN), tls=tls
    )
    memory.refuse_weaker(question(), replace(login, mechanism=PLAIN), offered(report, question()))
    with pytest.raises(Refused):
        stripped = replace(report, auth=(PLAIN,))
        memory.refuse_weaker(question(), login, offered(stripped, question()))


def test_a_pin_after_an_authority_is_weaker(memory: Remembered) -> None:
    login = keep(memory)
    pin = Pin(login.endpoint.host, login.endpoint.port, "0" * 64)
    pinned = question(pins=(pin,))
    tls = Tls("1.3", "cipher", trusted=True, certificate=None)
    report = EndpointReport(login.endpoint, "192.0.2.1", reachable=True, auth=(PLAIN,), tls=tls)
    with pytest.raises(Refused) as told:
        memory.refuse_weaker(pinned, login, offered(report, pinned))
    assert "authority" in told.value.text


def test_hosts_are_accepted_by_name_on_the_command_line() -> None:
    asked_so = question_from("ada@example.org", accept_weaker=("Mail.Example.ORG", "[::1]"))
    assert asked_so.accepted_weaker == {"mail.example.org", "::1"}


def test_the_file_is_small_private_and_whole(tmp_path: Path) -> None:
    memory = Remembered(tmp_path / "state", RealDisk())
    keep(memory, SCRAM_SHA_256)
    file = tmp_path / "state" / "remembered.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert json.loads(file.read_text()) == {
        "format": 1,
        "servers": [
            {
                "address": "ada@example.org",
                "protocol": "smtp",
                "host": "mail.example.org",
                "tls": "1.3",
                "scram": True,
                "vouched": True,
            }
        ],
    }
    written = file.stat().st_ino
    keep(memory, PLAIN)
    assert file.stat().st_ino == written, "nothing new, nothing written"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"servers": 1}', b'{"servers": [{"address": "a"}]}', b"\xff"]
)
def test_a_damaged_file_is_not_taken_for_an_empty_one(
    memory: Remembered, disk: MemoryDisk, content: bytes
) -> None:
    disk.put(STATE + "/remembered.json", content)
    with pytest.raises(Refused) as told:
        keep(memory)
    assert told.value.code == "remembered-unreadable"
    assert STATE in told.value.text


@pytest.mark.parametrize("lost", [True, False])
def test_cut_off_anywhere_it_holds_the_old_or_the_new(disk: MemoryDisk, lost: bool) -> None:
    """*lost*: names in directories that were not synced are gone after the power cut."""
    login = keep(Remembered(Path(STATE), disk), PLAIN)
    old = Protection("1.3", scram=False, vouched=True)
    seen = set()
    for after in range(20):
        power = MemoryDisk(dict(disk.nodes))
        power.safe = dict(power.nodes)
        try:
            keep(Remembered(Path(STATE), StoppingDisk(power, after)), SCRAM_SHA_256)
            ended = True
        except Stopped:
            ended = False
        found = Remembered(Path(STATE), power.after_power_cut(lambda _path: not lost))
        held = found.of("ada@example.org", login.endpoint)
        seen.add(held)
        if ended:
            break
    assert ended
    assert seen == {old, BEST}
    assert held == BEST


# With the flows


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


def asked(world: World) -> Question:
    return Question(
        address=world.address, nameserver=Nameserver(*world.dns), ca_files=(str(world.ca_file),)
    )


async def events(flow: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in flow]


async def test_verify_remembers_and_refuses_less(world: World, tmp_path: Path) -> None:
    memory = Remembered(tmp_path, RealDisk())
    script = Script(world.password)
    done = (await events(verify(asked(world), script, memory)))[-1]
    assert isinstance(done, VerifyDone)
    for endpoint in (done.outgoing, done.incoming):
        assert endpoint is not None
        known = memory.of(str(world.address), endpoint)
        assert known == Protection("1.3", scram=False, vouched=True)
    file = tmp_path / "remembered.json"
    file.write_text(file.read_text().replace('"scram": false', '"scram": true', 1))
    with pytest.raises(Refused) as told:
        await events(verify(asked(world), Script(world.password), memory))
    assert told.value.code == "weaker-than-before"
    assert done.outgoing is not None
    accepted = replace(asked(world), accepted_weaker=frozenset({done.outgoing.host}))
    await events(verify(accepted, Script(world.password), memory, send=False))
    await events(verify(asked(world), Script(world.password), memory, send=False))


async def test_a_refusal_comes_before_the_password_is_asked_for(
    world: World, tmp_path: Path
) -> None:
    memory = Remembered(tmp_path, RealDisk())
    await events(verify(asked(world), Script(world.password), memory, send=False))
    file = tmp_path / "remembered.json"
    file.write_text(file.read_text().replace('"scram": false', '"scram": true'))
    script = Script(world.password)
    with pytest.raises(Refused):
        await events(verify(asked(world), script, memory, send=False))
    assert script.asked == []


async def test_each_connection_is_held_to_it_not_the_probe_alone(
    world: World, tmp_path: Path
) -> None:
    """Whoever is in between may let the probe pass and strike afterwards."""
    memory = Remembered(tmp_path, RealDisk())
    await events(verify(asked(world), Script(world.password), memory, send=False))
    login = ServerLogin(world.endpoint(Protocol.SMTP), str(world.address), PLAIN)
    channel = await Door(asked(world), memory).open(login)
    await channel.wire.close()
    file = tmp_path / "remembered.json"
    file.write_text(file.read_text().replace('"scram": false', '"scram": true'))
    with pytest.raises(Refused) as told:
        await Door(asked(world), memory).open(login)
    assert told.value.code == "weaker-than-before"


async def test_set_up_refuses_less_and_changes_nothing(world: World, tmp_path: Path) -> None:
    machine = make_machine(tmp_path)
    here = Here(home=machine.home, root=machine.root, state=tmp_path / "state")
    script = Script(world.password)
    await events(verify(asked(world), script, here.remembered, send=False))
    file = tmp_path / "state" / "remembered.json"
    file.write_text(file.read_text().replace('"scram": false', '"scram": true'))
    before = machine.tree()
    with pytest.raises(Refused) as told:
        await events(set_up(SetUp(asked(world), "thunderbird"), Script(), here))
    assert told.value.code == "weaker-than-before"
    assert machine.tree() == before


async def test_set_up_without_a_probe_is_held_to_encryption(world: World, tmp_path: Path) -> None:
    machine = make_machine(tmp_path)
    here = Here(home=machine.home, root=machine.root, state=tmp_path / "state")
    file = tmp_path / "state" / "remembered.json"
    file.parent.mkdir()
    row = {"address": "ada@example.test", "protocol": "smtp", "host": "127.0.0.1"}
    known = {**row, "tls": "1.3", "scram": False, "vouched": True}
    file.write_text(json.dumps({"format": 1, "servers": [known]}))
    named = Question(
        address=Address.parse("ada@example.test"),
        servers=(
            Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.PLAIN),
            Endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS),
        ),
        probe=False,
    )
    with pytest.raises(Refused) as told:
        await events(set_up(SetUp(named, "thunderbird", dry_run=True), Script(), here))
    assert told.value.code == "weaker-than-before"
    sound = replace(
        named, servers=(replace(named.servers[0], security=Security.TLS), named.servers[1])
    )
    await events(set_up(SetUp(sound, "thunderbird", dry_run=True), Script(), here))


async def test_a_memory_that_cannot_be_written_is_told_and_stops_nothing(
    world: World, tmp_path: Path
) -> None:
    lost = Remembered(tmp_path / "kept", RealDisk())
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "remembered.json.lock").mkdir()
    found = await events(verify(asked(world), Script(world.password), lost, send=False))
    faults = [e for e in found if isinstance(e, Proved) and e.step == "remembered"]
    assert faults
    assert all(e.ok is False for e in faults)
    assert isinstance(found[-1], VerifyDone)
