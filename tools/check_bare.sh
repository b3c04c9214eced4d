#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_bare.sh: does what README says do what it says? An empty Debian 12 with git and make and nothing else, this
# repository's HEAD cloned inside, the README's commands typed as they stand there. Root and a Debian mirror are needed;
# BARE (build/bare) is made anew and stays, to look at.
set -eu
cd "$(dirname "$0")/.."
bare=$(realpath -m "${BARE:-build/bare}")
mirror=$(awk '$1 == "URIs:" && /debian$/ { print $2; exit } $1 == "deb" && $2 ~ /debian$/ { print $2; exit }' \
  /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true)
mirror=${mirror:-http://deb.debian.org/debian}
[ "$(id -u)" = 0 ] || { echo "check-bare: needs root (debootstrap, chroot)"; exit 1; }

leave() { umount "$bare/dev/pts" "$bare/proc" 2>/dev/null || true; }
trap leave EXIT
leave
rm -rf "$bare"
mkdir -p "$(dirname "$bare")"
echo "check-bare: an empty Debian 12 in $bare"
debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$bare" "$mirror" >"$bare.log" 2>&1 ||
  { tail -20 "$bare.log"; exit 1; }
cp /etc/resolv.conf "$bare/etc/resolv.conf"
find /etc/apt/apt.conf.d -name '*proxy*' -exec cp {} "$bare/etc/apt/apt.conf.d/" \;
mount -t proc proc "$bare/proc" # a program finds its data beside itself through it
mkdir -p "$bare/dev/pts" && mount --bind /dev/pts "$bare/dev/pts" # tables on a terminal are tested on one
git clone -q --bare . "$bare/srv/annals.git"

# The first block of commands in the README, with the repository's place filled in.
{ echo 'set -ex'; awk '/^```/ { if (++fences == 2) exit; next } fences == 1' README.md | sed 's|REPOSITORY|file:///srv/annals.git|'; } \
  >"$bare/root/readme.sh"
start=$SECONDS
if chroot "$bare" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
  sh -c 'cd /root && exec sh readme.sh' >"$bare.out" 2>&1 </dev/null; then status=0; else status=$?; fi
tail -40 "$bare.out"
echo "check-bare: exit $status after $((SECONDS - start)) s; all of it in $bare.out"
exit "$status"
