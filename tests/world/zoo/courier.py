# SPDX-License-Identifier: MPL-2.0
"""Courier: its own SMTP, IMAP and POP3, with the limits that its packages set.

``tarpit`` waits 8 s before each refusal, as the packages have it.
"""

from tests.world.zoo.account import DOMAIN, EMAIL, HOST, PASSWORD
from tests.world.zoo.kind import IMAP, POP3, SMTP, Kind

_START = f"""
account courier 967
account vmail 965
install -d -o courier -m 755 /run/courier /run/courier/authdaemon /srv/mail/alice
chown -R courier:courier /var/lib/courier /etc/courier
ln -sf makedat.courier /usr/bin/makedat
cd /etc/courier
cat /etc/world/server.key /etc/world/server.pem >server.pem
chown courier server.pem
chmod 400 server.pem
for end in esmtpd esmtpd-msa esmtpd-ssl imapd imapd-ssl pop3d pop3d-ssl; do
    cat /etc/world/courier/all >>$end
    [ ! -e /etc/world/courier/$end ] || cat /etc/world/courier/$end >>$end
done
# Nobody may send without a password, not even this machine (RELAYCLIENT).
rm -r smtpaccess

userdb {EMAIL} set uid=965 gid=965 home=/srv/mail/alice mail=/srv/mail/alice/Maildir
echo {PASSWORD} | userdbpw | userdb {EMAIL} set systempw
echo {PASSWORD} | userdbpw -hmac-md5 | userdb {EMAIL} set hmac-md5pw
makeuserdb
maildirmake.courier /srv/mail/alice/Maildir
chown -R vmail:vmail /srv/mail/alice

courierlogger -start -pid=/run/courier/authdaemon/pid \\
    /usr/lib/courier/courier-authlib/authdaemond
while [ ! -S /run/courier/authdaemon/socket ]; do sleep 0.02; done
for server in esmtpd esmtpd-msa esmtpd-ssl imapd imapd-ssl pop3d pop3d-ssl; do
    /usr/sbin/$server start </dev/null
done
"""
_FILES = {
    "etc/courier/me": f"{HOST}\n",
    "etc/courier/locals": f"{DOMAIN}\n",
    "etc/courier/authdaemonrc": (
        "authmodulelist=authuserdb\ndaemons=2\nauthdaemonvar=/run/courier/authdaemon\n"
    ),
    "etc/world/courier/all": (
        "ADDRESS=@ADDRESS@\n"
        "SSLADDRESS=@ADDRESS@\n"
        "TLS_CERTFILE=/etc/courier/server.pem\n"
        "TLS_DHPARAMS=\n"
        "TLS_CACHEFILE=\n"
    ),
    "etc/world/courier/esmtpd": (
        'ESMTPAUTH="LOGIN PLAIN CRAM-MD5"\n'
        'ESMTPAUTH_TLS="LOGIN PLAIN"\n'
        "BOFHCHECKDNS=0\n"
        "TARPIT=0\n"
        'TCPDOPTS="-stderrlogger=/usr/sbin/courierlogger -nodnslookup -noidentlookup"\n'
    ),
    "etc/world/courier/esmtpd-msa": "AUTH_REQUIRED=1\nBOFHCHECKDNS=0\nTARPIT=0\n",
    "etc/world/courier/esmtpd-ssl": "AUTH_REQUIRED=1\nBOFHCHECKDNS=0\nTARPIT=0\n",
    "etc/world/courier/pop3d": 'POP3AUTH="PLAIN LOGIN"\nPOP3AUTH_TLS="PLAIN LOGIN"\n',
}
_TARPIT = {name: text.replace("TARPIT=0", "TARPIT=1") for name, text in _FILES.items()}
KINDS = {
    variant: Kind("courier", SMTP | IMAP | POP3, files, _START)
    for variant, files in (("default", _FILES), ("tarpit", _TARPIT))
}
