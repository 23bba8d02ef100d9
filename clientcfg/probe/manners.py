# SPDX-License-Identifier: MPL-2.0
"""How often a server is bothered: at most four connections at once to one service of one
address, and five sessions in ten minutes.

The strictest server's own limit for one client is four connections (Courier's
pop3d); fail2ban's stock jails count five lines in ten minutes. What a person
asks for is always asked; what the probe would add by itself (a closer look, TLS
versions, the other family of addresses) is left out where it would be too much.
"""

import asyncio
import ipaddress
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

Service = tuple[str, int]  # address, port

AT_ONCE: Final = 4
SESSIONS: Final = 5
WINDOW: Final = 600.0  # seconds
_SERVICES_KEPT: Final = 4096


class Recently:
    """When sessions with each service began, for as long as that counts.

    This machine's own servers are nobody's but ours: they are not counted
    unless *loopback* says so. *clock* gives seconds since the epoch.
    ``changed``: something was noted since :meth:`take`.
    """

    def __init__(self, clock: Callable[[], float] = time.time, *, loopback: bool = False) -> None:
        self._clock = clock
        self._loopback = loopback
        self._begun: dict[Service, deque[float]] = {}
        self.changed = False

    def take(self, times: Mapping[Service, Iterable[float]]) -> None:
        """What another run of the program has noted."""
        now = self._clock()
        for service, begun in times.items():
            known = (*self._begun.get(service, ()), *(t for t in begun if t <= now))
            self._begun[service] = deque(sorted(known), maxlen=SESSIONS)
        self.changed = False

    def times(self) -> dict[Service, tuple[float, ...]]:
        """All that still counts."""
        return {s: tuple(begun) for s, begun in self._begun.items() if self.count(s)}

    def count(self, service: Service) -> int:
        """Sessions of the last ten minutes."""
        begun = self._begun.get(service)
        if begun is None:
            return 0
        while begun and begun[0] <= self._clock() - WINDOW:
            begun.popleft()
        return len(begun)

    def note(self, service: Service) -> None:
        """One more begins now."""
        if not self._loopback and _is_loopback(service[0]):
            return
        if service not in self._begun and len(self._begun) >= _SERVICES_KEPT:
            self._begun = {s: begun for s, begun in self._begun.items() if self.count(s)}
        self._begun.setdefault(service, deque(maxlen=SESSIONS)).append(self._clock())
        self.changed = True


@lru_cache(maxsize=1024)
def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


# One memory for the whole process: it is the same servers, whoever asks.
RECENTLY: Final = Recently()


class Manners:
    """For all that one question asks; of one event loop."""

    def __init__(self, recently: Recently = RECENTLY) -> None:
        self._recently = recently
        self._turns: dict[Service, _Turn] = {}

    def room(self, service: Service, sessions: int = 1) -> bool:
        """Whether that many more sessions are still good manners."""
        return self._recently.count(service) + sessions <= SESSIONS

    def session(self, service: Service) -> "_Session":
        """``async with`` it: wait for a turn, and have it until the block ends."""
        return _Session(self, service)

    async def _begin(self, service: Service) -> None:
        turn = self._turns.get(service)
        if turn is None:
            turn = self._turns[service] = _Turn()
        turn.wanting += 1
        try:
            await turn.free.acquire()
        except BaseException:
            self._leave(service, turn)
            raise
        self._recently.note(service)

    def _end(self, service: Service) -> None:
        turn = self._turns[service]
        turn.free.release()
        self._leave(service, turn)

    def _leave(self, service: Service, turn: "_Turn") -> None:
        turn.wanting -= 1
        if not turn.wanting:
            del self._turns[service]


class _Turn:
    """Who has, or wants, a connection to one service."""

    __slots__ = ("free", "wanting")

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.wanting = 0


class _Session:
    """A turn, for as long as the block lasts."""

    __slots__ = ("_manners", "_service")

    def __init__(self, manners: Manners, service: Service) -> None:
        self._manners = manners
        self._service = service

    async def __aenter__(self) -> None:
        await self._manners._begin(self._service)

    async def __aexit__(self, *_error: object) -> None:
        self._manners._end(self._service)
