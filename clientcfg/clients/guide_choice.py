# SPDX-License-Identifier: MPL-2.0
"""Which steps of a profile are for a version."""

from clientcfg.clients.covering import covering, newest
from clientcfg.clients.guide_row import GuideRow
from clientcfg.clients.profile import Profile, VersionRange
from clientcfg.clients.versions import Version
from clientcfg.model.trouble import WrongUsage


def guide_for(profile: Profile, version: str | None, platform: str | None) -> GuideRow | None:
    """The first guide that holds *version* on *platform*, None where the wording is not known.

    A product year means the beginning of its range; no version, the newest one.
    """
    rows = [row for row in profile.guides if row.on(platform)]
    latest = next((row for row in rows if row.last is None), None)
    if version is None and latest is not None:
        return latest
    found = newest(profile, platform) if version is None else covering(profile, version, platform)
    number = _number(profile, version, found)
    if number is not None:
        return next((row for row in rows if row.covers(number, profile.numbering)), None)
    return None if found is None else latest


def _number(profile: Profile, version: str | None, found: VersionRange | None) -> Version | None:
    """The number to look for; None where there is none, or *version* is a word nobody knows."""
    text = version
    if found is not None and (version is None or _is_a_name(version, found.called, found.edition)):
        text = found.first
    if text is None:
        return None
    try:
        return Version.parse(text, profile.numbering)
    except WrongUsage:
        return None


def _is_a_name(version: str, called: tuple[str, ...], edition: str | None) -> bool:
    return version.casefold() in {name.casefold() for name in (*called, edition or "")}
