# SPDX-License-Identifier: MPL-2.0
"""Postfix, and who may send through it.

By SMTP-Auth, with Dovecot or Cyrus' library behind it (``dovecot-sasl``,
``cyrus-sasl``) or in the clear, announced twice (``clear-auth``); by POP
before SMTP alone (``popb4``); anybody at all (``open``).
"""

from collections.abc import Mapping

from tests.world import postfix
from tests.world.options import Options
from tests.world.zoo import sasl
from tests.world.zoo.account import DOMAIN, EMAIL, HOST, PASSWORD
from tests.world.zoo.kind import IMAP, POP3, SMTP, Kind
from tests.world.zoo.mailboxes import START, mailboxes, remembering

_DOVECOT_SASL = """
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0600
    user = postfix
  }
}
"""
_START = f"""
account postfix 961
account postdrop 962
postfix_folders
{sasl.account(DOMAIN, "postfix")}
: >/etc/world/relayers
postmap hash:/etc/world/relayers
# A change in the second of the last one is not seen.
touch -d 2001-01-01 /etc/world/relayers /etc/world/relayers.db
{START}
MAIL_CONFIG=/etc/postfix /usr/lib/postfix/sbin/master </dev/null &
"""


def _files(options: Options, dovecot: Mapping[str, str], **changes: str) -> Mapping[str, str]:
    ours = {
        "myhostname": HOST,
        "virtual_mailbox_domains": DOMAIN,
        "virtual_transport": "discard",
        **changes,
    }
    return {
        **dovecot,
        "etc/postfix/main.cf": postfix.main_cf(options, ours),
        "etc/postfix/master.cf": postfix.master_cf(options, "@ADDRESS@"),
        "etc/postfix/sasl/smtpd.conf": sasl.CONF,
    }


_ACCOUNTS = {EMAIL: PASSWORD}
_WITH_AUTH = Options(accounts=_ACCOUNTS)
_WITHOUT_AUTH = Options(accounts=_ACCOUNTS, smtp_auth=False)
_FILES = {
    "dovecot-sasl": _files(_WITH_AUTH, mailboxes(more=_DOVECOT_SASL)),
    "cyrus-sasl": _files(
        _WITH_AUTH,
        mailboxes(),
        smtpd_sasl_type="cyrus",
        smtpd_sasl_path="smtpd",
        cyrus_sasl_config_path="/etc/postfix/sasl",
    ),
    "clear-auth": _files(
        Options(accounts=_ACCOUNTS, auth_in_clear=True, legacy_auth_line=True),
        mailboxes(clear=True, more=_DOVECOT_SASL),
    ),
    "popb4": _files(
        _WITHOUT_AUTH,
        remembering(mailboxes(), "postmap hash:/etc/world/relayers"),
        smtpd_relay_restrictions=(
            "check_client_access hash:/etc/world/relayers, reject_unauth_destination"
        ),
    ),
    "open": _files(
        _WITHOUT_AUTH,
        mailboxes(),
        mynetworks="0.0.0.0/0",
        smtpd_relay_restrictions="permit_mynetworks, reject_unauth_destination",
    ),
}
KINDS = {
    variant: Kind("postfix", SMTP | IMAP | POP3, files, _START) for variant, files in _FILES.items()
}
