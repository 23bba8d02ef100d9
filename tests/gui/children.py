# SPDX-License-Identifier: MPL-2.0
"""Python in a process of its own, with Qt's pretended screen."""

import os
import subprocess
import sys


def child(*words: str) -> str:
    """What it says; it has to end well."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
