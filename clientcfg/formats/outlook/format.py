# SPDX-License-Identifier: MPL-2.0
"""The three pure functions for an account that Outlook has on this machine.

The change is the one that an exported key gets (:mod:`clientcfg.formats.outlook.change`).
An account that Outlook does not have cannot be made: only Outlook makes the
store that belongs to it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from clientcfg.clients.registry.typed import meaning
from clientcfg.formats.outlook.account import SECTION, OutlookAccount, account_of
from clientcfg.formats.outlook.change import OutlookChange, change_of
from clientcfg.formats.plain_text import refuse_hidden
from clientcfg.formats.reg.found import text_of
from clientcfg.formats.windows_login import refuse_login
from clientcfg.model.account import Account
from clientcfg.model.client import Installation
from clientcfg.model.phrases import named
from clientcfg.model.place import RegistryPlace, RegistryState, Snapshot
from clientcfg.model.plan import Conflict, Plan, RegistryStep, SetServer
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import No, Refused, Trouble
from clientcfg.words import _, quoted

# Encryption before the log-in: cut off anywhere between, no password goes in the clear.
_ORDER: Final = (
    "SMTP Secure Connection",
    "SMTP Use SSL",
    "SMTP Server",
    "SMTP Port",
    "SMTP User",
    "SMTP Auth Method",
    "SMTP Use Auth",
)


class Outlook:
    """Accounts of classic Outlook, 2002 to 365, in the registry."""

    name = "outlook"

    def needs(self, installation: Installation) -> tuple[RegistryPlace, ...]:
        """Every account of the profile that a plain start opens."""
        profile = installation.profile
        if profile is None:
            return ()
        return (RegistryPlace(f"{profile}\\{SECTION}", each=True, within=profile),)

    def plan(self, account: Account, installation: Installation, snapshot: Snapshot) -> Plan:
        """Put sending right in the account of that address.

        Raises :class:`No` where there is no such account, or Outlook cannot log
        in there, and :class:`Refused` where that would not be safe.
        """
        if installation.profile is None:
            raise No(
                "no-profile",
                installation.remark or _("Outlook has no profile to set up."),
                _("Say which one is meant with --profile NAME."),
            )
        if account.store_password:
            raise No(
                "password-not-storable",
                _("Outlook keeps passwords in a form that clientcfg does not write."),
                _("Leave the password out: Outlook then asks for it."),
            )
        refuse_hidden(account)
        notes = refuse_login(account, installation.name)
        states = {
            place.key: state
            for need in self.needs(installation)
            for place, state in snapshot.keys(need).items()
        }
        found = _account(account, installation.profile, states)
        made = change_of(account, found, _generation(installation), installation.name)
        state = states[found.key]
        after = {
            state.spelled(name): made.change.after[name]
            for name in sorted(made.change.after, key=_ORDER.index)
        }
        steps: tuple[RegistryStep, ...] = ()
        if after:
            place = RegistryPlace(found.key, within=installation.profile)
            steps = (RegistryStep(place, state.digest, after, _("the outgoing server")),)
        sending = _sending(account)
        return Plan(
            steps,
            _summary(account, found, made, sending),
            (*notes, *made.notes, *_certificates(account)),
            {
                "key": found.key,
                "values": {
                    name: {"before": _kept(state.value(name)), "ours": _kept(value)}
                    for name, value in after.items()
                },
            },
            servers=(sending,) if after else (),
        )

    def revert(
        self,
        installation: Installation,
        now: Snapshot,
        record: Mapping[str, Any],
        before: Snapshot | None,  # noqa: ARG002 - the record holds all old values
        *,
        force: bool = False,
    ) -> Plan:
        """Take our values out of an account that was changed since; nothing where it is gone."""
        key = record["key"].casefold()
        steps: list[RegistryStep] = []
        conflicts: list[Conflict] = []
        for need in self.needs(installation):
            for place, state in now.keys(need).items():
                if place.key.casefold() != key:
                    continue
                back: dict[str, RegistryValue | None] = {}
                for name, was in reversed(record["values"].items()):
                    old, ours = _value(was["before"]), _value(was["ours"])
                    held = state.value(name)
                    if force or held in (old, ours):
                        back[name] = old
                    else:
                        conflicts.append(Conflict(name, *map(_shown, (old, ours, held))))
                steps.append(RegistryStep(place, state.digest, back, _("as it was before")))
        return Plan(tuple(steps), conflicts=tuple(conflicts))


def _account(account: Account, profile: str, states: Mapping[str, RegistryState]) -> OutlookAccount:
    try:
        return account_of(account.address, {key: s.values or {} for key, s in states.items()})
    except Trouble as trouble:
        raise _of_this_machine(trouble, account, profile) from trouble


def _of_this_machine(trouble: Trouble, account: Account, profile: str) -> Trouble:
    """*trouble* with the keys of an exported file, said of a profile that Outlook has here."""
    address, name = account.address, quoted(profile.rpartition("\\")[2])
    if trouble.code in {"not-an-outlook-key", "no-such-account"}:
        return No(
            "no-such-account",
            _("Outlook has no mail account of {address} in its profile {profile}.").format(
                address=address, profile=name
            ),
            _("Add the account in Outlook first; only Outlook can. Then do the same again."),
        )
    if trouble.code == "several-accounts":
        return Refused(
            trouble.code,
            _("Outlook has several accounts of {address} in its profile {profile}.").format(
                address=address, profile=name
            ),
            _("Take the one away that is not used, or set up the account by hand."),
        )
    return trouble


def _generation(installation: Installation) -> int:
    """10 is Outlook 2002, 16 is 2016 to 365."""
    number = re.match(r"\d+", installation.version or "")
    if number is None:
        raise No(
            "which-outlook",
            _("Which version of Outlook this is cannot be told, so its settings were not touched."),
        )
    return int(number[0])


def _sending(account: Account) -> SetServer:
    login = account.outgoing
    said = _("Sending: {server}, with a log-in as {user}").format(
        server=named(login.endpoint), user=login.username
    )
    return SetServer(login.endpoint, said)


def _summary(
    account: Account, found: OutlookAccount, made: OutlookChange, sending: SetServer
) -> tuple[str, ...]:
    address, profile = account.address, quoted(found.profile)
    if not made.change.after:
        return (_("{address} is set up like this already.").format(address=address),)
    return (
        _("Puts the outgoing server of {address} right, in Outlook’s profile {profile}.").format(
            address=address, profile=profile
        ),
        sending.said,
    )


def _certificates(account: Account) -> tuple[str, ...]:
    if not account.trusted_certificates:
        return ()
    return (_("That you trust the certificate cannot be set in Outlook: Windows has to trust it."),)


def _shown(value: RegistryValue | None) -> str | None:
    if value is None:
        return None
    said = meaning(value)
    if isinstance(said, bytes):
        return text_of({"": value}, "")
    return str(said)


def _kept(value: RegistryValue | None) -> dict[str, Any] | None:
    return None if value is None else {"type": value.type, "hex": value.data.hex()}


def _value(kept: Mapping[str, Any] | None) -> RegistryValue | None:
    return None if kept is None else RegistryValue(kept["type"], bytes.fromhex(kept["hex"]))
