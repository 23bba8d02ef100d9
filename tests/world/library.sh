# SPDX-License-Identifier: MPL-2.0
# For a world's start.sh: what the packages' install scripts would have done,
# and the end: everything runs until the world's first process loses its input.
set -eu

account() { # NAME ID
    grep -q "^$1:" /etc/group || echo "$1:x:$2:" >>/etc/group
    grep -q "^$1:" /etc/passwd || echo "$1:x:$2:$2::/nonexistent:/usr/sbin/nologin" >>/etc/passwd
}

until_the_end() {
    while read -r _; do :; done
}

postfix_folders() {
    (
        cd /var/spool/postfix
        mkdir -p active bounce corrupt defer deferred flush hold incoming private saved trace \
            maildrop public pid /var/lib/postfix
        chown root:root . pid
        chown postfix active bounce corrupt defer deferred flush hold incoming private saved \
            trace maildrop public /var/lib/postfix
        chgrp postdrop maildrop public
        chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace
        chmod 730 maildrop
        chmod 710 public
    )
}
