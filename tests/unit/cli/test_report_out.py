# SPDX-License-Identifier: MPL-2.0
"""``probe --format html --out FILE``: the page, the file, and what is never overwritten."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

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
        "CLIENTCFG_STATE_DIR": str(world.home / "state"),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    dns = ("--dns", ":".join(map(str, world.dns)), "--ca", str(world.ca_file))
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "clientcfg", "probe", str(world.address), *dns, *options],
        capture_output=True, text=True, env=environment, timeout=60, check=False,
    )  # fmt: skip


async def test_a_page_by_its_ending_then_the_same_again(world: World, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    for _turn in range(2):
        done = await probe(world, "--out", str(file))
        assert done.returncode == 0, done.stderr
        assert str(file) in done.stdout
    page = file.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert re.findall(r"(?:src|href)=", page) == []
    assert "250-AUTH" in page
    assert (await probe(world, "--format", "html")).stdout.startswith("<!DOCTYPE html>")


async def test_json_and_text_in_files(world: World, tmp_path: Path) -> None:
    for name in ("report.json", "report.txt"):
        assert (await probe(world, "--out", str(tmp_path / name))).returncode == 0
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert found["schema"] == "clientcfg/probe/1"
    assert "SMTP" in (tmp_path / "report.txt").read_text("utf-8")
    both = await probe(world, "--json", "--out", str(tmp_path / "report.html"))
    assert json.loads(both.stdout)["schema"] == "clientcfg/probe/1"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_file_of_somebody_else_stays(world: World, tmp_path: Path) -> None:
    mine = tmp_path / "thesis.html"
    mine.write_text("years of work")
    done = await probe(world, "--out", str(mine))
    assert done.returncode == 4
    assert mine.read_text() == "years of work"
    assert names(tmp_path) == ["thesis.html"]


@pytest.mark.parametrize(
    "options", [("--ticket", "--out", "x"), ("--json", "--format", "html"), ("--format", "pdf")]
)
async def test_two_forms_in_one_place_are_refused(world: World, options: tuple[str, ...]) -> None:
    assert (await probe(world, *options)).returncode == 2
