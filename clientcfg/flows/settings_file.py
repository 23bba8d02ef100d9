# SPDX-License-Identifier: MPL-2.0
"""Servers in a file that a person was given: Thunderbird's autoconfig, or an Apple profile.

They are proposals: a person sees them before anybody is asked, and each server
still has to prove who it is. No password is ever taken out of a file.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from clientcfg.changes.disk_trouble import shown
from clientcfg.discover.apple_profile import is_profile, read_apple_profile
from clientcfg.discover.autoconfig_sheet import read_sheet
from clientcfg.discover.careful_xml import LARGEST, NotReadable
from clientcfg.discover.stated import Origin, offers
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.offer import Offer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _, quoted


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """What *name* proposes. ``username`` is None where it is the address, or not said."""

    name: str
    sending: Endpoint
    receiving: Endpoint | None
    username: str | None


async def servers_in_file(path: str, address: Address) -> AsyncIterator[FoundInFile]:
    """Read the file at *path* for *address*.

    Raises :class:`WrongUsage` ("not-a-settings-file") with what is wrong with it.
    """
    file = Path(path)
    name = shown(file.name)
    try:
        data = await asyncio.to_thread(_read, file)
    except OSError as error:
        raise _wrong(name, error.strerror or str(error)) from error
    try:
        stated = read_apple_profile(data) if is_profile(data) else read_sheet(data).servers
    except NotReadable as error:
        raise _wrong(name, str(error)) from error
    origin = Origin("file", Trust.A0, published=True)
    found, _notes = offers(stated, address.local, address.domain, origin)
    sending = _first(found, Protocol.SMTP)
    if sending is None:
        raise _wrong(name, _("it names no server for sending that can be used"))
    receiving = _first(found, Protocol.IMAP) or _first(found, Protocol.POP3)
    users = [one.username for one in (sending, receiving) if one is not None and one.username]
    username = next((user for user in users if user != str(address)), None)
    yield FoundInFile(
        name, sending.endpoint, None if receiving is None else receiving.endpoint, username
    )


def _read(file: Path) -> bytes:
    """No more than anybody may want to read, and never from what may let us wait."""
    if not file.is_file():
        raise FileNotFoundError(0, _("it is no ordinary file"))
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _first(found: tuple[Offer, ...], protocol: Protocol) -> Offer | None:
    return next((one for one in found if one.endpoint.protocol is protocol), None)


def _wrong(name: str, why: str) -> WrongUsage:
    return WrongUsage(
        "not-a-settings-file",
        _("{file} cannot be used: {why}.").format(file=quoted(name), why=why),
        _(
            "Ask your administrator for an autoconfig file (.xml) or an Apple profile"
            " (.mobileconfig), or go on without."
        ),
    )
