# SPDX-License-Identifier: MPL-2.0
"""Whether a program is open, told each time that it is opened or closed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.flows.here import Here
from clientcfg.model.client import Installation

# Seconds between two looks.
EVERY = 2.0


@dataclass(frozen=True, slots=True)
class ClientOpen:
    """It was opened, or closed."""

    open: bool


async def watch_client(
    installation: Installation, here: Here, *, every: float = EVERY
) -> AsyncIterator[ClientOpen]:
    """Look every so many seconds, until cancelled; *installation* says how it was before.

    Where it cannot be told, nothing is said.
    """
    known = bool(installation.running)
    while True:
        await asyncio.sleep(every)
        # In a thread: on some systems another program is asked.
        now = await asyncio.to_thread(here.is_open, installation)
        if now is not None and now != known:
            known = now
            yield ClientOpen(now)
