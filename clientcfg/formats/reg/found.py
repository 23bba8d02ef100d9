# SPDX-License-Identifier: MPL-2.0
"""Keys of a registry with their values, and the one account among them that is meant."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from clientcfg.clients.registry.typed import meaning
from clientcfg.model.address import Address
from clientcfg.model.registry import REG_BINARY, REG_SZ, RegistryValue
from clientcfg.model.trouble import No, Refused, WrongUsage
from clientcfg.words import _, quoted

Values = Mapping[str, RegistryValue]
# Whole keys: from an exported file, or from a snapshot of a live registry.
Keys = Mapping[str, Values]

_T = TypeVar("_T")


def value_of(values: Values, name: str) -> RegistryValue | None:
    """The value of that name in any case."""
    folded = name.casefold()
    return next((v for n, v in values.items() if n.casefold() == folded), None)


def text_of(values: Values, name: str) -> str | None:
    """A text, also one that is kept as bytes (Outlook 2002 to 2013); None where there is none."""
    value = value_of(values, name)
    if value is None:
        return None
    if value.type == REG_BINARY:
        return value.data.decode("utf-16-le", "replace").partition("\0")[0]
    found = meaning(value)
    return found if isinstance(found, str) else None


def number_of(values: Values, name: str) -> int | None:
    """A number, also one that is kept as four bytes."""
    value = value_of(values, name)
    if value is None:
        return None
    if value.type == REG_BINARY and len(value.data) == 4:
        return int.from_bytes(value.data, "little")
    found = meaning(value)
    return found if isinstance(found, int) else None


def text_as(pattern: RegistryValue | None, text: str) -> RegistryValue:
    """*text*, kept as the text in *pattern* is kept."""
    return RegistryValue.text(text, REG_SZ if pattern is None else pattern.type)


def number_as(pattern: RegistryValue | None, number: int) -> RegistryValue:
    """*number*, kept as the number in *pattern* is kept."""
    as_bytes = pattern is not None and pattern.type == REG_BINARY and len(pattern.data) == 4
    dword = RegistryValue.dword(number)
    return RegistryValue(REG_BINARY, dword.data) if as_bytes else dword


def same_address(text: str | None, address: Address) -> bool:
    """Whether *text* is *address*, upper and lower case aside."""
    try:
        other = Address.parse(text or "")
    except WrongUsage:
        return text is not None and text.casefold() == str(address).casefold()
    same = other.local.casefold() == address.local.casefold()
    return same and other.domain == address.domain


def same_host(text: str | None, host: str) -> bool:
    """Whether *text* is *host*, upper and lower case aside."""
    return text is not None and text.casefold() == host.casefold()


def the_one(found: Iterable[_T], address: Address) -> _T:
    """The only one of *found*. Raises :class:`No` for none, :class:`Refused` for several."""
    accounts = tuple(found)
    if not accounts:
        raise No(
            "no-such-account",
            _("The exported key has no mail account of {address}.").format(address=address),
            _("Is that the address as it stands in the program? Export the whole key again."),
        )
    if len(accounts) > 1:
        raise Refused(
            "several-accounts",
            _(
                "The exported key has {count} accounts of {address}, and which of them is meant "
                "it does not say."
            ).format(count=len(accounts), address=address),
            _("Take the one away that is not used, or set up the account by hand."),
        )
    return accounts[0]


def said(name: str, before: str | int | None, after: str | int | None) -> str:
    """One changed value, in words."""
    return _("{name}: {before} → {after}").format(
        name=quoted(name), before=_shown(before), after=_shown(after)
    )


def _shown(value: str | int | None) -> str:
    if value is None:
        return _("not set")
    return "".join(c if c.isprintable() else "\ufffd" for c in str(value))
