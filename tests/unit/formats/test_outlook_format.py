# SPDX-License-Identifier: MPL-2.0
"""What Outlook's settings become: single values of one account, in an order that is safe."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from clientcfg.changes.snapshot import take
from clientcfg.formats.outlook import Outlook
from clientcfg.formats.outlook.export_registry import OutlookRegistry
from clientcfg.model.account import Account, TrustedCertificate
from clientcfg.model.endpoint import Security
from clientcfg.model.export import Wanted
from clientcfg.model.mechanism import CRAM_MD5, XOAUTH2
from clientcfg.model.place import RegistryPlace, Snapshot
from clientcfg.model.plan import Plan, RegistryStep
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import No, Refused
from tests.support.disks import REGISTRY, MemoryDisk
from tests.support.outlook_row import ADA, OLDS, SECTION, STARTS, installation, text
from tests.support.program_trees import catalog
from tests.support.reg_writer import reg_5
from tests.support.registries import MemoryRegistry, value, values
from tests.support.row import Start

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FORMAT = Outlook()
START = STARTS[0]


def snapshot(start: Start, registry: MemoryRegistry | None = None) -> Snapshot:
    found = registry or MemoryRegistry.parse(start.files[REGISTRY])
    return take(FORMAT.needs(installation("", start)), MemoryDisk(), NOW, found)


def planned(start: Start = START, account: Account = ADA) -> Plan:
    return FORMAT.plan(account, installation("", start), snapshot(start))


def step_of(plan: Plan) -> RegistryStep:
    (step,) = plan.steps
    assert isinstance(step, RegistryStep)
    return step


def test_it_looks_at_the_accounts_of_one_profile_and_nothing_else() -> None:
    here = installation("", START)
    (place,) = FORMAT.needs(here)
    assert place == RegistryPlace(f"{START.folder}\\{SECTION}", each=True, within=START.folder)
    assert {str(p).rpartition("\\")[2] for p in snapshot(START).states} == {
        "00000001", "00000006", "00000007",
    }  # fmt: skip
    assert FORMAT.needs(replace(here, profile=None)) == ()


def test_only_single_values_of_that_account() -> None:
    step = step_of(planned())
    assert step.place.key == f"{START.folder}\\{SECTION}\\00000006"
    assert step.values == values(
        SMTP_Secure_Connection=2,
        SMTP_Use_SSL=1,
        SMTP_Server="smtp.example.org",
        SMTP_Port=587,
        SMTP_Use_Auth=1,
    )


def test_the_outgoing_server_is_named_with_its_sentence() -> None:
    (one,) = planned().servers
    assert one.endpoint == ADA.outgoing.endpoint
    assert one.said in planned().summary
    assert planned().folders is None


def test_before_2016_texts_stay_bytes() -> None:
    changed = step_of(planned(STARTS[2])).values["SMTP Server"]
    assert changed == RegistryValue(3, value("smtp.example.org").data)
    assert text(changed) == "smtp.example.org"


@settings(max_examples=300, deadline=None)
@given(OLDS)
def test_cut_off_between_no_password_goes_in_the_clear(start: Start) -> None:
    """Neither while it is written, nor while it is taken back, unless it did so before."""
    registry = MemoryRegistry.parse(start.files[REGISTRY])
    key = f"{start.folder}\\{SECTION}\\00000006"

    def in_the_clear() -> bool:
        held = {n.casefold(): v for n, v in registry.held[key].items()}
        wanted = ("smtp use auth", "smtp secure connection", "smtp use ssl")
        auth, secure, ssl = (int.from_bytes(held.get(n, value(0)).data, "little") for n in wanted)
        return auth == 1 and secure == 0 and ssl == 0

    def walk(plan: Plan) -> list[bool]:
        seen = [in_the_clear()]
        for step in plan.steps:
            assert isinstance(step, RegistryStep)
            for name, new in step.values.items():
                registry.put(key, {name: new})
                seen.append(in_the_clear())
        return seen

    here = installation("", start)
    plan = FORMAT.plan(ADA, here, snapshot(start, registry))
    there = walk(plan)
    assert sorted(there, reverse=True) == there and not there[-1]
    back = walk(FORMAT.revert(here, snapshot(start, registry), plan.record, None))
    assert sorted(back) == back and back[-1] == there[0]


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (replace(ADA, store_password=True), "password-not-storable"),
        (replace(ADA, address=replace(ADA.address, local="bob")), "no-such-account"),
        (replace(ADA, outgoing=replace(ADA.outgoing, mechanism=CRAM_MD5)), "no-login"),
        (replace(ADA, outgoing=replace(ADA.outgoing, mechanism=XOAUTH2)), "oauth2-account"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(account: Account, code: str) -> None:
    with pytest.raises(No) as no:
        planned(account=account)
    assert no.value.code == code and no.value.advice


def test_in_the_clear_and_twice_the_same_are_refused() -> None:
    plain = replace(ADA.outgoing.endpoint, security=Security.PLAIN)
    with pytest.raises(Refused) as clear:
        planned(account=replace(ADA, outgoing=replace(ADA.outgoing, endpoint=plain)))
    assert clear.value.code == "in-the-clear"
    registry = MemoryRegistry.parse(START.files[REGISTRY])
    section = f"{START.folder}\\{SECTION}"
    registry.put(f"{section}\\00000009", registry.held[f"{section}\\00000006"])
    with pytest.raises(Refused) as twice:
        FORMAT.plan(ADA, installation("", START), snapshot(START, registry))
    assert twice.value.code == "several-accounts" and "exported" not in twice.value.text


def test_without_a_profile_and_without_a_version() -> None:
    here = installation("", START)
    with pytest.raises(No) as no:
        FORMAT.plan(ADA, replace(here, profile=None, remark="It asks."), Snapshot(NOW, {}))
    assert (no.value.code, no.value.text) == ("no-profile", "It asks.")
    with pytest.raises(No) as unknown:
        FORMAT.plan(ADA, replace(here, version=None), snapshot(START))
    assert unknown.value.code == "which-outlook"


def test_a_certificate_is_for_windows_to_trust() -> None:
    trusted = TrustedCertificate(ADA.outgoing.endpoint, "0a" * 32)
    notes = planned(account=replace(ADA, trusted_certificates=(trusted,))).notes
    assert any("Windows has to trust it" in note for note in notes)


def test_a_starttls_server_that_an_old_one_cannot_speak_to() -> None:
    old = Start("2003", START.files, START.folder)
    here = replace(installation("", old), version="11.0.8173")
    with pytest.raises(No) as no:
        FORMAT.plan(ADA, here, snapshot(old))
    assert no.value.code == "starttls-on-25-only"


@settings(max_examples=200, deadline=None)
@given(OLDS)
def test_it_is_the_change_that_an_exported_key_gets(start: Start) -> None:
    """What is proved of the files holds for the live registry, too."""
    registry = MemoryRegistry.parse(start.files[REGISTRY])
    here = installation("", start)
    plan = FORMAT.plan(ADA, here, snapshot(start, registry))
    key = reg_5((key, registry.hive().values(key)) for key in registry.held)
    client = catalog().parse("outlook-classic@" + ("2016" if "16.0" in start.folder else "2010"))
    wanted = Wanted(client, NOW, current=key)
    files = {f.about.name: f.content for f in OutlookRegistry().export(ADA, wanted).files}
    if not plan.steps:
        assert files == {}
        return
    step = step_of(plan)
    (written,) = files["change.reg"]
    assert isinstance(written, bytes)
    said = written.decode("utf-16")
    assert f"[{step.place.key}]" in said
    names = {line[1:].split('"')[0] for line in said.splitlines() if line.startswith('"')}
    assert {n.casefold() for n in names} == {n.casefold() for n in step.values}
    for name, new in step.values.items():
        if new is not None and new.type == 4:
            number = int.from_bytes(new.data, "little")
            assert f'"{name}"=dword:{number:08x}'.casefold() in said.casefold()
        elif new is None:
            assert f'"{name}"=-'.casefold() in said.casefold()
