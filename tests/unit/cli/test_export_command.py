# SPDX-License-Identifier: MPL-2.0
"""``export`` as helpdesks and scripts use it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clientcfg.demo.world import World
from tests.support.markup import Page
from tests.support.prefs_reader import prefs as read_prefs

Done = subprocess.CompletedProcess[str]
SERVERS = ("--smtp", "smtp.example.test:465", "--imap", "imap.example.test:993")
ADA = ("export", "ada@example.test", "--no-probe", *SERVERS)
TB = ("--client", "thunderbird")


def run(home: Path, *arguments: str) -> Done:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8",
        "CLIENTCFG_STATE_DIR": str(home / "state"),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "clientcfg", *arguments],
        capture_output=True, text=True, env=environment, timeout=60, check=False, cwd=home,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_people_read_what_each_file_does_and_does_not(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, *TB, "--out", "files")
    assert done.returncode == 0, done.stderr
    assert "clientcfg-prefs.js" in done.stdout
    assert "+ " in done.stdout and "- It holds no password" in done.stdout
    assert "not asked" in done.stdout
    page = Page((tmp_path / "files/read-me.html").read_text()).text
    assert "What it does not" in page
    assert "smtp.example.test" in page


def test_scripts_get_the_document_and_nothing_else(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, *TB, "--client", "outlook-new", "--out", "files", "--json")
    document = json.loads(done.stdout)
    assert document["schema"] == "clientcfg/export/1"
    paths = [Path(f["path"]).relative_to(tmp_path / "files") for f in document["files"]]
    assert Path("thunderbird/clientcfg-prefs.js") in paths
    assert Path("outlook-new/read-me.html") in paths
    assert all(f["does"] and f["title"] and not f["holds_password"] for f in document["files"])
    assert [e["asked"] for e in document["exports"]] == [False, False]
    assert any("from no file" in note for note in document["exports"][1]["notes"])


def test_against_the_settings_as_they_are_there(tmp_path: Path) -> None:
    (tmp_path / "prefs.js").write_text(
        'user_pref("mail.accountmanager.accounts", "account7");\n'
        'user_pref("mail.account.lastKey", 7);\n'
    )
    done = run(tmp_path, *ADA, *TB, "--out", "files", "--current", "prefs.js")
    assert done.returncode == 0, done.stderr
    prefs = read_prefs((tmp_path / "files/clientcfg-prefs.js").read_bytes())
    assert prefs["mail.accountmanager.accounts"] == "account7,account8"


USAGE = {
    "no program": (*ADA, "--out", "files"),
    "no folder": (*ADA, *TB),
    "no address": ("export", *TB, "--out", "files"),
    "not an address": ("export", "example.test", *TB, "--out", "files"),
    "unknown program": (*ADA, "--client", "outlok", "--out", "files"),
    "no such current file": (*ADA, *TB, "--out", "files", "--current", "nowhere.js"),
    "a file as folder": (*ADA, *TB, "--out", "/etc/hostname"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_two_and_writes_nothing(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, *USAGE[name], "--json")
    assert done.returncode == 2, done.stdout
    assert json.loads(done.stdout)["schema"] == "clientcfg/error/1"
    assert not (tmp_path / "files").exists()


def test_a_password_in_the_clear_is_never_exported(tmp_path: Path) -> None:
    plain = ("--smtp", "smtp.example.test:25/plain", "--imap", "imap.example.test")
    done = run(tmp_path, "export", "a@example.test", "--no-probe", *plain, *TB, "--out", "files")
    assert done.returncode == 4
    assert not (tmp_path / "files").exists()


async def asked(world: World, *options: str) -> Done:
    dns = ("--dns", ":".join(map(str, world.dns)), "--ca", str(world.ca_file))
    address = str(world.address)
    return await asyncio.to_thread(run, world.home, "export", address, *dns, *options, "--json")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


async def test_the_servers_are_found_and_asked(world: World) -> None:
    done = await asked(world, *TB, "--out", "files")
    assert done.returncode == 0, done.stdout
    document = json.loads(done.stdout)
    assert [(e["verdict"], e["asked"]) for e in document["exports"]] == [("ready", True)]


async def test_one_that_cannot_send_there_gets_no_files_but_the_reason(world: World) -> None:
    done = await asked(world, "--client", "netscape@3.0", "--out", "files")
    assert done.returncode == 1, done.stdout
    assert json.loads(done.stdout)["advice"]
    assert not (world.home / "files").exists()


async def test_beside_others_its_page_says_why(world: World) -> None:
    done = await asked(world, *TB, "--client", "netscape@3.0", "--out", "files")
    assert done.returncode == 1, done.stdout
    document = json.loads(done.stdout)
    refused = {e["client"]: [r["kind"] for r in e["refused"]] for e in document["exports"]}
    assert refused == {"thunderbird": [], "netscape": ["program"]}
    files = {Path(f["path"]).name for f in document["files"] if f["client"] == "netscape"}
    assert files == {"read-me.html"}
    page = Page((world.home / "files/netscape/read-me.html").read_text()).text
    assert "cannot send there" in page


async def test_servers_that_cannot_be_trusted_are_in_no_file(world: World) -> None:
    dns = ("--dns", ":".join(map(str, world.dns)))
    done = await asyncio.to_thread(
        run, world.home, "export", str(world.address), *dns, *TB, "--out", "files", "--json"
    )
    assert done.returncode == 4, done.stdout
    assert not (world.home / "files").exists()
