# SPDX-License-Identifier: MPL-2.0
"""The Python environment of the tests: the project, editable, and the tools."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.running.places import CHECKOUT, VENV

_TOOLS = CHECKOUT / "tests" / "tools.txt"
_STAMP = VENV / "stamp"


class EnvironmentTrouble(Exception):
    """The environment could not be made; the text says why."""


def provide() -> None:
    """Make ``.cache/tests/venv``; nothing is done when its inputs are as they were."""
    key = _key()
    if _STAMP.is_file() and _STAMP.read_text() == key:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    _do(sys.executable, "-m", "venv", VENV, advice="Is python3-venv installed?")
    pip = (program("python"), "-m", "pip", "--disable-pip-version-check", "-q", "--no-input")
    _do(*pip, "install", "-r", _TOOLS, "-e", CHECKOUT, advice="Is the package index reachable?")
    _STAMP.write_text(key)


def program(name: str) -> Path:
    """A program of the environment."""
    return VENV / "bin" / name


def qt_trouble() -> str | None:
    """Why Qt's widgets cannot be loaded here (a library is missing), or None."""
    done = subprocess.run(
        [program("python"), "-c", "import PySide6.QtWidgets"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else None


def _key() -> str:
    digest = hashlib.sha256(f"{sys.version}{CHECKOUT}".encode())
    for file in (CHECKOUT / "pyproject.toml", _TOOLS, Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _do(*command: str | Path, advice: str) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
        timeout=900,
        check=False,
    )
    if done.returncode:
        words = " ".join(str(word) for word in command[:4])
        raise EnvironmentTrouble(f"{words} … ended with {done.returncode}. {advice}")
