# SPDX-License-Identifier: MPL-2.0
"""A place on the web: what may be asked, and where a redirect may lead. No I/O.

A redirect is followed to https alone, to a host with a name, on the port that
https has (RFC 9110 §15.4; draft-ietf-mailmaint-autoconfig-06, security).
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from clientcfg.model.address import host_name
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# Kept as they are in a path and a query (RFC 3986 §3.3, §3.4).
_KEPT: Final = "/?:@!$&'()*+,;=%-._~"
_DIGITS: Final = re.compile(r"[\d.]+|0x[0-9a-f]+", re.IGNORECASE)


class NotAPlace(Exception):
    """Nobody is asked there. The text is one half sentence that says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """``host`` in A-labels, ``target``: path and query. ``https``: the only kind but for one."""

    host: str
    target: str
    https: bool = True
    port: int = 443

    @property
    def authority(self) -> str:
        """The host, with the port where it is not the usual one (RFC 3986 §3.2)."""
        return self.host if self.port == (443 if self.https else 80) else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{'https' if self.https else 'http'}://{self.authority}{self.target}"


def read_place(text: str) -> Place:
    """The https place that *text* names. Raises :class:`NotAPlace`."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise NotAPlace(_("it leads to no readable address")) from None
    if parts.scheme.lower() == "http":
        raise NotAPlace(_("it leads from https to http"))
    if parts.scheme.lower() != "https" or not host:
        raise NotAPlace(_("it leads to no web address"))
    if parts.username is not None or parts.password is not None:
        raise NotAPlace(_("it leads to an address with a user name in it"))
    if port not in {None, 443}:
        raise NotAPlace(_("it leads to the port {port}").format(port=port))
    try:
        name = host_name(host)
    except WrongUsage:
        raise NotAPlace(_("it leads to a host that has no name")) from None
    if "." not in name or _DIGITS.fullmatch(name.rpartition(".")[2]):
        raise NotAPlace(_("it leads to a host that has no name of its own"))
    query = f"?{parts.query}" if parts.query else ""
    return Place(name, quote((parts.path or "/") + query, safe=_KEPT))


def redirected(place: Place, location: str) -> Place:
    """Where the header ``Location`` leads from *place*. Raises :class:`NotAPlace`."""
    if not location.strip():
        raise NotAPlace(_("it leads nowhere"))
    try:
        return read_place(urljoin(str(place), location.strip()))
    except ValueError:
        raise NotAPlace(_("it leads to no readable address")) from None
