#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/fuzz_minutes.sh MINUTES [TARGET...]: runs every fuzz target (or those named) for MINUTES of processor time, one after
# another at the lowest priority, and prints a table row a target for docs/reliability.md: executions, new units, findings.
# What is found lies in build/fuzz/found/. Builds the fuzz preset where it is missing. Exit status 1: there is a finding.
set -u
cd "$(dirname "$0")/.."
minutes=${1:?usage: tools/fuzz_minutes.sh MINUTES [TARGET...]}
shift
if [ ! -d build/fuzz/fuzz ]; then cmake --preset fuzz >/dev/null && cmake --build build/fuzz -j2 >/dev/null || exit 2; fi
export ANNALS_DATA=${ANNALS_DATA:-$PWD/build/release/share/annals}
[ $# -gt 0 ] || set -- $(cd build/fuzz/fuzz && ls -d fuzz_* | sed 's/^fuzz_//')
echo "| target | processor minutes | executions | new units | findings |"
echo "|---|---|---|---|---|"
found_any=0
for name in "$@"; do
  found=build/fuzz/found/$name log=build/fuzz/found/$name.log
  mkdir -p "$found"
  corpora=("$found")
  for folder in "fuzz/corpus/$name" examples/pages; do
    [ -d "$folder" ] && { [ "$folder" != examples/pages ] || [ "$name" = page ] || [ "$name" = scan ]; } && corpora+=("$folder")
  done
  left=$(awk "BEGIN { print int($minutes * 60) }") spent=0 executions=0 units=0
  # Seconds of a shared machine are not seconds of its processor: again, until the processor's are spent.
  while [ "$left" -gt 0 ]; do
    used=$( { TIMEFORMAT='%U %S'; time nice -n 19 "build/fuzz/fuzz/fuzz_$name" -max_total_time="$left" -timeout=10 -max_len=4096 -rss_limit_mb=3000 \
      -print_final_stats=1 -artifact_prefix="$found-" "${corpora[@]}" >"$log" 2>&1; } 2>&1 | awk '{ printf "%d", $1 + $2 + 0.5 }')
    executions=$((executions + $(awk '/stat::number_of_executed_units/ { n = $2 } END { print n + 0 }' "$log")))
    units=$((units + $(awk '/stat::new_units_added/ { n = $2 } END { print n + 0 }' "$log")))
    spent=$((spent + used)) left=$((left - used))
    [ "$used" -gt 0 ] || left=0
    ls "$found"-crash-* "$found"-oom-* "$found"-timeout-* "$found"-leak-* >/dev/null 2>&1 && left=0
  done
  findings=$(ls "$found"-crash-* "$found"-oom-* "$found"-timeout-* "$found"-leak-* 2>/dev/null | wc -l)
  [ "$findings" -eq 0 ] || found_any=1
  awk -v n="$name" -v s="$spent" -v e="$executions" -v u="$units" -v f="$findings" 'BEGIN { printf "| %s | %.1f | %d | %d | %d |\n", n, s / 60, e, u, f }'
done
exit $found_any
