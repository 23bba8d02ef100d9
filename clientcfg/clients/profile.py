# SPDX-License-Identifier: MPL-2.0
"""One client family as its profile file describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clientcfg.clients.found.rows import BuildRow, Row
from clientcfg.clients.guide_row import GuideRow
from clientcfg.clients.versions import Numbering, Version
from clientcfg.model.answer import Answer
from clientcfg.model.client import Abilities

# "unix" is every Unix that is neither Linux nor macOS; "any" runs everywhere.
PLATFORMS: Final = (
    "win",
    "mac",
    "mac-classic",
    "linux",
    "unix",
    "dos",
    "ios",
    "android",
    "windows-phone",
    "blackberry",
    "device",
    "any",
)

CURRENT: Final = "current"


@dataclass(frozen=True, slots=True)
class SuccessorLine:
    """A successor as written: ``platforms`` empty means wherever the old one runs."""

    client: str
    version: str | None
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionRange:
    """Versions that can do the same. ``first`` None: from the beginning; ``last`` None: open.

    ``edition`` tells products apart that print the same version numbers;
    ``called`` are other names of these versions, such as a product year;
    ``requires`` is the oldest system they run on, by platform.
    """

    name: str
    vendor: str
    first: str | None
    last: str | None
    platforms: tuple[str, ...]
    released: str | None
    edition: str | None
    called: tuple[str, ...]
    abilities: Abilities
    maintained: Answer
    successors: tuple[SuccessorLine, ...]
    format: str | None
    exports: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()

    def on(self, platform: str | None) -> bool:
        """Whether these versions run on *platform* (None: on any)."""
        return platform is None or platform in self.platforms or "any" in self.platforms

    def covers(self, version: Version, numbering: Numbering) -> bool:
        """Whether *version* lies in this range, both ends included."""
        if self.first is not None and version < Version.parse(self.first, numbering):
            return False
        return self.last is None or version.within(Version.parse(self.last, numbering))

    def overlaps(self, other: "VersionRange", numbering: Numbering) -> bool:
        """Whether one version on one platform could be in both."""
        shared = set(self.platforms) & set(other.platforms)
        if self.edition != other.edition or not (
            shared or "any" in (*self.platforms, *other.platforms)
        ):
            return False
        return self._begins_within(other, numbering) and other._begins_within(self, numbering)

    def _begins_within(self, other: "VersionRange", numbering: Numbering) -> bool:
        if self.first is None or other.last is None:
            return True
        return Version.parse(self.first, numbering).within(Version.parse(other.last, numbering))


@dataclass(frozen=True, slots=True)
class Profile:
    """A client family. ``current`` maps platforms ("any" for all) to the newest version known.

    ``found`` are the ways to find it installed, ``build`` what its builds tell,
    ``to_front`` the words of a second start that brings its window to the front.
    """

    id: str
    name: str
    vendor: str
    aliases: tuple[str, ...]
    platforms: tuple[str, ...]
    numbering: Numbering
    current: Mapping[str, str]
    ranges: tuple[VersionRange, ...]
    successors: tuple[SuccessorLine, ...]
    format: str | None
    local: bool
    found: tuple[Row, ...] = ()
    build: tuple[BuildRow, ...] = ()
    guides: tuple[GuideRow, ...] = ()
    exports: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    to_front: tuple[str, ...] = ()

    def current_on(self, platform: str | None) -> str | None:
        """The newest version known for *platform*; without one, for the first that has any."""
        if platform is None:
            return next(iter(self.current.values()), None)
        return self.current.get(platform, self.current.get("any"))
