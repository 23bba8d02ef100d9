#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The first process of a world, in its own mount, PID and UTS namespaces.
# $1: the world's folder (files/, log/, mail/, top/, syslog). $2: the unpacked packages.
# $3: the name of its machine.
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
# Devices of its own: programs that log to /dev/log are heard by the world.
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
    : >"dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
: >dev/log
mount --bind "$world/syslog" dev/log
mount -t tmpfs tmpfs run
mkdir -p var/log/world srv/mail
mount --bind "$world/log" var/log/world
mount --bind "$world/mail" srv/mail
mount -t tmpfs tmpfs tmp
hostname "$3"

exec chroot . /bin/sh /etc/world/start.sh
