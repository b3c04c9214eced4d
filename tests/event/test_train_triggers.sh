#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Training the detector and the chooser of sides gives the same bytes twice, and a model that finds acts in passages that it has not seen and
# more of those who do them than the rules for words without a frame; text that is wrong is told with its line; a triggers.an that is cut
# is refused by name.
set -eu
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # a tool that runs once leaves its memory to its end
triggers=$ANNALS_BUILD/tools/triggers
[ -x "$triggers" ] || { echo "skipped: no tools/triggers in $ANNALS_BUILD"; exit 77; }
[ -f "$ANNALS_DATA/vectors.an" ] || { echo "skipped: no data in $ANNALS_DATA"; exit 77; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 tools/make_triggers.py "$out/all.txt" --only passages
python3 tools/make_triggers.py "$out/again.txt" --only passages
cmp "$out/all.txt" "$out/again.txt"
awk '/^D/ { n++ } n <= 200' "$out/all.txt" >"$out/few.txt"
awk '/^D/ { n++ } n > 200 && n <= 260' "$out/all.txt" >"$out/unseen.txt"
"$triggers" "$ANNALS_DATA" "$out/1.an" "$out/few.txt" --test=10 "$out/unseen.txt" >"$out/said"
"$triggers" "$ANNALS_DATA" "$out/2.an" "$out/few.txt" >/dev/null
cmp "$out/1.an" "$out/2.an"
awk '$1 == "triggers:" && $2 == "mean" && $NF >= .24 { well = 1 } END { exit !well }' "$out/said" || { cat "$out/said"; exit 1; }
sed -n 's/^sides: at 0.4, doer, no frame: .* rules \([.0-9]*\) .* net \([.0-9]*\) .*/\1 \2/p' "$out/said" | awk '{ well = $2 >= $1 } END { exit !well }' || { cat "$out/said"; exit 1; }

wrong() { # wrong TEXT WORDS: refused, and told so
	printf '%b' "$1" >"$out/wrong.txt"
	! "$triggers" "$ANNALS_DATA" "$out/3.an" "$out/wrong.txt" >/dev/null 2>"$out/told"
	grep -q "wrong.txt:$2" "$out/told" || { echo "not told: $2"; cat "$out/told"; exit 1; }
	[ ! -e "$out/3.an" ]
}
wrong 'D all\nP Oman met Iran.\nA 5 8 MEETING\n' "3: no such type"
wrong 'D all\nP Oman met Iran.\nA 5 80 CONSULT\n' "3: no such place"
wrong 'D all\nP Oman met Iran.\nA 5 8 CONSULT\nW 0 4 speaker 0\n' "4: no such side"
wrong 'D all\nP Oman met Iran.\nW 0 4 actor 0\n' "3: no such place"
wrong "D all\\nP Oman met Iran.\\n$(printf 'A 5 8 CONSULT\\n%.0s' $(seq 4097))" "4099: too many marks"
wrong 'D one\nP Oman met Iran.\n' "1: which type"

mkdir "$out/data"
for file in "$ANNALS_DATA"/*.an; do ln -s "$(realpath "$file")" "$out/data/"; done
rm "$out/data/triggers.an"
head -c 100000 "$ANNALS_DATA/triggers.an" >"$out/data/triggers.an"
! printf 'marked_sentence\n<s>Oman</s> met <t>Iran</t>.\n' | "$ANNALS" code --data="$out/data" - >/dev/null 2>"$out/told"
grep -q triggers.an "$out/told"
