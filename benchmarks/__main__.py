# SPDX-License-Identifier: MPL-2.0
"""Each benchmark in a process of its own, one after the other, and one table at the end."""

import os
import signal
import subprocess
import sys

from benchmarks.children import ROOT, module
from benchmarks.figures import Figure, read, table

_PATIENCE = {
    "round_trips": 110,
    "throughput": 150,
    "liars": 50,
    "catalog": 40,
    "discovery": 60,
    "window": 120,
}


def _ask(name: str, patience: float) -> list[Figure]:
    process = subprocess.Popen(
        module(name, "--json"),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, _nothing = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        # With whatever it started: a session of its own, so nobody else is meant.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return [Figure(name, "failed", f"not done in {patience:.0f} s", met=False)]
    if process.returncode:
        return [Figure(name, "failed", f"ended with {process.returncode}", met=False)]
    return read(said)


def main() -> None:
    """Those named, or all. Says by its status whether something could not be measured."""
    wanted = sys.argv[1:] or list(_PATIENCE)
    strange = [name for name in wanted if name not in _PATIENCE]
    if strange:
        sys.exit(f"There is no benchmark {strange[0]}; there are {', '.join(_PATIENCE)}.")
    figures: list[Figure] = []
    for name in wanted:
        sys.stderr.write(f"{name} …\n")
        figures += _ask(name, _PATIENCE[name])
    sys.stdout.write(table(figures) + "\n")
    sys.exit(any(figure.measured == "failed" for figure in figures))


if __name__ == "__main__":
    main()
