# SPDX-License-Identifier: MPL-2.0
"""A plan in words: what will be set, at which servers, and where the folders of an account are."""

from collections.abc import Iterable, Mapping

from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.formats.thunderbird.certificates import Exceptions, sentences
from clientcfg.formats.thunderbird.changes import Change
from clientcfg.formats.thunderbird.servers import FOLDERS
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol
from clientcfg.model.phrases import named
from clientcfg.model.plan import Folders, SetServer
from clientcfg.words import _


def summary(
    account: Account,
    change: Change,
    changed: Mapping[str, PrefValue],
    exceptions: Exceptions,
    servers: Iterable[SetServer],
    *,
    made: bool,
) -> tuple[str, ...]:
    """One sentence a line; *servers* are those of :func:`servers_of`."""
    if not changed and not account.store_password and exceptions.data is None:
        return (_("{address} is set up like this already.").format(address=account.address),)
    lines = []
    if made:
        lines.append(_("Makes a profile, because Thunderbird has none that it would open."))
    if change.added_account:
        lines.append(_("Adds the account {address}.").format(address=account.address))
    elif change.made:
        lines.append(
            _("Gives {address} an outgoing server of its own; others use the old one.").format(
                address=account.address
            )
        )
    else:
        lines.append(
            _("Puts the outgoing server of {address} right.").format(address=account.address)
        )
    lines += (one.said for one in servers)
    lines += sentences(exceptions.trusted)
    if account.store_password:
        lines.append(_("The password goes into Thunderbird’s own password store."))
    else:
        lines.append(_("Thunderbird asks for the password once, and keeps it if you want."))
    return tuple(lines)


def servers_of(account: Account, change: Change) -> tuple[SetServer, ...]:
    """The servers that are set: that for reading only with a new account."""
    sending = _("Sending: {login}").format(login=_login(account.outgoing))
    found = [SetServer(account.outgoing.endpoint, sending)]
    if change.added_account and account.incoming is not None:
        endpoint = account.incoming.endpoint
        kind = {Protocol.IMAP: "IMAP", Protocol.POP3: "POP3"}[endpoint.protocol]
        reading = _("Reading ({kind}): {login}").format(kind=kind, login=_login(account.incoming))
        found.append(SetServer(endpoint, reading))
    return tuple(found)


def folders_of(account: Account, change: Change) -> Folders | None:
    """Where a new account keeps what is not received; None where the account was there."""
    if not change.added_account or account.incoming is None:
        return None
    return Folders(FOLDERS, on_server=account.incoming.endpoint.protocol is Protocol.IMAP)


def _login(login: ServerLogin) -> str:
    return _("{server}; {mechanism} as {user}").format(
        server=named(login.endpoint), mechanism=login.mechanism, user=login.username
    )
