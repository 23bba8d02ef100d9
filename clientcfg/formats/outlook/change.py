# SPDX-License-Identifier: MPL-2.0
"""The change that makes an account of Outlook send with SMTP-Auth, and nothing else.

The numbers are those of Microsoft's Account Management API: ``SMTP Use Auth``
0 or 1; ``SMTP Secure Connection`` 0 none, 1 TLS from the start, 2 STARTTLS, 3
"automatic", which can end in the clear and is never written; ``SMTP Auth Method``
0 as for incoming mail, 1 a name of its own, 2 POP before SMTP. What is usual is
not kept, so 0 is a value that is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from clientcfg.formats.outlook.account import OutlookAccount
from clientcfg.formats.outlook.versions import (
    KNOWS_STARTTLS,
    POP_BEFORE_SMTP,
    SECURE_CONNECTION,
    SEPARATE_USER,
)
from clientcfg.formats.reg.change import Change
from clientcfg.formats.reg.found import (
    number_as,
    number_of,
    said,
    same_host,
    text_as,
    text_of,
    value_of,
)
from clientcfg.formats.windows_login import implicit_or_25, refuse_less_encryption, same_user
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Security
from clientcfg.model.registry import RegistryValue
from clientcfg.words import _

_AUTH_METHOD: Final = "SMTP Auth Method"
_SECURE: Final = "SMTP Secure Connection"
_DEFAULTS: Final = {"SMTP Port": 25, "SMTP Use Auth": 0, "SMTP Use SSL": 0, _SECURE: 0}


@dataclass(frozen=True, slots=True)
class OutlookChange:
    """The change, each value of it in words, and what has to be said besides."""

    change: Change
    said: tuple[str, ...]
    notes: tuple[str, ...]


def change_of(
    account: Account, found: OutlookAccount, generation: int, program: str
) -> OutlookChange:
    """What makes *found* send as *account* does, in Outlook *generation* (10 is 2002, 16 is 2016).

    Raises :class:`No` for a server that this generation cannot speak to, and
    :class:`Refused` where sending would be protected less than it is.
    """
    login = account.outgoing
    encrypted = number_of(found.values, _SECURE) or number_of(found.values, "SMTP Use SSL")
    refuse_less_encryption(account, encrypted=bool(encrypted))
    numbers: dict[str, int | None] = {
        "SMTP Port": login.endpoint.port,
        "SMTP Use Auth": 1,
        **_encryption(login, generation, program),
        _AUTH_METHOD: None,
    }
    texts: dict[str, str] = {}
    if not same_host(text_of(found.values, "SMTP Server"), login.endpoint.host):
        texts["SMTP Server"] = login.endpoint.host
    if _own_user(account, found):
        numbers[_AUTH_METHOD] = SEPARATE_USER
        if text_of(found.values, "SMTP User") != login.username:
            texts["SMTP User"] = login.username
    held = found.values
    pattern = value_of(held, "SMTP Server") or value_of(held, "Email")
    wanted: dict[str, RegistryValue | None] = {
        **{name: text_as(value_of(held, name) or pattern, text) for name, text in texts.items()},
        **{name: _number(found, name, number) for name, number in numbers.items()},
    }
    change = Change.to(found.key, held, wanted)
    words = tuple(
        said(
            name,
            number_of(held, name) if name in numbers else text_of(held, name),
            numbers[name] if name in numbers else texts[name],
        )
        for name in change.after
    )
    return OutlookChange(change, words, tuple(_notes(found, change)))


def _encryption(login: ServerLogin, generation: int, program: str) -> dict[str, int | None]:
    if generation < KNOWS_STARTTLS:
        return {"SMTP Use SSL": int(implicit_or_25(login, program))}
    security = login.endpoint.security
    use_ssl = int(security is not Security.PLAIN)
    return {_SECURE: SECURE_CONNECTION[security], "SMTP Use SSL": use_ssl}


def _number(found: OutlookAccount, name: str, number: int | None) -> RegistryValue | None:
    """The number as it is kept there; what is usual stays as it is, there or not."""
    now = value_of(found.values, name)
    if number is None or (number_of(found.values, name) or _DEFAULTS.get(name)) == number:
        return None if number is None else now
    return number_as(now, number)


def _own_user(account: Account, found: OutlookAccount) -> bool:
    if found.user is None:
        return not same_user(account)
    return account.outgoing.username != found.user


def _notes(found: OutlookAccount, change: Change) -> Iterator[str]:
    if number_of(found.values, _AUTH_METHOD) == POP_BEFORE_SMTP:
        yield _(
            "The account fetches mail first and then sends without a log-in (POP before SMTP); "
            "the change takes that away."
        )
    if change.after.get(_AUTH_METHOD) is not None or "SMTP User" in change.after:
        yield _("Sending has a user name of its own, so Outlook asks for its password once.")
