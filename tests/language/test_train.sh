#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Training gives the same bytes twice, and a model that the program reads: on sixty trees of our own.
set -eu
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # a tool that runs once leaves its memory to its end
wordnet=${WORDNET:-/usr/share/wordnet}
train=$ANNALS_BUILD/tools/train
[ -f "$wordnet/index.verb" ] || { echo "skipped: no WordNet in $wordnet (Debian: wordnet-base)"; exit 77; }
[ -x "$train" ] || { echo "skipped: no tools/train in $ANNALS_BUILD"; exit 77; }
[ -f "$ANNALS_DATA/lexicon.an" ] || { echo "skipped: no data in $ANNALS_DATA"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
grep -v '^;' data/treebank/a.trees | head -60 >"$out/few.trees"
python3 tools/check_trees.py --conllu "$out/few.trees" >"$out/few.conllu" 2>/dev/null
for i in 1 2; do
	mkdir "$out/$i"
	"$train" "$out/$i/english.an" "$wordnet" data/models/vectors.bin "$out/few.conllu*2" >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
done
cmp "$out/1/english.an" "$out/2/english.an"
cp "$ANNALS_DATA/lexicon.an" "$ANNALS_DATA/world.an" "$ANNALS_DATA/names.an" "$ANNALS_DATA/vectors.an" "$ANNALS_DATA/meanings.an" "$ANNALS_DATA/coder.an" "$ANNALS_DATA/triggers.an" "$out/1/"
[ "$("$ANNALS" parse --data "$out/1" "$out/few.conllu" --conllu | grep -c '^1	')" = 60 ]
# A treebank that is none is told.
echo "no treebank" >"$out/none.conllu"
! "$train" "$out/english.an" "$wordnet" data/models/vectors.bin "$out/none.conllu" >/dev/null 2>"$out/told"
grep -q "no tree" "$out/told"
