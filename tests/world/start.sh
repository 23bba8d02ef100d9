#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Inside a world's own root: users and folders that the packages' install
# scripts would have made, then the servers. Waits for the end of its input.
. /etc/world/library.sh

account postfix 961
account postdrop 962
account dovecot 963
account dovenull 964
account vmail 965

postfix_folders
mkdir -p /var/log/world/imap
while IFS=: read -r user _; do mkdir -p "/var/log/world/imap/$user"; done </etc/world/users
chown -R vmail /srv/mail /var/log/world/imap

dovecot -F </dev/null &
MAIL_CONFIG=/etc/postfix /usr/lib/postfix/sbin/master </dev/null &
until_the_end
