# SPDX-License-Identifier: MPL-2.0
"""What a search will need, fetched before anybody waits for it."""

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from clientcfg.flows.here import Here
from clientcfg.flows.unhurried import unhurried
from clientcfg.model.trouble import Trouble

# Each of them is loaded where it is first used, and then somebody waits.
_USED_LATE = (
    "certifi",
    "clientcfg.flows.sources",
    "clientcfg.probe.faults",
    "clientcfg.probe.known",
    "dns._asyncio_backend",
    "dns.asyncresolver",
    "dns.rdtypes.ANY.MX",
    "dns.rdtypes.ANY.NS",
    "dns.rdtypes.ANY.SOA",
    "dns.rdtypes.ANY.TXT",
    "dns.rdtypes.IN.A",
    "dns.rdtypes.IN.AAAA",
    "dns.rdtypes.IN.SRV",
    "publicsuffixlist",
)


def load_ahead() -> None:
    """Load the code that asks; in whatever thread."""
    for name in _USED_LATE:
        importlib.import_module(name)


async def read_ahead(here: Here, busy: Callable[[], bool] = lambda: False) -> AsyncIterator[int]:
    """Read the whole catalog, bit by bit; ends with how many programs it knows.

    It waits while others are *busy*: a search reads by itself what is still missing.
    """
    # What is wrong with it is told where it is needed.
    with suppress(Trouble):
        yield len(await unhurried(here.catalog.each(), busy))
