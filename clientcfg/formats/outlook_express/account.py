# SPDX-License-Identifier: MPL-2.0
"""Where Outlook Express and its kin keep accounts, and the one that is meant."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from clientcfg.formats.outlook_express.names import NTLM, OWN_USER, Named, sending
from clientcfg.formats.reg.change import Change
from clientcfg.formats.reg.found import (
    Keys,
    Values,
    number_as,
    number_of,
    said,
    same_address,
    same_host,
    text_as,
    text_of,
    the_one,
    value_of,
)
from clientcfg.formats.windows_login import refuse_less_encryption, same_user
from clientcfg.model.account import Account
from clientcfg.model.address import Address
from clientcfg.model.registry import USER, RegistryValue
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.words import _

_SOFTWARE: Final = f"{USER}\\Software\\Microsoft"
OUTLOOK_EXPRESS: Final = f"{_SOFTWARE}\\Internet Account Manager\\Accounts"
OUTLOOK_98: Final = f"{_SOFTWARE}\\Office\\8.0\\Outlook\\OMI Account Manager\\Accounts"
OUTLOOK_2000: Final = f"{_SOFTWARE}\\Office\\Outlook\\OMI Account Manager\\Accounts"

# Other identities of one Windows user (Outlook Express 5 and later).
_IDENTITY: Final = re.compile(
    r"HKEY_CURRENT_USER\\Identities\\\{[0-9a-f-]+\}\\Software\\Microsoft"
    r"\\Internet Account Manager\\Accounts",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One mail account, and the key it lies in."""

    key: str
    values: Values

    @property
    def user(self) -> str | None:
        """The user name at the incoming server."""
        kind = "IMAP" if value_of(self.values, "IMAP Server") else "POP3"
        return text_of(self.values, f"{kind} User Name")


def stores_in(keys: Keys, store: str) -> tuple[str, ...]:
    """The keys with accounts in them: *store*, and that of each other identity.

    Raises :class:`WrongUsage` where there is none.
    """
    found: dict[str, str] = {}
    for key in keys:
        for above in (key, key.rpartition("\\")[0]):
            if above.casefold() == store.casefold() or _is_identity(above, store):
                found.setdefault(above.casefold(), above)
    if not found:
        raise WrongUsage(
            "not-an-account-key",
            _("This file holds no accounts of this program."),
            _("Export this key: {key}").format(key=store),
        )
    return tuple(found.values())


def account_of(address: Address, keys: Keys, stores: tuple[str, ...]) -> Found | None:
    """The one account of *address*; None where there is none yet.

    Raises :class:`Refused` for several.
    """
    inside = {store.casefold() for store in stores}
    found = [
        Found(key, values)
        for key, values in keys.items()
        if key.rpartition("\\")[0].casefold() in inside
        and value_of(values, "SMTP Server") is not None
        and same_address(text_of(values, "SMTP Email Address"), address)
    ]
    return the_one(found, address) if found else None


def next_number(keys: Keys, store: str) -> str:
    """The first number after all that are taken in *store*."""
    above, taken = store.casefold(), [0]
    for key in keys:
        parent, _slash, name = key.rpartition("\\")
        if parent.casefold() == above and _NUMBER.fullmatch(name):
            taken.append(int(name, 16))
    if max(taken) == 0xFFFFFFFF:
        raise No("no-free-number", _("There is no free number for another account."))
    return f"{max(taken) + 1:08x}"


def number_far_off(address: Address) -> str:
    """A number that no machine has come to by counting, always the same for *address*.

    Accounts are counted from 1, so 10000000 and above is free, unless another
    address has the same 28 bits.
    """
    digest = int.from_bytes(sha256(str(address).casefold().encode()).digest()[:4], "big")
    return f"{0x10000000 | digest & 0x0FFFFFFF:08x}"


def stored(named: Named) -> dict[str, RegistryValue]:
    """A new account's values, in the types that they have there."""
    return {
        name: RegistryValue.text(value) if isinstance(value, str) else RegistryValue.dword(value)
        for name, value in named.items()
    }


def change_of(
    account: Account, found: Found, program: str
) -> tuple[Change, tuple[str, ...], tuple[str, ...]]:
    """What makes *found* send as *account* does: the change, its values in words, and remarks.

    Raises :class:`No` for a server that the program cannot speak to, and
    :class:`Refused` where sending would be protected less than it is.
    """
    held = found.values
    user, own = found.user, account.outgoing.username
    separate = not same_user(account) if user is None else own != user
    named = sending(account, program, own_user=separate)
    encrypted = bool(number_of(held, "SMTP Secure Connection"))
    refuse_less_encryption(account, encrypted=encrypted)
    wanted: dict[str, RegistryValue | None] = {}
    for name, value in named.items():
        now = value_of(held, name)
        if isinstance(value, int):
            same = number_of(held, name) == value
            wanted[name] = now if same else number_as(now, value)
        else:
            there = text_of(held, name)
            same = there == value or (name == "SMTP Server" and same_host(there, value))
            wanted[name] = now if same else text_as(now, value)
    change = Change.to(found.key, held, wanted)
    words = tuple(
        said(name, number_of(held, name) if isinstance(named[name], int) else text_of(held, name),
             named[name])
        for name in change.after
    )  # fmt: skip
    return change, words, tuple(_notes(held, change))


def _notes(held: Values, change: Change) -> list[str]:
    notes = []
    sicily = "SMTP Use Sicily"
    if number_of(held, sicily) == NTLM:
        notes.append(
            _("The account logs in with NTLM (Secure Password Authentication) for sending now.")
        )
    if number_of(held, sicily) != OWN_USER and "SMTP User Name" in change.after:
        notes.append(_("Sending has a user name of its own, so its password has to be typed once."))
    return notes


def _is_identity(key: str, store: str) -> bool:
    return store == OUTLOOK_EXPRESS and _IDENTITY.fullmatch(key) is not None
