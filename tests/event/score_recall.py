#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recall of events on pages that were coded before annals' rows were seen: tests/event/recall.tsv against a sheet of all events.

    annals build PAGES... -o record.db; annals sample record.db -n 100000 >all.tsv; tests/event/score_recall.py all.tsv

PAGES: ../shared/data/pages/html, the texts of MEANTIME as NAME.txt, the texts of PolNeAR dev. Each figure is a share of the coded events:
their sentence has an event, one of the same type, one at the same word, both. No word of the pages is kept: sentences and words are
compared by hash. A set of which the sheet has no page is left out.
"""

import csv
import hashlib
import os
import re
import sys

FIGURES = ("an event", "the type", "the word", "word and type")


def letters(text):
    return re.sub(r"\W+", "", text).lower()


def hashed(text):
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def begins_in(sentence, size, wanted):
    """A sentence of ours may hold more in front than the coder's: any run of its letters will do."""
    return any(hashed(sentence[i:i + size]) == wanted for i in range(max(len(sentence) - size + 1, 0)))


def read_coded():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recall.tsv"), encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))


def read_told(path):
    """The rows of a sheet of events, by page."""
    told = {}
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            page = os.path.basename(row["page"])
            told.setdefault(page[:-4] if page.endswith(".txt") else page, []).append(row)
    return told


def find(want, rows):
    """Which of FIGURES hold for one coded event."""
    rows = [r for r in rows if begins_in(letters(r["sentence"]), int(want["letters"]), want["sentence"])]
    type_is = [r["type"] in (want["type"], want["other"]) for r in rows]
    word_is = [hashed(letters(r["trigger"])) in want["trigger"].split("|") for r in rows]
    return bool(rows), any(type_is), any(word_is), any(a and b for a, b in zip(type_is, word_is))


def of_type(events):
    return "%d of %d" % (sum(found[1] for _, found in events), len(events))


def table(title, events):
    print("%s: %d events" % (title, len(events)))
    for i, what in enumerate(FIGURES):
        count = sum(found[i] for _, found in events)
        print("  %-14s %.3f  %d of %d" % (what, count / len(events), count, len(events)))
    split("type", events, lambda want: [want["type"]])


def split(title, events, keys):
    """One line: for each key the events that were found by their type."""
    groups = {}
    for want, found in events:
        for key in keys(want):
            groups.setdefault(key, []).append((want, found))
    print("  by %s: %s" % (title, "  ".join("%s %s" % (k, of_type(g)) for k, g in sorted(groups.items()))))


def main():
    coded, told = read_coded(), read_told(sys.argv[1])
    sets = {}
    for want in coded:
        sets.setdefault(want["set"], []).append(want)
    everything = []
    for name, wanted in sets.items():
        if not any(want["page"] in told for want in wanted):
            print("%s: none of its pages is in the sheet, left out" % name)
            continue
        events = [(want, find(want, told.get(want["page"], []))) for want in wanted]
        table(name, events)
        split("realis", events, lambda want: [want["realis"]])
        if any(want["place"] != "-" for want in wanted):
            split("place", events, lambda want: want["place"].split("+"))
        everything += events
    if everything:
        table("all", everything)


if __name__ == "__main__":
    sys.exit(main())
