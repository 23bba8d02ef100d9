# SPDX-License-Identifier: MPL-2.0
"""Every version of every client, as spans of versions that can do the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import answer, beginning, covering
from clientcfg.clients.profile import Profile, VersionRange
from clientcfg.model.client import ClientVersion
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Span:
    """Versions that can do the same. ``number``: which one of its profile, oldest first.

    ``known`` is one of them: the newest known where the span holds it, else
    its first. ``versions`` names them all, as people call them.
    """

    known: ClientVersion
    number: int
    versions: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other span."""
        return self.known.id, self.number


def spans(catalog: Catalog) -> Iterator[Span]:
    """All of them: by client, each one's newest versions first."""
    return (span for name in catalog.ids() for span in _spans(catalog.profile(name)))


def span_of(catalog: Catalog, known: ClientVersion) -> tuple[str, int] | None:
    """The key of the span that *known* lies in, None where no span holds it."""
    profile = catalog.profile(known.id)
    found = covering(profile, known.version, known.platform)
    return None if found is None else (profile.id, profile.ranges.index(found))


def _spans(profile: Profile) -> list[Span]:
    found = [
        Span(_known(profile, one), number, _versions(one))
        for number, one in enumerate(profile.ranges)
    ]
    words = [span.versions for span in found]
    return [
        Span(span.known, span.number, _told_apart(span.versions, one))
        if words.count(span.versions) > 1
        else span
        for span, one in zip(reversed(found), reversed(profile.ranges), strict=True)
    ]


def _known(profile: Profile, one: VersionRange) -> ClientVersion:
    platform = one.platforms[0] if one.platforms and one.platforms[0] != "any" else None
    current = profile.current_on(platform)
    if current is not None and covering(profile, current, platform) is one:
        return answer(profile, one, current, platform)
    return answer(profile, one, beginning(one), platform)


def _versions(one: VersionRange) -> str:
    years = [word for word in one.called if word[:1].isdigit()]
    if years:
        return " / ".join(years)
    name = f" ({one.edition})" if one.edition else ""
    if one.first is None and one.last is None:
        return one.edition or _("all")
    if one.first is None:
        return _("up to {last}").format(last=one.last) + name
    if one.last is None:
        return _("from {first}").format(first=one.first) + name
    if one.first == one.last:
        return one.first + name
    return f"{one.first} – {one.last}{name}"


def _told_apart(versions: str, one: VersionRange) -> str:
    return f"{versions}, {'/'.join(one.platforms)}"
