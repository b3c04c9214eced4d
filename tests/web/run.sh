#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tests/web/run.sh: the page of annals serve in Debian's chromium, over the record of examples/pages and of hostile.html. What
# cannot be had here (node, npm's packages, chromium) makes it a skip with the reason. Totals as in tests/run.sh.
set -u
cd "$(dirname "$0")/../.."
mkdir -p build/totals
rm -f build/totals/check-web
skip() {
  echo "skipped check-web: $1"
  echo "0 0 1" >build/totals/check-web
  echo "check-web: 0 passed, 0 failed, 1 skipped"
  exit 0
}
command -v node >/dev/null 2>&1 || skip "no node here"
command -v npm >/dev/null 2>&1 || skip "no npm here"
[ -f web/dist/app.js ] && [ -d web/node_modules/playwright-core ] || tools/web.sh must || skip "web/ could not be built"
tools/packages.sh web || true
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no chromium here"
CHROMIUM=$chromium node tests/web/check.mjs
