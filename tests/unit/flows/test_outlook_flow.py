# SPDX-License-Identifier: MPL-2.0
"""An account that Outlook has is set up from its live registry, and back; on a made-up Windows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clientcfg.changes.entry import State
from clientcfg.flows.documents import apply_document, history_document
from clientcfg.flows.events import Event, PlanCarried, Reviewed, SetUpDone, UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.plan_file import carry_plan_out, save_plan
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.undo import undo
from clientcfg.flows.windows import Windows
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.registry import RegistryValue
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Refused
from tests.support.outlook_machine import ADA, outlook_machine
from tests.support.outlook_row import SECTION
from tests.support.real_disks import DISKS
from tests.support.registries import MemoryRegistry, value, values

SMTP = Endpoint(Protocol.SMTP, "smtp.example.org", 587, Security.STARTTLS)
QUESTION = Question(
    address=Address.parse("ada@example.org"), username="ada", servers=(SMTP,), probe=False
)
WISH = SetUp(QUESTION, "outlook-classic")


@dataclass(slots=True)
class Script:
    """Says yes; closes the program when it is asked to, where *closes*."""

    processes: set[str]
    closes: bool = False
    asked: list[object] = field(default_factory=list)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.asked.append(wanted)
        return Secret("geheim")

    async def accept_host(self, host: HostToConfirm) -> bool:
        raise AssertionError(host)

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        self.asked.append(runs)
        self.processes.discard("outlook.exe")
        return self.closes

    async def go_on(self, review: object) -> bool:
        return True


@pytest.fixture
def registry() -> MemoryRegistry:
    return outlook_machine()


@dataclass(slots=True)
class Machine:
    """This Windows, what runs on it, and what was asked."""

    here: Here
    processes: set[str]
    script: Script


@pytest.fixture(params=DISKS)
def machine(tmp_path: Path, registry: MemoryRegistry, request: pytest.FixtureRequest) -> Machine:
    (tmp_path / "home").mkdir()
    processes = {"explorer.exe"}
    # What is found is asked for anew each time, as the registry is another one by then.
    windows = Windows(registry, registry.hive(), lambda: frozenset(processes))
    here = Here(
        home=tmp_path / "home",
        root=tmp_path / "root",
        state=tmp_path / "state",
        disk=request.param(),
        windows=windows,
    )
    return Machine(here, processes, Script(processes))


async def last(flow: AsyncIterator[Event]) -> Event:
    events = [event async for event in flow]
    return events[-1]


def smtp(registry: MemoryRegistry) -> dict[str, RegistryValue]:
    return {n: v for n, v in registry.tree()[ADA].items() if n.startswith("SMTP")}


async def test_set_up_and_undo_leave_no_trace(machine: Machine, registry: MemoryRegistry) -> None:
    old = registry.tree()
    done = await last(set_up(WISH, machine.script, machine.here))
    assert isinstance(done, SetUpDone) and done.entry is not None
    assert smtp(registry) == values(
        SMTP_Server="smtp.example.org",
        SMTP_Port=587,
        SMTP_Use_Auth=1,
        SMTP_Use_SSL=1,
        SMTP_Secure_Connection=2,
    )
    document = apply_document(done, dry_run=False)
    (change,) = document["changes"]
    assert (change["kind"], change["where"]) == ("registry", ADA)
    assert '"SMTP Port": (not set) → 587' in change["diff"].splitlines()
    assert '"SMTP Auth Method": 2 → (not set)' in change["diff"].splitlines()
    assert any("POP before SMTP" in note for note in document["notes"])
    (entry,) = history_document(machine.here.history())["entries"]
    assert f"{ADA}\\SMTP Port" in entry["places"]
    undone = await last(undo(None, machine.script, machine.here))
    assert isinstance(undone, UndoDone) and undone.exact
    assert undone.entry.state is State.UNDONE
    assert registry.tree() == old
    assert machine.script.asked == []


async def test_again_it_is_set_up_already(machine: Machine) -> None:
    await last(set_up(WISH, machine.script, machine.here))
    again = await last(set_up(WISH, machine.script, machine.here))
    assert isinstance(again, SetUpDone) and again.entry is None
    assert "already" in again.review.plan.summary[0]


@pytest.mark.parametrize("closes", [True, False])
async def test_while_outlook_is_open(
    machine: Machine, registry: MemoryRegistry, closes: bool
) -> None:
    old = registry.tree()
    machine.processes.add("outlook.exe")
    machine.script.closes = closes
    if closes:
        assert isinstance(await last(set_up(WISH, machine.script, machine.here)), SetUpDone)
        machine.processes.add("outlook.exe")
        assert isinstance(await last(undo(None, machine.script, machine.here)), UndoDone)
    else:
        with pytest.raises(Refused) as refused:
            await last(set_up(WISH, machine.script, machine.here))
        assert refused.value.code == "client-running"
    assert registry.tree() == old
    assert [type(asked) for asked in machine.script.asked] == [ClientRuns] * (1 + closes)


async def test_opened_at_the_last_moment(machine: Machine, registry: MemoryRegistry) -> None:
    """Between the look and the writing: the guard looks once more."""
    old = registry.tree()

    class Opening(Script):
        async def go_on(self, review: object) -> bool:
            self.processes.add("outlook.exe")
            return True

    with pytest.raises(Refused) as refused:
        await last(set_up(WISH, Opening(machine.processes), machine.here))
    assert refused.value.code == "client-running"
    assert registry.tree() == old and machine.here.history() == ()


async def test_an_account_that_outlook_does_not_have(machine: Machine) -> None:
    question = Question(address=Address.parse("bob@example.org"), servers=(SMTP,), probe=False)
    with pytest.raises(No) as no:
        await last(set_up(SetUp(question, "outlook-classic"), machine.script, machine.here))
    assert no.value.code == "no-such-account" and "Büro" in no.value.text
    named = SetUp(QUESTION, "outlook-classic", profile="Outlook")
    with pytest.raises(No) as empty:
        await last(set_up(named, machine.script, machine.here))
    assert empty.value.code == "no-such-account" and "Outlook" in empty.value.text


async def test_a_password_is_left_to_outlook(machine: Machine, registry: MemoryRegistry) -> None:
    old = registry.tree()
    wish = SetUp(QUESTION, "outlook-classic", store_password=True)
    with pytest.raises(No) as no:
        await last(set_up(wish, machine.script, machine.here))
    assert no.value.code == "password-not-storable"
    assert registry.tree() == old


async def test_a_plan_in_a_file(machine: Machine, registry: MemoryRegistry, tmp_path: Path) -> None:
    dry = SetUp(QUESTION, "outlook-classic", dry_run=True)
    events = [event async for event in set_up(dry, machine.script, machine.here)]
    (review,) = (event for event in events if isinstance(event, Reviewed))
    path = save_plan(review, str(tmp_path / "plan.json"), machine.here)
    assert smtp(registry) != {} and "SMTP Port" not in smtp(registry)
    done = await last(carry_plan_out(path, machine.script, machine.here))
    assert isinstance(done, PlanCarried) and done.entry is not None
    assert smtp(registry)["SMTP Port"] == value(587)
    _rewrite(Path(path), SECTION, "somewhere else")
    with pytest.raises(Refused) as refused:
        await last(carry_plan_out(path, machine.script, machine.here))
    assert refused.value.code == "plan-leads-elsewhere"


def _rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))
