# SPDX-License-Identifier: MPL-2.0
"""What the app refuses, refused here: one wrong account, and it takes none of a code or file.

Its rules are those of ``feature/migration/qrcode`` in its source, which are
stricter than the text of the format (``qr-code-format.md``, version 1).
"""

import ipaddress
import re
from typing import Final

from clientcfg.formats.in_the_clear import in_the_clear
from clientcfg.formats.plain_text import refuse_hidden_in
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, OAUTHBEARER, PLAIN, XOAUTH2
from clientcfg.model.trouble import No
from clientcfg.tables import shown
from clientcfg.words import _

_CAN: Final = frozenset({PLAIN, LOGIN, CRAM_MD5, XOAUTH2, OAUTHBEARER})
_LABELS: Final = re.compile(
    r"(?=.{1,253}\Z)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_DOT_ATOM: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)


def incoming_of(account: Account) -> ServerLogin:
    """The server to read from, after all of *account* was found good.

    Raises a :class:`Trouble` for what the app would refuse, and for a server without TLS.
    """
    if account.incoming is None:
        raise No(
            "no-incoming-server",
            _("A phone needs a server to read mail from, and none is known."),
            _("Name it with --imap HOST or --pop3 HOST."),
        )
    _check_address(account.address)
    refuse_hidden_in(account.name)
    for login in (account.incoming, account.outgoing):
        _check(login)
    return account.incoming


def not_trusted_there(account: Account) -> tuple[str, ...]:
    """Said where the person trusts a certificate by its fingerprint: no such file can hold one."""
    if not account.trusted_certificates:
        return ()
    return (_("The certificate that you trust is not in it: the app does not know it yet."),)


def _check_address(address: Address) -> None:
    good = _DOT_ATOM.fullmatch(address.local) and len(address.local) <= 64
    if not good or not _LABELS.fullmatch(address.domain):
        raise No(
            "address-not-taken",
            _(
                "{address} is an address that this app does not take: only ASCII before the @."
            ).format(address=shown(str(address))),
            _("Type the settings in by hand."),
        )


def _check(login: ServerLogin) -> None:
    endpoint = login.endpoint
    if not _is_host(endpoint.host):
        raise No(
            "host-not-taken",
            _("{host} is a name that this app does not take for a server.").format(
                host=shown(endpoint.host)
            ),
            _("Ask the server’s administrator for a name of letters, digits and hyphens."),
        )
    if not 0 < endpoint.port < 65536:
        raise No("not-a-port", _("{port} is not a port.").format(port=endpoint.port))
    if endpoint.security is Security.PLAIN:
        raise in_the_clear(endpoint.host)
    if login.mechanism not in _CAN:
        raise No(
            "mechanism-not-known",
            _("This app cannot log in with {mechanism}, which was chosen for {host}.").format(
                mechanism=login.mechanism, host=shown(endpoint.host)
            ),
            _("Ask the server’s administrator for PLAIN inside TLS."),
        )
    refuse_hidden_in(login.username)


def _is_host(host: str) -> bool:
    if _LABELS.fullmatch(host):
        return True
    try:
        return "%" not in host and bool(ipaddress.ip_address(host))
    except ValueError:
        return False
