# SPDX-License-Identifier: MPL-2.0
"""``guide`` as people and scripts use it: formats, files, exit statuses, servers asked or not."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clientcfg.demo.machine import make_machine
from clientcfg.demo.world import World
from tests.support.markup import Page
from tests.support.on_machine import clientcfg

Done = subprocess.CompletedProcess[str]
SERVERS = ("--smtp", "smtp.example.test:465", "--imap", "imap.example.test:993")
NO_PROBE = ("--no-probe", *SERVERS)
ADA = ("guide", "ada@example.test", *NO_PROBE)
OE = ("--client", "outlook-express@6.0")


def run(home: Path, *arguments: str) -> Done:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8",
        "CLIENTCFG_STATE_DIR": str(home / "state"),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "clientcfg", *arguments],
        capture_output=True, text=True, env=environment, timeout=60, check=False, cwd=home,
    )  # fmt: skip


def test_text_on_standard_output_is_the_page_and_nothing_else(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, *OE, "--name", "Ada")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("Outlook Express (Win) 6.0: settings for ada@example.test\n")
    assert "nothing is proved" in done.stdout
    assert "[x] “My server requires authentication”" in done.stdout


@pytest.mark.parametrize(
    ("form", "start"),
    [("markdown", "<!-- clientcfg/guide/1 -->"), ("html", "<!DOCTYPE html>"), ("json", "{")],
)
def test_every_format(tmp_path: Path, form: str, start: str) -> None:
    done = run(tmp_path, *ADA, *OE, "--format", form)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(start)


def test_scripts_get_the_document(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, *OE, "--client", "spark", "--json")
    document = json.loads(done.stdout)
    assert document["schema"] == "clientcfg/guide/1"
    oe, spark = document["guides"]
    assert oe["wording"] == "documented"
    assert oe["proved"] is False
    assert oe["verdict"] is None
    assert spark["wording"] is None
    values = {v["id"]: v["value"] for v in oe["values"]}
    assert values["outgoing.host"] == "smtp.example.test"
    assert values["outgoing.port"] == "465"
    labels = [s["label"] for step in oe["steps"] for s in step["settings"]]
    assert {"text": "My server requires authentication", "sure": True} in labels


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("page.html", "<!DOCTYPE"), ("page.md", "<!--"), ("page.json", "{"),
        ("page.txt", "Outlook"), ("page", "Outlook"),
    ],
)  # fmt: skip
def test_a_file_gets_the_format_of_its_name(tmp_path: Path, name: str, start: str) -> None:
    done = run(tmp_path, *ADA, *OE, "--out", name)
    assert done.returncode == 0, done.stderr
    path = tmp_path / name
    assert str(path) in done.stdout
    assert path.read_text().startswith(start)
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600
    again = run(tmp_path, *ADA, "--client", "mutt", "--out", name)
    assert again.returncode == 0, again.stderr
    assert "Mutt" in path.read_text()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("page")] == [name]


def test_what_is_no_page_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "diary.html").write_text("Dear diary")
    (tmp_path / "folder.html").mkdir()
    for name in ("diary.html", "folder.html"):
        done = run(tmp_path, *ADA, *OE, "--out", name, "--json")
        assert done.returncode == 4
        assert json.loads(done.stdout)["code"] == "already-there"
    assert (tmp_path / "diary.html").read_text() == "Dear diary"
    assert run(tmp_path, *ADA, *OE, "--out", "nowhere/page.html").returncode not in (0, 70)


def test_a_file_and_a_document_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, *OE, "--json", "--out", "page.html")
    assert json.loads(done.stdout)["guides"][0]["client"] == "outlook-express"
    assert (tmp_path / "page.html").read_text().startswith("<!DOCTYPE")


USAGE = {
    "two formats in one place": (*ADA, *OE, "--json", "--format", "html"),
    "unknown client": (*ADA, "--client", "outlok"),
    "unknown format": (*ADA, *OE, "--format", "pdf"),
    "no server without asking": ("guide", "ada@example.test", *OE, "--no-probe"),
    "a pin without asking": (*ADA, *OE, "--trust-cert", f"sha256:{'0' * 64}@smtp.example.test:465"),
    "nothing to ask about": ("guide", *OE),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_two(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, *USAGE[name])
    assert done.returncode == 2, done.stdout
    assert done.stdout.startswith("{") or done.stdout == ""


def test_a_password_in_the_clear_is_never_put_on_a_page(tmp_path: Path) -> None:
    done = run(tmp_path, "guide", *OE, "--no-probe", "--smtp", "smtp.example.test:25/plain")
    assert done.returncode == 4


def test_without_an_address_and_with_another_user(tmp_path: Path) -> None:
    done = run(tmp_path, "guide", *OE, *NO_PROBE, "--user", "ada", "--smtp-user", "relay-7")
    assert done.returncode == 0, done.stderr
    assert "settings by hand" in done.stdout
    assert "relay-7" in done.stdout
    assert "[x] “Log on using”" in done.stdout


def test_without_a_client_the_installed_ones(tmp_path: Path) -> None:
    done = clientcfg(make_machine(tmp_path), *ADA)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Thunderbird")
    nobody = run(tmp_path, *ADA) if not Path("/usr/bin/thunderbird").exists() else None
    assert nobody is None or nobody.returncode in (0, 1)


async def asked(world: World, *options: str) -> Done:
    dns = ("--dns", ":".join(map(str, world.dns)), "--ca", str(world.ca_file))
    return await asyncio.to_thread(run, world.home, "guide", str(world.address), *dns, *options)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


async def test_the_servers_are_found_and_asked(world: World) -> None:
    done = await asked(world, "--client", "thunderbird", "--json")
    assert done.returncode == 0, done.stderr
    guide = json.loads(done.stdout)["guides"][0]
    assert guide["verdict"] == "ready"
    assert guide["proved"] is True
    assert "not-proved" not in [note["code"] for note in guide["notes"]]
    values = {v["id"]: v["value"] for v in guide["values"]}
    assert values["outgoing.auth"] == "Normal password"
    assert values["incoming.host"].endswith(world.address.domain)


async def test_a_program_that_cannot_gets_a_page_that_says_so(world: World) -> None:
    done = await asked(world, "--client", "netscape@3.0", "--format", "html")
    assert done.returncode == 1, done.stderr
    text = Page(done.stdout).text
    assert "cannot send there" in text
    assert text.index("cannot send there") < text.index("The values")


async def test_servers_that_cannot_be_trusted_are_on_no_page(world: World) -> None:
    dns = ("--dns", ":".join(map(str, world.dns)))
    done = await asyncio.to_thread(
        run, world.home, "guide", str(world.address), *dns, "--client", "thunderbird", "--json"
    )
    assert done.returncode == 4, done.stdout
    assert json.loads(done.stdout)["code"] == "server-not-trusted"
