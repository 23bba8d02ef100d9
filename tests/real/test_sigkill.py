# SPDX-License-Identifier: MPL-2.0
"""clientcfg is killed at random points of its work; the next start finds all old or all new.

200 kills of a real process, SIGKILL each; 3,000 with ``./tests/run --sweep``.
What is lost with the power is tried in ``tests/unit/safe_hands``.
"""

import os
import random
import shutil
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientcfg.changes.entry import State
from tests.support.bench import Bench, lay_out, on_disk
from tests.support.formats import IN_FILES
from tests.support.killing import Killing
from tests.support.row import Row, Start

SWEEP = bool(os.environ.get("CLIENTCFG_TEST_SWEEP"))
KILLS = 3000 if SWEEP else 200
PARTS = KILLS // 50
# A free lock file of the client's own stays where clientcfg was killed while holding it.
LEFT = {".parentlock"}
APPLY = (
    "--smtp", "smtp.example.org:465", "--imap", "imap.example.org:993", "--no-probe",
    "--password-stdin", "--yes",
)  # fmt: skip


@pytest.fixture(scope="module")
def killing() -> Iterator[Killing]:
    with Killing() as process:
        yield process


class Victim:
    """One home with its program, and one command that is to be killed."""

    def __init__(self, killing: Killing, row: Row, start: Start, job: str, folder: Path) -> None:
        if folder.exists():
            shutil.rmtree(folder)
        self.killing = killing
        self.folder = folder
        self.job = job
        apply = ("apply", str(row.account.address), "--client", row.client, *APPLY)
        self.command = apply if job == "apply" else ("undo", "--yes")
        self.bench: Bench = on_disk(row, start, folder)
        row.install(folder / "root")
        if job != "apply":
            assert killing.run(folder, *apply).status == 0, self.said()
        if job == "revert":
            lay_out(row.used(self.bench.files(), start), folder / "home")
        self.old = self.files()

    def files(self) -> dict[str, bytes]:
        found = self.bench.files()
        return {path: held for path, held in found.items() if Path(path).name not in LEFT or held}

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def assert_consistent(self) -> None:
        """Nothing unfinished, nothing of ours left over, nothing that others can read."""
        entries = self.bench.journal.entries()
        assert not any(e.state is State.BEGUN or e.undoes for e in entries)
        copies = self.bench.backups()
        assert all(Path(copy).is_file() for copy in copies)
        for path in [*(self.folder / "home").rglob("*"), *(self.folder / "state").rglob("*")]:
            ours = ".clientcfg-" in path.name or path.name.startswith("old-")
            assert not ours or str(path) in copies, path
            assert not path.name.endswith(".new"), path
        for path in (self.folder / "state").rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("row", IN_FILES, ids=str)
def test_all_old_or_all_new(killing: Killing, row: Row, part: int, tmp_path: Path) -> None:
    seed = int(os.environ.get("CLIENTCFG_TEST_SEED", random.randrange(2**32)))
    dice = random.Random(seed)
    print(f"CLIENTCFG_TEST_SEED={seed}")
    machine = tmp_path / "machine"  # its path is in what is written
    measured: dict[tuple[str, str], tuple[float, dict[str, bytes]]] = {}
    outcomes: Counter[str] = Counter()
    for number in range(10 * KILLS):
        if outcomes.total() == KILLS // PARTS:
            break
        start = dice.choice(row.starts)
        job = dice.choice(("apply", "undo", "revert"))
        if (start.name, job) not in measured:
            whole = Victim(killing, row, start, job, machine)
            ended = killing.run(whole.folder, *whole.command)
            assert ended.status == 0, whole.said()
            measured[start.name, job] = ended.seconds, whole.files()
        seconds, new = measured[start.name, job]
        victim = Victim(killing, row, start, job, machine)
        if not killing.run(
            victim.folder, *victim.command, after=seconds * dice.random() ** 0.5
        ).killed:
            continue
        assert killing.run(victim.folder, "history").status == 0, victim.said()
        said = victim.said()
        found = victim.files()
        assert found in (victim.old, new), (seed, number, start.name, job, said)
        victim.assert_consistent()
        recovered = "cut off" in said
        outcomes["recovered" if recovered else "old" if found == victim.old else "new"] += 1
        if found == victim.old:
            # The job can be done as if nothing had been; the way back of one that is done is there.
            assert killing.run(machine, *victim.command).status == 0, victim.said()
            assert victim.files() == new
        elif job == "apply":
            assert killing.run(machine, "undo").status == 0, victim.said()
            assert victim.files() == victim.old
    print(dict(outcomes))
    assert outcomes.total() == KILLS // PARTS
    assert outcomes["recovered"] > 0
