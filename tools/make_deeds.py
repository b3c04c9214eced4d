#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""data/lexicon/deeds.tsv: nouns that tell acts and the verbs that they are made of, out of WordNet 3.0 (/usr/share/wordnet, Debian wordnet-base).

    make_deeds.py [WORDNET] >data/lexicon/deeds.tsv

Nouns whose first sense is an act or an event, or that WordNet derives from a verb in one of its first senses of an act, an event or something told
("testing" from "test"), where they are mostly meant so, and those of frames.tsv, but people ("ally"). The verb that is written alike goes first, then that of the noun's first sense; "coup" has none."""
import os
import sys

SENSES = 3
DONE = {"04", "11"}  # files of WordNet: acts, events
TELLING = DONE | {"10", "22"}  # and communication, processes
PERSON = "18"
LEAST = 0.5  # of the times that a noun was seen with one of those senses, in which it tells something
FRAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "lexicon", "frames.tsv")


def read(path):
    """{offset: (file, [word], [(pointer, offset, letter, from, to)])}"""
    sets = {}
    with open(path, encoding="latin-1") as f:
        for line in f:
            if line.startswith("  "):
                continue
            cells = line.split("|")[0].split()
            words = int(cells[3], 16)
            at = 5 + 2 * words
            points = [cells[at + 4 * i:at + 4 * i + 4] for i in range(int(cells[at - 1]))]
            sets[int(cells[0])] = (cells[1], [w.lower() for w in cells[4:at - 1:2]], [(p, int(o), letter, int(ends[:2], 16), int(ends[2:], 16)) for p, o, letter, ends in points])
    return sets


def tagged(path):
    """{(lemma, number of the sense): how often it was seen}"""
    with open(path, encoding="latin-1") as f:
        return {(key.split("%")[0], int(number)): int(count) for key, number, count in map(str.split, f) if "%1:" in key}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
    nouns, verbs = (read(os.path.join(folder, "data." + name)) for name in ("noun", "verb"))
    seen = tagged(os.path.join(folder, "cntlist.rev"))
    framed = {cells[0] for cells in (line.split("\t") for line in open(FRAMES, encoding="utf-8")) if len(cells) > 1 and cells[1] == "n" and cells[7] != "none"}
    print("# Nouns that tell acts, and the verb that each is made of, where it is of one: WordNet 3.0 and frames.tsv (tools/make_deeds.py), by which a digest takes\n"
          "# \"the testing of missiles\" for a clause (src/event/deeds.c). Not to be edited.\nkey\tverb\tsrc")
    with open(os.path.join(folder, "index.noun"), encoding="latin-1") as f:
        for line in f:
            cells = line.split()
            if line.startswith("  ") or not cells[0].isalpha():
                continue
            made_of, senses = [], list(map(int, cells[-int(cells[2]):]))[:SENSES]
            for offset in senses:
                kind, words, points = nouns[offset]
                own = words.index(cells[0]) + 1
                made_of += [verbs[o][1][to - 1] for p, o, letter, of, to in points if kind in TELLING and p == "+" and letter == "v" and of == own]
            made_of = [v for v in made_of if v.isalpha()]
            verb = cells[0] if cells[0] in made_of else made_of[0] if made_of else ""
            often = [seen.get((cells[0], i + 1), 0) + 1 for i in range(len(senses))]
            tells = sum(n for n, offset in zip(often, senses) if nouns[offset][0] in TELLING) / sum(often)
            if nouns[senses[0]][0] == PERSON or (cells[0] not in framed and tells < LEAST):
                continue
            if verb or nouns[senses[0]][0] in DONE or cells[0] in framed:
                print("%s\t%s\tWordNet 3.0" % (cells[0], verb))


main()
