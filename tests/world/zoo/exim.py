# SPDX-License-Identifier: MPL-2.0
"""Exim; passwords inside TLS only, and ``clear-auth``, where they may pass outside, too."""

from collections.abc import Mapping

from tests.world.zoo.account import EMAIL, PASSWORD
from tests.world.zoo.kind import IMAP, POP3, SMTP, Kind
from tests.world.zoo.mailboxes import START, mailboxes

_CONF = f"""\
primary_hostname = mail.zoo.test
domainlist local_domains = zoo.test
local_interfaces = <; @ADDRESS@
daemon_smtp_ports = 25 : 587 : 465
tls_on_connect_ports = 465
disable_ipv6 = true
host_lookup =
rfc1413_hosts =
tls_advertise_hosts = *
tls_certificate = /etc/world/exim.pem
tls_privatekey = /etc/world/exim.key
auth_advertise_hosts = @AUTH@
smtp_accept_max_per_host = 0
# Nothing is sent anywhere: what is accepted stays in the queue.
queue_only = true
log_file_path = syslog
syslog_timestamp = false
acl_smtp_mail = mail
acl_smtp_rcpt = rcpt

begin acl
mail:
  deny    message = AUTH required on this port
          condition = ${{if match{{$received_port}}{{^(587|465)\\$}}}}
          !authenticated = *
  accept
rcpt:
  accept  authenticated = *
  accept  domains = +local_domains
  deny    message = relay not permitted

begin routers
begin transports
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{EMAIL}}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{EMAIL}}}}}{{eq{{$auth2}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{if eq{{$auth1}}{{{EMAIL}}}{{{PASSWORD}}}fail}}
  server_set_id = $auth1
"""
_START = f"""
account Debian-exim 966
mkdir -p /var/spool/exim4
chown Debian-exim /var/spool/exim4
for end in pem key; do
    install -o Debian-exim -m 400 /etc/world/server.$end /etc/world/exim.$end
done
{START}
exim4 -C /etc/exim4/exim4.conf -bdf </dev/null &
"""


def _files(auth_where: str) -> Mapping[str, str]:
    conf = _CONF.replace("@AUTH@", auth_where)
    return {**mailboxes(), "etc/exim4/exim4.conf": conf}


KINDS = {
    "default": Kind("exim", SMTP | IMAP | POP3, _files("${if eq{$tls_in_cipher}{}{}{*}}"), _START),
    "clear-auth": Kind("exim", SMTP | IMAP | POP3, _files("*"), _START),
}
