# SPDX-License-Identifier: MPL-2.0
"""How a profile is installed, and taken away again, on each version of each system.

Mail on a Mac has numbers of its own: Mail 5 came with OS X 10.7, 8 with 10.10,
13 with macOS 10.15, 14 and 15 with 11 and 12, and 16 with everything since 13.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clientcfg.model.client import ClientVersion
from clientcfg.model.export import Wanted
from clientcfg.model.trouble import No
from clientcfg.words import _

MAC: Final = "mac"
_FIRST: Final = {"mac": (5,), "ios": (4,)}
_EVER: Final = (10**6,)


@dataclass(frozen=True, slots=True)
class Row:
    """Versions from ``first`` to below ``end``, their ``system`` in words, and its sentences."""

    first: tuple[int, ...]
    end: tuple[int, ...]
    system: str
    texts: tuple[str, ...]


def _mac_install() -> tuple[Row, ...]:
    return (
        Row((0,), (14,), _("macOS 10.15 and earlier"), (
            _("Open {file} with a double click, or in Terminal: open {file}"),
            _("System Preferences shows the profile: choose Install."),
        )),
        Row((14,), (16,), _("macOS 11 and 12"), (
            _("Open {file} with a double click; only a notification comes."),
            _("Open System Preferences → Profiles, choose the profile, then Install."),
            _("Or in Terminal: open /System/Library/PreferencePanes/Profiles.prefPane {file}"),
        )),
        Row((16,), _EVER, _("macOS 13 and later"), (
            _("Open {file} with a double click; only a notification comes."),
            _(
                "Open System Settings → Privacy & Security → Profiles (since macOS 15: General → "
                "Device Management), double-click the profile under Downloaded, then Install."
            ),
            _(
                "Or in Terminal: open "
                "x-apple.systempreferences:com.apple.preferences.configurationprofiles {file}"
            ),
        )),
    )  # fmt: skip


def _mac_remove() -> tuple[Row, ...]:
    return (
        Row((0,), (16,), _("macOS 12 and earlier"), (
            _("To take the account away: System Preferences → Profiles, choose it, then “−”."),
        )),
        Row((16,), _EVER, _("macOS 13 and later"), (
            _("To take the account away: the same list of profiles, choose it, then “−”."),
        )),
    )  # fmt: skip


def _ios_install() -> tuple[Row, ...]:
    return (
        Row((0,), (12, 2), _("iOS 12.1 and earlier"), (
            _("The phone shows the profile at once: tap Install."),
        )),
        Row((12, 2), _EVER, _("iOS 12.2 and later"), (
            _(
                "Open Settings within 8 minutes, tap “Profile Downloaded” at the top, then "
                "Install; if it asks for which device, choose this one, not a watch."
            ),
        )),
    )  # fmt: skip


def _ios_trust() -> tuple[Row, ...]:
    return (
        Row((10, 3), _EVER, _("iOS 10.3 and later"), (
            _(
                "Switch the authority on: Settings → General → About → Certificate Trust Settings."
            ),
        )),
    )  # fmt: skip


def _ios_remove() -> tuple[Row, ...]:
    return (
        Row((0,), (15,), _("iOS 14 and earlier"), (
            _("To take the account away: Settings → General → Profile, then Remove Profile."),
        )),
        Row((15,), _EVER, _("iOS 15 and later"), (
            _(
                "To take the account away: Settings → General → VPN & Device Management, choose "
                "the profile, then Remove Profile."
            ),
        )),
    )  # fmt: skip


def refuse_too_old(client: ClientVersion) -> None:
    """Raises :class:`No` for versions before there were profiles with mail accounts."""
    numbers = _numbers(client)
    if numbers is not None and numbers < _FIRST[_platform(client)]:
        raise No(
            "no-profiles-yet",
            _("{name} {version} takes no profiles: they came with OS X 10.7 and iOS 4.").format(
                name=client.name, version=client.version
            ),
            _("Type the settings in by hand."),
        )


def is_phone(client: ClientVersion) -> bool:
    """Whether it is for an iPhone or iPad."""
    return _platform(client) != MAC


def may_be_mac(client: ClientVersion) -> bool:
    """Whether it is for a Mac with macOS 11 or later, or nobody said which."""
    numbers = _numbers(client)
    return not is_phone(client) and (numbers is None or numbers >= (14,))


def maker_of_addresses(client: ClientVersion) -> bool:
    """Whether it is Mail 6, which overlooks ``EmailAddress``."""
    numbers = _numbers(client)
    return not is_phone(client) and numbers is not None and numbers[0] == 6


def steps_for(file: str, wanted: Wanted, *, trusts_more: bool) -> tuple[str, ...]:
    """What a person does with *file*, in order; of every version where none was named."""
    make = (
        _on_phone(file, wanted, trusts_more) if is_phone(wanted.client) else _on_mac(file, wanted)
    )
    return tuple(make)


def _on_mac(file: str, wanted: Wanted) -> Iterable[str]:
    yield from _rows(_mac_install(), wanted.client, file)
    yield _agree(wanted)
    if not wanted.with_password:
        yield _("Type the password of the mailbox when it is asked for.")
    yield _("The Mac may ask for the password of its administrator, too.")
    yield _("Send a message to yourself from Mail: if it arrives, all is well.")
    yield from _rows(_mac_remove(), wanted.client, file)


def _on_phone(file: str, wanted: Wanted, trusts_more: bool) -> Iterable[str]:
    if wanted.url is None:
        yield _(
            "Bring {file} to the phone by AirDrop or by e-mail and open it there; from a web page "
            "open it in Safari."
        ).format(file=file)
    else:
        yield _("Open {url} in Safari on the phone, or scan the QR code with its camera.").format(
            url=wanted.url
        )
    yield from _rows(_ios_install(), wanted.client, file)
    yield _("Type the phone’s passcode.")
    yield _agree(wanted)
    if not wanted.with_password:
        yield _("Type the password of the mailbox when it is asked for.")
    if trusts_more:
        yield from _rows(_ios_trust(), wanted.client, file)
    yield _("Send a message to yourself from Mail: if it arrives, all is well.")
    yield from _rows(_ios_remove(), wanted.client, file)


def _agree(wanted: Wanted) -> str:
    if wanted.consent:
        return _("Compare the servers with those on this page, and agree to the text shown.")
    if wanted.signature is None:
        return _("Compare the servers with those on this page; that it is not signed is expected.")
    return _("Compare the servers with those on this page.")


def _rows(rows: tuple[Row, ...], client: ClientVersion, file: str) -> Iterable[str]:
    numbers = _numbers(client)
    for row in rows:
        for text in (text.format(file=file) for text in row.texts):
            if numbers is None:
                yield _("{system}: {text}").format(system=row.system, text=text)
            elif row.first <= numbers < row.end:
                yield text


def _numbers(client: ClientVersion) -> tuple[int, ...] | None:
    found = re.findall(r"\d+", client.version or "")
    return tuple(int(number[:6]) for number in found[:2]) or None


def _platform(client: ClientVersion) -> str:
    return MAC if client.platform == MAC else "ios"
