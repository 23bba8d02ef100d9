# SPDX-License-Identifier: MPL-2.0
"""Which parts of the tests this machine cannot do, and why.

A part is a marker (``real_servers``, ``thunderbird``, ``client_programs``,
``wine``) or ``data``, the reference data in the folder that
``CLIENTCFG_TEST_DATA`` names. Where parts are missing their tests are left out
and the summary says so; with ``CI=true`` they fail.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.running import packages

DATA = "CLIENTCFG_TEST_DATA"
# Fixtures that bring a part along without its marker.
OF_FIXTURE = {
    "mail_world": "real_servers",
    "mail_world_legacy": "real_servers",
    "new_mail_world": "real_servers",
    "new_thunderbird": "thunderbird",
    "new_zoo": "real_servers",
    "wine_prefix": "wine",
    "thunderbird": "thunderbird",
    "test_data": "data",
}
_TEXT_PROGRAMS = (
    "dpkg-query",
    *("alpine", "claws-mail", "git", "msmtp", "mutt", "neomutt", "s-nail", "sylpheed"),
)
_CLIENT_PROGRAMS = (
    "thunderbird",
    "Xvfb",
    "openbox",
    "xdotool",
    "xprop",
    "setpriv",
    "dbus-daemon",
)


def _no_servers() -> str | None:
    if os.geteuid() != 0:
        return "not root, which the servers' namespaces need"
    if packages.lacking():
        return "the servers' packages are not here: ./tests/run --real fetches them"
    trial = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--uts", "true"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=10,
        check=False,
    )
    return "this root may not make namespaces" if trial.returncode else None


def _no_thunderbird() -> str | None:
    missing = [name for name in _CLIENT_PROGRAMS if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


def _no_wine() -> str | None:
    missing = [name for name in ("wine", "wineserver") if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


def _no_data() -> str | None:
    folder = os.environ.get(DATA, "")
    if not folder:
        return f"{DATA} is not set"
    return None if Path(folder).is_dir() else f"{DATA} names no folder"


def _no_client_programs() -> str | None:
    missing = [name for name in _TEXT_PROGRAMS if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


_WHY_NOT: dict[str, Callable[[], str | None]] = {
    "real_servers": _no_servers,
    "thunderbird": _no_thunderbird,
    "client_programs": _no_client_programs,
    "wine": _no_wine,
    "data": _no_data,
}
ALL = tuple(_WHY_NOT)


@cache
def why_not(part: str) -> str | None:
    """Why this machine can not do a part, in words; None if it can."""
    return _WHY_NOT[part]()


def needed(markers: set[str], fixtures: set[str]) -> set[str]:
    """The parts that a test with these markers and fixtures needs."""
    return (markers & _WHY_NOT.keys()) | {OF_FIXTURE[name] for name in fixtures & OF_FIXTURE.keys()}
