# SPDX-License-Identifier: MPL-2.0
"""The password that this system's own store keeps for clientcfg, if it has one and it is open."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from clientcfg.model.secret import Secret
from clientcfg.words import _

# Under which name a password for clientcfg lies in the store.
SERVICE = "clientcfg"
# A locked store may open a window and wait for a person (seconds).
PATIENCE = 20.0


class StoreState(StrEnum):
    """How the store was found. ``LOCKED``: also where nobody answered its question in time."""

    OPEN = "open"
    LOCKED = "locked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Kept:
    """``secret`` is None where the store is not open, or knows no such user."""

    state: StoreState
    secret: Secret | None = None

    @property
    def said(self) -> str:
        """What to tell a person who now has to type the password; empty: nothing."""
        return {
            StoreState.OPEN: "",
            StoreState.LOCKED: _(
                "The password store of this system is locked, so we could not look there."
            ),
            StoreState.MISSING: _("This system has no password store we can use."),
        }[self.state]


async def kept_password(username: str, *, patience: float = PATIENCE) -> Kept:
    """Ask the store, for at most *patience* seconds.

    In a daemon thread: a locked store may block on a prompt for ever, and
    must not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Kept] = loop.create_future()

    def tell(kept: Kept) -> None:
        if not answer.done():
            answer.set_result(kept)

    def look() -> None:
        kept = _look(username)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell, kept)

    threading.Thread(target=look, name="password store", daemon=True).start()
    try:
        return await asyncio.wait_for(answer, patience)
    except TimeoutError:
        return Kept(StoreState.LOCKED)


def _look(username: str) -> Kept:
    import keyring  # noqa: PLC0415 - 75 ms, only where a password is wanted
    from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError  # noqa: PLC0415

    try:
        password = keyring.get_password(SERVICE, username)
    except (NoKeyringError, InitError):
        return Kept(StoreState.MISSING)
    except KeyringLocked:
        return Kept(StoreState.LOCKED)
    except (KeyringError, RuntimeError, OSError):
        return Kept(StoreState.MISSING)
    return Kept(StoreState.OPEN, Secret(password) if password else None)
