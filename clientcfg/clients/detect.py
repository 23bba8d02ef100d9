# SPDX-License-Identifier: MPL-2.0
"""Which mail programs are installed here, and where their settings are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from clientcfg.clients.found.appimage import find_appimages
from clientcfg.clients.found.around import Around, Hit, Running
from clientcfg.clients.found.build import build_facts
from clientcfg.clients.found.desktop import find_by_desktop_file
from clientcfg.clients.found.flatpak import find_flatpaks
from clientcfg.clients.found.mac import find_mac_apps
from clientcfg.clients.found.mapi_profiles import mapi_profile, mapi_settings
from clientcfg.clients.found.processes import runs
from clientcfg.clients.found.program import find_programs
from clientcfg.clients.found.rows import MOZILLA, Kind, Layout, Row
from clientcfg.clients.found.settings import Settings, settings
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
    running: Running | None = None,
) -> Iterator[Installation]:
    """Every program that one of *profiles* says how to find, Mozilla's first.

    Reads files, takes and gives back locks to see what is running, and starts
    the programs whose rows say so, for their version and build (3 seconds each
    at most). Paths of programs are those below *root*. *hive* and *running*: the
    registry and the processes to look at, where they are not this system's own;
    given both, it is Windows that is looked at.
    """
    machine = Machine(home=home, root=root, environ=environ)
    yield from find_mozilla(machine)
    profiles = tuple(profiles)
    packages = {name for profile in profiles for row in profile.found for name in row.packages}
    around = Around(machine, packages, hive, running)
    for profile in profiles:
        yield from _of(profile, around)


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
    where = _settings(row, hit, around)
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


def _settings(row: Row, hit: Hit, around: Around) -> Settings:
    if row.layout is not Layout.MAPI_PROFILES:
        return settings(row, around.machine, hit.program)
    if hit.packaging == "wine":
        return Settings(
            None,
            None,
            _("Its settings are in the registry of Wine, which clientcfg does not write."),
            asks=True,
        )
    hives = (hive for owner, hive in around.hives if owner == hit.packaging)
    return mapi_settings(next(hives), hit.version)


def _build(profile: Profile, row: Row, hit: Hit, machine: Machine) -> tuple[BuildFact, ...]:
    if not row.run:
        return ()
    command = " ".join((hit.program.rpartition("/")[2], *row.run))
    return build_facts(profile.build, machine, hit.said, command)


def _platform(word: str, profile: Profile) -> str:
    """*word*, or "unix" for a program that the profile knows as one of any Unix."""
    known = profile.platforms
    return "unix" if word not in known and "unix" in known and word != "win" else word


def named_profile(
    installation: Installation, layout: Layout, name: str, hive: Hive
) -> Installation:
    """*installation* with the profile that a person named: a directory, or Outlook's own name.

    Raises :class:`WrongUsage` where there is none.
    """
    if layout is Layout.MAPI_PROFILES:
        key = mapi_profile(hive, installation.profile_root, name)
        return replace(installation, profile=key, remark=None, asks=False)
    mozilla = layout in MOZILLA
    return at_profile(installation, name, open_=running if mozilla else None)


def at_profile(
    installation: Installation,
    path: str | Path,
    *,
    open_: Callable[[str], bool | None] | None = running,
) -> Installation:
    """*installation* with the profile directory that a person named.

    *open_* tells whether a program has that directory open; None: the
    directory does not tell. Raises :class:`WrongUsage` where *path* is no directory.
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
            _("Name the directory that holds the profile’s prefs.js.")
            if open_ is running
            else _("Name the directory that holds its settings."),
        )
    return replace(
        installation,
        profile=str(profile),
        running=installation.running if open_ is None else open_(str(profile)),
        remark=None,
        asks=False,
    )
