# SPDX-License-Identifier: MPL-2.0
"""Which prefs an account needs set: a new account, or sending put right on an old one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.formats.thunderbird.accounts import (
    ACCOUNTS,
    DEFAULT_ACCOUNT,
    DEFAULT_SMTP,
    LAST_KEY,
    SMTP_SERVERS,
    Accounts,
    branch_of,
    joined,
)
from clientcfg.formats.thunderbird.servers import folder_prefs, incoming_prefs, outgoing_prefs
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.trouble import No
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Change:
    """Prefs to set, and the keys that are new with them, by family.

    ``incoming``: the incoming server is ours, or is the one that the account
    has already, so its password is of use.
    """

    prefs: dict[str, PrefValue]
    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    incoming: bool = False
    added_account: bool = False


def change_for(account: Account, seen: Accounts) -> Change:
    """What to set for *account* in a profile with the accounts *seen*.

    Raises :class:`No` where there is nothing to receive with and no account yet.
    """
    identities = seen.with_address(account.address)
    return _turn_on(account, seen, identities) if identities else _add(account, seen)


def _add(account: Account, seen: Accounts) -> Change:
    if account.incoming is None:
        raise No(
            "no-incoming-server",
            _("A new account in Thunderbird needs a server to read mail from, and none is known."),
            _("Name it with --imap HOST or --pop3 HOST."),
        )
    key, server = seen.next_key("account"), seen.next_key("server")
    identity, smtp = seen.next_key("identity"), seen.next_key("smtpserver")
    prefs: dict[str, PrefValue] = {
        ACCOUNTS: joined(seen.keys(ACCOUNTS), key),
        f"mail.account.{key}.server": server,
        f"mail.account.{key}.identities": identity,
    }
    if number := "".join(filter(str.isdecimal, key)):
        prefs[LAST_KEY] = int(number)
    if not seen.text(DEFAULT_ACCOUNT):
        prefs[DEFAULT_ACCOUNT] = key
    about: dict[str, PrefValue] = {
        "useremail": str(account.address),
        "smtpServer": smtp,
        "valid": True,
        "reply_on_top": 1,
        **folder_prefs(account.incoming),
    }
    if account.name:
        about["fullName"] = account.name
    prefs |= _below("identity", identity, about)
    prefs |= _below(
        "server", server, {**incoming_prefs(account.incoming), "name": str(account.address)}
    )
    prefs |= _new_smtp(account, seen, smtp)
    made = {
        "account": (key,),
        "identity": (identity,),
        "server": (server,),
        "smtpserver": (smtp,),
    }
    return Change(prefs, made, incoming=True, added_account=True)


def _turn_on(account: Account, seen: Accounts, identities: tuple[str, ...]) -> Change:
    """All identities with the address send through one server that nobody else uses."""
    own = [
        server
        for server in dict.fromkeys(seen.smtp_server_of(i) for i in identities)
        if server is not None and set(seen.senders_through(server)) <= set(identities)
    ]
    made: dict[str, tuple[str, ...]] = {}
    if own:
        smtp = own[0]
        prefs = _below("smtpserver", smtp, outgoing_prefs(account.outgoing))
    else:
        smtp = seen.next_key("smtpserver")
        prefs = _new_smtp(account, seen, smtp)
        made = {"smtpserver": (smtp,)}
    for identity in identities:
        if seen.smtp_server_of(identity) != smtp:
            prefs[f"mail.identity.{identity}.smtpServer"] = smtp
    incoming = account.incoming is not None and any(
        _is_at(seen, seen.server_of(i), account.incoming) for i in identities
    )
    return Change(prefs, made, incoming=incoming)


def _is_at(seen: Accounts, server: str | None, login: ServerLogin) -> bool:
    """Whether the account's own incoming server is the one that was probed, for that user."""
    branch = f"mail.server.{server}."
    return (
        seen.text(branch + "hostname") == login.endpoint.host
        and seen.text(branch + "userName") == login.username
    )


def _new_smtp(account: Account, seen: Accounts, key: str) -> dict[str, PrefValue]:
    prefs = _below(
        "smtpserver",
        key,
        {
            "type": "smtp",
            **outgoing_prefs(account.outgoing),
            "description": str(account.address),
        },
    )
    prefs[SMTP_SERVERS] = joined(seen.keys(SMTP_SERVERS), key)
    if not seen.text(DEFAULT_SMTP):
        prefs[DEFAULT_SMTP] = key
    return prefs


def _below(family: str, key: str, prefs: dict[str, PrefValue]) -> dict[str, PrefValue]:
    branch = branch_of(family, key)
    return {branch + name: value for name, value in prefs.items()}
