#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/packages.sh GROUP...: installs those Debian packages of tools/packages.txt that are missing, as root or with sudo.
# Quiet when nothing is missing. Exit status 1, with the command to type, when something is and cannot be installed.
set -eu
list=$(dirname "$0")/packages.txt

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "packages: no Debian here; the build looks for these by itself: $(grep -c '^build' "$list") packages of group build in tools/packages.txt"
  exit 0
fi

missing=
for group in "$@"; do
  for package in $(awk -v group="$group" '$1 == group { print $2 }' "$list"); do
    state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in ii*) ;; *) missing="$missing $package" ;; esac
  done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=sudo
else
  echo "packages: missing, and neither root nor sudo here. Have somebody type:" >&2
  echo "  apt-get install -y$missing" >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "packages: installing$missing"
install_missing() {
  # shellcheck disable=SC2086 # words on purpose
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >"$log" 2>&1 </dev/null
}
if ! install_missing; then # an old list of packages is the usual reason
  $as_root apt-get update >/dev/null 2>&1 </dev/null || true
  install_missing || { tail -20 "$log" >&2; echo "packages: could not install$missing" >&2; exit 1; }
fi
