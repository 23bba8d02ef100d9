# SPDX-License-Identifier: MPL-2.0
"""Names that DNS answers for though nobody made them: wildcards, and rewritten NXDOMAIN.

A random label is asked for. Where it has an address, that another label has
the same one is no evidence of anything (RFC 4592).
"""

import secrets
from functools import lru_cache

from clientcfg.discover.dns import NoAnswer, NoSuchName, Resolver
from clientcfg.words import _


@lru_cache(maxsize=64)
def nobodys_name(domain: str) -> str:
    """A name below *domain* that nobody has made; the same one all the time."""
    return f"clientcfg-{secrets.token_hex(6)}.{domain}"


async def wildcard_addresses(resolver: Resolver, domain: str) -> frozenset[str]:
    """What every name below *domain* resolves to; empty where there is no wildcard."""
    try:
        return frozenset(await resolver.addresses(nobodys_name(domain)))
    except (NoSuchName, NoAnswer):
        return frozenset()


async def stands_for_everything(resolver: Resolver, host: str, domain: str) -> bool:
    """Whether *host* has no address but those that every name below *domain* has."""
    try:
        found = frozenset(await resolver.addresses(host))
    except (NoSuchName, NoAnswer):
        return False
    return found <= await wildcard_addresses(resolver, domain)


async def about_wildcard(resolver: Resolver, domain: str) -> str | None:
    """One sentence where names that nobody made have addresses, and by whose doing."""
    if not await wildcard_addresses(resolver, domain):
        return None
    _host, _dot, above = domain.rpartition(".")
    if above and await wildcard_addresses(resolver, above):
        return _(
            "The DNS server invents addresses for names that do not exist, so that a name has "
            "one proves nothing; another resolver can be named with --dns."
        )
    return _(
        "Every name below {domain} has an address (a wildcard in DNS), so that a name has one "
        "proves nothing."
    ).format(domain=domain)
