# SPDX-License-Identifier: MPL-2.0
"""Which mail programs are installed here, and where their settings are."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.find import find as find_mozilla
from clientcfg.clients.mozilla.lock import running
from clientcfg.model.client import Installation
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

Finder = Callable[[Machine], Iterable[Installation]]


@dataclass(frozen=True, slots=True)
class Command:
    """A program found by its binary; ``version`` picks the version out of what it prints."""

    client: str
    name: str
    binary: str
    arguments: tuple[str, ...]
    version: re.Pattern[str]


COMMANDS = (
    Command("mutt", "Mutt", "mutt", ("-v",), re.compile(r"^Mutt ([0-9][\w.+-]*)", re.M)),
    Command("msmtp", "msmtp", "msmtp", ("--version",), re.compile(r"^msmtp version (\S+)", re.M)),
)


def find_commands(machine: Machine) -> Iterator[Installation]:
    """The programs of :data:`COMMANDS` that are on PATH."""
    for command in COMMANDS:
        for path in machine.on_path(command.binary)[:1]:
            said = command.version.search(machine.says(path, *command.arguments) or "")
            yield Installation(
                client=command.client,
                name=command.name,
                version=said[1] if said else None,
                platform="linux",
                program=path,
                packaging="command",
                profile_root=None,
                profile=None,
                running=None,
            )


FINDERS: tuple[Finder, ...] = (find_mozilla, find_commands)


def installed(
    *, home: Path, root: Path = Path("/"), environ: Mapping[str, str]
) -> tuple[Installation, ...]:
    """Every mail program found on this machine, in the order of :data:`FINDERS`.

    Reads files, takes and gives back locks to see what is running, and starts
    the programs of :data:`COMMANDS` for their version (3 seconds each at most).
    Paths of programs are those below *root*.
    """
    machine = Machine(home=home, root=root, environ=environ)
    return tuple(found for finder in FINDERS for found in finder(machine))


def at_profile(installation: Installation, path: str | Path) -> Installation:
    """*installation* with the profile directory that a person named.

    Raises :class:`WrongUsage` where *path* is no directory.
    """
    profile = Path(path).expanduser().absolute()
    try:
        usable = profile.is_dir()
    except (OSError, ValueError):
        usable = False
    if not usable:
        raise WrongUsage(
            "not-a-profile",
            _("{path} is not a profile directory.").format(path=profile),
            _("Name the directory that holds the profile’s prefs.js."),
        )
    return replace(
        installation,
        profile=str(profile),
        running=running(str(profile)),
        remark=None,
        asks=False,
    )
