#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tests/run.sh NAME PRESET...: runs the tests of these builds, two at a time, and prints what failed (with its output),
# what was skipped (with the reason) and the totals; .ci/run adds up the totals that are left in build/totals/NAME.
set -u
cd "$(dirname "$0")/.."
name=$1
shift
mkdir -p build/totals
rm -f "build/totals/$name"
passed=0 failed=0 skipped=0
for preset in "$@"; do
  log=build/$preset/tests.log
  start=$SECONDS
  ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=ignore >"$log" 2>&1
  # One line a test: "12/80 Test #3: base/test_json ......   Passed    0.00 sec"
  p=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .* Passed ' "$log")
  s=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .*\*\*\*Skipped' "$log")
  all=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: ' "$log")
  passed=$((passed + p)) skipped=$((skipped + s)) failed=$((failed + all - p - s))
  if [ $((all - p - s)) -gt 0 ]; then
    echo "---- $preset: failed"
    awk '/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: /{show = !/ Passed / && !/\*\*\*Skipped/} /^[0-9]+% tests passed/{show = 0} show' "$log" | head -200
  fi
  # The reason is what the test said; a test that ran in part says so too, and counts as passed.
  awk '/ Testing: /{ name = $NF } /^skipped/{ print "skipped in " preset ": " name substr($0, 8) }' preset="$preset" \
    "build/$preset/Testing/Temporary/LastTest.log"
  echo "$preset: $p passed, $((all - p - s)) failed, $s skipped, $((SECONDS - start)) s"
  awk '/ Passed /{ if ($(NF-1) > 10) print "over 10 s: " $4, $(NF-1), "s" }' "$log"
done
echo "$passed $failed $skipped" >"build/totals/$name"
echo "$name: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
