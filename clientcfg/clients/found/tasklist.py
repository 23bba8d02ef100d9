# SPDX-License-Identifier: MPL-2.0
"""The processes of Windows, as its own ``tasklist`` prints them. Not run on a live system yet."""

import csv
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

_SECONDS: Final = 15.0


if sys.platform == "win32":  # pragma: no cover

    def names_of_tasks(environ: Mapping[str, str]) -> frozenset[str] | None:
        """The program files of this person's processes, in lower case; None: can't be told."""
        user = f"{environ.get('USERDOMAIN', '.')}\\{environ.get('USERNAME', '')}"
        tasklist = environ.get("SYSTEMROOT", "C:\\Windows") + "\\System32\\tasklist.exe"
        try:
            told = subprocess.run(
                [tasklist, "/FO", "CSV", "/NH", "/FI", f"USERNAME eq {user}"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=True,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        # The names of programs are ASCII in practice; what else is printed is in some code page.
        return read_tasks(told.stdout.decode("ascii", "replace"))


def read_tasks(text: str) -> frozenset[str] | None:
    """The first column of ``tasklist /FO CSV /NH``; None where there is no process at all.

    We are a process ourselves, so an empty list is one that was not understood:
    "INFO: No tasks are running …" in any language.
    """
    rows = csv.reader(line for line in text.splitlines() if line.startswith('"'))
    names = frozenset(row[0].casefold() for row in rows if row and row[0])
    return names or None
