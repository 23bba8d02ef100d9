# SPDX-License-Identifier: MPL-2.0
"""OpenSMTPD as Debian 12 has it: it offers STARTTLS and fails every handshake (alert 80)."""

from tests.world.zoo.account import DOMAIN, EMAIL, HOST, LOCAL_PART, PASSWORD
from tests.world.zoo.kind import SMTP, Kind

_CONF = f"""\
pki {HOST} cert "/etc/world/server.pem"
pki {HOST} key "/etc/world/server.key"
table accounts file:/etc/world/accounts
smtp max-message-size 35M
listen on @ADDRESS@ port 25 tls pki {HOST} auth-optional <accounts>
listen on @ADDRESS@ port 587 tls-require pki {HOST} auth <accounts>
listen on @ADDRESS@ port 465 smtps pki {HOST} auth <accounts>
action "keep" maildir "/srv/mail/%{{rcpt}}"
match from any for domain "{DOMAIN}" action "keep"
"""
_START = f"""
account opensmtpd 969
account opensmtpq 970
account {LOCAL_PART} 971
mkdir -p /var/spool/smtpd
chmod 711 /var/spool/smtpd
printf '%s %s\\n' {EMAIL} "$(/usr/libexec/opensmtpd/encrypt {PASSWORD})" >/etc/world/accounts
/usr/sbin/smtpd -d </dev/null &
"""
_FILES = {"etc/smtpd.conf": _CONF, "etc/mailname": f"{HOST}\n", "etc/aliases": ""}
KINDS = {"default": Kind("opensmtpd", SMTP, _FILES, _START)}
