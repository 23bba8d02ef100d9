# SPDX-License-Identifier: MPL-2.0
"""``probe`` as people and scripts see it: the meaning, the advice, the ticket, the relay test."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from clientcfg.demo.world import World

Done = subprocess.CompletedProcess[str]
TLS_VERSIONS = {"1.0", "1.1", "1.2", "1.3"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


async def probe(world: World, *options: str, stdin: str = "") -> Done:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(world.home), "LANG": "C.UTF-8",
        "CLIENTCFG_STATE_DIR": str(world.home / "state"),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    dns = ("--dns", ":".join(map(str, world.dns)), "--ca", str(world.ca_file))
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "clientcfg", "probe", str(world.address), *dns, *options],
        capture_output=True, text=True, env=environment, timeout=60, check=False, input=stdin,
    )  # fmt: skip


async def document(world: World, *options: str, stdin: str = "") -> dict[str, Any]:
    done = await probe(world, "--json", *options, stdin=stdin)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


async def test_scripts_get_the_meaning_the_advice_and_the_versions(world: World) -> None:
    found = await document(world)
    assert found["schema"] == "clientcfg/probe/1"
    assert "SMTP-Auth works" in found["headline"]
    asked = [e for e in found["endpoints"] if e["tls"]["versions"] is not None]
    assert sorted(e["protocol"] for e in asked) == ["imap", "smtp"]
    for endpoint in asked:
        assert endpoint["tls"]["versions"].keys() == TLS_VERSIONS
        assert endpoint["tls"]["versions"]["1.3"] is True
    for endpoint in found["endpoints"]:
        assert {"code", "text", "good"} == endpoint["meaning"][0].keys()
        assert endpoint["tls"]["known_to"] == {"system": False, "mozilla": False}
        assert endpoint["relay"] is None
        assert endpoint["families"] is None
    for todo in found["advice"]:
        assert todo.keys() == {"code", "text", "standard", "endpoints"}


async def test_all_versions_of_all_servers(world: World) -> None:
    found = await document(world, "--tls-versions")
    for endpoint in found["endpoints"]:
        assert endpoint["tls"]["versions"].keys() == TLS_VERSIONS


async def test_people_get_a_table_and_sentences(world: World) -> None:
    done = await probe(world)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any(line.startswith("✓  SMTP ") for line in lines)
    assert any("Log-in works only after encryption; that is good." in line for line in lines)
    assert any("neither known to this system nor on Mozilla’s list" in line for line in lines)
    assert "C QUIT" not in done.stdout
    assert "C QUIT" in (await probe(world, "--transcript")).stdout


async def test_the_ticket_masks_what_is_private(world: World) -> None:
    done = await probe(world, "--ticket")
    assert done.returncode == 0, done.stderr
    assert "ada@" not in done.stdout
    assert "EHLO [127.0.0.1]" in done.stdout
    assert "(127.0.0.1)" in done.stdout  # loopback is nobody's address
    assert "Mail servers of …@demo.clientcfg.test" in done.stdout
    whole = await probe(world, "--ticket", "--unmasked")
    assert "ada@demo.clientcfg.test" in whole.stdout


async def test_the_relay_test_before_and_after(world: World) -> None:
    password = world.password.reveal() + "\n"
    found = await document(
        world, "--relay-test", "me@elsewhere.example", "--password-stdin", stdin=password
    )
    relays = [e["relay"] for e in found["endpoints"] if e["protocol"] == "smtp"]
    tested = [relay for relay in relays if relay["tested"]]
    assert len(tested) == 1
    assert tested[0]["regime"] == "auth-only"
    assert tested[0]["tested_from"] == "127.0.0.1"
    assert tested[0]["at"].endswith("Z")
    assert world.log == []
    assert password.strip() not in json.dumps(found)


async def test_the_relay_test_without_a_password_says_what_is_left_open(world: World) -> None:
    done = await probe(world, "--relay-test", "me@elsewhere.example")
    assert done.returncode == 0, done.stderr
    assert "was not tested" in done.stdout
    assert re.search(r"Asked from 127\.0\.0\.1 on \d{4}-\d\d-\d\d at \d\d:\d\d UTC", done.stdout)


@pytest.mark.parametrize("elsewhere", ["bob@demo.clientcfg.test", "nobody", "ä@elsewhere.example"])
async def test_a_relay_test_that_cannot_be_made(world: World, elsewhere: str) -> None:
    done = await probe(world, "--relay-test", elsewhere)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) <= 3
    assert "Traceback" not in done.stderr
