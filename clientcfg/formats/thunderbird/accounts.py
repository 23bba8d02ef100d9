# SPDX-License-Identifier: MPL-2.0
"""The accounts that a ``prefs.js`` describes, and the next free names in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clientcfg.formats.prefs_js import Document
from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.model.address import Address

ACCOUNTS = "mail.accountmanager.accounts"
DEFAULT_ACCOUNT = "mail.accountmanager.defaultaccount"
LAST_KEY = "mail.account.lastKey"
SMTP_SERVERS = "mail.smtpservers"
DEFAULT_SMTP = "mail.smtp.defaultserver"

# Family → branch of prefs and how a new key is called.
BRANCHES = {
    "account": "mail.account.",
    "identity": "mail.identity.",
    "server": "mail.server.",
    "smtpserver": "mail.smtpserver.",
}
_STEMS = {"account": "account", "identity": "id", "server": "server", "smtpserver": "smtp"}


@dataclass(frozen=True, slots=True)
class Accounts:
    """What Thunderbird would see of accounts, read from one document."""

    values: Mapping[str, PrefValue]

    @classmethod
    def of(cls, document: Document) -> "Accounts":
        """The accounts in a file."""
        return cls(document.values)

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys in a comma list."""
        text = self.values.get(name)
        return split(text) if isinstance(text, str) else ()

    def text(self, name: str) -> str | None:
        """A string pref, None where it is missing or of another type."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def identities(self) -> tuple[str, ...]:
        """The identities of all listed accounts; orphans do not count."""
        found: list[str] = []
        for account in self.keys(ACCOUNTS):
            found += self.keys(f"mail.account.{account}.identities")
        return tuple(dict.fromkeys(found))

    def with_address(self, address: Address) -> tuple[str, ...]:
        """The identities with this address; case does not matter in either part."""
        wanted = str(address).casefold()
        return tuple(
            i
            for i in self.identities()
            if (self.text(f"mail.identity.{i}.useremail") or "").strip().casefold() == wanted
        )

    def smtp_server_of(self, identity: str) -> str | None:
        """The SMTP server that an identity really sends through, None where there is none.

        Its own, else the default one, else the first listed; servers of other
        kinds (Exchange) do not count.
        """
        listed = self.keys(SMTP_SERVERS)
        own = self.text(f"mail.identity.{identity}.smtpServer")
        for key in (own, self.text(DEFAULT_SMTP), *listed[:1]):
            if key and key in listed:
                kind = self.text(f"mail.smtpserver.{key}.type") or "smtp"
                return key if kind == "smtp" else None
        return None

    def senders_through(self, server: str) -> tuple[str, ...]:
        """The identities that send through an SMTP server."""
        return tuple(i for i in self.identities() if self.smtp_server_of(i) == server)

    def server_of(self, identity: str) -> str | None:
        """The incoming server of the account that an identity belongs to."""
        for account in self.keys(ACCOUNTS):
            if identity in self.keys(f"mail.account.{account}.identities"):
                return self.text(f"mail.account.{account}.server")
        return None

    def next_key(self, family: str) -> str:
        """A key that nothing uses, orphaned prefs and comma lists included."""
        branch, stem = BRANCHES[family], _STEMS[family]
        pattern = re.compile(rf"{re.escape(branch)}{stem}(\d+)(?:\.|$)", re.IGNORECASE)
        numbers = [int(m[1]) for name in self.values if (m := pattern.match(name))]
        mentioned = re.compile(rf"{stem}(\d+)", re.IGNORECASE)
        for value in self.values.values():
            if isinstance(value, str):
                numbers += [int(m[1]) for k in split(value) if (m := mentioned.fullmatch(k))]
        if family == "account":
            last = self.values.get(LAST_KEY)
            numbers.append(last if isinstance(last, int) and not isinstance(last, bool) else 0)
        usable = [n for n in numbers if 0 < n < 10**6]
        return f"{stem}{max(usable, default=0) + 1}"


def split(text: str) -> tuple[str, ...]:
    """The keys of a comma list, blanks and empty ones left out."""
    return tuple(key for key in (part.strip() for part in text.split(",")) if key)


def joined(keys: tuple[str, ...], *more: str) -> str:
    """A comma list with *more* at its end, each key once."""
    return ",".join(dict.fromkeys((*keys, *more)))


def branch_of(family: str, key: str) -> str:
    """The prefix of all prefs of one key."""
    return f"{BRANCHES[family]}{key}."
