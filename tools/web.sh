#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/web.sh: web/src and the packages of web/package-lock.json become web/dist, if anything is newer. Ends well in any case:
# the program is built without the page where npm or the registry is missing, and a line says so. `tools/web.sh must` fails then.
set -u
cd "$(dirname "$0")/../web" || exit 1
without() {
  echo "web: $1; annals serve will have no page, only its API"
  [ "${must:-}" = must ] && exit 1
  exit 0
}
must=${1:-}
if [ -f dist/app.js ] && [ -z "$(find src build.mjs package-lock.json ../data/world/countries.tsv -newer dist/app.js -print -quit)" ]; then exit 0; fi
command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 || without "no npm here"
mkdir -p ../build
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "web: npm ci"
  npm ci --no-audit --no-fund --ignore-scripts --fetch-retries=1 >../build/web-npm.log 2>&1 </dev/null || without "npm ci failed (build/web-npm.log)"
fi
echo "building web/dist"
{ node node_modules/typescript/bin/tsc --noEmit -p . && node build.mjs; } >../build/web.log 2>&1 || { cat ../build/web.log; exit 1; }
