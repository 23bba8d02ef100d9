# SPDX-License-Identifier: MPL-2.0
"""Where the test run keeps what it makes."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / ".cache" / "tests"
VENV = CACHE / "venv"
DEBS = CACHE / "debs"
ROOT = CACHE / "root"
ROOTS = CACHE / "roots"


def in_ci() -> bool:
    """Whether a missing part is a failure (``CI=true``)."""
    return os.environ.get("CI") == "true"
