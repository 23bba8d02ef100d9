#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Inside a world's own root: users and folders that the packages' install
# scripts would have made, then the servers. Waits for the end of its input.
set -eu

account() { # NAME ID
    grep -q "^$1:" /etc/group || echo "$1:x:$2:" >>/etc/group
    grep -q "^$1:" /etc/passwd || echo "$1:x:$2:$2::/nonexistent:/usr/sbin/nologin" >>/etc/passwd
}
account postfix 961
account postdrop 962
account dovecot 963
account dovenull 964
account vmail 965

cd /var/spool/postfix
mkdir -p active bounce corrupt defer deferred flush hold incoming private saved trace \
    maildrop public pid /var/lib/postfix
chown root:root . pid
chown postfix active bounce corrupt defer deferred flush hold incoming private saved trace \
    maildrop public /var/lib/postfix
chgrp postdrop maildrop public
chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace
chmod 730 maildrop
chmod 710 public
mkdir -p /var/log/world/imap
while IFS=: read -r user _; do mkdir -p "/var/log/world/imap/$user"; done </etc/world/users
chown -R vmail /srv/mail /var/log/world/imap

dovecot -F </dev/null &
MAIL_CONFIG=/etc/postfix /usr/lib/postfix/sbin/master </dev/null &
while read -r _; do :; done
