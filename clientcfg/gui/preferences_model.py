# SPDX-License-Identifier: MPL-2.0
"""Preferences without Qt: what there is to choose from, and what this clientcfg is."""

import platform
from dataclasses import dataclass

from clientcfg import __version__
from clientcfg.flows.here import Here
from clientcfg.words import _

# Language of a catalog → its own name, which everybody who reads it understands.
LANGUAGES: dict[str | None, str] = {"en": "English", "de": "Deutsch"}


@dataclass(frozen=True, slots=True)
class Known:
    """One line of what this clientcfg is."""

    glyph: str
    name: str
    value: str
    explain: str


def languages() -> dict[str | None, str]:
    """What may be preferred, and its words."""
    return {None: _("As the system"), **LANGUAGES}


def schemes() -> dict[str | None, str]:
    """The same of the colours."""
    return {None: _("As the system"), "light": _("Light"), "dark": _("Dark")}


def about(here: Here, qt: str) -> tuple[Known, ...]:
    """This clientcfg, this computer (*qt* is Qt's version), and what is kept where."""
    return (
        Known(
            "setup",
            _("Version"),
            f"clientcfg {__version__}",
            _("Free software, Mozilla Public License 2.0"),
        ),
        Known(
            "laptop",
            _("Computer"),
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            f"Python {platform.python_version()}, Qt {qt}",
        ),
        Known(
            "folder",
            _("Kept here"),
            _shortened(here),
            _(
                "What was changed and how it was before, and these preferences. "
                "Only you can read it, and no password is in it."
            ),
        ),
    )


def for_ticket(known: tuple[Known, ...]) -> str:
    """What a helpdesk asks for first; nothing of the person is in it."""
    version, computer, _kept = known
    return f"{version.value}\n{computer.value}\n{computer.explain}\n"


def _shortened(here: Here) -> str:
    state, home = str(here.state), str(here.home)
    return f"~{state[len(home) :]}" if state.startswith(f"{home}/") else state
