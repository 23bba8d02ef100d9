# SPDX-License-Identifier: MPL-2.0
"""What POSIX and Windows answer differently about the person at work. No other module asks."""

import os
import sys

# Declared a plain bool, so that neither system's code is unreachable to a type checker.
WINDOWS: bool = sys.platform == "win32"
# The same as catalogs name it; whatever is neither is as Linux is.
SYSTEM: str = {"win32": "win", "darwin": "mac"}.get(sys.platform, "linux")


def user_number() -> int | None:
    """The number of the user whose rights we have; None where users have none (Windows)."""
    number: int | None = None
    if sys.platform != "win32":
        number = os.geteuid()
    return number


def is_root() -> bool:
    """Whether we may do everything, for everybody. An administrator of Windows is not that."""
    return user_number() == 0


def user_name(number: int) -> str | None:
    """What the user of that *number* is called; None where nobody says."""
    name: str | None = None
    if sys.platform != "win32":
        import pwd  # noqa: PLC0415 - not on Windows

        try:
            name = pwd.getpwuid(number).pw_name
        except KeyError:
            name = None
    return name
