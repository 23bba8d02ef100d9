#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The first process of a world, in its own mount, PID and UTS namespaces.
# $1: the world's folder (files/, log/, mail/, top/). $2: the unpacked packages.
# It ends, and everything with it, when its standard input is closed.
set -eu
umask 022
world=$1
packages=$2

# What the servers write stays in memory, on top of this machine's own files.
mount -t tmpfs -o mode=755 world "$world/top"
mkdir "$world/top/upper" "$world/top/work" "$world/top/root"
cp -r --preserve=mode,links,timestamps "$packages/." "$world/files/." "$world/top/upper"
chmod 755 "$world/top/upper"
mount -t overlay -o "lowerdir=/,upperdir=$world/top/upper,workdir=$world/top/work" \
    world "$world/top/root"
cd "$world/top/root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mkdir -p var/log/world srv/mail
mount --bind "$world/log" var/log/world
mount --bind "$world/mail" srv/mail
mount -t tmpfs tmpfs tmp
hostname mail.example.test

exec chroot . /bin/sh /etc/world/start.sh
