# SPDX-License-Identifier: MPL-2.0
"""``profiles/providers/NAME.toml`` → :class:`Policy`, strictly.

The file's stem is the provider's id. At the top: ``name``, and ``oauth2`` with
the name that profiles of clients have for its sign-in. ``[recognised]`` lists
``domains`` (e-mail) and ``hosts`` (submission); a leading dot stands for every
name below. ``[sources]`` gives each source a short name. Each ``[[facts]]`` is
one decision: ``about``, ``says``, ``since``, ``word``, ``url``,
``administrator``, ``two_factor``, ``source``, ``as_of``, ``confidence``. Servers are no policy
and have no place here.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from clientcfg.model.address import host_name
from clientcfg.model.policy import Fact, Grounds, Policy, Topic
from clientcfg.model.trouble import WrongUsage
from clientcfg.tables import Table
from clientcfg.words import _

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# What a fact may say, by what it is about.
SAYS: Final[Mapping[Topic, tuple[str, ...]]] = {
    Topic.PASSWORD: ("yes", "on-by-default", "off-by-default", "no"),
    Topic.APP_PASSWORD: ("needed", "with-two-factor", "offered", "no"),
    Topic.OAUTH2: ("offered", "no"),
    Topic.OWN_CLIENT_ID: ("yes", "no"),
    Topic.ACCESS: ("yes", "off-by-default"),
    Topic.ACCOUNT_TYPE: ("exchange",),
    Topic.BRIDGE: ("needed",),
}

_TOP: Final = ("name", "oauth2", "recognised", "sources", "facts")
_FACT: Final = (
    "about", "says", "since", "word", "url", "administrator", "two_factor", "source", "as_of",
    "confidence",
)  # fmt: skip
_PORT: Final = re.compile(r"([1-9]\d{0,4})/(tls|starttls)")
_OAUTH2: Final = re.compile(r"[a-z][a-z0-9-]{0,30}")


def read_policy(path: Path) -> Policy:
    """The policy at *path*. Raises :class:`WrongUsage` naming file, line and key."""
    top = Table.read(path)
    top.only(_TOP)
    if not ID.fullmatch(path.stem):
        raise top.fault("name", _("is in a file whose name is not lower-case words and hyphens"))
    oauth2 = top.maybe("oauth2")
    if oauth2 is not None and not _OAUTH2.fullmatch(oauth2):
        raise top.fault("oauth2", _("must be one lower-case word, as profiles of clients have it"))
    recognised = top.table("recognised")
    recognised.only(("domains", "hosts"))
    domains, hosts = _names(recognised, "domains"), _names(recognised, "hosts")
    if not domains and not hosts:
        raise top.fault("recognised", _("must list domains or hosts"))
    tables = top.tables("facts")
    facts = tuple(_fact(table, top.table("sources")) for table in tables)
    if not facts:
        raise top.fault("facts", _("must be there at least once"))
    _refuse_doubles(tables, facts)
    offered = any(f.about is Topic.OAUTH2 and f.says == "offered" for f in facts)
    if offered != (oauth2 is not None):
        raise top.fault("oauth2", _("must be there where a fact says that it is offered, only"))
    return Policy(path.stem, top.string("name"), domains, hosts, facts, oauth2)


def _names(table: Table, key: str) -> tuple[str, ...]:
    for name in table.strings(key):
        bare = name.removeprefix(".")
        try:
            good = host_name(bare) == bare and "." in bare
        except WrongUsage:
            good = False
        if not good:
            raise table.fault(key, _("must be names in lower case, or endings with a dot before"))
    return table.strings(key)


def _fact(table: Table, sources: Table) -> Fact:
    table.only(_FACT)
    about = Topic(table.one_of("about", tuple(Topic)))
    as_of = table.date("as_of")
    if as_of is None:
        raise table.fault("as_of", _("must say on which day that was known"))
    return Fact(
        about=about,
        says=_says(table, about),
        source=_cited(table, sources),
        as_of=as_of,
        grounds=Grounds(table.one_of("confidence", tuple(Grounds))),
        since=table.date("since"),
        word=table.maybe("word"),
        url=_url(table),
        administrator=_flag(table, "administrator"),
        two_factor=_flag(table, "two_factor"),
    )


def _flag(table: Table, key: str) -> bool:
    value = table.values.get(key, False)
    if not isinstance(value, bool):
        raise table.fault(key, _("must be true or false"))
    return value


def _says(table: Table, about: Topic) -> str:
    if about is not Topic.PORT:
        return table.one_of("says", SAYS[about])
    says = table.string("says")
    written = _PORT.fullmatch(says)
    if written is None or int(written[1]) > 65535:
        raise table.fault("says", _("must be a port like 465/tls or 587/starttls"))
    return says


def _cited(table: Table, sources: Table) -> str:
    names = table.strings("source")
    if not names:
        raise table.fault("source", _("must name at least one of [sources]"))
    for name in names:
        if name not in sources.values:
            raise table.fault("source", _("names one that is not in [sources]"))
    return "; ".join(sources.string(name) for name in names)


def _url(table: Table) -> str | None:
    url = table.maybe("url")
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good or not url.isascii() or not url.isprintable() or " " in url:
        raise table.fault("url", _("must be an https address"))
    return url


def _refuse_doubles(tables: tuple[Table, ...], facts: tuple[Fact, ...]) -> None:
    """Two confirmed decisions of one day about one thing cannot both hold."""
    seen: set[tuple[object, ...]] = set()
    for table, fact in zip(tables, facts, strict=True):
        key: tuple[object, ...] = (fact.about, fact.since, fact.grounds is Grounds.REPORTED)
        if fact.about is Topic.PORT or fact.grounds is Grounds.REPORTED:
            key = (*key, fact.says)
        if key in seen:
            raise table.fault("about", _("is decided twice for one day"))
        seen.add(key)
