# SPDX-License-Identifier: MPL-2.0
"""An account in the words of Outlook Express.

``SMTP Use Sicily`` is how it logs in for sending (Microsoft's SMTPAUTHTYPE):
0 not, 1 with NTLM, 2 as for incoming mail, 3 with a name of its own. On port 25
"secure connection" means STARTTLS, on any other TLS from the first byte.
"""

from collections.abc import Mapping
from typing import Final

from clientcfg.formats.windows_login import implicit_or_25, incoming_of, same_user
from clientcfg.model.account import Account

NTLM: Final = 1
AS_INCOMING: Final = 2
OWN_USER: Final = 3
_AS_INTERNET_EXPLORER: Final = 3

Named = Mapping[str, str | int]


def sending(account: Account, program: str, *, own_user: bool) -> dict[str, str | int]:
    """How mail is sent. Raises :class:`No` for a server that the program cannot speak to."""
    login = account.outgoing
    named: dict[str, str | int] = {
        "SMTP Server": login.endpoint.host,
        "SMTP Port": login.endpoint.port,
        "SMTP Secure Connection": int(implicit_or_25(login, program)),
        "SMTP Use Sicily": OWN_USER if own_user else AS_INCOMING,
    }
    if own_user:
        named["SMTP User Name"] = login.username
    return named


def whole_account(account: Account, program: str) -> Named:
    """Everything of a new account but its password, which the program asks for.

    Raises :class:`No` also where there is no server to read from.
    """
    incoming = incoming_of(account, program)
    kind = incoming.endpoint.protocol.upper()
    return {
        "Account Name": str(account.address),
        "Connection Type": _AS_INTERNET_EXPLORER,
        f"{kind} Server": incoming.endpoint.host,
        f"{kind} User Name": incoming.username,
        f"{kind} Port": incoming.endpoint.port,
        f"{kind} Secure Connection": int(implicit_or_25(incoming, program)),
        f"{kind} Use Sicily": 0,
        f"{kind} Prompt for Password": 1,
        **sending(account, program, own_user=not same_user(account)),
        "SMTP Display Name": account.name or str(account.address),
        "SMTP Email Address": str(account.address),
    }
