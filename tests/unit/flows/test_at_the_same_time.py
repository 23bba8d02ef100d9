# SPDX-License-Identifier: MPL-2.0
"""What happens beside us while we work: the client starts, or another clientcfg does."""

import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.flows.events import Event, SetUpDone, UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.undo import undo
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Refused
from tests.support.on_machine import NO_PROBE, clientcfg, command, environment
from tests.support.open_client import client_open

SERVERS = (
    Endpoint(Protocol.SMTP, "smtp.example.test", 465, Security.TLS),
    Endpoint(Protocol.IMAP, "imap.example.test", 993, Security.TLS),
)
ADDRESS = Address.parse("ada@example.test")
WISH = SetUp(Question(address=ADDRESS, servers=SERVERS, probe=False), "thunderbird")


@dataclass(slots=True)
class StartsTheClient:
    """Agrees to everything; between the review and the answer the client is started."""

    open: Iterator[None] | None = None

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        raise AssertionError(wanted)

    async def accept_host(self, host: HostToConfirm) -> bool:
        raise AssertionError(host)

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        return False

    async def go_on(self, review: object) -> bool:
        if self.open is not None:
            next(self.open)
        return True


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: DemoMachine, tmp_path: Path) -> Here:
    return Here(home=machine.home, root=machine.root, state=tmp_path / "state")


async def last(flow: AsyncIterator[Event]) -> Event:
    return [event async for event in flow][-1]


def opening(profile: Path) -> Iterator[None]:
    with client_open(profile):
        yield


async def test_a_client_that_starts_between_review_and_write_stops_it(
    here: Here, machine: DemoMachine
) -> None:
    before = machine.tree()
    while_open = opening(machine.profile)
    with pytest.raises(Refused) as refused:
        await last(set_up(WISH, StartsTheClient(while_open), here))
    assert refused.value.code == "client-running"
    assert {k: v for k, v in machine.tree().items() if ".parentlock" not in k} == before
    assert here.history() == ()
    next(while_open, None)
    (machine.profile / ".parentlock").unlink()
    done = await last(set_up(WISH, StartsTheClient(), here))
    assert isinstance(done, SetUpDone) and done.entry is not None


async def test_a_client_that_starts_before_the_undo_stops_it(
    here: Here, machine: DemoMachine
) -> None:
    await last(set_up(WISH, StartsTheClient(), here))
    applied = machine.tree()
    with client_open(machine.profile), pytest.raises(Refused) as refused:
        await last(undo(None, StartsTheClient(), here))
    assert refused.value.code == "client-running"
    (machine.profile / ".parentlock").unlink()
    assert machine.tree() == applied
    assert isinstance(await last(undo(None, StartsTheClient(), here)), UndoDone)


async def test_a_profile_made_between_review_and_write_stops_it(
    here: Here, machine: DemoMachine
) -> None:
    """The client was started for the first time meanwhile, and has made its own."""
    for path in (*machine.profile.iterdir(), machine.profile.parent / "profiles.ini"):
        path.unlink()
    machine.profile.rmdir()

    def first_start() -> Iterator[None]:
        (machine.profile.parent / "profiles.ini").write_text("[General]\nVersion=2\n")
        yield

    with pytest.raises(Refused) as refused:
        await last(set_up(WISH, StartsTheClient(first_start()), here))
    assert refused.value.code == "changed-meanwhile"
    assert sorted(machine.tree()) == [".thunderbird/profiles.ini"]


def test_many_clientcfg_at_once_exclude_each_other(machine: DemoMachine) -> None:
    """Four set up four people in one profile; whoever comes too late is told so."""
    before = machine.tree()
    people = [f"{name}@example.test" for name in ("ada", "bob", "cleo", "dan")]
    children = [
        subprocess.Popen(
            command(
                machine, ["apply", who, "--client", "thunderbird", *NO_PROBE, "--yes", "--json"]
            ),
            env=environment(machine),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for who in people
    ]  # fmt: skip
    done = []
    for who, child in zip(people, children, strict=True):
        out, said = child.communicate(timeout=60)
        assert child.returncode in {0, 4}, said
        if child.returncode:
            assert json.loads(out)["code"] in {
                "changed-meanwhile", "client-running", "profile-busy", "another-clientcfg",
            }  # fmt: skip
        else:
            done.append(who)
    assert done, "one of them comes first"
    prefs = (machine.profile / "prefs.js").read_text()
    assert [who for who in people if f'useremail", "{who}"' in prefs] == done
    entries = json.loads(clientcfg(machine, "history", "--json").stdout)["entries"]
    assert sorted(e["address"] for e in entries) == done
    assert len({e["id"] for e in entries}) == len(done)
    for entry in entries:
        undone = clientcfg(machine, "undo", entry["id"])
        assert undone.returncode == 0, undone.stderr
    assert {k: v for k, v in machine.tree().items() if not k.startswith(".local/")} == before


def test_while_another_one_writes_a_second_waits_and_then_says_so(
    here: Here, machine: DemoMachine
) -> None:
    state = str(machine.home / ".local" / "state" / "clientcfg")
    mine = Here(home=machine.home, root=machine.root, state=Path(state))
    before = machine.tree()
    with mine.journal.alone():
        done = clientcfg(
            machine, "apply", "a@example.test", "--client", "thunderbird", *NO_PROBE, "--yes"
        )
        assert done.returncode == 4
        assert "Another clientcfg" in done.stderr
        # Looking does not wait for anybody.
        assert clientcfg(machine, "history").returncode == 0
    assert {k: v for k, v in machine.tree().items() if not k.startswith(".local/")} == before
