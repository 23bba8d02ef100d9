# SPDX-License-Identifier: MPL-2.0
"""Taking back at the command line: the three-way difference, what is kept and thrown away."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.flows.here import Here
from tests.support.on_machine import SET_UP, Done, clientcfg


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


def document(done: Done) -> dict[str, Any]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def applied(machine: DemoMachine) -> str:
    done = clientcfg(machine, *SET_UP, "--yes", "--json")
    assert done.returncode == 0, done.stderr
    return str(document(done)["id"])


def changed_by_somebody(machine: DemoMachine) -> str:
    prefs = machine.profile / "prefs.js"
    changed = prefs.read_text().replace("smtp.example.test", "other.test")
    assert changed != prefs.read_text()
    prefs.write_text(changed)
    return changed


def test_a_changed_setting_is_shown_three_ways_and_both_ways_on_are_named(
    machine: DemoMachine,
) -> None:
    entry = applied(machine)
    changed = changed_by_somebody(machine)
    done = clientcfg(machine, "undo")
    assert done.returncode == 4
    assert done.stdout == ""
    text, head, *rows, keep, force = done.stderr.splitlines()
    assert text.endswith(".")
    assert head.split("  ")[1] == "Setting"
    (row,) = [row for row in rows if "hostname" in row]
    assert row.split()[-3:] == ["set)", "smtp.example.test", "other.test"]
    assert {line.index("other.test") for line in rows if "other.test" in line} == {
        head.index("Now")
    }
    assert f"clientcfg undo {entry} --keep" in keep
    assert f"clientcfg undo {entry} --force" in force
    assert (machine.profile / "prefs.js").read_text() == changed

    told = document(clientcfg(machine, "undo", "--json"))
    assert told["schema"] == "clientcfg/error/1"
    assert {c["now"] for c in told["conflicts"]} >= {"other.test"}
    assert set(told["conflicts"][0]) == {"setting", "before", "ours", "now"}


def test_keep_says_what_was_kept(machine: DemoMachine) -> None:
    applied(machine)
    changed_by_somebody(machine)
    done = clientcfg(machine, "undo", "--keep")
    assert done.returncode == 0, done.stderr
    assert "smtp.example.test" in done.stdout and "other.test" in done.stdout
    assert "other.test" in (machine.profile / "prefs.js").read_text()
    assert "imap.example.test" not in (machine.profile / "prefs.js").read_text()


def test_force_and_keep_together_are_a_wrong_usage(machine: DemoMachine) -> None:
    assert clientcfg(machine, "undo", "--force", "--keep").returncode == 2


def test_prune_throws_backups_away_and_says_what_that_means(machine: DemoMachine) -> None:
    before = (machine.profile / "prefs.js").read_bytes()
    entry = applied(machine)
    kept = [e for e in machine.home.rglob("old-*") if e.read_bytes() == before]
    assert len(kept) == 1
    done = clientcfg(machine, "history", "--prune")
    assert done.returncode == 0, done.stderr
    assert entry in done.stdout and "byte for byte" in done.stdout
    assert not list(machine.home.rglob("old-*"))
    again = document(clientcfg(machine, "history", "--prune", "--json"))
    assert again["pruned"] == []
    assert [(e["id"], e["pruned"]) for e in again["entries"]] == [(entry, True)]

    undone = clientcfg(machine, "undo")
    assert undone.returncode == 0, undone.stderr
    assert "thrown away" in undone.stdout
    assert "example.test" not in (machine.profile / "prefs.js").read_text()


def test_prune_in_json_names_what_was_thrown_away(machine: DemoMachine) -> None:
    entry = applied(machine)
    assert document(clientcfg(machine, "history", "--prune", "--json"))["pruned"] == [entry]


def test_prune_on_a_fresh_machine_leaves_no_trace(machine: DemoMachine) -> None:
    before = machine.tree()
    done = clientcfg(machine, "history", "--prune")
    assert done.returncode == 0, done.stderr
    assert machine.tree() == before


def test_after_30_days_any_start_throws_backups_away_and_says_so(machine: DemoMachine) -> None:
    entry = applied(machine)
    state = machine.home / ".local" / "state" / "clientcfg"

    def said(days: float) -> tuple[str, ...]:
        now = datetime.now(UTC) + timedelta(days=days)
        return Here(home=machine.home, root=machine.root, state=state, now=lambda: now).recover()

    assert said(29.9) == ()
    assert list(machine.home.rglob("old-*"))
    (sentence,) = said(30)
    assert entry in sentence and "30 days" in sentence
    assert not list(machine.home.rglob("old-*"))
    assert said(31) == ()


def test_a_backup_that_cannot_go_stops_nothing(machine: DemoMachine) -> None:
    applied(machine)
    state = machine.home / ".local" / "state" / "clientcfg"
    (backup,) = machine.home.rglob("old-*")
    backup.unlink()
    backup.mkdir()  # nobody can unlink that
    now = datetime.now(UTC) + timedelta(days=31)
    here = Here(home=machine.home, root=machine.root, state=state, now=lambda: now)
    (sentence,) = here.recover()
    assert "could not be thrown away" in sentence
