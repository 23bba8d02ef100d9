# SPDX-License-Identifier: MPL-2.0
"""What an account has now is not replaced by less, unless the person accepted that by name."""

from typing import Final

from clientcfg.formats.thunderbird.accounts import Accounts, branch_of
from clientcfg.model.account import Account
from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import PASSWORD_MECHANISMS
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_ENCRYPTED: Final = frozenset({2, 3})  # try_ssl: STARTTLS, TLS
# authMethod: log-ins that tell the server no password, not even inside TLS.
# CRAM-MD5 (4) and NTLM (6) are not among them: their proof stands for the password.
_WITHOUT_PASSWORD: Final = {5: "Kerberos", 7: "TLS", 10: "OAuth 2.0"}


def refuse_weaker(account: Account, seen: Accounts) -> None:
    """Raises :class:`Refused` "weaker-than-before" where sending would be protected less."""
    if account.accept_weaker:
        return
    for identity in seen.with_address(account.address):
        server = seen.smtp_server_of(identity)
        faults = () if server is None else tuple(_faults(account, seen, server))
        if faults:
            host = account.outgoing.endpoint.host
            raise Refused(
                "weaker-than-before",
                _("{address} would be protected less than it is now. {why}").format(
                    address=account.address, why=" ".join(faults)
                ),
                _("Leave the account as it is, or choose a server with TLS."),
                _("If it is meant, say so with --accept-weaker {host}").format(host=host),
            )


def _faults(account: Account, seen: Accounts, server: str) -> list[str]:
    branch = branch_of("smtpserver", server)
    login = account.outgoing
    host = "".join(c for c in seen.text(branch + "hostname") or "" if c.isprintable())
    found = []
    encrypted = seen.values.get(branch + "try_ssl") in _ENCRYPTED
    if encrypted and login.endpoint.security is Security.PLAIN:
        found.append(
            _("It sends through {host} with encryption now, and {new} would have none.").format(
                host=host, new=login.endpoint.host
            )
        )
    how = _WITHOUT_PASSWORD.get(_number(seen.values.get(branch + "authMethod")))
    same_host = host.casefold() == login.endpoint.host
    if how and same_host and login.mechanism in PASSWORD_MECHANISMS:
        found.append(
            _("It logs in at {host} with {how} now, which tells no password.").format(
                host=host, how=how
            )
        )
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
