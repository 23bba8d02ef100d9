# SPDX-License-Identifier: MPL-2.0
"""What has to be built or fetched before throughput can be measured: the C programs, and uvloop."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.children import CACHE, ROOT

_BUILD_PATIENCE = 60
_FETCH_PATIENCE = 120
_UVLOOP = CACHE / f"uvloop-{sys.version_info.major}.{sys.version_info.minor}"


class NotHere(Exception):
    """Something is missing on this machine, and how to get it."""


def program(name: str) -> str:
    """The C program of that name, compiled where it is not newer than its source.

    Raises :class:`NotHere`.
    """
    source = ROOT / "benchmarks" / f"{name}.c"
    binary = CACHE / "bin" / name
    if not (binary.exists() and binary.stat().st_mtime >= source.stat().st_mtime):
        binary.parent.mkdir(parents=True, exist_ok=True)
        _require_openssl()
        subprocess.run(
            ["cc", "-O2", "-Wall", "-o", binary, source, "-lssl", "-lcrypto"],
            check=True,
            timeout=_BUILD_PATIENCE,
        )
    return str(binary)


def with_uvloop() -> dict[str, str]:
    """The environment in which our interpreter can import uvloop; fetched where it is missing.

    Beside the tests' environment, never into it. Raises :class:`NotHere`.
    """
    if importlib.util.find_spec("uvloop"):
        return dict(os.environ)
    if not (_UVLOOP / "uvloop").exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
        try:
            subprocess.run(
                [*pip, "--target", str(_UVLOOP), "uvloop"],
                check=True,
                capture_output=True,
                timeout=_FETCH_PATIENCE,
            )
        except subprocess.SubprocessError as error:
            raise NotHere("uvloop could not be installed") from error
    return {**os.environ, "PYTHONPATH": str(_UVLOOP)}


def _require_openssl() -> None:
    if shutil.which("cc") is None:
        raise NotHere("there is no C compiler (apt-get install gcc libc6-dev)")
    if _headers():
        return
    if os.environ.get("CI") == "true":
        subprocess.run(["apt-get", "install", "-qq", "libssl-dev"], check=False, timeout=120)
    if not _headers():
        raise NotHere("OpenSSL's headers are missing (apt-get install libssl-dev)")


def _headers() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "there.c")
        source.write_text("#include <openssl/ssl.h>\n", encoding="ascii")
        tried = subprocess.run(
            ["cc", "-fsyntax-only", source],
            capture_output=True,
            check=False,
            timeout=_BUILD_PATIENCE,
        )
    return tried.returncode == 0
