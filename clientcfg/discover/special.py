# SPDX-License-Identifier: MPL-2.0
"""Names that are no domain anybody has mail at: asked about by nobody, or only with a word.

RFC 6761 (``test`` and ``example`` are ordinary names to a program), RFC 6762,
RFC 7686, RFC 8375, RFC 9476, and the endings below which everybody may register. No I/O.
"""

import re
from typing import Final

from clientcfg.model.address import host_name
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

# DNS must not, or need not, be asked about these and what is below them.
_NEVER: Final = ("onion", "alt", "invalid", "localhost")
_OWN_NETWORK: Final = ("local", "home.arpa", "internal")

_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_COUNTRY: Final = 2
_SHORT: Final = 3


class NotAServer(ValueError):
    """What somebody published is no name of a server. The text is a half sentence."""


def why_not_asked(domain: str) -> str | None:
    """Why nobody is asked about *domain* (in A-labels); None for an ordinary name."""
    never = _never(domain)
    if never is not None:
        why = {
            "onion": _("{name} is a name inside Tor, which DNS must not be asked about (RFC 7686)"),
            "alt": _("{name} is a name outside DNS, which DNS must not be asked about (RFC 9476)"),
            "invalid": _("{name} is a name that never exists (RFC 6761)"),
            "localhost": _("{name} is this computer, and no domain on the internet (RFC 6761)"),
        }
        return why[never].format(name=domain)
    if "." not in domain:
        text = _(
            "{name} is one word, and no domain on the internet: its ending, like .org, is missing"
        )
        return text.format(name=domain)
    if _is_ending(domain):
        text = _("{name} is an ending below which others have their domains; nobody has mail there")
        return text.format(name=domain)
    return None


def may_be_host(name: str) -> bool:
    """Whether a host *name* may be looked up: one of this computer or this network may."""
    return _never(name) is None or _below(name, "localhost")


def about_own_network(domain: str) -> str | None:
    """One sentence about a name that means something in one network only (RFC 6762, RFC 8375)."""
    if not any(_below(domain, ending) for ending in _OWN_NETWORK):
        return None
    return _(
        "Names like {name} are for one network alone: outside of it nobody knows them, and in "
        "every network they may mean another server."
    ).format(name=domain)


def published_host(text: str) -> str:
    """The host that a file or a record names, in A-labels. Raises :class:`NotAServer`.

    A number is refused: no registrable domain says whose it is, and hardly any
    certificate stands for it. So is what only means something on this computer.
    """
    bare = text.strip()
    if ":" in bare or _NUMBER.fullmatch(bare.strip("[]").rstrip(".").rpartition(".")[2]):
        raise NotAServer(_("its host is the number of a machine, not a name"))
    try:
        name = host_name(bare)
    except WrongUsage:
        raise NotAServer(_("its host is not a usable name")) from None
    if "." not in name or _never(name) is not None:
        raise NotAServer(_("its host is not a name on the internet"))
    return name


def _never(name: str) -> str | None:
    return next((ending for ending in _NEVER if _below(name, ending)), None)


def _below(name: str, ending: str) -> bool:
    return name == ending or name.endswith(f".{ending}")


def _is_ending(domain: str) -> bool:
    """Whether it is a public suffix of two labels: ``co.uk``.

    The list of them takes 30 ms to read, so only names that look like it are looked up.
    """
    labels = domain.split(".")
    if len(labels) > _COUNTRY or len(labels[1]) > _COUNTRY or len(labels[0]) > _SHORT:
        return False
    from clientcfg.discover.site import site  # noqa: PLC0415

    return site(domain) is None
