# SPDX-License-Identifier: MPL-2.0
"""The public lists of providers that are carried along, from ``profiles/servers/``.

``upstreams.toml`` says which lists, of which commit and day; ``domains.tsv``
which entries know a domain; ``UPSTREAM/NAME.toml`` is one entry. Only the
entries that are asked for are read. All but the first file are made by
``tools/import_providers.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from clientcfg.discover.stated import StatedServer
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path
from clientcfg.tables import Table
from clientcfg.words import _

UPSTREAMS: Final = "upstreams.toml"
DOMAINS: Final = "domains.tsv"

_UPSTREAM: Final = ("id", "maker", "repository", "folder", "ending", "commit")
_ENTRY: Final = ("file", "name", "domains", "mx", "broken", "checked", "servers")
_SERVER: Final = ("protocol", "host", "port", "security", "username", "auth", "own_network")


@dataclass(frozen=True, slots=True)
class Upstream:
    """One public list as it was at *commit*, on *day*. ``folder`` is within its repository."""

    id: str
    maker: str
    repository: str
    folder: str
    ending: str
    commit: str
    day: date

    def url(self, file: str) -> str:
        """Where a person can look *file* up."""
        return f"{self.repository}/blob/{self.commit}/{self.folder}/{file}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one list knows of one provider.

    ``mx``: domains of its servers that take mail for others. ``broken``: the
    list says that its own program cannot be used there. ``checked``: the month
    of the last check, where the list names one.
    """

    file: str
    name: str | None
    domains: tuple[str, ...]
    mx: tuple[str, ...] = ()
    servers: tuple[StatedServer, ...] = ()
    broken: bool = False
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An entry, and the list it stands in."""

    upstream: Upstream
    entry: Entry


class Bundle:
    """Entries by domain. Raises :class:`WrongUsage` for a file that cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.upstreams = read_upstreams(folder / UPSTREAMS)
        self._index = _read_index(folder / DOMAINS)

    @classmethod
    def load(cls) -> "Bundle":
        """The one of this installation."""
        return cls(profile_path("servers"))

    def of_domain(self, domain: str) -> tuple[Known, ...]:
        """Who knows the mail domain *domain* (in A-labels), the better list first.

        A name itself goes before ``*.NAME``, which is every name below, at any depth.
        """
        for key in (domain, *(f"*.{above}" for above in _above(domain))):
            if key in self._index:
                return self._known(key)
        return ()

    def of_host(self, host: str) -> tuple[Known, ...]:
        """Whose server *host* is, which takes mail for some domain: by its nearest name above.

        Both lists name such domains among the others: ``google.com`` knows
        ``aspmx.l.google.com``. A top-level domain is nobody's.
        """
        for name in (host, *_above(host)):
            if "." in name and name in self._index:
                return self._known(name)
        return ()

    def _known(self, key: str) -> tuple[Known, ...]:
        wanted = self._index[key].split()
        return tuple(
            Known(upstream, read_entry(self._folder / f"{name}.toml"))
            for upstream in self.upstreams
            for name in wanted
            if name.partition("/")[0] == upstream.id
        )


def read_upstreams(path: Path) -> tuple[Upstream, ...]:
    """The lists that *path* names, in its order."""
    top = Table.read(path)
    top.only(("upstreams",))
    found = []
    for table in top.tables("upstreams"):
        table.only((*_UPSTREAM, "date"))
        day = table.date("date")
        if day is None:
            raise table.fault("date", _("must say of which day the list is"))
        texts = {key: table.string(key) for key in _UPSTREAM}
        found.append(Upstream(**texts, day=day))
    return tuple(found)


def read_entry(path: Path) -> Entry:
    """The entry at *path*."""
    top = Table.read(path)
    top.only(_ENTRY)
    return Entry(
        file=top.string("file"),
        name=top.maybe("name"),
        domains=top.strings("domains"),
        mx=top.strings("mx"),
        servers=tuple(_server(table) for table in top.tables("servers")),
        broken=top.values.get("broken") is True,
        checked=top.maybe("checked"),
    )


def _server(table: Table) -> StatedServer:
    table.only(_SERVER)
    port = table.values.get("port")
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        raise table.fault("port", _("must be a number from 1 to 65535"))
    return StatedServer(
        protocol=Protocol(table.one_of("protocol", tuple(Protocol))),
        host=table.string("host"),
        port=port,
        security=Security(table.one_of("security", tuple(Security))),
        username=table.maybe("username"),
        auth=table.strings("auth"),
        own_network=table.values.get("own_network") is True,
    )


def _read_index(path: Path) -> Mapping[str, str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise WrongUsage(
            "bad-profile",
            _("The list of domains {path} cannot be read.").format(path=path),
            _("Install clientcfg again."),
        ) from e
    rows = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {domain: names for domain, _tab, names in rows}


def _above(name: str) -> list[str]:
    labels = name.split(".")
    return [".".join(labels[i:]) for i in range(1, len(labels))]
