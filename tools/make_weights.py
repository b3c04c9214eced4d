#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write data/lexicon/weights.tsv: how much a word says of what a story is about, by how rare it is.

    tools/make_weights.py CONLLU[.gz]... > data/lexicon/weights.tsv

The weight of a lemma is log2(words / count), in tenths, so that one that nobody uses weighs most; words that are not in the table are
rarer than every one that is. Only the counts leave the texts. The table in the repository was made of the train parts of UD EWT and of
GUM's free genres and of the sentences of our own in data/examples (with the columns of `annals parse`)."""
import collections
import gzip
import math
import sys

LEAST = 4                                                        # rarer ones are left out: they weigh the most
KINDS = {"NOUN", "VERB", "ADJ", "NUM", "PROPN"}


def main():
    counts, total = collections.Counter(), 0
    for path in sys.argv[1:]:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) != 10 or not cells[0].isdigit() or cells[3] == "PUNCT":
                    continue
                total += 1
                if cells[3] in KINDS and any(c.isalnum() for c in cells[2]) and " " not in cells[2]:
                    counts[cells[2].lower()] += 1
    print("# How rare a word is: log2 of words by count, in tenths, of the lemma (tools/make_weights.py says of which texts). A word that is not here")
    print("# is rarer. Read by src/story/digest_profile.c.")
    print("word\tweight\tsource")
    for word, count in sorted(counts.items()):
        if count >= LEAST:
            print("%s\t%d\tcounts" % (word, round(10 * math.log2(total / count))))


if __name__ == "__main__":
    main()
