# SPDX-License-Identifier: MPL-2.0
"""Accounts in the profiles of classic Outlook, wherever their keys were seen.

A profile's accounts lie below its section 9375CFF0413111d3B88A00104B2A6676, each
in a key of eight hex digits. The number says nothing: the address book and data
files are numbered with them, and other machines number otherwise. An account is
known by its class and its address (Microsoft's Account Management API; seen in
exports of Outlook 16.0).
"""

import re
from dataclasses import dataclass
from typing import Final

from clientcfg.formats.reg.found import Keys, Values, same_address, text_of, the_one
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.words import _

SECTION: Final = "9375CFF0413111d3B88A00104B2A6676"

# Where profiles lie: Outlook 2013 and 2016 on; 2002 to 2010 on Windows NT; the same on 9x.
_ACCOUNT: Final = re.compile(
    r"HKEY_CURRENT_USER\\Software\\Microsoft\\(?:Office\\(?P<office>15|16)\.0\\Outlook"
    r"|Windows NT\\CurrentVersion\\Windows Messaging Subsystem|Windows Messaging Subsystem)"
    rf"\\Profiles\\(?P<profile>[^\\]+)\\{SECTION}(?P<number>\\[0-9a-f]{{8}})?",
    re.IGNORECASE,
)
_CLASSES: Final = {"{ed475411-": Protocol.POP3, "{ed475412-": Protocol.IMAP}
_EXCHANGE: Final = ("{ed475414-", "{4db5cbf0-")
# Outlook 2019 and later sign in there (OAuth 2.0), whatever the account's own key says.
_SIGNS_IN: Final = frozenset({"imap.gmail.com", "imap.googlemail.com"})


@dataclass(frozen=True, slots=True)
class OutlookAccount:
    """One mail account. ``office`` is 15 or 16; None for Outlook 2002 to 2010."""

    key: str
    profile: str
    office: int | None
    protocol: Protocol
    values: Values

    @property
    def user(self) -> str | None:
        """The user name at the incoming server."""
        return text_of(self.values, f"{self.protocol.upper()} User")


def account_of(address: Address, keys: Keys) -> OutlookAccount:
    """The one account of *address*.

    Raises :class:`WrongUsage` where *keys* are of something else, :class:`No`
    for no such account and for one that needs no change (Exchange) or can get
    none (OAuth 2.0), :class:`Refused` for several.
    """
    seen = {key: match for key in keys if (match := _ACCOUNT.fullmatch(key))}
    if not seen:
        raise WrongUsage(
            "not-an-outlook-key",
            _("This file holds no accounts of Outlook."),
            _("Export the key whose name is {name}, below Outlook’s profile.").format(name=SECTION),
        )
    its = {
        key: match
        for key, match in seen.items()
        if match["number"] and same_address(_address(keys[key]), address)
    }
    found = [
        OutlookAccount(
            key, match["profile"], int(match["office"]) if match["office"] else None, kind, values
        )
        for key, match in its.items()
        if (values := keys[key]) is not None and (kind := _kind(values))
    ]
    if not found and any(_class(keys[key]).startswith(_EXCHANGE) for key in its):
        raise No(
            "exchange-account",
            _(
                "{address} is an Exchange account in Outlook: its mail does not go through SMTP, "
                "so there is nothing to change."
            ).format(address=address),
        )
    account = the_one(found, address)
    _refuse_sign_in(account, address)
    return account


def _address(values: Values) -> str | None:
    return text_of(values, "Email") or text_of(values, "Account Name")


def _class(values: Values) -> str:
    return (text_of(values, "clsid") or "").casefold()


def _kind(values: Values) -> Protocol | None:
    own = _class(values)
    return next((kind for start, kind in _CLASSES.items() if own.startswith(start)), None)


def _refuse_sign_in(account: OutlookAccount, address: Address) -> None:
    host = (text_of(account.values, "IMAP Server") or "").casefold()
    by_name = any("oauth" in name.casefold() for name in account.values)
    if by_name or (account.office == 16 and host in _SIGNS_IN):
        raise No(
            "oauth2-account",
            _(
                "Outlook signs in for {address} at the provider itself (OAuth 2.0), so there is "
                "no SMTP log-in to change."
            ).format(address=address),
        )
