# SPDX-License-Identifier: MPL-2.0
"""Asking web servers: verified, capped, with a deadline, and with *no* and *unknown* apart.

A definite *no* is a name that DNS does not have, a port where nobody listens,
or a server that says so (404, 410, 204, 401, 403). Whoever did not answer, or
could not prove who he is, leaves it *unknown*.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from clientcfg.discover.dns import NoAnswer, NoSuchName, Resolver
from clientcfg.discover.http import NotHttp, Reply, Request, TooLong, connect, exchange
from clientcfg.discover.place import REDIRECTS, NotAPlace, Place, redirected
from clientcfg.discover.site import same_site
from clientcfg.words import _

CONNECT_SECONDS: Final = 2.0
FETCH_SECONDS: Final = 4.0
HOPS: Final = 3
CAP: Final = 256 * 1024  # the largest known configuration has 17 KiB

# Try again later, or too early: no word about what is there (RFC 9110 §15.5, RFC 8470).
PASSING: Final = frozenset({408, 425, 429})


class NotThere(Exception):
    """A definite no. The text is a half sentence to stand behind a name and a colon.

    ``answered``: a web server said so itself, with a status; ``plain``: there is
    simply nothing there, which need not be told of each of many places.
    """

    def __init__(self, text: str, *, answered: bool = False, plain: bool = False) -> None:
        super().__init__(text)
        self.answered = answered
        self.plain = plain


class NotReached(Exception):
    """It could not be found out. The text is a half sentence as above."""


class NotProved(NotReached):
    """Nobody there has proved to be that host. ``certificate``: the one shown does not verify."""

    def __init__(self, text: str, *, certificate: bool = False) -> None:
        super().__init__(text)
        self.certificate = certificate


class WantsMore(NotReached):
    """Status 400: it is there, and wants to know the whole address first."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a place holds. ``crossed``: a redirect led to what somebody else registered."""

    place: Place
    body: bytes
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Web:
    """``context`` makes the TLS context that decides about trust, when it is first needed."""

    resolver: Resolver
    context: Callable[[], ssl.SSLContext]

    async def get(
        self,
        place: Place,
        *,
        hops: int = HOPS,
        on_site: bool = False,
        timeout: float = FETCH_SECONDS,
    ) -> Page:
        """What is at *place*, or where it leads to. Raises :class:`NotThere`, :class:`NotReached`.

        ``on_site``: only as far as everything is of one registrable domain.
        *timeout* (seconds) covers all redirects.
        """
        try:
            async with asyncio.timeout(timeout):
                return await self._follow(place, hops, on_site)
        except TimeoutError:
            raise NotReached(
                _("no answer within {seconds:g} seconds").format(seconds=timeout)
            ) from None

    async def _follow(self, place: Place, hops: int, on_site: bool) -> Page:
        at, crossed = place, False
        for left in range(hops, -1, -1):
            reply = await self.once(at)
            if reply.status not in REDIRECTS:
                return Page(at, _content(reply), crossed)
            if not hops:
                break
            try:
                following = redirected(at, reply.location)
            except NotAPlace as why:
                raise NotThere(_("it redirects, but {why}").format(why=why)) from why
            crossed = crossed or not same_site(following.host, place.host)
            if crossed and on_site:
                raise NotThere(
                    _("it redirects to {host}, which is not asked").format(host=following.host)
                )
            if left:
                at = following
        text = _("it redirects more than {count} times") if hops else _("it redirects")
        raise NotThere(text.format(count=hops))

    async def once(self, place: Place, body: bytes | None = None, content_type: str = "") -> Reply:
        """One request, no redirect followed; the answer whatever its status.

        Raises :class:`NotThere`, :class:`NotReached`; waits as long as it takes.
        """
        request = Request(place.host, place.authority, place.target, body, content_type)
        try:
            addresses = await self.resolver.addresses(place.host)
        except NoSuchName:
            raise NotThere(_("there is no such host"), plain=True) from None
        except NoAnswer as why:
            raise NotReached(str(why)) from why
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                connection = await connect(addresses, place.port)
        except TimeoutError:
            raise NotProved(
                _("no connection within {seconds:g} seconds").format(seconds=CONNECT_SECONDS)
            ) from None
        except ConnectionRefusedError:
            raise NotThere(_("no web server listens there"), plain=True) from None
        except OSError as error:
            raise NotProved(error.strerror or str(error)) from error
        return await self._asked(connection, request, place)

    async def _asked(self, connection: socket.socket, request: Request, place: Place) -> Reply:
        tls = self.context() if place.https else None
        try:
            return await exchange(connection, request, tls=tls, cap=CAP)
        except ssl.SSLCertVerificationError as error:
            text = _("its certificate does not verify ({why})")
            raise NotProved(text.format(why=error.verify_message), certificate=True) from error
        except ssl.SSLError as error:
            why = (error.reason or str(error)).replace("_", " ").lower()
            raise NotProved(_("no encryption came about ({why})").format(why=why)) from error
        except TooLong:
            text = _("its answer is larger than {limit} KiB")
            raise NotThere(text.format(limit=CAP // 1024)) from None
        except NotHttp as error:
            raise NotReached(_("its answer is no HTTP ({why})").format(why=error)) from error
        except OSError as error:
            raise NotReached(error.strerror or str(error)) from error


def _content(reply: Reply) -> bytes:
    """The body of a 200. Raises :class:`NotThere`, :class:`NotReached`."""
    status = reply.status
    if status == 200:
        return reply.body
    if status == 400:
        raise WantsMore(_("it wants to know the whole address first (status 400)"))
    if status >= 500 or status in PASSING:
        raise NotReached(_("it could not answer (status {status})").format(status=status))
    if status == 401:
        raise NotThere(_("it wants a password, and gets none (status 401)"))
    text = _("it has none (status {status})").format(status=status)
    raise NotThere(text, answered=True, plain=status in {204, 404, 410})
