# SPDX-License-Identifier: MPL-2.0
"""Waiting for a message that was accepted to be seen where it should arrive."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from clientcfg.model.trouble import NotFoundOut

ARRIVAL_TIMEOUT = 60.0  # seconds
LOOK_AGAIN = 2.0  # seconds between two looks
_TROUBLES_IN_A_ROW = 3

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Looked(NamedTuple):
    """One look into the inbox. Seen and not deleted: it was left where it is."""

    seen: bool
    deleted: bool


async def seen(
    look: Callable[[], Awaitable[Looked]],
    *,
    within: float = ARRIVAL_TIMEOUT,
    every: float = LOOK_AGAIN,
) -> Looked:
    """Look again and again until it is seen, for *within* seconds, *every* so many seconds.

    A look that could not be finished (mailbox locked, log-in delay) counts as
    not yet; several in a row, or one at the end, are raised as they came.
    """
    deadline = asyncio.get_running_loop().time() + within
    troubles = 0
    while True:
        last: NotFoundOut | None = None
        try:
            async with asyncio.timeout_at(deadline):
                looked = await look()
            if looked.seen:
                return looked
            troubles = 0
        except TimeoutError:
            return Looked(seen=False, deleted=False)
        except NotFoundOut as trouble:
            troubles, last = troubles + 1, trouble
        late = asyncio.get_running_loop().time() + every >= deadline
        if last is not None and (late or troubles >= _TROUBLES_IN_A_ROW):
            raise last
        if late:
            return Looked(seen=False, deleted=False)
        await asyncio.sleep(every)


def has_message_id(header: bytes, wanted: bytes) -> bool:
    """Whether the header section has exactly this Message-ID, folded or not."""
    section = _FOLD.sub(b"", _HEADER_END.split(header, maxsplit=1)[0])
    return wanted in _MESSAGE_ID.findall(section)
