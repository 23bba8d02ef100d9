# SPDX-License-Identifier: MPL-2.0
"""The OpenSSL command line, as the second opinion on signatures."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running.places import in_ci


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run it; where it is missing the test is skipped, in CI it fails."""
    program = shutil.which("openssl")
    if program is None:
        if in_ci():
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, timeout=60, check=False
    )
