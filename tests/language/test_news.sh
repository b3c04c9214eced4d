#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The arcs of news.spec and news2.spec, parsed by the program: prints the share that is right, and fails where the share of all
# of them is under the floor. The floor stands a little under what was measured last (docs/accuracy.md), so that a parser that got
# worse is seen.
set -eu
floor=0.92
here=$(dirname "$0")
[ -f "$ANNALS_DATA/english.an" ] || { echo "skipped: no english.an in $ANNALS_DATA"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 "$here/score_spec.py" --check
python3 "$here/score_spec.py" --text >"$out/news.txt"
"$ANNALS" parse "$out/news.txt" >"$out/news.conllu"
python3 "$here/score_spec.py" --parse "$out/news.conllu" | tee "$out/score"
sed -n 's/^spec: \([0-9.]*\).*/\1/p' "$out/score" | awk -v floor=$floor '{share = $1} END {exit !(share >= floor)}' ||
	{ echo "under the floor of $floor"; exit 1; }
