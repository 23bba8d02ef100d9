# SPDX-License-Identifier: MPL-2.0
"""``probe`` where certificates do not verify: the text for the administrator, and what to add."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from clientcfg.demo.world import World

Done = subprocess.CompletedProcess[str]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


async def probe(world: World, *options: str) -> Done:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(world.home), "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    dns = ("--dns", ":".join(map(str, world.dns)))
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "clientcfg", "probe", str(world.address), *dns, *options],
        capture_output=True, text=True, env=environment, timeout=60, check=False,
    )  # fmt: skip


async def test_the_letter_is_all_there_is_on_standard_output(world: World) -> None:
    done = await probe(world, "--letter")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("Hello,\n")
    assert done.stdout.endswith("Thank you.\n")
    for endpoint in world.endpoints:
        assert f"port {endpoint.port}" in done.stdout
    assert world.address.local + "@" not in done.stdout


async def test_where_all_verifies_there_is_nothing_to_write(world: World) -> None:
    done = await probe(world, "--letter", "--ca", str(world.ca_file))
    assert done.returncode == 0, done.stderr
    assert "nothing to write about" in done.stdout
    shown = json.loads((await probe(world, "--json", "--ca", str(world.ca_file))).stdout)
    assert (shown["letter"], shown["ways_on"]) == (None, [])


async def test_scripts_get_both(world: World) -> None:
    letter = (await probe(world, "--letter")).stdout
    shown = json.loads((await probe(world, "--json")).stdout)
    assert shown["letter"] == letter
    ways = {(way["protocol"], way["host"], way["port"]): way for way in shown["ways_on"]}
    assert ways.keys() == {(e.protocol, e.host, e.port) for e in world.endpoints}
    for endpoint in shown["endpoints"]:
        way = ways[endpoint["protocol"], endpoint["host"], endpoint["port"]]
        assert way["kind"] == "trust-certificate"
        assert way["sha256"] == endpoint["tls"]["certificate"]["sha256"]
        place = f"{endpoint['host']}:{endpoint['port']}"
        assert way["option"] == f"--trust-cert sha256:{way['sha256']}@{place}"


async def test_people_see_whom_to_ask_first_and_what_to_add(world: World) -> None:
    done = await probe(world)
    advice = [line for line in done.stdout.splitlines() if line.startswith("→")]
    assert "administrator" in advice[0]
    assert "--letter" in advice[0]
    (pins,) = (line for line in advice if "--trust-cert" in line)
    assert pins.count("--trust-cert sha256:") == 2, "one to send with, one to read from"
    fine = await probe(world, "--ca", str(world.ca_file))
    assert "→" not in fine.stdout
