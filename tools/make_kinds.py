#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""data/lexicon/kinds.tsv: what words that can tell an act are kinds of, out of WordNet 3.0 (/usr/share/wordnet, Debian wordnet-base).

    make_kinds.py [WORDNET] >data/lexicon/kinds.tsv

For verbs, nouns of acts and what is said, and adjectives that belong to such: the synonym sets of a word's first senses, what those
are kinds of, two steps up, and of nouns and adjectives the verbs that they are made of. A set is a letter and its number in base 36.
Words that share one are alike: what reads the table learns of "snub" from "rebuff"."""
import os
import sys

SENSES = {"v": 3, "n": 2, "a": 2}
ROOTS = {30358, 33020, 29378}  # act, communication, event
FILES = {"v": "verb", "n": "noun", "a": "adj"}


def base36(n):
    digits = ""
    while n:
        n, d = divmod(n, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[d] + digits
    return digits or "0"


def read(folder):
    """{(letter, offset): [(pointer, letter, offset)]}, {letter: {lemma: [offsets]}}"""
    sets, words = {}, {}
    for letter, name in FILES.items():
        with open(os.path.join(folder, "data." + name), encoding="latin-1") as f:
            for line in f:
                if line.startswith("  "):
                    continue
                cells = line.split("|")[0].split()
                at = 4 + 2 * int(cells[3], 16)
                count = int(cells[at])
                points = [(cells[at + 1 + 4 * i], cells[at + 3 + 4 * i].replace("s", "a"), int(cells[at + 2 + 4 * i])) for i in range(count)]
                sets[letter, int(cells[0])] = points
        words[letter] = {}
        with open(os.path.join(folder, "index." + name), encoding="latin-1") as f:
            for line in f:
                cells = line.split()
                if not line.startswith("  ") and cells[0].isalpha():
                    words[letter][cells[0]] = [int(c) for c in cells[-int(cells[2]):]]
    return sets, words


def up(sets, synset, steps):
    found, at = [], [synset]
    for _ in range(steps):
        at = [(letter, offset) for s in at for pointer, letter, offset in sets.get(s, []) if pointer in ("@", "&")][:2]
        found += at
    return found


def is_act(sets, synset):
    at, seen = [synset], set()
    while at:
        s = at.pop()
        if s in seen:
            continue
        seen.add(s)
        if s[1] in ROOTS:
            return True
        at += [(letter, offset) for pointer, letter, offset in sets.get(s, []) if pointer == "@"]
    return False


def made_of(sets, synset):
    return [(letter, offset) for pointer, letter, offset in sets.get(synset, []) if pointer == "+" and letter == "v"][:2]


def kinds_of(sets, letter, offsets):
    found = []
    for offset in offsets[:SENSES[letter]]:
        synset = (letter, offset)
        if letter == "n" and not is_act(sets, synset):
            continue
        mine = made_of(sets, synset) if letter != "v" else []
        if letter == "a" and not mine:
            nouns = [(lt, o) for p, lt, o in sets.get(synset, []) if p == "+" and lt == "n" and is_act(sets, (lt, o))]
            mine = nouns[:2] + [v for n in nouns[:2] for v in made_of(sets, n)]
            if not mine:
                continue
        for s in [synset] + up(sets, synset, 2) + mine + [u for m in mine for u in up(sets, m, 1)]:
            if s not in found:
                found.append(s)
    return found[:14]


def main():
    sets, words = read(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
    rows = {}
    for letter in FILES:
        for word, offsets in words[letter].items():
            kinds = kinds_of(sets, letter, offsets)
            if kinds:
                rows.setdefault(word, {})[letter] = " ".join(lt + base36(o) for lt, o in kinds)
    print("# What words that can tell an act are kinds of: synonym sets of WordNet 3.0 and those above them (tools/make_kinds.py), by which the\n"
          "# detector of acts (src/event/detect.c) sees that a word is like another. Not to be edited.\n"
          "key\tverb\tnoun\tadjective\tsrc")
    for word in sorted(rows):
        print("\t".join([word] + [rows[word].get(letter, "") for letter in "vna"] + ["WordNet 3.0"]))


if __name__ == "__main__":
    main()
