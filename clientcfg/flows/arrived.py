# SPDX-License-Identifier: MPL-2.0
"""Waiting for the message in the inbox, over IMAP or POP3, and deleting that one again."""

import asyncio
from dataclasses import dataclass
from typing import Final

from clientcfg.flows.door import Door
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Protocol
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import NotFoundOut
from clientcfg.probe.words import problem
from clientcfg.verify import imap, pop3
from clientcfg.verify.arrival import ARRIVAL_TIMEOUT, Looked, seen

# How long it is looked for (seconds).
LOOKED_FOR: Final = ARRIVAL_TIMEOUT


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was looked for. ``after``: seconds from the beginning until it was seen, else None."""

    seen: bool
    deleted: bool
    after: float | None


async def arrived(
    door: Door, login: ServerLogin, secret: Secret, message_id: str, *, keep: bool
) -> Arrived:
    """Wait until the message is seen, for :data:`LOOKED_FOR` seconds; without *keep* delete it."""
    looks = _over_pop3 if login.endpoint.protocol is Protocol.POP3 else _over_imap
    clock = _Clock()
    looked = await looks(door, login, secret, message_id, clock, keep=keep)
    return Arrived(looked.seen, looked.deleted, clock.seen_after if looked.seen else None)


class _Clock:
    """When the message was seen."""

    def __init__(self) -> None:
        self._now = asyncio.get_running_loop().time
        self._began = self._now()
        self.seen_after: float | None = None

    def saw(self) -> None:
        self.seen_after = self._now() - self._began


async def _over_imap(
    door: Door, login: ServerLogin, secret: Secret, message_id: str, clock: _Clock, *, keep: bool
) -> Looked:
    """In one session: servers count log-ins."""
    channel = await door.open(login, ARRIVAL_TIMEOUT)
    try:
        try:
            # Waiting for the message may take a minute, the log-in may not.
            async with asyncio.timeout(door.question.timeout):
                session = await imap.log_in(channel, login, secret)
        except TimeoutError:
            host, port = login.endpoint.host, login.endpoint.port
            late = problem("time-up-in-log-in", host=host, port=port)
            raise NotFoundOut(late.code, late.text) from None
        door.passed(login, channel)
        await imap.open_inbox(session)

        async def look() -> Looked:
            uid = await imap.find(session, message_id)
            if uid is None:
                return Looked(seen=False, deleted=False)
            clock.saw()
            return Looked(seen=True, deleted=not keep and await imap.delete(session, uid))

        looked = await seen(look)
        await session.leave()
        return looked
    finally:
        await channel.wire.close()


async def _over_pop3(
    door: Door, login: ServerLogin, secret: Secret, message_id: str, clock: _Clock, *, keep: bool
) -> Looked:
    """Each look is a session, which sees what was there when it began."""

    async def look() -> Looked:
        channel = await door.open(login)
        try:
            looked = await pop3.look(channel, login, secret, message_id, delete=not keep)
        finally:
            await channel.wire.close()
        if looked.seen:
            clock.saw()
        door.passed(login, channel)
        return looked

    return await seen(look)
