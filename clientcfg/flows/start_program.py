# SPDX-License-Identifier: MPL-2.0
"""How a program that was found here is started, and how its open window comes to the front."""

from collections.abc import Mapping
from pathlib import Path

from clientcfg.flows.here import Here
from clientcfg.model.client import Installation

# Where the system's own starter has to be asked, and how.
_STARTERS = {"snap": ("snap", "run")}


def command_of(installation: Installation, here: Here) -> tuple[str, ...] | None:
    """Program and arguments; None where that is not known, or it is not really this machine."""
    if here.root != Path("/"):
        return None
    starter = _STARTERS.get(installation.packaging)
    if starter is not None:
        return (*starter, installation.client)
    if installation.packaging == "flatpak":
        return None
    program = Path(installation.program)
    found = program if program.is_file() else program / installation.client
    return (str(found),) if found.is_file() else None


def to_front(installation: Installation, here: Here) -> tuple[str, ...] | None:
    """What brings the window of the open program to the front; None where nothing is known to.

    A second start finds the first one through the session bus. Without one it
    would begin anew, or complain, so nothing is started there.
    """
    command = command_of(installation, here)
    words = here.catalog.profile(installation.client).to_front
    if command is None or not words or not _has_session_bus(here.environ):
        return None
    if installation.profile is None:
        return None
    return (*command, *(word.replace("{profile}", installation.profile) for word in words))


def _has_session_bus(environ: Mapping[str, str]) -> bool:
    """Whether programs of this session can find each other."""
    if environ.get("DBUS_SESSION_BUS_ADDRESS", "").startswith("unix:"):
        return True
    runtime = environ.get("XDG_RUNTIME_DIR")
    return runtime is not None and Path(runtime, "bus").is_socket()
