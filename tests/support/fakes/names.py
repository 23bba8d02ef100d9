# SPDX-License-Identifier: MPL-2.0
"""Resolvers that ask nobody."""

import asyncio

from clientcfg.probe.connect import Resolve


def resolve_to(*addresses: str) -> Resolve:
    """Every name has these addresses."""

    async def resolve(host: str) -> tuple[str, ...]:
        return addresses

    return resolve


async def never_answers(host: str) -> tuple[str, ...]:
    """A resolver that hangs."""
    await asyncio.Event().wait()
    return ()
