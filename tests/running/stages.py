# SPDX-License-Identifier: MPL-2.0
"""The stages of a test run: static checks, units, real programs; and the sweep."""

import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.running.environment import program
from tests.running.places import CACHE, CHECKOUT, in_ci

_STATIC_SECONDS = 300
_PYTEST_SECONDS = 20 * 60
_SWEEP_SECONDS = 60 * 60
_NO_TESTS = 5  # pytest's exit status

_STATIC: Mapping[str, tuple[str, ...]] = {
    "ruff check": ("ruff", "check", ".", "tests/run"),
    "ruff format": ("ruff", "format", "--check", ".", "tests/run"),
    "mypy": ("mypy",),
    # Our tests never run there; this much can be seen from here. A cache each keeps both quick.
    "mypy for Windows": ("mypy", "--platform=win32", "--cache-dir=.mypy_cache/win32", "clientcfg"),
    "lint-imports": ("lint-imports",),
    "reuse lint": ("reuse", "lint", "--lines"),
}
_PATHS: Mapping[str, tuple[str, ...]] = {
    "unit": ("tests/unit",),
    "real": ("tests", "--ignore=tests/unit"),
    "sweep": ("tests/unit/safe_hands", "tests/real/test_sigkill.py"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a stage ended."""

    passed: int
    failed: int
    text: str = ""

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.passed + other.passed, self.failed + other.failed)


def static() -> Outcome:
    """Style, types, import rules, licences; the text is what the failing ones said."""
    said = []
    for name, command in _STATIC.items():
        done = subprocess.run(
            [program(command[0]), *command[1:]],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_STATIC_SECONDS,
            check=False,
        )
        if done.returncode:
            said.append(f"--- {name}\n{done.stdout.strip()}\n")
    return Outcome(len(_STATIC) - len(said), len(said), "".join(said))


def unit(extra: Sequence[str]) -> Outcome:
    """The tests below ``tests/unit``."""
    return _pytest("unit", extra)


def real(extra: Sequence[str]) -> Outcome:
    """All other tests: real servers and clients, installs into fresh environments."""
    return _pytest("real", extra)


def sweep(extra: Sequence[str]) -> Outcome:
    """The tests of safe hands with everything that they can try (``CLIENTCFG_TEST_SWEEP``)."""
    return _pytest("sweep", extra, _SWEEP_SECONDS)


BY_NAME: Mapping[str, Callable[[Sequence[str]], Outcome]] = {
    "unit": unit,
    "real": real,
    "sweep": sweep,
}


def _pytest(name: str, extra: Sequence[str], timeout: int = _PYTEST_SECONDS) -> Outcome:
    report = CACHE / f"{name}.xml"
    report.unlink(missing_ok=True)
    named = any(word.startswith("tests/") for word in extra)
    paths = () if named else _PATHS[name]
    command: list[str | Path] = [program("python"), "-m", "pytest", *paths]
    command += ["-n", "auto", "--dist", "worksteal", "--timeout", "300", "--junit-xml", report]
    try:
        status = subprocess.run(
            [*command, *extra],
            cwd=CHECKOUT,
            env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"{name}: not done after {timeout} s", flush=True)
        return Outcome(0, 1)
    counted = _counted(report)
    fine = {0} if in_ci() and not extra else {0, _NO_TESTS}
    # Broken off before any test could report a failure.
    unreported = status not in fine and not counted.failed
    return counted + Outcome(0, int(unreported))


def _counted(report: Path) -> Outcome:
    if not report.is_file():
        return Outcome(0, 0)
    suites = ET.parse(report).getroot().iter("testsuite")  # our own pytest wrote it
    tests = failed = 0
    for suite in suites:
        tests += int(suite.get("tests", 0)) - int(suite.get("skipped", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return Outcome(tests - failed, failed)
