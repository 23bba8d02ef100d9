# SPDX-License-Identifier: MPL-2.0
"""Thunderbird and Betterbird on Linux: packages, tarballs, snaps, flatpaks.

No program is started for it (Debian's start script may move a profile).
Everything is read from ``application.ini`` and the packages' own lists.
"""

import os
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from clientcfg.clients.found.flatpak import deployed
from clientcfg.clients.found.packages import debian
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.ini import sections
from clientcfg.clients.mozilla.lock import running
from clientcfg.clients.mozilla.profiles import Start, register, which_profile
from clientcfg.model.client import Installation

_NAMES = {"thunderbird": "Thunderbird", "betterbird": "Betterbird"}
_COMMANDS = ("thunderbird", "thunderbird-bin", "thunderbird-esr", "betterbird", "betterbird-bin")
_DIRECTORIES = (
    *(f"{parent}/{name}" for parent in ("/usr/lib", "/usr/lib64", "/opt") for name in _NAMES),
    *(f"/usr/local/{folder}/{name}" for folder in ("lib", "share") for name in _NAMES),
    "/usr/local/thunderbird",
)
_HOMES = (".local/share", ".local/lib", ".local/opt", "opt", "bin", "apps", "Applications")
_FLATPAKS = (
    ("org.mozilla.Thunderbird", "thunderbird"),
    ("net.thunderbird.Thunderbird", "thunderbird"),
    ("eu.betterbird.Betterbird", "betterbird"),
)
_SNAPS = ("/snap", "/var/lib/snapd/snap")
_INSIDE_SNAP = ("usr/lib/thunderbird", "thunderbird", "opt/thunderbird", ".")

_START = re.compile(r"(/[\w./+-]+)/(?:thunderbird|betterbird)(?:-bin)?(?![\w./-])")


def find(machine: Machine) -> Iterator[Installation]:
    """Every Thunderbird and Betterbird that can be started on *machine*."""
    packaged = dict(_debian(machine))
    seen = set()
    for directory in (*packaged, *_unpacked(machine)):
        if directory not in seen:
            seen.add(directory)
            yield from _on_disk(machine, directory, packaged.get(directory))
    yield from _snap(machine)
    for application, client in _FLATPAKS:
        yield from _flatpak(machine, application, client)


def program_on_host(installation: Installation, machine: Machine) -> str | None:
    """Where the program directory really lies, for loading its libraries.

    Differs from ``installation.program`` inside a flatpak's mount only.
    """
    if installation.packaging != "flatpak":
        return str(machine.at(installation.program))
    for application, client in _FLATPAKS:
        active = deployed(machine, application)
        if active and f"/{application}/" in f"{installation.profile_root}/":
            return str(machine.at(f"{active}/files/lib/{client}"))
    return None


def _debian(machine: Machine) -> Iterator[tuple[str, str]]:
    """Program directory and package version, from dpkg's own files."""
    for package in debian(machine, _NAMES).values():
        for path in package.files:
            if path.endswith("/application.ini"):
                yield str(PurePosixPath(path).parent), package.version


def _unpacked(machine: Machine) -> Iterator[str]:
    """Program directories from PATH, from the home, and from the usual places."""
    candidates = []
    for command in _COMMANDS:
        for path in machine.on_path(command):
            real = machine.resolve(path)
            if real is None:
                continue
            start = machine.read(real) or b""
            if start.startswith(b"#!"):
                candidates += _START.findall(start[:65_536].decode("utf-8", "replace"))
            else:
                candidates.append(str(PurePosixPath(real).parent))
    candidates += [str(machine.home / name) for name in _NAMES]
    candidates += [str(machine.home / folder / name) for folder in _HOMES for name in _NAMES]
    candidates += _DIRECTORIES
    for candidate in candidates:
        real = machine.resolve(candidate)
        inside_mount = real is None or real.startswith(("/snap/", "/var/lib/", "/app/"))
        if real is not None and not inside_mount and _program_in(machine, real):
            yield real


