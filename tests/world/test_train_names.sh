#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Training the names gives the same bytes twice, and a model that finds names in text that it has not seen; files of the names that
# are cut are refused by name.
set -eu
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # a tool that runs once leaves its memory to its end
names=$ANNALS_BUILD/tools/names
[ -x "$names" ] || { echo "skipped: no tools/names in $ANNALS_BUILD"; exit 77; }
[ -f "$ANNALS_DATA/vectors.an" ] || { echo "skipped: no data in $ANNALS_DATA"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
grep -v '^#' data/examples/names.tsv | head -250 >"$out/few.tsv"
{ echo sentence; grep -v '^#' data/examples/names3.tsv | tail -100; } >"$out/unseen.tsv"
python3 tools/make_names.py "$out/few.txt" "$out/few.tsv" --copies 1
python3 tools/make_names.py "$out/unseen.txt" "$out/unseen.tsv" --copies 0
mkdir "$out/data"
for file in lexicon world english vectors; do ln -s "$(realpath "$ANNALS_DATA")/$file.an" "$out/data/"; done
"$names" "$out/data" "$out/data/names.an" "$out/few.txt" >/dev/null
"$names" "$out/data" "$out/again.an" "$out/few.txt" >/dev/null
cmp "$out/data/names.an" "$out/again.an"
"$names" --test "$out/data" "$out/unseen.txt" >"$out/found"
awk '$1 == "person" && $3 >= .6 { well = 1 } END { exit !well }' "$out/found" || { cat "$out/found"; exit 1; }
for file in names vectors; do
	rm -rf "$out/cut" && cp -r "$out/data" "$out/cut" && rm "$out/cut/$file.an"
	head -c 100000 "$out/data/$file.an" >"$out/cut/$file.an"
	! "$names" --test "$out/cut" "$out/unseen.txt" >/dev/null 2>"$out/told"
	grep -q "$file.an" "$out/told"
done
