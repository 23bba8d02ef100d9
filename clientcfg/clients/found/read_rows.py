# SPDX-License-Identifier: MPL-2.0
"""``[[found]]`` and ``[[build]]`` of a profile → rows, strictly.

A person's own profile may not name a program to run: there, ``run``, ``ask``
and the ``[[build]]`` rows that read their answers are faults.
"""

import re
from collections.abc import Mapping
from typing import Final

from clientcfg.clients.found.rows import BuildRow, Kind, Layout, Row
from clientcfg.model.mechanism import Mechanism, mechanism
from clientcfg.tables import Table
from clientcfg.words import _

_COMMON: Final = ("kind", "names", "settings", "layout", "processes")
KEYS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PROGRAM: ("packages", "run", "version", "own_count", "needs"),
    Kind.DESKTOP: (),
    Kind.APPIMAGE: (),
    Kind.FLATPAK: (),
    Kind.SNAP: (),
    Kind.MAC_APP: (),
    Kind.WINDOWS_PROGRAM: ("exe", "editions"),
    Kind.WINDOWS_STORE: (),
    Kind.CLICK_TO_RUN: ("exe", "editions"),
}
_BUILD_KEYS: Final = ("feature", "yes", "no", "mechanisms", "ask", "without", "keeps")

# What a build can lack, named as abilities are.
LOST: Final = ("smtp_auth", "starttls", "implicit_tls", "max_tls")

_PLACE: Final = re.compile(r"(~|/|\$XDG_(CONFIG|DATA)_HOME/|%(APP|LOCALAPP)DATA%/)")


def read_rows(top: Table, *, local: bool) -> tuple[tuple[Row, ...], tuple[BuildRow, ...]]:
    """The rows of the profile *top*. Raises :class:`WrongUsage` naming file, line and key."""
    found = tuple(_row(table, local=local) for table in top.tables("found"))
    tables = top.tables("build")
    if tables and not any(row.run for row in found):
        raise tables[0].fault(
            "feature", _("needs a [[found]] with “run”; only that makes a program tell")
        )
    return found, tuple(_build(table, local=local) for table in tables)


def _row(table: Table, *, local: bool) -> Row:
    word = table.string("kind")
    if word not in set(Kind):
        raise table.fault("kind", _must_be(tuple(Kind)))
    kind = Kind(word)
    table.only((*_COMMON, *KEYS[kind]))
    names = table.strings("names")
    if not names:
        raise table.fault("names", _("must name what is looked for"))
    if bad := [n for n in names if "\\" in n or (kind is not Kind.WINDOWS_PROGRAM and "/" in n)]:
        raise table.fault("names", _("has “{name}”, which is a path").format(name=bad[0]))
    run = _command(table, "run", local=local)
    version = _pattern(table, "version")
    if (version is None) == bool(run):
        raise table.fault("run", _("and “version” go together"))
    if version is not None and version.groups != 1:
        raise table.fault("version", _("must have one group, which is the version"))
    layout = table.string("layout", Layout.PLAIN)
    if layout not in set(Layout):
        raise table.fault("layout", _must_be(tuple(Layout)))
    if layout == Layout.MAPI_PROFILES and "settings" in table.values:
        raise table.fault("settings", _("cannot be said: the version decides where they lie"))
    return Row(
        kind=kind,
        names=names,
        packages=table.strings("packages"),
        run=run,
        version=version,
        own_count=_flag(table, "own_count"),
        needs=table.strings("needs"),
        exe=table.maybe("exe"),
        editions=_editions(table),
        settings=_places(table),
        layout=Layout(layout),
        processes=table.strings("processes") or (names if kind is Kind.PROGRAM else ()),
    )


def _build(table: Table, *, local: bool) -> BuildRow:
    table.only(_BUILD_KEYS)
    without = table.strings("without")
    if not set(without) <= set(LOST):
        raise table.fault("without", _must_be(LOST))
    keeps: tuple[Mechanism, ...] | None = None
    maybe: tuple[Mechanism, ...] = ()
    if "keeps" in table.values:
        words = table.strings("keeps")
        keeps = tuple(_sasl(table, word) for word in words if not word.endswith("?"))
        maybe = tuple(_sasl(table, word[:-1]) for word in words if word.endswith("?"))
    row = BuildRow(
        feature=table.string("feature"),
        yes=_pattern(table, "yes"),
        no=_pattern(table, "no"),
        mechanisms=_pattern(table, "mechanisms"),
        ask=_command(table, "ask", local=local),
        without=without,
        keeps=keeps,
        maybe=maybe,
    )
    if row.yes is None and row.no is None and row.mechanisms is None:
        raise table.fault("feature", _("must have “yes”, “no” or “mechanisms” to tell it by"))
    if row.mechanisms is not None and row.mechanisms.groups != 1:
        raise table.fault("mechanisms", _("must have one group, which is the list"))
    return row


def _command(table: Table, key: str, *, local: bool) -> tuple[str, ...]:
    words = tuple(table.list_of_strings(table.values.get(key, ()), key))
    if local and key in table.values:
        raise table.fault(key, _("names a program to run, which a profile of one’s own may not do"))
    return words


def _pattern(table: Table, key: str) -> re.Pattern[str] | None:
    text = table.maybe(key)
    if text is None:
        return None
    try:
        return re.compile(text, re.MULTILINE)
    except re.error as e:
        raise table.fault(key, _("is not a pattern: {reason}").format(reason=e)) from e


def _flag(table: Table, key: str) -> bool:
    value = table.values.get(key, False)
    if not isinstance(value, bool):
        raise table.fault(key, _("must be true or false"))
    return value


def _editions(table: Table) -> Mapping[str, str] | None:
    value = table.values.get("editions")
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise table.fault("editions", _("must be a table of product names and editions"))
    return dict(value)


def _places(table: Table) -> tuple[str, ...]:
    places = table.strings("settings")
    for place in places:
        if not _PLACE.match(place) or ".." in place.split("/"):
            raise table.fault(
                "settings",
                _("has “{place}”, which does not begin with ~/, / or a known folder").format(
                    place=place
                ),
            )
    return places


def _sasl(table: Table, word: str) -> Mechanism:
    name = mechanism(word)
    if name is None or name != word:
        raise table.fault(
            "keeps", _("has “{word}”, which is not a mechanism name").format(word=word)
        )
    return name


def _must_be(words: tuple[str, ...]) -> str:
    return _("must be one of {words}").format(words=", ".join(words))
