# SPDX-License-Identifier: MPL-2.0
"""Which profile a plain start of Thunderbird opens.

Several installations may share one ``profiles.ini``. Each remembers its own
profile in ``[InstallHASH]``; the old ``Default=1`` counts only where it was
last used by the same installation. Every rule here was seen on the running
program.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clientcfg.clients.mozilla.cityhash import install_hash
from clientcfg.clients.mozilla.ini import Sections, sections
from clientcfg.words import _


class Files(Protocol):
    """How a chooser looks at a disk; absolute paths."""

    def read(self, path: str) -> bytes | None:
        """The content of a file, None where there is none that can be read."""
        ...

    def is_directory(self, path: str) -> bool:
        """Whether *path*, links followed, is a directory."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """One ``[ProfileN]``. ``path`` is the text as written, ``directory`` where it leads."""

    name: str
    path: str
    directory: str
    default: bool


@dataclass(frozen=True, slots=True)
class Install:
    """One ``[InstallHASH]``. ``default`` None: the section has no such key."""

    hash: str
    default: str | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Register:
    """What ``profiles.ini`` (and ``installs.ini`` where it counts) says."""

    profiles: tuple[Profile, ...]
    installs: Mapping[str, Install]
    start_with_last: bool

    @property
    def default(self) -> Profile | None:
        """The last with ``Default=1``, else the only one there is."""
        marked = [profile for profile in self.profiles if profile.default]
        if marked:
            return marked[-1]
        return self.profiles[0] if len(self.profiles) == 1 else None


class Start(StrEnum):
    """What a plain start does: open ``profile``, make one, or stop and ask the person."""

    OPENS = "opens"
    CREATES = "creates"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """The profile that a plain start opens, or None and why, in one sentence."""

    start: Start
    profile: str | None
    why: str


def register(root: str, profiles_ini: bytes | None, installs_ini: bytes | None) -> Register:
    """Read the two files of the profile directory *root*; either may be missing or broken."""
    main = sections(profiles_ini)
    installs = {
        name.removeprefix("Install"): dict(keys)
        for name, keys in main.items()
        if name.startswith("Install") and name != "Install"
    }
    # installs.ini is a copy for the way back from an older program; it counts
    # only after one has rewritten profiles.ini without the version.
    if "Version" not in main.get("General", {}):
        for name, keys in sections(installs_ini).items():
            installs[name] = installs.get(name, {}) | dict(keys)
    return Register(
        profiles=_profiles(root, main),
        installs={
            name: Install(name, keys.get("Default"), keys.get("Locked") == "1")
            for name, keys in installs.items()
        },
        start_with_last=main.get("General", {}).get("StartWithLastProfile") != "0",
    )


def _profiles(root: str, main: Sections) -> tuple[Profile, ...]:
    found = []
    number = 0
    # The program counts up and stops at the first section without IsRelative.
    while "IsRelative" in (keys := main.get(f"Profile{number}", {})):
        number += 1
        if "Path" not in keys or "Name" not in keys:
            continue
        path, relative = keys["Path"], keys["IsRelative"] == "1"
        if relative and any(part in {"", ".."} for part in path.split("/")):
            continue
        if not relative and not path.startswith("/"):
            continue
        directory = os.path.join(root, path) if relative else path  # noqa: PTH118
        found.append(Profile(keys["Name"], path, directory, keys.get("Default") == "1"))
    return tuple(found)


def which_profile(
    root: str,
    program_dir: str,
    packaging: str,
    files: Files,
    *,
    legacy: bool = False,
    version: str | None = None,
) -> ProfileChoice:
    """What a plain start of the program in *program_dir* picks below *root*.

    *program_dir* is the path as the program itself sees it (inside its mount
    for a flatpak). *legacy*: ``MOZ_LEGACY_PROFILES`` is set for it, to anything;
    a snap always is so. With *version*, a profile that a newer one has used is
    told apart: the program refuses to open it (first number of the version only).
    """
    known = register(root, files.read(f"{root}/profiles.ini"), files.read(f"{root}/installs.ini"))
    if not known.start_with_last:
        return _asks(_("it was told to ask for a profile at every start"))
    choice = (
        _by_default(known)
        if legacy or packaging == "snap"
        else _by_install(known, program_dir, files)
    )
    if choice.profile is None:
        return choice
    if not files.is_directory(choice.profile):
        return _asks(
            _("the directory of its profile, {path}, is missing").format(path=choice.profile)
        )
    last = _last_version(choice.profile, files)
    if version is not None and last is not None and _major(last) > _major(version):
        return _asks(_("a newer version, {version}, has used its profile").format(version=last))
    return choice


def _by_default(known: Register) -> ProfileChoice:
    if known.default is not None:
        return _opens(known.default, _("It is the default profile."))
    if not known.profiles:
        return _creates(_("there is none yet"))
    return _asks(_("there are several profiles and none is the default"))


def _by_install(known: Register, program_dir: str, files: Files) -> ProfileChoice:
    own = install_hash(program_dir)
    install = known.installs.get(own)
    if install is not None and install.default is not None:
        for profile in known.profiles:
            if profile.path == install.default:
                return _opens(profile, _("It is the profile of this installation."))
        return _asks(_("the profile of this installation is not in its list any more"))
    default = known.default
    if default is None:
        return _creates(
            _("none of the profiles is the default") if known.profiles else _("there is none yet")
        )
    if any(i.locked and i.default == default.path for i in known.installs.values()):
        return _creates(_("the default profile belongs to another installation"))
    if not _last_used_by(program_dir, default.directory, files):
        return _creates(_("the default profile was not last used by this installation"))
    return _opens(default, _("It is the default profile, last used by this installation."))


def _last_used_by(program_dir: str, profile: str, files: Files) -> bool:
    data = files.read(f"{profile}/compatibility.ini")
    if data is None:
        return False
    last = sections(data).get("Compatibility", {}).get("LastPlatformDir", "").rstrip("/")
    # Without the line the profile is from before such lines were written.
    return not last or last == program_dir.rstrip("/")


def _last_version(profile: str, files: Files) -> str | None:
    compatibility = sections(files.read(f"{profile}/compatibility.ini")).get("Compatibility", {})
    return compatibility.get("LastVersion", "").partition("_")[0] or None


def _major(version: str) -> int:
    """``153.7.0esr`` → 153. The program lets only that one go up, never down."""
    leading = re.match(r"\d+", version)
    return int(leading[0]) if leading else 0


def _opens(profile: Profile, why: str) -> ProfileChoice:
    return ProfileChoice(Start.OPENS, profile.directory, why)


def _creates(why: str) -> ProfileChoice:
    text = _("A plain start would make a new profile, because {why}.").format(why=why)
    return ProfileChoice(Start.CREATES, None, text)


def _asks(why: str) -> ProfileChoice:
    text = _("A plain start would open no profile but ask, because {why}.").format(why=why)
    return ProfileChoice(Start.ASKS, None, text)
