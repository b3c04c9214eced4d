#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recall of events on pages that were coded before annals' rows were seen: tests/event/recall.tsv against a sheet of all events.

    annals build PAGES... -o record.db; annals sample record.db -n 100000 >all.tsv; tests/event/score_recall.py all.tsv

PAGES: ../shared/data/pages/html, and the texts of MEANTIME as NAME.txt. Each figure is a share of the coded events: their sentence has
an event, one of the same type, one at the same word, both. No word of the pages is kept: sentences and words are compared by hash.
"""

import csv
import hashlib
import os
import re
import sys


def letters(text):
    return re.sub(r"\W+", "", text).lower()


def hashed(text):
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def begins_in(sentence, size, wanted):
    """A sentence of ours may hold more in front than the coder's: any run of its letters will do."""
    return any(hashed(sentence[i:i + size]) == wanted for i in range(max(len(sentence) - size + 1, 0)))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "recall.tsv"), encoding="utf-8") as f:
        coded = list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))
    told = {}
    with open(sys.argv[1], encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            page = os.path.basename(row["page"])
            told.setdefault(page[:-4] if page.endswith(".txt") else page, []).append(row)
    found = {"an event": 0, "the type": 0, "the word": 0, "word and type": 0}
    types = {}
    for want in coded:
        rows = [r for r in told.get(want["page"], []) if begins_in(letters(r["sentence"]), int(want["letters"]), want["sentence"])]
        type_is = [r["type"] == want["type"] for r in rows]
        word_is = [hashed(letters(r["trigger"])) == want["trigger"] for r in rows]
        found["an event"] += bool(rows)
        found["the type"] += any(type_is)
        found["the word"] += any(word_is)
        found["word and type"] += any(a and b for a, b in zip(type_is, word_is))
        of = types.setdefault(want["type"], [0, 0])
        of[0] += any(type_is)
        of[1] += 1
    for what, count in found.items():
        print("%-14s %.3f  %d of %d" % (what, count / len(coded), count, len(coded)))
    print("  ".join("%s %d of %d" % (t, *n) for t, n in sorted(types.items())))


if __name__ == "__main__":
    sys.exit(main())
