# SPDX-License-Identifier: MPL-2.0
"""Whose a name is: the domain below a public suffix that somebody registered.

The list of public suffixes comes with the package ``publicsuffixlist``; to read
it takes some 30 ms, so it is read only where two names differ.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

# More labels than this between a mail server and its operator are not asked one by one.
MOST: Final = 4

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def site(name: str) -> str | None:
    """The registrable domain of *name*, in A-labels; None for a public suffix itself."""
    found: str | None = _suffixes().privatesuffix(name)
    return found


def same_site(one: str, other: str) -> bool:
    """Whether both names are of one registrable domain."""
    return one == other or (site(one) is not None and site(one) == site(other))


def inside(name: str, domain: str) -> bool:
    """Whether *name* is *domain* or below it."""
    return name == domain or name.endswith("." + domain)


def suffixes_of(host: str) -> tuple[str, ...]:
    """*Host* and every domain above it, down to its registrable one; none for a public suffix."""
    base = site(host)
    if base is None:
        return ()
    found = [host]
    while found[-1] != base:
        found.append(found[-1].partition(".")[2])
    return tuple(found)


def operators(host: str, domain: str) -> tuple[str, ...]:
    """The domains to ask about the MX *host*, nearest first; none that are *domain* itself.

    With ``mx1.mail.example.net`` these are ``mail.example.net`` (MXFULL),
    ``example.net`` (MXBASE, by the Public Suffix List) and, last, the host
    itself, which one desktop asks.
    """
    suffixes = suffixes_of(host)
    nearest = suffixes[1:] or suffixes
    kept = (*nearest[-MOST:], *suffixes[:1])
    return tuple(name for name in dict.fromkeys(kept) if name != domain)


def owners(host: str, domain: str) -> tuple[str, ...]:
    """The nearest and the registrable domain above the MX *host*, where it is somebody else's."""
    if inside(host, domain):
        return ()
    above = [n for n in operators(host, domain) if n != host and not inside(domain, n)]
    return tuple(dict.fromkeys((*above[:1], *above[-1:])))


@lru_cache(maxsize=1)
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - reads a list of 10,000 lines

    return PublicSuffixList()
