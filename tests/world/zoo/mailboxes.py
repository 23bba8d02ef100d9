# SPDX-License-Identifier: MPL-2.0
"""Dovecot's settings: for itself, and for the MTAs that have no IMAP and POP3 of their own."""

from collections.abc import Mapping

from tests.world.zoo.account import EMAIL, PASSWORD

_CONF = """\
protocols = {protocols}
listen = @ADDRESS@
log_path = /var/log/world/dovecot.log
ssl = {ssl}
ssl_min_protocol = {ssl_min_protocol}
ssl_cert = </etc/world/server.pem
ssl_key = </etc/world/server.key
disable_plaintext_auth = {no_clear}
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
first_valid_uid = 965
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u /etc/world/users
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home=/srv/mail/%u
}}
# No growing delay after wrong passwords.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
# A log-in by POP3 or IMAP is told to a program (POP-before-SMTP).
_AFTER_LOGIN = """
service {protocol} {{
  executable = {protocol} after-{protocol}-login
}}
service after-{protocol}-login {{
  executable = script-login /etc/world/after-login
  user = root
  unix_listener after-{protocol}-login {{
  }}
}}
"""
_REMEMBER = """\
#!/bin/sh
# The client's address may send mail from now on.
(
    flock 9
    printf '%s\\tOK\\n' "$IP" >>/etc/world/relayers
    {make_map}
) 9>/run/relayers.lock
exec "$@"
"""
# Shell, after library.sh.
START = """
account dovecot 963
account dovenull 964
account vmail 965
chown vmail /srv/mail
[ ! -e /etc/world/after-login ] || chmod 755 /etc/world/after-login
dovecot -F </dev/null &
"""


def mailboxes(  # one word an argument, as an administrator decides them
    *,
    protocols: str = "imap pop3",
    ssl: str = "yes",
    ssl_min_protocol: str = "TLSv1.2",
    clear: bool = False,
    mechanisms: str = "plain login cram-md5 scram-sha-256",
    more: str = "",
) -> dict[str, str]:
    """Dovecot's files. ``clear``: a password may pass outside TLS."""
    conf = _CONF.format(
        protocols=protocols,
        ssl=ssl,
        ssl_min_protocol=ssl_min_protocol,
        no_clear="no" if clear else "yes",
        mechanisms=mechanisms,
    )
    return {
        "etc/dovecot/dovecot.conf": conf + more,
        "etc/world/users": f"{EMAIL}:{PASSWORD}::::::\n",
    }


def remembering(files: Mapping[str, str], make_map: str) -> dict[str, str]:
    """The same Dovecot, that writes each client's address to a map after it logged in."""
    hooks = "".join(_AFTER_LOGIN.format(protocol=protocol) for protocol in ("imap", "pop3"))
    return {
        **files,
        "etc/dovecot/dovecot.conf": files["etc/dovecot/dovecot.conf"] + hooks,
        "etc/world/after-login": _REMEMBER.format(make_map=make_map),
    }
