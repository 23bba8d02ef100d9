#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Runs a program as an ordinary user who sees other host names and asks another
# resolver. $1: hosts file. $2: resolv.conf. Then pairs of folders, the files of
# the first seen in the second, too; "--", options of setpriv(1), "--", and the
# program. Needs a mount namespace of its own.
set -eu
mount --bind "$1" /etc/hosts
mount --bind "$2" /etc/resolv.conf
shift 2
while [ "$1" != -- ]; do
    mount -t overlay -o "ro,lowerdir=$1:$2" person "$2"
    shift 2
done
shift
exec setpriv --reuid=65534 --regid=65534 --clear-groups --pdeathsig=KILL "$@"
