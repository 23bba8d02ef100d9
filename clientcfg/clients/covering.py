# SPDX-License-Identifier: MPL-2.0
"""Which range of a profile a version belongs to, and what that says about it."""

from typing import Final

from clientcfg.clients.profile import Profile, VersionRange
from clientcfg.clients.versions import Version
from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    ClientVersion,
    Confidence,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
    Successor,
)
from clientcfg.model.trouble import WrongUsage

_NOTHING: Final = Ability(Answer.UNKNOWN, Confidence.RECOLLECTION, "")

NOTHING_KNOWN: Final = Abilities(
    smtp_auth=_NOTHING,
    mechanisms=Mechanisms((), (), False, Confidence.RECOLLECTION, ""),
    starttls=StartTlsAbility(StartTls.UNKNOWN, Confidence.RECOLLECTION, ""),
    implicit_tls=_NOTHING,
    custom_port=_NOTHING,
    separate_smtp_user=_NOTHING,
    pop_before_smtp=_NOTHING,
    max_tls=MaxTls("unknown", Confidence.RECOLLECTION, ""),
    oauth2=_NOTHING,
    oauth2_providers=(),
    reads=(),
)


def covering(profile: Profile, version: str | None, platform: str | None) -> VersionRange | None:
    """The one range that holds *version* on *platform* (None: where it usually runs).

    A product year or edition names its range. None where no range holds it, or
    where editions share the number and *version* does not say which.
    """
    ranges = [r for r in profile.ranges if r.on(platform)]
    if version is None:
        return None
    word = version.casefold()
    for one in ranges:
        names = (*one.called, one.edition or "")
        if word in map(str.casefold, names):
            return one
    try:
        number = Version.parse(version, profile.numbering)
    except WrongUsage:
        return None
    found = [r for r in ranges if r.covers(number, profile.numbering)]
    named = [r for r in found if r.edition and f"({r.edition.casefold()})" in word]
    # Where no edition is named, the ordinary one of that number is meant.
    found = named or [r for r in found if r.edition is None] or found
    if platform is None:
        usual = [r for r in found if r.on(profile.platforms[0])]
        found = usual or found
    return found[0] if len({r.edition for r in found}) == 1 else None


def newest(profile: Profile, platform: str | None) -> VersionRange | None:
    """The open range on *platform*, None where there is none or more than one."""
    open_ended = [r for r in profile.ranges if r.last is None and r.on(platform)]
    return open_ended[0] if len(open_ended) == 1 else None


def beginning(one: VersionRange) -> str | None:
    """How one asks for the first version of a range."""
    if one.edition is None or one.first is None:
        return one.first or one.edition
    return f"{one.first} ({one.edition})"


def answer(
    profile: Profile, found: VersionRange | None, version: str | None, platform: str | None
) -> ClientVersion:
    """*version* as the range *found* describes it; without a range everything is unknown."""
    if found is not None and platform is None and len(found.platforms) == 1:
        platform = found.platforms[0]
    lines = profile.successors if found is None else found.successors
    return ClientVersion(
        id=profile.id,
        name=profile.name if found is None else found.name,
        version=version,
        platform=platform,
        abilities=NOTHING_KNOWN if found is None else found.abilities,
        covered=found is not None,
        maintained=Answer.UNKNOWN if found is None else found.maintained,
        successors=tuple(
            Successor(line.client, line.version)
            for line in lines
            if not line.platforms or platform is None or platform in line.platforms
        ),
        format=profile.format if found is None else found.format,
        local=profile.local,
        exports=profile.exports if found is None else found.exports,
        requires=None if found is None else dict(found.requires).get(platform or ""),
        first=None if found is None else found.first,
        remarks=profile.remarks if found is None else found.remarks,
    )
