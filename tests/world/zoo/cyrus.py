# SPDX-License-Identifier: MPL-2.0
"""Cyrus: IMAP and POP3, with the SASL library's mechanisms."""

from tests.world.zoo import sasl
from tests.world.zoo.account import DOMAIN, HOST
from tests.world.zoo.kind import IMAP, POP3, Kind

_IMAPD_CONF = f"""\
servername: {HOST}
configdirectory: /var/lib/cyrus
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: /var/spool/cyrus/mail
sievedir: /var/spool/sieve
virtdomains: userid
defaultdomain: {DOMAIN}
autocreate_quota: 0
allowplaintext: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {sasl.DATABASE}
sasl_mech_list: {sasl.MECHANISMS}
tls_server_cert: /etc/world/server.pem
tls_server_key: /etc/world/cyrus.key
tls_session_timeout: 0
"""
_CYRUS_CONF = """\
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -r"
}
SERVICES {
  imap  cmd="imapd"    listen="@ADDRESS@:143" proto="tcp4" prefork=1
  imaps cmd="imapd -s" listen="@ADDRESS@:993" proto="tcp4" prefork=1
  pop3  cmd="pop3d"    listen="@ADDRESS@:110" proto="tcp4" prefork=1
  pop3s cmd="pop3d -s" listen="@ADDRESS@:995" proto="tcp4" prefork=1
}
EVENTS {
}
"""
_START = f"""
account cyrus 968
install -o cyrus -m 400 /etc/world/server.key /etc/world/cyrus.key
# An address of the default domain becomes its local part, which SASL seeks at the host's name.
{sasl.account(HOST, "cyrus")}
install -d -o cyrus -g mail /run/cyrus /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket \\
    /var/lib/cyrus /var/lib/cyrus/db /var/lib/cyrus/socket \\
    /var/spool/cyrus /var/spool/cyrus/mail /var/spool/sieve
install -o cyrus -g mail -m 600 /dev/null /var/lib/cyrus/user_deny.db
/usr/lib/cyrus/bin/master </dev/null &
"""
_FILES = {"etc/imapd.conf": _IMAPD_CONF, "etc/cyrus.conf": _CYRUS_CONF}
KINDS = {"default": Kind("cyrus", IMAP | POP3, _FILES, _START)}
