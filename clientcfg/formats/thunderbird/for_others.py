# SPDX-License-Identifier: MPL-2.0
"""The prefs of an account for a Thunderbird on another machine, and what to say of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from clientcfg.formats.prefs_js import parse, unreadable
from clientcfg.formats.prefs_js_text import PrefValue, same, write_statement
from clientcfg.formats.thunderbird.accounts import Accounts
from clientcfg.formats.thunderbird.changes import change_for
from clientcfg.formats.thunderbird.weaker import refuse_weaker
from clientcfg.model.account import Account
from clientcfg.model.export import Wanted
from clientcfg.model.steps import Step
from clientcfg.words import _

_HEAD = b"\n// To be added to the end of prefs.js; as user.js it would undo every later change.\n"

# The version with which all of these files were loaded, and mail was sent.
_TRIED = "153"


@dataclass(frozen=True, slots=True)
class PrefsForOthers:
    """What is to be set there. ``does`` is one sentence; ``added``: it is a new account."""

    prefs: dict[str, PrefValue]
    does: str
    added: bool

    def statements(self) -> bytes:
        """The prefs as statements for the end of a ``prefs.js``, sorted.

        Raises :class:`Refused` for values that cannot be written.
        """
        lines = [write_statement(name, value) for name, value in sorted(self.prefs.items())]
        return _HEAD + b"\n".join(lines) + b"\n"


def prefs_for(account: Account, wanted: Wanted) -> PrefsForOthers:
    """Against ``wanted.current``, a ``prefs.js``; an empty profile where there is none.

    Only what differs. Raises a :class:`Trouble` where it would not be right
    there, or where the client would not read all of it as it is meant.
    """
    current = wanted.current or b""
    document = parse(current)
    seen = Accounts.of(document)
    refuse_weaker(account, seen)
    change = change_for(account, seen)
    prefs = {
        name: value for name, value in change.prefs.items() if not same(document.get(name), value)
    }
    if change.added_account:
        does = _("Adds the account {address}, with its outgoing server.")
    elif change.made:
        does = _("Gives {address} an outgoing server of its own; others use the old one.")
    else:
        does = _("Puts the outgoing server of {address} right.")
    found = PrefsForOthers(prefs, does.format(address=account.address), change.added_account)
    after = parse(current + found.statements()).values
    meant = {**document.values, **prefs}
    if after.keys() != meant.keys() or not all(same(after[n], meant[n]) for n in meant):
        raise unreadable()
    return found


class _OfNobody(Accounts):
    """No accounts at all; new ones get keys that Thunderbird itself never gives."""

    def next_key(self, family: str) -> str:
        return f"{family}clientcfg"


def default_prefs(account: Account) -> dict[str, PrefValue]:
    """The account as defaults for every profile of a machine.

    A default that a person's own account has no value for would become part of
    that account, so the keys are none that a person's account has. Raises a
    :class:`Trouble` as :func:`prefs_for`.
    """
    prefs = change_for(account, _OfNobody({})).prefs
    for name, value in prefs.items():
        write_statement(name, value)  # refuses what no settings can hold
    return prefs


def for_system(wanted: Wanted, **by_system: tuple[str, ...]) -> Iterator[str]:
    """The steps of *by_system* for the system of the program there; all where it is not known."""
    there = wanted.client.platform or ""
    for system in by_system if there not in by_system else (there,):
        for step in by_system[system]:
            yield Step(step, typed=getattr(step, "typed", False), system=system)


def asks_for_password() -> str:
    """Said of every file: it is a promise."""
    return _("It holds no password: Thunderbird asks for it once.")


def fleet_does_not(account: Account, wanted: Wanted) -> Iterator[str]:
    """Said of files that an administrator puts on a machine."""
    yield asks_for_password()
    yield _(
        "It is no way to give each of many people an account of their own: everybody there gets "
        "this one. For many people use isp/{domain}.xml, or a file for each."
    ).format(domain=account.address.domain)
    yield _("Who has an account in Thunderbird there already keeps it, and this one is not added.")
    yield from limits(account, wanted)


def limits(account: Account, wanted: Wanted) -> Iterator[str]:
    """What holds for all these files: of certificates, and of programs that nobody has tried."""
    if account.trusted_certificates:
        yield _(
            "The certificate that you trust is not in it: Thunderbird asks about it there, too."
        )
    client = wanted.client
    version = client.version or _TRIED
    if client.name != "Thunderbird" or version.partition(".")[0] != _TRIED:
        yield _("It was tried with Thunderbird {tried}, and not with {program}.").format(
            tried=_TRIED, program=f"{client.name} {client.version or ''}".strip()
        )
