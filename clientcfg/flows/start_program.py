# SPDX-License-Identifier: MPL-2.0
"""How a program that was found here is started."""

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
