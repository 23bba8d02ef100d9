# SPDX-License-Identifier: MPL-2.0
"""What a provider has decided reaches a person before the password prompt, or in place of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import DOMAIN, World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.check import check
from clientcfg.flows.events import CheckDone, SetUpDone, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove import verify
from clientcfg.flows.question import PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.model.address import Address
from clientcfg.model.trouble import No
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.policies.providers import Providers
from tests.unit.flows.test_whole_flow import Script, last

HEAD = f"""\
name = "Ample Mail"
[recognised]
domains = ["{DOMAIN}"]
[sources]
page = "https://ample.example/smtp"
"""
FACT = """
[[facts]]
about = "{about}"
says = "{says}"
{more}
source = ["page"]
as_of = 2026-01-27
confidence = "documented"
"""
REFUSED = FACT.format(about="password", says="no", more="since = 2026-12-31")
NO_APP = FACT.format(about="app-password", says="no", more="")
APP = FACT.format(
    about="app-password", says="needed", more='word = "key"\nurl = "https://ample.example/key"'
)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


@pytest.fixture
def question(world: World) -> Question:
    return Question(
        address=world.address,
        nameserver=Nameserver(*world.dns),
        ca_files=(str(world.ca_file),),
    )


def here_with(machine: DemoMachine, tmp_path: Path, facts: str, year: int = 2027) -> Here:
    folder = tmp_path / "providers"
    folder.mkdir()
    (folder / "ample.toml").write_text(HEAD + facts)
    here = Here(
        home=machine.home,
        root=machine.root,
        state=tmp_path / "state",
        now=lambda: datetime(year, 1, 15, tzinfo=UTC),
    )
    here.providers = Providers(folder)
    return here


async def checked(question: Question, here: Here, client: str = "thunderbird") -> Verdict:
    done = await last(check(question, (here.catalog.parse(client),), here), CheckDone)
    return done.verdicts[0]


async def test_an_app_password_is_said_before_the_prompt(
    question: Question, machine: DemoMachine, tmp_path: Path, world: World
) -> None:
    here = here_with(machine, tmp_path, APP)
    assert (await checked(question, here)).kind is VerdictKind.NEEDS_STEP
    script = Script(world.password)
    wish = SetUp(question, "thunderbird", store_password=True, dry_run=True)
    done = await last(set_up(wish, script, here), SetUpDone)
    (wanted,) = script.asked
    assert isinstance(wanted, PasswordWanted)
    assert "Create an “key” at Ample Mail" in wanted.why
    assert "https://ample.example/key" in wanted.why
    assert any("Create an “key”" in note for note in done.review.plan.notes)


async def test_verify_says_it_too(
    question: Question, machine: DemoMachine, tmp_path: Path, world: World
) -> None:
    here = here_with(machine, tmp_path, APP)
    script = Script(world.password)
    await last(verify(question, script, send=False, rules_for=here.rules), VerifyDone)
    (wanted,) = script.asked
    assert isinstance(wanted, PasswordWanted)
    assert "Create an “key” at Ample Mail" in wanted.why


async def test_where_every_password_is_refused_none_is_asked_for(
    question: Question, machine: DemoMachine, tmp_path: Path, world: World
) -> None:
    here = here_with(machine, tmp_path, REFUSED + NO_APP)
    before = machine.tree()
    assert (await checked(question, here)).kind in (VerdictKind.BRIDGE, VerdictKind.IMPOSSIBLE)
    script = Script(world.password)
    with pytest.raises(No) as trouble:
        await last(verify(question, script, rules_for=here.rules), VerifyDone)
    assert trouble.value.code == "password-refused"
    assert trouble.value.status == 1
    assert any("Nothing was proved" in line for line in trouble.value.advice)
    wish = SetUp(question, "thunderbird", store_password=True)
    with pytest.raises(No) as trouble:
        await last(set_up(wish, script, here), SetUpDone)
    assert "refuses every password" in trouble.value.text
    assert script.asked == []
    assert machine.tree() == before


async def test_before_the_day_it_works_and_is_announced(
    question: Question, machine: DemoMachine, tmp_path: Path, world: World
) -> None:
    yes = FACT.format(about="password", says="yes", more="")
    here = here_with(machine, tmp_path, yes + REFUSED + NO_APP, year=2026)
    found = await checked(question, here)
    assert found.kind is VerdictKind.READY
    assert found.reasons[0].code == "policy-change"
    script = Script(world.password)
    await last(verify(question, script, send=False, rules_for=here.rules), VerifyDone)
    assert len(script.asked) == 1


async def test_a_provider_without_servers_gets_a_bridge_not_a_fault(
    question: Question, machine: DemoMachine, tmp_path: Path
) -> None:
    bridge = FACT.format(about="bridge", says="needed", more='word = "Ample Bridge"')
    here = here_with(machine, tmp_path, bridge)
    nobody = Question(
        address=Address("ada", f"nowhere.{DOMAIN}"), nameserver=question.nameserver, timeout=3.0
    )
    with pytest.raises(No):
        await checked(nobody, here)
    folder = tmp_path / "providers" / "ample.toml"
    folder.write_text(folder.read_text().replace(f'["{DOMAIN}"]', f'[".{DOMAIN}"]'))
    here.providers = Providers(folder.parent)
    found = await checked(nobody, here)
    assert found.kind is VerdictKind.BRIDGE
    assert "Ample Bridge" in found.advice[0].text


async def test_a_relay_that_was_named_is_not_the_provider(
    question: Question, machine: DemoMachine, tmp_path: Path, world: World
) -> None:
    here = here_with(machine, tmp_path, REFUSED + NO_APP)
    named = Question(
        address=world.address,
        servers=world.endpoints[:1],
        nameserver=question.nameserver,
        ca_files=question.ca_files,
    )
    assert (await checked(named, here)).kind is VerdictKind.READY
