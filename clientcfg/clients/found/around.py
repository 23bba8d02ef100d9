# SPDX-License-Identifier: MPL-2.0
"""What finders look at together, read once: packages, processes, registries."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from clientcfg.clients.found.packages import Package, debian
from clientcfg.clients.found.processes import names_running
from clientcfg.clients.machine import Machine
from clientcfg.clients.registry.hive import Hive
from clientcfg.clients.registry.wine import wine_registry
from clientcfg.system import WINDOWS


@dataclass(frozen=True, slots=True)
class Hit:
    """A program that a finder came upon. ``recorded_only`` as in :class:`Installation`."""

    program: str
    version: str | None
    packaging: str
    platform: str
    recorded_only: bool = False
    said: str | None = None


Running = Callable[[], frozenset[str] | None]
"""The names of the programs that somebody runs now; None where there is no telling."""


class Around:
    """One machine while it is looked at. *hive*, *running*: of a Windows, where they are given."""

    def __init__(
        self,
        machine: Machine,
        packages: Collection[str] = (),
        hive: Hive | None = None,
        running: Running | None = None,
    ) -> None:
        self.machine = machine
        self._names = frozenset(packages)
        self._hive = hive
        self._running = running

    @cached_property
    def packages(self) -> Mapping[str, Package]:
        """The Debian packages that rows name and that are installed."""
        return debian(self.machine, self._names)

    @cached_property
    def running(self) -> frozenset[str] | None:
        """The names of the programs that run now."""
        return self._running() if self._running else names_running(self.machine)

    @cached_property
    def hives(self) -> tuple[tuple[str, Hive], ...]:
        """Every registry there is, and whose: "windows" for its own, "wine" for a prefix."""
        return tuple(self._hives())

    def _hives(self) -> Iterator[tuple[str, Hive]]:
        if self._hive is not None:
            yield "windows", self._hive
        elif sys.platform == "win32":
            from clientcfg.clients.registry.live import WindowsHive  # noqa: PLC0415

            yield "windows", WindowsHive()
        wine = wine_registry(self.machine)
        if wine is not None:
            yield "wine", wine

    @cached_property
    def platform(self) -> str:
        """The platform word of programs that run here natively."""
        if self._hive is not None and self._running is not None:
            return "win"
        if self.machine.is_directory("/System/Library/CoreServices"):
            return "mac"
        if WINDOWS:
            return "win"
        return "linux" if sys.platform == "linux" else "unix"