def _program_in(machine: Machine, directory: str) -> str | None:
    """The client whose program lies in *directory*: its id, None for anything else."""
    application = sections(machine.read(f"{directory}/application.ini")).get("App", {})
    # Betterbird says “Thunderbird” in places, for the sake of add-ons; its binary does not.
    for name in ("betterbird", "thunderbird"):
        if machine.read(f"{directory}/{name}") or machine.read(f"{directory}/{name}-bin"):
            return name if application.get("Version") else None
    return None


def _version(machine: Machine, directory: str, package: str | None) -> str | None:
    """As ``--version`` prints it: an ESR is told by the source it was built from."""
    application = sections(machine.read(f"{directory}/application.ini")).get("App", {})
    version = application.get("Version", "").strip()
    if not version:
        return None
    source = application.get("SourceRepository", "").rstrip("/")
    upstream = (package or "").rpartition(":")[2]
    built_as_esr = re.search(r"-esr\d+$", source) or upstream.startswith(f"{version}esr")
    return f"{version}esr" if built_as_esr and not version.endswith("esr") else version


def _on_disk(machine: Machine, directory: str, package: str | None) -> Iterator[Installation]:
    client = _program_in(machine, directory)
    if client is None:
        return
    root = f"{machine.home}/.thunderbird"
    packaging = "tarball"
    if package is not None:
        packaging = "deb"
        # Debian's start script adopts the profiles of Icedove where there are no others.
        icedove = f"{machine.home}/.icedove"
        if machine.is_directory(icedove) and not os.path.lexists(machine.at(root)):
            root = icedove
    elif directory.startswith("/usr/lib"):
        packaging = "distribution"
    yield _installation(
        machine,
        client,
        program=directory,
        version=_version(machine, directory, package),
        packaging=packaging,
        root=root,
        legacy="MOZ_LEGACY_PROFILES" in machine.environ,
        recorded_only=client != "thunderbird",
    )


def _snap(machine: Machine) -> Iterator[Installation]:
    for mounts in _SNAPS:
        for inside in _INSIDE_SNAP:
            directory = str(PurePosixPath(mounts, "thunderbird/current", inside))
            if _program_in(machine, directory) == "thunderbird":
                yield _installation(
                    machine,
                    "thunderbird",
                    program=directory,
                    version=_version(machine, directory, None),
                    packaging="snap",
                    root=f"{machine.home}/snap/thunderbird/common/.thunderbird",
                    legacy=True,
                    recorded_only=True,
                )
                return


def _flatpak(machine: Machine, application: str, client: str) -> Iterator[Installation]:
    active = deployed(machine, application)
    if active is None or _program_in(machine, f"{active}/files/lib/{client}") is None:
        return
    environment = sections(machine.read(f"{active}/metadata")).get("Environment", {})
    yield _installation(
        machine,
        client,
        program=f"/app/lib/{client}",  # files/ is mounted as /app
        version=_version(machine, f"{active}/files/lib/{client}", None),
        packaging="flatpak",
        root=f"{machine.home}/.var/app/{application}/.thunderbird",
        legacy="MOZ_LEGACY_PROFILES" in environment,
        recorded_only=True,
    )


def _installation(
    machine: Machine,
    client: str,
    *,
    program: str,
    version: str | None,
    packaging: str,
    root: str,
    legacy: bool,
    recorded_only: bool,
) -> Installation:
    choice = which_profile(root, program, packaging, machine, legacy=legacy, version=version)
    return Installation(
        client=client,
        name=_NAMES[client],
        version=version,
        platform="linux",
        program=program,
        packaging=packaging,
        profile_root=root,
        profile=choice.profile,
        running=_running(machine, root, choice.profile),
        remark=None if choice.start is Start.OPENS else choice.why,
        recorded_only=recorded_only,
        asks=choice.start is Start.ASKS,
    )


def _running(machine: Machine, root: str, profile: str | None) -> bool | None:
    if profile is not None:
        return running(profile)
    known = register(root, machine.read(f"{root}/profiles.ini"), None)
    # Some program has one of them open; whether it is this one cannot be told.
    return None if any(running(p.directory) for p in known.profiles) else False
