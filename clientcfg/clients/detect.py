# SPDX-License-Identifier: MPL-2.0
"""Which mail programs are installed here, and where their settings are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from clientcfg.clients.found.appimage import find_appimages
from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.build import build_facts
from clientcfg.clients.found.desktop import find_by_desktop_file
from clientcfg.clients.found.flatpak import find_flatpaks
from clientcfg.clients.found.mac import find_mac_apps
from clientcfg.clients.found.processes import runs
from clientcfg.clients.found.program import find_programs
from clientcfg.clients.found.rows import Kind, Row
from clientcfg.clients.found.settings import settings
from clientcfg.clients.found.snap import find_snaps
from clientcfg.clients.found.windows import (
    find_click_to_run,
    find_store_packages,
    find_windows_programs,
)
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.find import find as find_mozilla
from clientcfg.clients.mozilla.lock import running
from clientcfg.clients.profile import Profile
from clientcfg.clients.registry.hive import Hive
from clientcfg.model.client import BuildFact, Installation
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

Finder = Callable[[Row, Around], Iterable[Hit]]

FINDERS: Final[Mapping[Kind, Finder]] = {
    Kind.DESKTOP: find_by_desktop_file,
    Kind.APPIMAGE: find_appimages,
    Kind.FLATPAK: find_flatpaks,
    Kind.SNAP: find_snaps,
    Kind.MAC_APP: find_mac_apps,
    Kind.WINDOWS_PROGRAM: find_windows_programs,
    Kind.WINDOWS_STORE: find_store_packages,
    Kind.CLICK_TO_RUN: find_click_to_run,
}


def installed(
    profiles: Iterable[Profile],
    *,
    home: Path,
    root: Path = Path("/"),
    environ: Mapping[str, str],
    hive: Hive | None = None,
) -> tuple[Installation, ...]:
    """Every program that one of *profiles* says how to find, Mozilla's first.

    Reads files, takes and gives back locks to see what is running, and starts
    the programs whose rows say so, for their version and build (3 seconds each
    at most). Paths of programs are those below *root*. *hive*: the registry to
    look at, where it is not this system's own.
    """
    machine = Machine(home=home, root=root, environ=environ)
    profiles = tuple(profiles)
    packages = {name for profile in profiles for row in profile.found for name in row.packages}
    around = Around(machine, packages, hive)
    by_rows = (found for profile in profiles for found in _of(profile, around))
    return (*find_mozilla(machine), *by_rows)


def _of(profile: Profile, around: Around) -> Iterator[Installation]:
    """The installations of one client, each once however many rows lead to it."""
    seen = set()
    for row in profile.found:
        for hit in _hits(profile, row, around):
            place = hit.program.casefold() if hit.platform == "win" else hit.program
            if place not in seen:
                seen.add(place)
                yield _installation(profile, row, hit, around)


def _hits(profile: Profile, row: Row, around: Around) -> Iterable[Hit]:
    if row.kind is Kind.PROGRAM:
        return find_programs(row, around, ask=bool(profile.build))
    return FINDERS[row.kind](row, around)


def _installation(profile: Profile, row: Row, hit: Hit, around: Around) -> Installation:
    where = settings(row, around.machine, hit.program)
    now = runs(row.processes, around.running) if hit.platform == around.platform else None
    return Installation(
        client=profile.id,
        name=profile.name,
        version=hit.version,
        platform=_platform(hit.platform, profile),
        program=hit.program,
        packaging=hit.packaging,
        profile_root=where.root,
        profile=where.profile,
        running=now if where.open is None else where.open,
        remark=where.remark,
        recorded_only=hit.recorded_only,
        asks=where.asks,
        build=_build(profile, row, hit, around.machine),
    )


def _build(profile: Profile, row: Row, hit: Hit, machine: Machine) -> tuple[BuildFact, ...]:
    if not row.run:
        return ()
    command = " ".join((hit.program.rpartition("/")[2], *row.run))
    return build_facts(profile.build, machine, hit.said, command)


def _platform(word: str, profile: Profile) -> str:
    """*word*, or "unix" for a program that the profile knows as one of any Unix."""
    known = profile.platforms
    return "unix" if word not in known and "unix" in known and word != "win" else word


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
