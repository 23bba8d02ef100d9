# SPDX-License-Identifier: MPL-2.0
"""``profiles/clients/NAME.toml`` → :class:`Profile`, strictly.

The file's stem is the client's id. At the top: ``name``, ``vendor``,
``aliases``, ``platforms`` (the first is meant where nobody names one),
``numbering``, ``current`` (one text, or one a platform), ``format``, ``exports``,
``remarks``, ``to_front`` (in our files alone: the words with which a second start
brings the open window to the front; ``{profile}`` is the open one).
``[sources]`` gives each source a short name. ``[defaults]`` holds what is true
of every range that does not say otherwise; each ``[[versions]]`` one range:
``from``, ``to`` (included; "current" is open), ``platforms``, ``released``,
``edition``, ``called``, ``name``, ``vendor``, ``maintained``, ``successors``,
``format``, ``exports`` (kinds of files for another machine), ``remarks`` (ids of
sentences that go with what is exported for it), ``requires`` (the oldest system
it runs on, by platform) and the cells of :mod:`clientcfg.clients.cells`.
``[[found]]`` and ``[[build]]`` are the rows of :mod:`clientcfg.clients.found.rows`.
Each ``[[guide]]`` holds steps by hand (:mod:`clientcfg.clients.guide_rows`).
"""

import re
from itertools import combinations
from pathlib import Path
from typing import Final

from clientcfg.clients.cells import ABILITY_KEYS, Cells
from clientcfg.clients.found.read_rows import read_rows
from clientcfg.clients.guide_row import SAYINGS
from clientcfg.clients.guide_rows import read_guides
from clientcfg.clients.profile import CURRENT, PLATFORMS, Profile, SuccessorLine, VersionRange
from clientcfg.clients.versions import Numbering, Version
from clientcfg.model.trouble import WrongUsage
from clientcfg.tables import Table
from clientcfg.words import _

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_SHARED: Final = (*ABILITY_KEYS, "maintained", "successors", "format", "exports", "remarks")
_RANGE: Final = (
    *_SHARED,
    "from",
    "to",
    "platforms",
    "released",
    "edition",
    "called",
    "name",
    "vendor",
    "requires",
)
_TOP: Final = (
    "name",
    "vendor",
    "aliases",
    "platforms",
    "numbering",
    "current",
    "format",
    "exports",
    "remarks",
    "to_front",
    "sources",
    "defaults",
    "versions",
    "found",
    "build",
    "guide",
)


def read_profile(path: Path, *, local: bool = False) -> Profile:
    """The profile at *path*. Raises :class:`WrongUsage` naming file, line and key."""
    top = Table.read(path)
    top.only(_TOP)
    if not ID.fullmatch(path.stem):
        raise top.fault("name", _("is in a file whose name is not lower-case words and hyphens"))
    defaults = top.table("defaults")
    defaults.only(_SHARED)
    numbering = _numbering(top)
    platforms = _platforms(top, ())
    ranges = tuple(
        _range(top, own, defaults, platforms, numbering) for own in top.tables("versions")
    )
    if not ranges:
        raise top.fault("versions", _("must be there at least once"))
    _refuse_overlaps(top, ranges, numbering)
    found, build = read_rows(top, local=local)
    return Profile(
        id=path.stem,
        name=top.string("name"),
        vendor=top.string("vendor"),
        aliases=_aliases(top),
        platforms=platforms,
        numbering=numbering,
        current=_current(top, platforms, numbering),
        ranges=ranges,
        successors=_successors(defaults),
        format=top.maybe("format"),
        exports=top.strings("exports"),
        remarks=_known(top, top.strings("remarks")),
        local=local,
        found=found,
        build=build,
        to_front=_to_front(top, local=local),
        guides=read_guides(top, platforms, numbering),
    )


def _range(
    top: Table, own: Table, defaults: Table, platforms: tuple[str, ...], numbering: Numbering
) -> VersionRange:
    own.only(_RANGE)
    first = _version(own, "from", numbering)
    last = _version(own, "to", numbering)
    if (
        first
        and last
        and not Version.parse(first, numbering).within(Version.parse(last, numbering))
    ):
        raise own.fault("from", _("comes after “to”"))
    cells = Cells(own, defaults, top.table("sources"))
    return VersionRange(
        name=own.maybe("name") or top.string("name"),
        vendor=own.maybe("vendor") or top.string("vendor"),
        first=first,
        last=last,
        platforms=_platforms(own, platforms),
        released=own.maybe("released"),
        edition=own.maybe("edition"),
        called=own.strings("called"),
        abilities=cells.abilities(),
        maintained=cells.maintained(),
        successors=_successors(cells.holder("successors")),
        format=cells.holder("format").maybe("format") or top.maybe("format"),
        exports=_list(cells, top, "exports"),
        remarks=_remarks(cells, top),
        requires=_requires(own, platforms),
    )


