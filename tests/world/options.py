# SPDX-License-Identifier: MPL-2.0
"""What a test may want different about its servers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DOMAIN = "example.test"
IMAP_HOST = f"imap.{DOMAIN}"
POP3_HOST = f"pop3.{DOMAIN}"
SMTP_HOST = f"smtp.{DOMAIN}"
HOSTS = (f"mail.{DOMAIN}", IMAP_HOST, POP3_HOST, SMTP_HOST)
ALICE = f"alice@{DOMAIN}"
ALICE_PASSWORD = 'wonder "1" länd\\and'  # every encoder's trouble in one password
BOB = f"bob@{DOMAIN}"
BOB_PASSWORD = "builder-2"

_ACCOUNTS = MappingProxyType({ALICE: ALICE_PASSWORD, BOB: BOB_PASSWORD})


@dataclass(frozen=True, slots=True)
class Options:
    """The servers as a careful administrator would run them, unless said otherwise."""

    #: Address (it is the user name, too) to password.
    accounts: Mapping[str, str] = field(default_factory=lambda: _ACCOUNTS)
    #: SASL mechanisms, in the servers' order.
    mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN")
    #: Postfix offers AUTH at all.
    smtp_auth: bool = True
    #: Postfix says ``AUTH=…`` besides ``AUTH …`` (``broken_sasl_auth_clients``).
    legacy_auth_line: bool = False
    #: All servers let a password pass outside TLS, too.
    auth_in_clear: bool = False
    #: Names and address literals in the certificate, besides the servers' own address.
    certificate_names: tuple[str, ...] = HOSTS
    #: The name server has SRV records for the domain, not only the hosts' addresses.
    services_in_dns: bool = True
    #: The certificate has run out.
    certificate_expired: bool = False
