# SPDX-License-Identifier: MPL-2.0
"""Where a client's settings lie, and which of them a plain start uses."""

from dataclasses import dataclass

from clientcfg.clients.found.rows import Layout, Row
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.lock import running
from clientcfg.clients.mozilla.profiles import Start, register, which_profile
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Settings:
    """As in :class:`Installation`; ``open`` is ``running`` where the settings themselves tell."""

    root: str | None
    profile: str | None
    remark: str | None = None
    asks: bool = False
    open: bool | None = None


def settings(row: Row, machine: Machine, program: str) -> Settings:
    """What *row* says about the settings, looked up; *program* is what would open them."""
    places = [expand(place, machine) for place in row.settings]
    if not places:
        return Settings(None, None)
    there = next((place for place in places if machine.exists(place)), None)
    if row.layout is Layout.PLAIN:
        return Settings(there or places[0], there)
    root = there or places[0]
    if row.layout is Layout.MOZILLA:
        return _mozilla(root, machine, program)
    return _by_install(root, machine)


def expand(place: str, machine: Machine) -> str:
    """*place* with ``~`` and the known folders filled in.

    XDG Base Directory Specification 0.8: an unset or relative variable counts
    as the folder in the home.
    """
    home, environ = str(machine.home), machine.environ

    def folder(variable: str, default: str) -> str:
        value = environ.get(variable, "")
        return value.rstrip("/") if value.startswith("/") else f"{home}/{default}"

    start, _slash, rest = place.partition("/")
    known = {
        "~": home,
        "$XDG_CONFIG_HOME": folder("XDG_CONFIG_HOME", ".config"),
        "$XDG_DATA_HOME": folder("XDG_DATA_HOME", ".local/share"),
        "%APPDATA%": environ.get("APPDATA") or f"{home}/AppData/Roaming",
        "%LOCALAPPDATA%": environ.get("LOCALAPPDATA") or f"{home}/AppData/Local",
    }
    return f"{known.get(start, start)}/{rest}"


def _mozilla(root: str, machine: Machine, program: str) -> Settings:
    choice = which_profile(root, program, "", machine, legacy=True)
    return Settings(
        root=root,
        profile=choice.profile,
        remark=None if choice.start is Start.OPENS else choice.why,
        asks=choice.start is Start.ASKS,
        open=running(choice.profile) if choice.profile is not None else None,
    )


def _by_install(root: str, machine: Machine) -> Settings:
    """Which one is opened was seen on Linux only, so elsewhere the person says it."""
    known = register(root, machine.read(f"{root}/profiles.ini"), None)
    there = [p.directory for p in known.profiles if machine.is_directory(p.directory)]
    if not there:
        return Settings(root, None, _("There is no profile yet; start the program once."), True)
    text = _("Which profile a plain start of this installation opens cannot be told: {places}.")
    return Settings(root, None, text.format(places=", ".join(there)), asks=True)