def _to_front(top: Table, *, local: bool) -> tuple[str, ...]:
    """Words for a program that will be started, so nobody else's file may have any."""
    words = top.strings("to_front")
    if words and local:
        raise top.fault("to_front", _("may not stand in a file of your own"))
    return words


def _list(cells: Cells, top: Table, key: str) -> tuple[str, ...]:
    """The range's own list, an empty one too; else that of the defaults or of the file."""
    holder = cells.holder(key)
    return (holder if key in holder.values else top).strings(key)


def _remarks(cells: Cells, top: Table) -> tuple[str, ...]:
    return _known(top, _list(cells, top, "remarks"))


def _known(top: Table, words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if word not in SAYINGS:
            raise top.fault("remarks", _("has the unknown word “{word}”").format(word=word))
    return words


def _requires(own: Table, platforms: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    inner = own.table("requires")
    if not set(inner.values) <= set(platforms):
        raise own.fault("requires", _("names a platform that the file does not"))
    texts = tuple((k, v) for k, v in inner.values.items() if isinstance(v, str) and v.strip())
    if len(texts) != len(inner.values):
        raise own.fault("requires", _("must have a text for each platform"))
    return texts


def _version(table: Table, key: str, numbering: Numbering) -> str | None:
    text = table.maybe(key)
    if text is None or (key == "to" and text == CURRENT):
        return None
    try:
        Version.parse(text, numbering)
    except WrongUsage as e:
        raise table.fault(key, _("is not a version")) from e
    return text


def _numbering(top: Table) -> Numbering:
    word = top.string("numbering", Numbering.DOTTED)
    if word not in set(Numbering):
        raise top.fault("numbering", _("must be dotted or decimal"))
    return Numbering(word)


def _platforms(table: Table, default: tuple[str, ...]) -> tuple[str, ...]:
    words = table.strings("platforms", default)
    if not words or not set(words) <= set(PLATFORMS):
        raise table.fault(
            "platforms", _("must be some of {words}").format(words=", ".join(PLATFORMS))
        )
    if default and not set(words) <= set(default) and "any" not in default:
        raise table.fault("platforms", _("names one that the top of the file does not"))
    return words


def _aliases(top: Table) -> tuple[str, ...]:
    words = top.strings("aliases")
    if any(not ID.fullmatch(word) for word in words):
        raise top.fault("aliases", _("must be lower-case words with hyphens"))
    return words


def _current(top: Table, platforms: tuple[str, ...], numbering: Numbering) -> dict[str, str]:
    value = top.values.get("current")
    if value is None:
        return {}
    if isinstance(value, str):
        return {"any": str(_version(top, "current", numbering))}
    inner = top.table("current")
    if not set(inner.values) <= set(platforms):
        raise top.fault("current", _("names a platform that the file does not"))
    return {platform: str(_version(inner, platform, numbering)) for platform in inner.values}


def _successors(table: Table) -> tuple[SuccessorLine, ...]:
    value = table.values.get("successors", [])
    what = _("must be a list of client ids or tables with client, version, platforms")
    if not isinstance(value, list):
        raise table.fault("successors", what)
    return tuple(_successor(table, item, what) for item in value)


def _successor(table: Table, item: object, what: str) -> SuccessorLine:
    if isinstance(item, str) and ID.fullmatch(item):
        return SuccessorLine(item, None, ())
    if not isinstance(item, dict) or not set(item) <= {"client", "version", "platforms"}:
        raise table.fault("successors", what)
    inner = Table(table.path, table.text, table.name, table.index, item)
    client = inner.string("client")
    if not ID.fullmatch(client):
        raise table.fault("successors", what)
    platforms = _platforms(inner, PLATFORMS) if "platforms" in item else ()
    return SuccessorLine(client, inner.maybe("version"), platforms)


def _refuse_overlaps(top: Table, ranges: tuple[VersionRange, ...], numbering: Numbering) -> None:
    tables = top.tables("versions")
    for (i, one), (j, other) in combinations(enumerate(ranges), 2):
        if one.overlaps(other, numbering):
            raise tables[j].fault(
                "from", _("overlaps range {number} on one platform").format(number=i + 1)
            )
