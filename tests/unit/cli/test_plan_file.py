# SPDX-License-Identifier: MPL-2.0
"""clientcfg never takes more rights: it leaves a plan, and says who may carry it out, and how."""

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from clientcfg.changes.plan_file import load
from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.flows.whose import sudo_note
from clientcfg.model.trouble import Refused, WrongUsage
from tests.support.on_machine import SET_UP, Done, clientcfg, command, environment

NOBODY = 65534
SUDO = {"SUDO_USER": "ada", "SUDO_UID": str(NOBODY), "SUDO_GID": str(NOBODY)}


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


def document(done: Done) -> dict[str, Any]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def planned(machine: DemoMachine) -> Path:
    path = machine.home / "plan.json"
    done = clientcfg(machine, *SET_UP, "--plan", str(path))
    assert done.returncode == 0, done.stderr
    assert f"sudo clientcfg apply --plan {path}" in done.stdout
    return path


def test_a_plan_is_written_and_carried_out_and_undone(machine: DemoMachine) -> None:
    before = machine.tree()
    path = planned(machine)
    assert machine.tree() == {**before, "plan.json": path.read_bytes()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.rename(machine.home.parent / "plan.json")
    path = machine.home.parent / "plan.json"

    done = clientcfg(machine, "apply", "--plan", str(path), "--yes")
    assert done.returncode == 0, done.stderr
    assert "smtp.example.test" in done.stdout
    assert "smtp.example.test" in (machine.profile / "prefs.js").read_text()
    entries = document(clientcfg(machine, "history", "--json"))["entries"]
    assert [e["address"] for e in entries] == ["ada@example.test"]
    assert entries[0]["by"]
    undone = document(clientcfg(machine, "undo", "--json"))
    assert undone["exact"] is True
    after = {k: v for k, v in machine.tree().items() if not k.startswith(".local/")}
    assert after == before


def test_what_is_carried_out_names_its_servers_in_the_journal(machine: DemoMachine) -> None:
    path = planned(machine)
    held = load(str(path), frozenset({os.getuid()})).plan
    assert [one.endpoint.port for one in held.servers] == [465, 993]
    older = json.loads(path.read_text())
    del older["servers"]
    path.write_text(json.dumps(older))
    assert load(str(path), frozenset({os.getuid()})).plan.servers == ()


def test_carrying_out_asks_first(machine: DemoMachine) -> None:
    path = planned(machine)
    before = machine.tree()
    done = clientcfg(machine, "apply", "--plan", str(path))
    assert done.returncode == 1
    assert machine.tree() == before


def test_json_names_the_plan_file(machine: DemoMachine) -> None:
    path = machine.home / "a plan.json"
    told = document(clientcfg(machine, *SET_UP, "--plan", str(path), "--json"))
    assert told["plan_file"] == str(path)
    assert told["dry_run"] is True
    carried = document(clientcfg(machine, "apply", "--plan", str(path), "--yes", "--json"))
    assert carried["schema"] == "clientcfg/apply/1"
    assert carried["changes"] == told["changes"]
    assert carried["id"]


def test_a_plan_does_not_overwrite(machine: DemoMachine) -> None:
    path = planned(machine)
    before = path.read_bytes()
    done = clientcfg(machine, *SET_UP, "--plan", str(path))
    assert done.returncode == 4
    assert path.read_bytes() == before


@pytest.mark.parametrize("how", ["--store-password", "--password-stdin"])
def test_a_plan_never_holds_a_password(machine: DemoMachine, how: str) -> None:
    path = machine.home / "plan.json"
    done = clientcfg(machine, *SET_UP, how, "--plan", str(path), stdin="canary\n")
    assert done.returncode == 4
    assert "Leave the password out; the program asks once." in done.stderr
    assert not path.exists()


def test_a_place_that_changed_meanwhile_is_refused(machine: DemoMachine) -> None:
    path = planned(machine)
    prefs = machine.profile / "prefs.js"
    prefs.write_text(prefs.read_text() + 'user_pref("x.y", 1);\n')
    before = machine.tree()
    told = clientcfg(machine, "apply", "--plan", str(path), "--yes", "--json")
    assert told.returncode == 4
    assert document(told)["code"] == "changed-meanwhile"
    assert machine.tree() == before


def test_options_beside_a_plan_are_a_wrong_usage(machine: DemoMachine) -> None:
    path = planned(machine)
    done = clientcfg(machine, "apply", "--plan", str(path), "--client", "thunderbird")
    assert done.returncode == 2
    assert "--client" in done.stderr


def test_no_address_and_no_plan_is_a_wrong_usage(machine: DemoMachine) -> None:
    assert clientcfg(machine, "apply").returncode == 2
    assert clientcfg(machine, "apply", "ada@example.test").returncode == 2


Turn = Callable[[dict[str, Any], Path], object]


def place(document: dict[str, Any], **changes: object) -> None:
    document["steps"][0]["place"] |= changes


TURNS: dict[str, tuple[Turn, str]] = {
    "another file": (lambda d, p: place(d, path=str(p / "evil")), "plan-leads-elsewhere"),
    "out of the profile": (
        lambda d, p: place(d, path=f"{p}/../../.bashrc"), "plan-leads-elsewhere",
    ),
    "wider": (lambda d, p: place(d, within="/"), "plan-leads-elsewhere"),
    "sensitive": (lambda d, p: place(d, sensitive=True), "plan-with-secrets"),
    "other format": (lambda d, p: d.update(format="sudoers"), "no-such-format"),
    "other schema": (lambda d, p: d.update(schema="clientcfg/plan/2"), "not-a-plan"),
    "no steps": (lambda d, p: d.pop("steps"), "not-a-plan"),
    "steps of text": (lambda d, p: d.update(steps="x"), "not-a-plan"),
    "setuid": (lambda d, p: d["steps"][0].update(mode=0o4755), "not-a-plan"),
    "content of numbers": (lambda d, p: d["steps"][0].update(content=[1]), "not-a-plan"),
    "a list for a path": (lambda d, p: place(d, path=["/x"]), "not-a-plan"),
    "more keys": (lambda d, p: place(d, more="x"), "not-a-plan"),
    "no base64": (lambda d, p: d["steps"][0].update(content={"base64": "*"}), "not-a-plan"),
}  # fmt: skip


@pytest.mark.parametrize("name", TURNS)
def test_a_plan_that_was_turned_is_refused(machine: DemoMachine, name: str) -> None:
    path = planned(machine)
    turn, code = TURNS[name]
    found = json.loads(path.read_text())
    turn(found, machine.profile)
    path.write_text(json.dumps(found))
    before = machine.tree()
    done = clientcfg(machine, "apply", "--plan", str(path), "--yes", "--json")
    told = document(done)
    assert (told["code"], done.returncode != 0) == (code, True)
    assert machine.tree() == before


def test_what_is_no_plan_is_a_sentence(machine: DemoMachine, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    (tmp_path / "bytes").write_bytes(b"\xff\0")
    os.mkfifo(tmp_path / "pipe")
    for name in ("text", "bytes", "pipe", ".", "nothing"):
        done = clientcfg(machine, "apply", "--plan", str(tmp_path / name))
        assert done.returncode == 2, (name, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_plan_that_others_may_have_written_is_refused(machine: DemoMachine) -> None:
    path = planned(machine)
    path.chmod(0o666)
    with pytest.raises(Refused) as refused:
        load(str(path), frozenset({os.geteuid()}))
    assert refused.value.code == "plan-not-private"
    path.chmod(0o600)
    with pytest.raises(Refused):
        load(str(path), frozenset({os.geteuid() + 1}))
    assert load(str(path), frozenset({os.geteuid()})).address == "ada@example.test"
    link = path.with_name("link")
    link.symlink_to(path)
    with pytest.raises(Refused):
        load(str(link), frozenset({os.geteuid()}))
    with pytest.raises(WrongUsage):
        load(str(path.parent), frozenset({os.geteuid()}))


# --- a place that belongs to somebody else, and sudo (as root, who can play both)


def as_nobody(machine: DemoMachine, *arguments: str) -> Done:
    """As an ordinary user; the checkout and Python may be read, whoever they belong to."""
    privileges = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    return subprocess.run(
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *privileges,
         "--", *command(machine, arguments)],
        env=environment(machine), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def give(to: int, *paths: Path) -> None:
    for path in paths:
        os.chown(path, to, to)
        for below in path.rglob("*"):
            os.chown(below, to, to, follow_symlinks=False)


@pytest.fixture
def shared() -> Iterator[DemoMachine]:
    """A home of an ordinary user whose Thunderbird profile belongs to root."""
    folder = Path("/var/tmp") / f"clientcfg-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        machine = make_machine(folder)
        (folder / "tmp").mkdir(mode=0o1777)
        (folder / "tmp").chmod(0o1777)
        give(NOBODY, machine.home)
        give(0, machine.profile)
        yield machine
    finally:
        shutil.rmtree(folder)


ROOT = pytest.mark.real_servers  # what needs root runs where the real servers do


@ROOT
def test_a_place_one_may_not_write_shows_the_plan_and_the_command(shared: DemoMachine) -> None:
    before = shared.tree()
    done = as_nobody(shared, *SET_UP, "--yes")
    assert done.returncode == 1, done.stdout + done.stderr
    assert '+user_pref("mail.smtpserver' in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "sudo clientcfg" in line]
    words = line.partition("sudo clientcfg ")[2].split()
    assert words[:2] == ["apply", "--plan"]
    plan = Path(words[2])
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600
    assert plan.stat().st_uid == NOBODY
    after = {k: v for k, v in shared.tree().items() if not k.startswith(".local/")}
    assert after == before
    told = document(as_nobody(shared, *SET_UP, "--yes", "--json"))
    assert (told["code"], told["plan_file"]) == ("no-permission", str(plan))
    assert told["changes"]

    # The person with the rights carries it out: root's home, root's journal.
    root_home = shared.home.parent / "root"
    root_home.mkdir(mode=0o700)
    root = {"HOME": str(root_home), **SUDO}
    carried = clientcfg(shared, "apply", "--plan", str(plan), "--yes", more=root)
    assert carried.returncode == 0, carried.stderr
    assert carried.stderr.count("ada") >= 1
    assert str(root_home) in carried.stderr
    assert "sudo clientcfg undo" in carried.stdout
    prefs = shared.profile / "prefs.js"
    assert "smtp.example.test" in prefs.read_text()
    assert (prefs.stat().st_uid, stat.S_IMODE(prefs.stat().st_mode)) == (0, 0o644)
    entries = document(clientcfg(shared, "history", "--json", more=root))["entries"]
    assert [e["by"] for e in entries] == ["root (sudo, ada)"]
    assert clientcfg(shared, "undo", more=root).returncode == 0
    after = {k: v for k, v in shared.tree().items() if not k.startswith(".local/")}
    assert after == before


@ROOT
def test_root_keeps_owner_and_mode_of_what_it_writes_for_somebody(shared: DemoMachine) -> None:
    give(NOBODY, shared.profile)
    (shared.profile / "prefs.js").chmod(0o640)
    plan = shared.home / "plan.json"
    assert as_nobody(shared, *SET_UP, "--plan", str(plan)).returncode == 0
    root_home = shared.home.parent / "root"
    root_home.mkdir(mode=0o700)
    root = {"HOME": str(root_home), **SUDO}
    done = clientcfg(shared, "apply", "--plan", str(plan), "--yes", more=root)
    assert done.returncode == 0, done.stderr
    seen = (shared.profile / "prefs.js").stat()
    assert (seen.st_uid, seen.st_gid, stat.S_IMODE(seen.st_mode)) == (NOBODY, NOBODY, 0o640)
    assert {p.stat().st_uid for p in shared.profile.rglob("*")} == {NOBODY}


@ROOT
def test_a_plan_of_a_third_person_is_refused_by_root(shared: DemoMachine) -> None:
    plan = shared.home / "plan.json"
    assert as_nobody(shared, *SET_UP, "--plan", str(plan)).returncode == 0
    os.chown(plan, 12345, 12345)
    before = shared.tree()
    more = {"HOME": str(shared.home.parent), **SUDO}
    done = clientcfg(shared, "apply", "--plan", str(plan), "--yes", "--json", more=more)
    assert document(done)["code"] == "plan-not-private"
    assert shared.tree() == before


@ROOT
def test_under_sudo_it_says_whose_home_once() -> None:
    note = sudo_note(SUDO, Path("/root"))
    assert note is not None
    assert "/root" in note and "ada" in note
    assert sudo_note({}, Path("/root")) is None
    assert sudo_note({"SUDO_USER": "root"}, Path("/root")) is None


def nothing_said(arguments: Sequence[str], machine: DemoMachine) -> bool:
    return clientcfg(machine, *arguments).stderr == ""


def test_without_sudo_nothing_is_said_about_it(machine: DemoMachine) -> None:
    assert nothing_said(("history",), machine)
