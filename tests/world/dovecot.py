# SPDX-License-Identifier: MPL-2.0
"""Dovecot's configuration: IMAP, POP3, LMTP, and the SASL that Postfix asks."""

from tests.world.options import Options

_CONF = """\
protocols = imap pop3 lmtp
listen = {address}
log_path = /var/log/world/dovecot.log
rawlog_dir = /var/log/world/imap/%u
ssl = {ssl}
ssl_cert = </etc/world/server.pem
ssl_key = </etc/world/server.key
disable_plaintext_auth = {no_clear}
auth_mechanisms = {mechanisms}
auth_verbose = yes
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u /etc/world/users
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home=/srv/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
}}
service lmtp {{
  unix_listener /var/spool/postfix/private/dovecot-lmtp {{
    mode = 0600
    user = postfix
  }}
}}
service auth {{
  unix_listener /var/spool/postfix/private/auth {{
    mode = 0600
    user = postfix
  }}
}}
# No growing delay after wrong passwords.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


def dovecot_conf(options: Options, address: str) -> str:
    """The whole of ``dovecot.conf``."""
    return _CONF.format(
        address=address,
        ssl="yes" if options.auth_in_clear else "required",
        no_clear="no" if options.auth_in_clear else "yes",
        mechanisms=" ".join(options.mechanisms).lower(),
    )


def users(options: Options) -> str:
    """The passwd-file. Dovecot reads everything up to the next colon as it stands."""
    if any(":" in password for password in options.accounts.values()):
        raise ValueError("a password with a colon does not fit into a passwd-file")
    return "".join(f"{user}:{password}::::::\n" for user, password in options.accounts.items())
