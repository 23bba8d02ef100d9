# SPDX-License-Identifier: MPL-2.0
"""``./tests/run``: everything from an empty checkout to one last line."""

import argparse
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from tests.running import clients, environment, packages, stages
from tests.running.places import CACHE, in_ci
from tests.running.stages import Outcome
from tests.world import parts

_T = TypeVar("_T")
_ALL = ("static", "unit", "real")


def main(arguments: Sequence[str]) -> int:
    """Run the wanted stages; returns the exit status: 0 if nothing failed, else 1."""
    options = _options(arguments)
    wanted = [name for name in (*_ALL, "sweep") if getattr(options, name)] or list(_ALL)
    if options.full:
        os.environ["CLIENTCFG_TEST_EXAMPLES"] = "full"
    if options.sweep:
        os.environ["CLIENTCFG_TEST_SWEEP"] = "1"
    try:
        with ThreadPoolExecutor() as pool:
            extra, left_out = _prepared(pool, wanted)
            outcome = _run(pool, wanted, [*extra, *options.pytest])
    except environment.EnvironmentTrouble as trouble:
        print(trouble)
        outcome, left_out = Outcome(0, 1), []
    for sentence in left_out:
        print(f"left out: {sentence}")
    if left_out and in_ci():
        outcome += Outcome(0, 1)
    nothing = not (outcome.passed or outcome.failed)
    print("no test was run" if nothing else f"{outcome.passed} passed, {outcome.failed} failed")
    return int(bool(outcome.failed) or nothing)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./tests/run",
        description="Runs all tests, or the stages named. CI=true: a missing part is a failure.",
    )
    parser.add_argument("--static", action="store_true", help="style, types, import rules")
    parser.add_argument("--unit", action="store_true", help="tests of one room each")
    parser.add_argument("--real", action="store_true", help="tests with real programs")
    parser.add_argument("--full", action="store_true", help="many more examples a property")
    parser.add_argument(
        "--sweep",
        action="store_true",
        help="stop and kill clientcfg everywhere: every disk operation, every home, every kind of "
        "power cut, its recovery too; 3,000 kills; ten times the hostile text (about 15 minutes)",
    )
    parser.add_argument("pytest", nargs="*", help="after --: handed to pytest")
    return parser.parse_args(arguments)


def _prepared(pool: ThreadPoolExecutor, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Fetch what the stages stand on; returns options for pytest, and what is left out."""
    CACHE.mkdir(parents=True, exist_ok=True)
    left_out: list[str] = []
    with _alone(), _timed("preparing"):
        python = pool.submit(environment.provide)
        if "real" in wanted or in_ci():
            try:
                if in_ci():
                    clients.install()
                packages.provide()
            except packages.PackagesError as trouble:
                left_out.append(f"packages: {trouble}")
        python.result()
    if "real" in wanted:
        left_out += [f"{part}: {why}" for part in parts.ALL if (why := parts.why_not(part))]
    no_qt = environment.qt_trouble() if {"unit", "real"} & set(wanted) else None
    if no_qt is None:
        return [], left_out
    without_qt = ["-p", "no:pytest-qt", "-m", "not gui", "--ignore-glob=*/gui/*"]
    return without_qt, [*left_out, f"gui: {no_qt}"]


def _run(pool: ThreadPoolExecutor, wanted: Sequence[str], extra: Sequence[str]) -> Outcome:
    static: Future[Outcome] | None = None
    if "static" in wanted:
        static = pool.submit(_measured, "static", stages.static)
    outcome = Outcome(0, 0)
    for name in ("unit", "real", "sweep"):
        if name in wanted:
            with _timed(name):
                outcome += stages.BY_NAME[name](extra)
    if static:
        found = static.result()
        print(found.text, end="")
        outcome += found
    return outcome


def _measured(name: str, work: Callable[[], _T]) -> _T:
    with _timed(name):
        return work()


@contextmanager
def _timed(name: str) -> Iterator[None]:
    begin = time.monotonic()
    yield
    print(f"== {name}: {time.monotonic() - begin:.1f} s", flush=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Two test runs of one checkout prepare one after the other."""
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
