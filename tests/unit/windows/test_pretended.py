# SPDX-License-Identifier: MPL-2.0
"""The command line on a pretended Windows: what it can do with a disk and a registry.

Nothing here has run on a real one (docs/windows-files.md).
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from clientcfg.changes.portable_disk import PortableDisk
from tests.support.on_windows import modules
from tests.support.outlook_machine import ADA, outlook_machine
from tests.support.registries import MemoryRegistry, value

NO_PROBE = ("--no-probe", "--smtp", "smtp.example.org:587", "--user", "ada")
SET_UP = ("apply", "ada@example.org", "--client", "outlook-classic", *NO_PROBE)
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Pretended:
    """A Windows below *folder*."""

    folder: Path

    @property
    def registry(self) -> MemoryRegistry:
        return MemoryRegistry.parse((self.folder / "registry").read_bytes())

    @property
    def journal(self) -> Path:
        return self.folder / "Local" / "clientcfg" / "journal"

    def runs(self, *names: str) -> None:
        """Those programs, as ``tasklist`` prints them; its path has the backslashes in a name."""
        rows = "".join(f'"{name}","12","Console","1","9 K"\r\n' for name in names)
        tasklist = self.folder / "Windows\\System32\\tasklist.exe"
        tasklist.write_text(f"#!/bin/sh\ncat <<'END'\n{rows}END\n")
        tasklist.chmod(0o755)

    def clientcfg(self, *arguments: str, more: Mapping[str, str] | None = None) -> Done:
        """Run it to its end."""
        command = [sys.executable, "-m", "tests.support.on_windows", str(self.folder / "registry")]
        return subprocess.run(
            [*command, *arguments],
            env={
                "PATH": "/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "PYTHONPATH": str(Path.cwd()),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
                "TMPDIR": str(self.folder),
                "USERNAME": "ada",
                "USERPROFILE": str(self.folder / "Ada"),
                "LOCALAPPDATA": str(self.folder / "Local"),
                "SYSTEMROOT": str(self.folder / "Windows"),
                **(more or {}),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def pretended(tmp_path: Path) -> Pretended:
    for name in ("Ada", "Local"):
        (tmp_path / name).mkdir()
    (tmp_path / "registry").write_bytes(outlook_machine().dump())
    made = Pretended(tmp_path)
    made.runs("explorer.exe")
    return made


def code(done: Done) -> str:
    assert "Traceback" not in done.stderr
    return str(json.loads(done.stdout)["code"])


def test_every_module_can_be_imported(pretended: Pretended) -> None:
    done = pretended.clientcfg("--import")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == list(modules())


def test_outlook_is_set_up_and_back(pretended: Pretended) -> None:
    old = pretended.registry.tree()
    done = pretended.clientcfg(*SET_UP, "--yes", "--json")
    assert done.returncode == 0, done.stderr
    assert pretended.registry.tree()[ADA]["SMTP Port"] == value(587)
    told = pretended.clientcfg("history", "--json")
    (entry,) = json.loads(told.stdout)["entries"]
    assert f"{ADA}\\SMTP Port" in entry["places"]
    (kept,) = pretended.journal.glob("*/entry.json")
    assert json.loads(kept.read_text())["by"] == "ada"
    undone = pretended.clientcfg("undo")
    assert undone.returncode == 0, undone.stderr
    assert pretended.registry.tree() == old
    assert sorted(p.name for p in pretended.journal.iterdir()) == sorted([entry["id"], "lock"])


def test_while_outlook_is_open(pretended: Pretended) -> None:
    old = pretended.registry.tree()
    pretended.runs("explorer.exe", "OUTLOOK.EXE")
    assert code(pretended.clientcfg(*SET_UP, "--yes", "--json")) == "client-running"
    assert pretended.registry.tree() == old


def test_while_another_is_at_work(pretended: Pretended) -> None:
    pretended.journal.mkdir(parents=True)
    lock = PortableDisk().lock(str(pretended.journal / "lock"))
    assert lock is not None
    with lock:
        done = pretended.clientcfg(*SET_UP, "--yes", "--json")
    assert code(done) == "another-clientcfg"


def test_a_plan_is_carried_out_from_the_own_home_alone(pretended: Pretended) -> None:
    inside, outside = pretended.folder / "Ada" / "plan.json", pretended.folder / "plan.json"
    done = pretended.clientcfg(*SET_UP, "--plan", str(inside))
    assert done.returncode == 0, done.stderr
    outside.write_bytes(inside.read_bytes())
    carry = ("apply", "--yes", "--json", "--plan")
    assert code(pretended.clientcfg(*carry, str(outside))) == "plan-not-private"
    assert code(pretended.clientcfg(*carry, str(inside) + "2")) == "no-such-plan"
    carried = pretended.clientcfg(*carry, str(inside))
    assert carried.returncode == 0, carried.stderr
    assert pretended.registry.tree()[ADA]["SMTP Port"] == value(587)


def test_files_are_exported(pretended: Pretended) -> None:
    out = pretended.folder / "Ada" / "files"
    export = ("export", "ada@example.org", "--client", "outlook-classic", "--out", str(out))
    imap = ("--imap", "imap.example.org:993")
    for _again in range(2):
        done = pretended.clientcfg(*export, *NO_PROBE, *imap)
        assert done.returncode == 0, done.stderr
    assert {"clientcfg-export.json", "read-me.html"} <= {p.name for p in out.rglob("*")}


@pytest.mark.parametrize("home", ["", "Users\\Ada", "missing"])
def test_a_home_that_is_none(pretended: Pretended, home: str) -> None:
    said = str(pretended.folder / home) if home == "missing" else home
    done = pretended.clientcfg("history", "--json", more={"USERPROFILE": said})
    assert code(done) == "no-home" and "USERPROFILE" in done.stderr
