#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tools/man.sh PROGRAM FOLDER: a man page for the program and for each of its commands, out of what --help says.
set -eu
program=$1
folder=$2
mkdir -p "$folder"
page() { # NAME WHAT ARGUMENTS...
  name=$1
  what=$2
  shift 2
  help2man --no-info --no-discard-stderr --name="$what" --version-string="$("$program" --version)" \
    --help-option="$*" "$program" >"$folder/$name.1.tmp" && mv "$folder/$name.1.tmp" "$folder/$name.1"
}
page annals "events, statements and stories out of pages of news" --help
"$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\)  *\(.*\)$/\1 \2/p' | while read -r command what; do
  page "annals-$command" "$what" "$command --help"
done
