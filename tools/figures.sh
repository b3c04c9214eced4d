#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/figures.sh [ANNALS]: the figures of the whole program (docs/accuracy.md, "The whole"): founding pages, sample pages, the blind sets, own
# passages and names. Needs ../shared for the first two. Writes nothing but a scratch folder.
set -eu
cd "$(dirname "$0")/.."
annals=${1:-build/release/annals}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

whole() { # whole NAME GOLD PAGES...: read, build, export, score
  local name=$1 gold=$2 folder=$3
  "$annals" read "$folder" >"$out/r.jsonl" 2>/dev/null || true
  "$annals" build "$folder" -o "$out/$name.db" >/dev/null 2>&1 || true
  "$annals" export "$out/$name.db" --format jsonl >"$out/s.jsonl"
  echo "== $name"
  python3 ../shared/score/score_seeds.py --gold "$gold" --pages "$folder" --readings "$out/r.jsonl" --stories "$out/s.jsonl"
}

if [ -d ../shared/score ]; then
  whole founding ../shared/gold/seeds.json ../shared/seeds
  whole samples tests/samples/gold.json examples/pages
  whole samples2 tests/samples2/gold.json tests/samples2/pages # written blind, as those that follow
  for set in samples3 samples4 samples5 samples6 samples7 samples8 samples9; do
    for half in look count; do
      grep -q "^page .* $half" tests/$set/gold.txt || continue # samples5 to 9: all are counted # totals of a half's pages; those that count are never read
      python3 tools/make_sample_gold.py --half $half --pages tests/$set/pages --notes tests/$set/gold.txt -o "$out/$set-$half.json" >/dev/null
      whole "$set-$half" "$out/$set-$half.json" tests/$set/pages
    done
  done
fi
for gold in paragraphs names; do
  python3 "tests/gold/score_$gold.py" --pages "$out/p.jsonl" >/dev/null
  "$annals" read "$out/p.jsonl" >"$out/r.jsonl" 2>/dev/null || true
  echo "== $gold"
  python3 "tests/gold/score_$gold.py" "$out/r.jsonl"
done
