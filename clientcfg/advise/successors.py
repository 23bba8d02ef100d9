# SPDX-License-Identifier: MPL-2.0
"""Which later version or maintained successor has a way in, on the same platform."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


# What the cheapest way in costs a version, None where it has none.
Price = Callable[[ClientVersion], int | None]


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to go to, and how that is said."""

    to: ClientVersion
    advice: Advice


def ways_out(client: ClientVersion, catalog: Catalog, price: Price) -> tuple[WayOut, ...]:
    """The smallest later version that can, else the maintained successor.

    Both where no version that can is maintained any more, and the successor is
    no dearer. Only what runs where *client* runs: a program for another system
    is a new computer, not an upgrade. Empty where there is neither. Where this
    very build alone lacks what its version has, another build is the way out.
    """
    if client.reduced:
        whole = catalog.at(client.id, client.version, client.platform)
        if price(whole) is not None:
            return (WayOut(whole, _rebuild(client)),)
    able = (
        v for v in catalog.later(client.id, client.version, client.platform) if price(v) is not None
    )
    first = next(able, None)
    found = () if first is None else (WayOut(first, _upgrade(client, first, catalog)),)
    if first is not None and any(v.maintained is Answer.YES for v in (first, *able)):
        return found
    successor = _maintained(client, catalog, price, client.platform)
    if successor is None or (first is not None and _dearer(price(successor), price(first))):
        return found
    return (*found, WayOut(successor, _switch(client, successor)))


def _dearer(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one > other


def elsewhere(client: ClientVersion, catalog: Catalog, price: Price) -> Advice | None:
    """The same on a computer with another system."""
    if client.platform is None:
        return None
    found = _maintained(client, catalog, price, None)
    if found is None:
        return None
    text = _("On a computer with a newer system, {successor} can.")
    return Advice(
        "other-system",
        text.format(successor=label(found)),
        client=found.id,
        version=found.version,
    )


def _maintained(
    client: ClientVersion, catalog: Catalog, price: Price, platform: str | None
) -> ClientVersion | None:
    cheapest: tuple[int, ClientVersion] | None = None
    for successor in _successors(client, catalog, platform, {client.id}):
        cost = price(successor) if successor.maintained is Answer.YES else None
        if cost is not None and (cheapest is None or cost < cheapest[0]):
            cheapest = cost, successor
        if cost == 0:
            break
    return None if cheapest is None else cheapest[1]


def _successors(
    client: ClientVersion, catalog: Catalog, platform: str | None, seen: set[str]
) -> Iterator[ClientVersion]:
    """Successors and theirs in turn, nearest first, each client once.

    One that does not run on *platform* (None: on any) still leads to its own.
    """
    here = []
    for line in client.successors:
        if line.client in seen:
            continue
        seen.add(line.client)
        successor = catalog.at(line.client, line.version, platform)
        if successor.covered:
            yield successor
            yield from catalog.later(successor.id, successor.version, platform)
        else:
            successor = catalog.at(line.client, line.version, None)
        here.append(successor)
    for successor in here:
        yield from _successors(successor, catalog, platform, seen)


def _rebuild(client: ClientVersion) -> Advice:
    text = _(
        "Install another build of {client}, or the parts that this one lacks: the version itself "
        "can. The package of your distribution usually has everything."
    )
    return Advice(
        "upgrade", text.format(client=label(client)), client=client.id, version=client.version
    )


def _upgrade(client: ClientVersion, later: ClientVersion, catalog: Catalog) -> Advice:
    newest = catalog.at(later.id, None, client.platform)
    text = _("Upgrade {client} to {later}.")
    if newest.version is not None and newest.version != later.version:
        text = _("Upgrade {client}: from {later} on it can. The newest is {newest}.")
    return Advice(
        "upgrade",
        text.format(client=label(client), later=label(later), newest=label(newest))
        + _system(later),
        client=later.id,
        version=later.version,
    )


def _switch(client: ClientVersion, successor: ClientVersion) -> Advice:
    text = _("Go from {client} to {successor}, which can.")
    return Advice(
        "switch",
        text.format(client=label(client), successor=label(successor)) + _system(successor),
        client=successor.id,
        version=successor.version,
    )


def _system(client: ClientVersion) -> str:
    """What has to be looked at first: a program of today does not run on any system."""
    if client.requires is None:
        return ""
    return " " + _("It needs {system} or newer.").format(system=client.requires)
