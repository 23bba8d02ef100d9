# SPDX-License-Identifier: MPL-2.0
"""How a client is found and what its build has: rows of a profile, as plain data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clientcfg.model.mechanism import Mechanism


class Kind(StrEnum):
    """Where a row looks; each has one finder."""

    PROGRAM = "program"
    DESKTOP = "desktop"
    APPIMAGE = "appimage"
    FLATPAK = "flatpak"
    SNAP = "snap"
    MAC_APP = "mac-app"
    WINDOWS_PROGRAM = "windows-program"
    WINDOWS_STORE = "windows-store"
    CLICK_TO_RUN = "click-to-run"


class Layout(StrEnum):
    """What lies at the place of the settings.

    ``plain``: they themselves. ``mozilla``: ``profiles.ini``, of which a plain
    start opens the default. ``mozilla-by-install``: the same, but each
    installation remembers its own profile. ``mapi-profiles``: keys of the
    registry, a profile each; which ones, the version decides.
    """

    PLAIN = "plain"
    MOZILLA = "mozilla"
    MOZILLA_BY_INSTALL = "mozilla-by-install"
    MAPI_PROFILES = "mapi-profiles"


MOZILLA: Final = frozenset({Layout.MOZILLA, Layout.MOZILLA_BY_INSTALL})
"""Those whose profiles are directories that Mozilla's programs lock."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way to find a client. ``names`` are what is looked for; the kind says as what.

    ``packages``: package names whose database knows the version. ``run``: the
    arguments that make the program print its version, ``version`` the pattern
    that picks it out. ``own_count``: the program counts otherwise than its
    package. ``needs``: one of these files must be there. ``exe``: the program
    file. ``editions``: pattern of a product name → edition of the catalog.
    ``settings``: where they lie, the first that is there counts. ``processes``:
    the names it runs under.
    """

    kind: Kind
    names: tuple[str, ...]
    packages: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    version: re.Pattern[str] | None = None
    own_count: bool = False
    needs: tuple[str, ...] = ()
    exe: str | None = None
    editions: Mapping[str, str] | None = None
    settings: tuple[str, ...] = ()
    layout: Layout = Layout.PLAIN
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildRow:
    """One thing that is compiled in or not, and what a build without it can't do.

    The program's own words are searched for ``yes``, then for ``no``; a
    ``mechanisms`` pattern picks out the list it prints. ``ask``: another command
    that tells. ``without``: abilities that are a no without the feature;
    ``keeps``: the only mechanisms left without it.
    """

    feature: str
    yes: re.Pattern[str] | None = None
    no: re.Pattern[str] | None = None
    mechanisms: re.Pattern[str] | None = None
    ask: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    keeps: tuple[Mechanism, ...] | None = None
    maybe: tuple[Mechanism, ...] = ()
