# SPDX-License-Identifier: MPL-2.0
"""The desktop app: how soon its window is painted, and how long it ever stands still."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from benchmarks.children import CACHE, ROOT
from benchmarks.figures import Figure, at_most, tell

_STARTS, _RUNS = 7, 9
_RATIO, _STALL = 2.5, 50.0
_PATIENCE = 90


@contextmanager
def _screen() -> Iterator[Mapping[str, str]]:
    """What the children find in their environment: an X server, or Qt's own pretended screen."""
    with tempfile.TemporaryDirectory() as home:
        kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "DISPLAY")}
        # Installed programs have their bytecode beside them.
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        pages = {"HOME": home, "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}
        if shutil.which("Xvfb") is None:
            yield {**kept, **pages, "QT_QPA_PLATFORM": "offscreen"}
            return
        kept.pop("QT_QPA_PLATFORM", None)
        command = ["Xvfb", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-displayfd", "1"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            assert server.stdout is not None  # noqa: S101 - for the type only
            try:
                yield {**kept, **pages, "DISPLAY": f":{server.stdout.readline().strip()}"}
            finally:
                server.terminate()


def _painted(environ: Mapping[str, str], *words: str) -> float:
    """Milliseconds from the start of a process to its window's first paint."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.gui.first_paint", *words],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None  # noqa: S101 - for the type only
        said = child.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        child.wait(_PATIENCE)
    if said != "painted\n":
        raise RuntimeError("the window was not painted")
    return took


def _start(environ: Mapping[str, str]) -> Figure:
    _painted(environ)  # writes the bytecode
    ours, empty = zip(
        *((_painted(environ), _painted(environ, "empty")) for _ in range(_STARTS)), strict=True
    )
    ratio = min(ours) / min(empty)
    return Figure(
        "clientcfg, cold, to the first paint",
        f"{min(ours):.0f} ms",
        f"an empty PySide6 window, {min(empty):.0f} ms",
        ratio,
        *at_most(_RATIO, ratio),
    )


def _stall(environ: Mapping[str, str]) -> Figure:
    """The longest stall of a whole run, in the middle one of some runs."""
    worst: list[tuple[float, str, float]] = []
    for _run in range(_RUNS):
        done = subprocess.run(
            [sys.executable, "-m", "tests.gui.full_run"],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        stalls = json.loads(done.stdout).items()
        worst.append(max((s["long"] - s["queued"], doing, s["long"]) for doing, s in stalls))
    worst.sort()
    own, doing, long = worst[_RUNS // 2]
    return Figure(
        "longest stall of the window in a whole Set up",
        f"{own:.0f} ms",
        f"{doing}; {long:.0f} with the wait for a core; {worst[0][0]:.0f} to {worst[-1][0]:.0f}",
        None,
        *at_most(_STALL, own),
    )


def measure() -> list[Figure]:
    """Both."""
    with _screen() as environ:
        return [_start(environ), _stall(environ)]


if __name__ == "__main__":
    tell(measure)
