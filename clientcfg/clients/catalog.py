# SPDX-License-Identifier: MPL-2.0
"""Every client that is known, and what a version of it can do on a platform."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

import platformdirs

from clientcfg.clients.built import as_built
from clientcfg.clients.covering import answer, beginning, covering, newest
from clientcfg.clients.profile import CURRENT, PLATFORMS, Profile, SuccessorLine
from clientcfg.clients.schema import ID, read_profile
from clientcfg.clients.versions import Version
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path
from clientcfg.tables import has_table, shown
from clientcfg.words import _


def personal_folder() -> Path:
    """Where a person's own profile files lie."""
    return platformdirs.user_config_path("clientcfg", appauthor=False) / "clients"


class Catalog:
    """Profiles by id, each read when it is first asked for.

    A file in the *extra* folder stands for ours of the same name and is marked
    local. Every method raises :class:`WrongUsage` for a profile that cannot be
    used.
    """

    def __init__(self, folder: Path, extra: Path | None = None) -> None:
        self._extra = extra
        self._paths = _profile_files(folder) | (_profile_files(extra) if extra else {})
        self._read: dict[str, Profile] = {}

    @classmethod
    def load(cls, extra: Path | None = None) -> "Catalog":
        """The catalog of this installation, with the profiles in *extra*.

        Without *extra* it is :func:`personal_folder`, if there is one.
        """
        return cls(profile_path("clients"), extra or personal_folder())

    def ids(self) -> tuple[str, ...]:
        """The ids of all clients, in alphabetical order."""
        return tuple(sorted(self._paths))

    def all(self) -> tuple[ClientVersion, ...]:
        """Every client in its current version."""
        return tuple(self.client(name) for name in self.ids())

    def profile(self, name: str) -> Profile:
        """The profile of the client with this id or alias."""
        word = "-".join(name.casefold().split())
        if word in self._paths:
            return self._get(word)
        for profile in self.each():
            if word in profile.aliases:
                return profile
        raise self._unknown(name)

    def client(self, name: str, platform: str | None = None) -> ClientVersion:
        """The current version of a client."""
        return self.at(name, None, platform)

    def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
        """What *version* (None: the current one) can do on *platform* (None: the usual one).

        A version that no range covers comes back with ``covered`` False and
        every ability unknown. Raises :class:`WrongUsage` for an unknown client.
        """
        profile = self.profile(name)
        if version is None or version.casefold() == CURRENT:
            version = profile.current_on(platform)
            if version is None:
                return answer(profile, newest(profile, platform), None, platform)
        return answer(profile, covering(profile, version, platform), version, platform)

    def of(self, installation: Installation) -> ClientVersion:
        """What the program that was found can do, its build taken into account."""
        i = installation
        version = self.at(i.client, i.version, i.platform)
        if i.version is None:
            # Which one it is could not be told, so it is not taken for the current one.
            profile = self.profile(i.client)
            version = answer(profile, None, None, i.platform)
        return as_built(version, i.build, self.profile(i.client).build)

    def each(self) -> Iterator[Profile]:
        """Every profile, one after the other."""
        return (self._get(name) for name in self.ids())

    def detectable(self) -> tuple[Profile, ...]:
        """The clients whose profiles say how to find them; others are not even parsed."""
        return tuple(
            self._get(name) for name in self.ids() if has_table(self._paths[name], "found")
        )

    def parse(self, text: str) -> ClientVersion:
        """Read ``NAME[@VERSION][:PLATFORM]``, as ``--client`` writes it."""
        rest, _colon, platform = text.strip().rpartition(":")
        if not rest:
            rest, platform = platform, ""
        elif platform not in PLATFORMS:
            near = get_close_matches(platform, PLATFORMS, 3) or PLATFORMS
            raise WrongUsage(
                "unknown-platform",
                _("“{platform}” is not a platform.").format(platform=shown(platform)),
                _("Write one of: {names}").format(names=", ".join(near)),
            )
        name, _at, version = rest.partition("@")
        return self.at(name, version.strip() or None, platform or None)

    def later(
        self, name: str, version: str | None, platform: str | None
    ) -> tuple[ClientVersion, ...]:
        """The first version of each later range on *platform*, ascending.

        Editions that print the same number come in the order of the file.
        """
        profile = self.profile(name)
        if version is None:
            return ()
        own = covering(profile, version, platform)
        starts = [
            (Version.parse(r.first, profile.numbering), i)
            for i, r in enumerate(profile.ranges)
            if r.first is not None and r.on(platform)
        ]
        try:
            old = next(
                (one for one in starts if profile.ranges[one[1]] is own),
                (Version.parse(version, profile.numbering), len(profile.ranges)),
            )
        except WrongUsage:
            return ()
        later = [profile.ranges[i] for start, i in sorted(starts) if old < (start, i)]
        return tuple(answer(profile, one, beginning(one), platform) for one in later)

    def validate(self) -> None:
        """Read every profile and follow every successor.

        Raises :class:`WrongUsage` for the first file that cannot be used, a
        successor in a version that is not covered, an alias that two clients
        claim, or successors that lead in a circle.
        """
        profiles = {name: self._get(name) for name in self.ids()}
        owners: dict[str, str] = {name: name for name in profiles}
        for profile in profiles.values():
            for alias in profile.aliases:
                if owners.setdefault(alias, profile.id) != profile.id:
                    raise _bad(
                        self._paths[profile.id],
                        _("“{alias}” is also a name of {other}").format(
                            alias=alias, other=owners[alias]
                        ),
                    )
            for line in _successor_lines(profile):
                if line.version and not covering(profiles[line.client], line.version, None):
                    raise _bad(
                        self._paths[profile.id],
                        _("its successor {client} has no version {version}").format(
                            client=line.client, version=line.version
                        ),
                    )
            self._refuse_circle(profiles, profile.id, ())

    def _refuse_circle(self, profiles: dict[str, Profile], name: str, way: tuple[str, ...]) -> None:
        if name in way:
            raise _bad(
                self._paths[way[0]],
                _("its successors lead in a circle: {way}").format(way=" → ".join((*way, name))),
            )
        for client in sorted({line.client for line in _successor_lines(profiles[name])} - {name}):
            self._refuse_circle(profiles, client, (*way, name))

    def _get(self, name: str) -> Profile:
        if name not in self._read:
            path = self._paths[name]
            profile = read_profile(path, local=path.parent == self._extra)
            for line in _successor_lines(profile):
                if line.client not in self._paths:
                    raise _bad(
                        path,
                        _("its successor “{client}” is not a known client").format(
                            client=line.client
                        ),
                    )
            self._read[name] = profile
        return self._read[name]

    def _unknown(self, name: str) -> WrongUsage:
        names = {n: n for n in self.ids()}
        for profile in self.each():
            names |= dict.fromkeys(profile.aliases, profile.id)
        near = get_close_matches(name.casefold(), names, 5, 0.5)
        nearest = dict.fromkeys(names[n] for n in near)
        advice = (_("Nearest names: {names}").format(names=", ".join(nearest)),) if near else ()
        return WrongUsage(
            "unknown-client",
            _("“{name}” is not a mail program that clientcfg knows.").format(name=shown(name)),
            *advice,
            _("See all of them with: clientcfg clients --all"),
        )


def said_by(path: Path) -> tuple[ClientVersion, ...]:
    """What one profile file says, the beginning of each of its ranges.

    A file outside our own folder is taken for a person's. Raises
    :class:`WrongUsage` with file, line and key where it cannot be used.
    """
    own = path.absolute().parent.resolve() != profile_path("clients").resolve()
    profile = read_profile(path, local=own)
    return tuple(
        answer(profile, one, one.first or one.edition, platform)
        for one in profile.ranges
        for platform in one.platforms[:1]
    )


def _profile_files(folder: Path) -> dict[str, Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as e:
        raise _bad(folder, e.strerror or type(e).__name__) from e
    for path in found:
        if not ID.fullmatch(path.stem):
            raise _bad(path, _("its name must be lower-case words and hyphens"))
    return {path.stem: path for path in found}


def _successor_lines(profile: Profile) -> Iterable[SuccessorLine]:
    yield from profile.successors
    for one in profile.ranges:
        yield from one.successors


def _bad(path: Path, what: str) -> WrongUsage:
    return WrongUsage(
        "bad-profile",
        _("The profile {path} cannot be used: {what}.").format(path=path, what=what),
        _("Correct the file, or take it away."),
    )
