# SPDX-License-Identifier: MPL-2.0
"""From a host name to an open TCP connection: look up, and the addresses' race (RFC 8305)."""

import asyncio
import errno
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from clientcfg.model.address import host_name
from clientcfg.model.report import Problem
from clientcfg.model.trouble import Trouble
from clientcfg.probe.link import Link
from clientcfg.probe.words import problem

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]

HEAD_START: Final = 0.25  # seconds, RFC 8305 §5
ADDRESS_LIMIT: Final = 8

_NO_SUCH_HOST: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)})
_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})


class Unreachable(Exception):
    """No connection, and why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


@dataclass(frozen=True, slots=True)
class Connected:
    """An open connection, the address that answered, and those that did not before it.

    ``at`` is when it came about (loop time).
    """

    link: Link
    address: str
    silent: tuple[str, ...]
    at: float


async def system_resolve(host: str) -> tuple[str, ...]:
    """The system's resolver, in its order. Raises ``OSError`` (``socket.gaierror``).

    It cannot be interrupted, so it has a thread that nobody waits for, neither
    at the deadline nor at the end of the program.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def settle(found: tuple[str, ...], error: OSError | UnicodeError | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def look_up() -> None:
        found: tuple[str, ...] = ()
        trouble: OSError | UnicodeError | None = None
        try:
            infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            trouble = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found, trouble)

    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    return await answer


async def addresses_of(host: str, resolve: Resolve) -> tuple[str, ...]:
    """The addresses of *host*, families taking turns. A literal address is not looked up.

    Raises :class:`Unreachable`.
    """
    literal = _literal(host)
    if literal is not None:
        return (literal,)
    try:
        found = await resolve(host_name(host))
    except Trouble as trouble:
        raise Unreachable(Problem(trouble.code, trouble.text)) from trouble
    except socket.gaierror as error:
        if error.errno in _NO_SUCH_HOST:
            raise Unreachable(problem("no-such-host", host=host)) from error
        reason = error.strerror or str(error)
        raise Unreachable(problem("no-dns-answer", host=host, reason=reason)) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(problem("no-dns-answer", host=host, reason=str(error))) from error
    if not found:
        raise Unreachable(problem("no-such-host", host=host))
    if len(found) == 1:
        return found
    sixes = [a for a in found if ":" in a]
    fours = [a for a in found if ":" not in a]
    first, second = (sixes, fours) if ":" in found[0] else (fours, sixes)
    turns = chain.from_iterable(zip_longest(first, second))
    return tuple(a for a in turns if a is not None)[:ADDRESS_LIMIT]


def _literal(host: str) -> str | None:
    """The address that *host* is, written out; None for a name."""
    if ":" not in host and not host[-1:].isdigit():
        return None
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


async def connect(host: str, port: int, addresses: tuple[str, ...]) -> Connected:
    """The first connection that comes about; each address gets a quarter second's head start.

    Raises :class:`Unreachable` where none does.
    """
    if len(addresses) == 1:
        return await _the_only_one(host, port, addresses[0])
    waiting = list(addresses)
    racing: dict[asyncio.Task[Link], str] = {}
    failures: list[tuple[str, OSError]] = []
    try:
        while waiting or racing:
            if waiting:
                address = waiting.pop(0)
                racing[asyncio.create_task(_dial(address, port))] = address
            done, _rest = await asyncio.wait(
                racing,
                timeout=HEAD_START if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                address = racing.pop(task)
                error = task.exception()
                if error is None:
                    silent = _silent(addresses, address, failures)
                    now = asyncio.get_running_loop().time()
                    return Connected(task.result(), address, silent, now)
                if not isinstance(error, OSError):
                    raise error
                failures.append((address, error))
    finally:
        await _call_off(racing)
    raise Unreachable(_most_telling(host, port, [error for _address, error in failures]))


async def _the_only_one(host: str, port: int, address: str) -> Connected:
    try:
        link = await _dial(address, port)
    except OSError as error:
        raise Unreachable(_most_telling(host, port, [error])) from error
    return Connected(link, address, (), asyncio.get_running_loop().time())


def _silent(
    addresses: tuple[str, ...], winner: str, failures: list[tuple[str, OSError]]
) -> tuple[str, ...]:
    """Those that were called before the winner, unless it is this machine that has no way there."""
    unroutable = {address for address, error in failures if error.errno in _NO_ROUTE}
    return tuple(a for a in addresses[: addresses.index(winner)] if a not in unroutable)


async def _dial(address: str, port: int) -> Link:
    _transport, link = await asyncio.get_running_loop().create_connection(Link, address, port)
    return link


async def _call_off(racing: dict[asyncio.Task[Link], str]) -> None:
    for task in racing:
        task.cancel()
    for outcome in await asyncio.gather(*racing, return_exceptions=True):
        if isinstance(outcome, Link):
            outcome.abort()


def _most_telling(host: str, port: int, errors: list[OSError]) -> Problem:
    if any(isinstance(error, ConnectionRefusedError) for error in errors):
        return problem("refused", host=host, port=port)
    error = errors[-1]
    reason = error.strerror or str(error)
    code = "no-route" if error.errno in _NO_ROUTE else "no-connection"
    return problem(code, host=host, port=port, reason=reason)
