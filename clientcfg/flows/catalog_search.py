# SPDX-License-Identifier: MPL-2.0
"""Finding a program by what a person types: name, nickname, version, or system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import beginning
from clientcfg.clients.profile import Profile, VersionRange

_SYSTEMS = {
    "win": "Windows",
    "mac": "macOS",
    "mac-classic": "Mac OS 9",
    "linux": "Linux",
    "unix": "Unix",
    "dos": "DOS",
    "ios": "iPhone, iPad",
    "android": "Android",
    "windows-phone": "Windows Phone",
    "blackberry": "BlackBerry",
}
# Words that people type for a system and that stand in no name.
_ALSO = {
    "ios": "ios iphone ipad phone",
    "android": "android phone",
    "windows-phone": "phone",
    "blackberry": "phone",
    "mac": "mac macos apple",
    "win": "windows",
    "linux": "linux",
}


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """One range of versions: how the catalog is asked for it, and how people call it."""

    version: str
    title: str
    platforms: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """One program of the catalog, for a search. ``versions``: newest first."""

    id: str
    name: str
    platforms: tuple[str, ...]
    versions: tuple[VersionChoice, ...]
    words: str

    @property
    def systems(self) -> str:
        """Where it runs, in words."""
        return ", ".join(filter(None, map(system_name, self.platforms)))

    def versions_on(self, platform: str | None) -> tuple[VersionChoice, ...]:
        """The versions that run on *platform*."""
        return tuple(
            v
            for v in self.versions
            if platform is None or {platform, "any"} & set(v.platforms) or not v.platforms
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A program that was found, and the version that was typed, None for the current one."""

    known: Known
    version: str | None = None
    title: str = ""


def system_name(platform: str) -> str:
    """A platform as its makers call it; empty where it has no name of its own."""
    return _SYSTEMS.get(platform, "")


def known_programs(catalog: Catalog) -> tuple[Known, ...]:
    """Every program, by name."""
    return tuple(sorted(map(_known, catalog.each()), key=lambda one: one.name.casefold()))


def matching(programs: Iterable[Known], typed: str, most: int = 12) -> tuple[Hit, ...]:
    """Those in which every word of *typed* begins a word; the name itself counts most."""
    words = typed.casefold().split()
    if not words:
        return ()
    found = []
    for one in programs:
        hit = _hit(one, words)
        if hit is not None:
            begins = one.name.casefold().startswith(words[0])
            in_name = _in(words[0], one.name.casefold())
            found.append((not begins, not in_name, len(one.name), one.name, hit))
    return tuple(hit for *_rank, hit in sorted(found, key=lambda f: f[:4]))[:most]


def _hit(one: Known, words: Sequence[str]) -> Hit | None:
    left = [word for word in words if not _in(word, one.words)]
    if not left:
        return Hit(one)
    for choice in one.versions:
        if all(_in(word, choice.words) for word in left):
            return Hit(one, choice.version, choice.title)
    return None


def _in(word: str, text: str) -> bool:
    return text.startswith(word) or f" {word}" in text or f"({word}" in text


def _known(profile: Profile) -> Known:
    also = " ".join(_ALSO.get(platform, "") for platform in profile.platforms)
    systems = " ".join(map(system_name, profile.platforms))
    aliases = (f"{alias} {alias.replace('-', ' ')}" for alias in (profile.id, *profile.aliases))
    names = (profile.name, *aliases)
    choices = [c for r in reversed(profile.ranges) if (c := _choice(profile, r)) is not None]
    words = " ".join((*names, systems, also)).casefold()
    return Known(profile.id, profile.name, profile.platforms, tuple(choices), words)


def _choice(profile: Profile, one: VersionRange) -> VersionChoice | None:
    version = beginning(one)
    if version is None:
        return None
    span = version if one.last in (None, one.first) else f"{version} – {one.last}"
    if one.last is None and one.first is not None and one.edition is None:
        span = f"{version} +"
    own = one.name != profile.name
    title = one.name if own and one.edition else f"{one.name}, {span}" if own else span
    words = " ".join((one.name, version, title, *one.called)).casefold()
    return VersionChoice(version, title, one.platforms, words)
