# SPDX-License-Identifier: MPL-2.0
"""Which later version or maintained successor has a way in."""

from collections.abc import Callable, Iterator
from typing import Protocol

from clientcfg.advise.condition import label
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.verdict import Advice
from clientcfg.words import _


class Catalog(Protocol):
    """What advice has to look up: versions of clients, by id."""

    def at(self, name: str, version: str | None, platform: str | None) -> ClientVersion:
        """What *version* (None: the current one) can do on *platform* (None: the usual one)."""
        ...

    def later(
        self, name: str, version: str | None, platform: str | None
    ) -> tuple[ClientVersion, ...]:
        """The first version of each later range on *platform*, ascending."""
        ...


def way_out(
    client: ClientVersion, catalog: Catalog, ready: Callable[[ClientVersion], bool]
) -> Advice | None:
    """The same version built with more, if that is *ready*; else the smallest later version.

    Else the first maintained successor; None where there is none of them.
    """
    if client.reduced and ready(catalog.at(client.id, client.version, client.platform)):
        return _rebuild(client)
    for later in catalog.later(client.id, client.version, client.platform):
        if ready(later):
            return _upgrade(client, later, catalog)
    for successor in _successors(client, catalog, {client.id}):
        if successor.maintained is Answer.YES and ready(successor):
            return _switch(client, successor)
    return None


def _successors(client: ClientVersion, catalog: Catalog, seen: set[str]) -> Iterator[ClientVersion]:
    """Successors and theirs in turn, nearest first, each client once."""
    here = []
    for line in client.successors:
        if line.client in seen:
            continue
        seen.add(line.client)
        successor = catalog.at(line.client, line.version, client.platform)
        if not successor.covered:
            successor = catalog.at(line.client, line.version, None)
        here.append(successor)
        yield successor
        yield from catalog.later(successor.id, successor.version, successor.platform)
    for successor in here:
        yield from _successors(successor, catalog, seen)


def _rebuild(client: ClientVersion) -> Advice:
    text = _(
        "Install another build of {client}, or the parts that this one lacks: the version itself "
        "can. The package of your distribution usually has everything."
    )
    return Advice(
        "upgrade", text.format(client=label(client)), client=client.id, version=client.version
    )


def _upgrade(client: ClientVersion, later: ClientVersion, catalog: Catalog) -> Advice:
    newest = catalog.at(later.id, None, client.platform).version
    text = _("Upgrade {client} to {later}.")
    if newest is not None and newest != later.version:
        text = _("Upgrade {client}: from {later} on it can. The newest is {newest}.")
    return Advice(
        "upgrade",
        text.format(client=label(client), later=label(later), newest=newest),
        client=later.id,
        version=later.version,
    )


def _switch(client: ClientVersion, successor: ClientVersion) -> Advice:
    text = _("Go from {client} to {successor}, which can.")
    return Advice(
        "switch",
        text.format(client=label(client), successor=label(successor)),
        client=successor.id,
        version=successor.version,
    )
