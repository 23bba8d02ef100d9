# SPDX-License-Identifier: MPL-2.0
"""``export --users`` and the QR codes that only a terminal shows."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.cli.test_export_command import ADA, SERVERS, TB, run

LIST = "address,name\nada@example.test,Ada\nbob@example.test,=1+1\n"
ANDROID = ("--client", "thunderbird-android")


def exported(home: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    (home / "people.csv").write_text(text)
    what = ("export", "--users", "people.csv", *TB, "--no-probe", *SERVERS, "--out", "files")
    return run(home, *what, *options)


def test_a_folder_each(tmp_path: Path) -> None:
    done = exported(tmp_path, LIST)
    assert done.returncode == 0, done.stderr
    assert "2 people" in done.stdout
    folders = {path.name for path in (tmp_path / "files").iterdir() if path.is_dir()}
    assert folders == {"ada@example.test", "bob@example.test"}
    prefs = (tmp_path / "files/bob@example.test/clientcfg-prefs.js").read_text()
    assert '"mail.identity.id1.fullName", "=1+1"' in prefs


def test_one_faulty_row_and_nothing_is_written(tmp_path: Path) -> None:
    done = exported(tmp_path, LIST + "nonsense,X\n", "--json")
    assert done.returncode == 2, done.stdout
    document = json.loads(done.stdout)
    assert document["code"] == "faulty-rows"
    assert [(f["row"], f["column"]) for f in document["faults"]] == [(4, "address")]
    assert not (tmp_path / "files").exists()
    told = exported(tmp_path, LIST + "nonsense,X\n")
    assert "Row 4, address" in told.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--user", "x"), ("--name", "x"), ("--smtp-user", "x"), ("--with-password",),
        ("--current", "people.csv"), ("--password-stdin",), ("ada@example.test",),
    ],
)  # fmt: skip
def test_what_is_for_one_person_is_not_for_many(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = exported(tmp_path, LIST, *options, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["code"] == "for-one-person"


def test_five_hundred_people_take_seconds(tmp_path: Path) -> None:
    rows = "".join(f"person{n}@example.test,Person {n}\n" for n in range(500))
    begin = time.process_time() + children()
    done = exported(tmp_path, "address,name\n" + rows, "--json")
    assert done.returncode == 0, done.stderr
    assert len({f["address"] for f in json.loads(done.stdout)["files"]}) == 500
    # Of work, however busy the machine is.
    assert time.process_time() + children() - begin < 20


def children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def in_a_terminal(home: Path, *arguments: str) -> str:
    """What a person sees; standard output is a terminal."""
    ours, theirs = pty.openpty()
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color",
        "CLIENTCFG_STATE_DIR": str(home / "state"),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "clientcfg", *arguments],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment, cwd=home,
    )  # fmt: skip
    os.close(theirs)
    seen = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    assert process.wait(60) == 0, seen.decode()
    return seen.decode()


def test_a_terminal_shows_the_code_and_a_pipe_or_quiet_does_not(tmp_path: Path) -> None:
    what = (*ADA, *ANDROID, "--out", "files")
    shown = in_a_terminal(tmp_path, *what)
    assert shown.count("█") > 100 and "Scan this" in shown
    assert "█" not in in_a_terminal(tmp_path, *what, "--quiet")
    assert "█" not in in_a_terminal(tmp_path, *what, "--json")
    assert "█" not in run(tmp_path, *what).stdout
