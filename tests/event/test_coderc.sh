#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Training the classifier gives the same bytes twice; wrong lines of an examples file are told with line and reason and make no file;
# a coder.an that is cut or was trained on other signs is refused by name, the latter with both versions.
set -eu
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # a tool that runs once leaves its memory to its end
coderc=$ANNALS_BUILD/tools/coderc
[ -x "$coderc" ] || { echo "skipped: no tools/coderc in $ANNALS_BUILD"; exit 77; }
[ -f "$ANNALS_DATA/coder.an" ] || { echo "skipped: no data in $ANNALS_DATA"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
train() { "$coderc" --frames-weight=0 --dictionary-weight=0 "$ANNALS_DATA" data/models/vectors.bin "$@"; }

{ head -1 data/examples/a.tsv; sed -n 2,60p data/examples/a.tsv; sed -n 2,60p data/examples/b.tsv; sed -n 2,30p data/examples/c.tsv; } >"$out/few.tsv"
train "$out/1.an" "$out/few.tsv" >/dev/null
train "$out/2.an" "$out/few.tsv" >/dev/null
cmp "$out/1.an" "$out/2.an"

printf 'sentence\ttype\tmode\trealis\tnegated\tnote\n' >"$out/wrong.tsv"
printf '<s>Oman</s> met <t>Iran</t>.\tMEETING\t-\thappened\t0\t\n' >>"$out/wrong.tsv"
printf '<s>Oman</s> met <t>Iran</t>.\tCONSULT\tfirearms\thappened\t0\t\n' >>"$out/wrong.tsv"
printf '<s>Oman met <t>Iran</t>.\tCONSULT\t-\thappened\t0\t\n' >>"$out/wrong.tsv"
printf '<s>Oman</s> met <t>Iran</t>.\tCONSULT\t-\tmaybe\t0\t\n' >>"$out/wrong.tsv"
printf 'CONSULT\n' >>"$out/wrong.tsv"
! train "$out/3.an" "$out/wrong.tsv" >/dev/null 2>"$out/told"
for reason in "2: no such type: MEETING" "3: no such mode" "4: marks" "5: no such realis: maybe" "6: six columns"; do
	grep -q "wrong.tsv:$reason" "$out/told" || { echo "not told: $reason"; cat "$out/told"; exit 1; }
done
[ ! -e "$out/3.an" ]

mkdir "$out/data"
for file in lexicon world english vectors meanings names triggers; do [ ! -f "$ANNALS_DATA/$file.an" ] || ln -s "$(realpath "$ANNALS_DATA")/$file.an" "$out/data/"; done
refused() { # refused WORD...: annals code refuses out/data/coder.an and says these words
	! printf 'marked_sentence\n<s>Oman</s> met <t>Iran</t>.\n' | "$ANNALS" code --data="$out/data" - >/dev/null 2>"$out/told"
	for word in "$@"; do grep -q -- "$word" "$out/told" || { echo "not said: $word"; cat "$out/told"; exit 1; }; done
}
head -c 100000 "$ANNALS_DATA/coder.an" >"$out/data/coder.an"
refused coder.an
"$coderc" --signs-version=99 --frames-weight=0 --dictionary-weight=0 "$ANNALS_DATA" data/models/vectors.bin "$out/data/coder.an" "$out/few.tsv" >/dev/null
refused coder.an "version 99" "version 1"
