#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score who is meant by the bracketed phrases of phrases.tsv (read phrases.md first), or make the sentences into pages.
`--gold traps.tsv`: the open traps instead, all of them to be looked at.

    score_phrases.py --pages OUT.jsonl --meta OUT.tsv        a page a row, and the days:
        annals read --meta OUT.tsv OUT.jsonl > readings.jsonl
    score_phrases.py readings.jsonl          both halves, figures only
    score_phrases.py readings.jsonl --half look -v     and what was wrong or missing, of the look half alone
    score_phrases.py --selfcheck

The mention that shares most of its bytes with the phrase answers for it; of equals the one over the phrase's last word.
A field (country, sector, person) is answered when the mention has it, right when the gold accepts the value. Recall asks
for the fields that have an answer: neither "*" nor "-" among the accepted. `kind` is counted apart: of the rows that name
somebody, how many mentions have an accepted kind. A trap is wrong when any answered field of it is.
"""

import argparse
import collections
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
GOLD, TRAPS = os.path.join(HERE, "phrases.tsv"), os.path.join(HERE, "traps.tsv")
COLUMNS = "number half day sentence country sector person kind note".split()
FIELDS = ("country", "sector", "person")
GROUPS = ("country", "office", "leader", "organisation", "group", "trap")
HALVES = ("look", "count")
# A sentence alone is no article; these name nobody.
REST = ("\n\nIt was not clear how long this would take or what it would cost. The weather had been cold and wet for most of the week, "
        "and more rain was expected by the evening. Much of what was said could not be checked at once, and some of it may never be. "
        "Nothing more was known by the time this was written.\n")


def folded(name):
    """The words of a name without case, accents and their order."""
    plain = unicodedata.normalize("NFKD", name).replace("ı", "i").replace("ø", "o").replace("ł", "l")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return frozenset(re.findall(r"\w+", re.sub("['’.]", "", plain)))


class Row:
    """`text` without the brackets; `begin`, `end` of the phrase in bytes; `wanted`: field -> accepted values."""

    def __init__(self, cells):
        row = dict(zip(COLUMNS, cells))
        before, phrase, after = re.fullmatch(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)", row["sentence"]).groups()
        self.name, self.half, self.day, self.phrase = "p" + row["number"], row["half"], row["day"], phrase
        self.text = before + phrase + after
        self.begin = len(before.encode())
        self.end = self.begin + len(phrase.encode())
        self.wanted = {f: row[f].split("|") for f in FIELDS + ("kind",)}
        first = self.wanted["kind"][0]
        self.group = "trap" if row["note"].startswith("trap") else {"role": "office", "person": "leader"}.get(first, first)


def read_gold(path=GOLD):
    with open(path, encoding="utf-8") as f:
        cells = [line.rstrip("\n").split("\t") for line in f][1:]
    for n, row in enumerate(cells):
        if len(row) != len(COLUMNS) or int(row[0]) != n + 1 or row[1] != (HALVES[n % 2] if path == GOLD else "look"):
            sys.exit("%s: not the next row: %s" % (path, row))
    return [Row(row) for row in cells]


def answer(row, reading):
    """The fields and the kind that a reading gives for the phrase. "Young people" is no answer for "Young", whose
    head is behind; "Niger Delta", one name, is for "Niger"."""
    best, best_rank, data = {}, (0, False), row.text.encode()
    for m in reading.get("mentions") or []:
        if m["end"] > row.end and m["kind"] in ("group", "role") and not re.match(rb"'s?$|\W+(of|in|at|from|and) |,", data[row.end:m["end"]]):
            continue
        shared = min(m["end"], row.end) - max(m["begin"], row.begin)
        rank = (round(shared / (max(m["end"], row.end) - min(m["begin"], row.begin)), 3), m["begin"] < row.end <= m["end"])
        if shared > 0 and rank > best_rank:
            best, best_rank = m, rank
    if "adjective" in best.get("marks", ()):
        best = {}  # it says which cigar, and names nobody
    person = best.get("name") if best.get("entity") and best.get("kind") in ("person", "role") else None
    return {"country": best.get("country"), "sector": best.get("sector"), "person": person, "kind": best.get("kind"),
            "text": best.get("text"), "why": best.get("why")}


def is_right(field, value, accepted):
    if field == "person":
        return folded(value) in [folded(a) for a in accepted if a != "-"]
    return value in accepted


class Counts:
    def __init__(self):
        self.right, self.answered, self.asked, self.found = (collections.Counter() for _ in range(4))

    def add(self, field, value, accepted):
        """True: nothing to complain of."""
        if "*" in accepted:
            return True
        asked, right = "-" not in accepted, value is not None and is_right(field, value, accepted)
        for key in (field, "all"):
            self.asked[key] += asked
            self.found[key] += asked and right
            self.answered[key] += value is not None
            self.right[key] += right
        return right or (value is None and not asked)

    def precision(self, key):
        return self.right[key] / self.answered[key] if self.answered[key] else 1.0

    def recall(self, key):
        return self.found[key] / self.asked[key] if self.asked[key] else 1.0


def score(rows, readings):
    """{group or "all": Counts}, {"traps", "wrong", "kinds", "kinds right"}, notes."""
    counts, others, notes = collections.defaultdict(Counts), collections.Counter(), []
    for row in rows:
        got, wrong = answer(row, readings.get(row.name, {})), []
        for field in FIELDS:
            counts["all"].add(field, got[field], row.wanted[field])
            if not counts[row.group].add(field, got[field], row.wanted[field]):
                wrong.append("%s %s, not %s" % (field, got[field], "|".join(row.wanted[field])))
        if row.group == "trap":
            others["traps"] += 1
            others["wrong"] += any(got[f] is not None and "*" not in row.wanted[f] and not is_right(f, got[f], row.wanted[f]) for f in FIELDS)
        if "none" not in row.wanted["kind"]:
            others["kinds"] += 1
            others["kinds right"] += got["kind"] in row.wanted["kind"]
        if wrong:
            notes.append("%s %s [%s] %s: %s (%s “%s”, %s)" % (row.name, row.group, row.phrase, row.day, "; ".join(wrong), got["kind"], got["text"], got["why"]))
    return counts, others, notes


def show(half, rows, result, verbose):
    counts, others, notes = result
    print("%s: %d phrases; traps wrong %d of %d; kinds right %d of %d" % (
        half, len(rows), others["wrong"], others["traps"], others["kinds right"], others["kinds"]))
    for name, c, key in [("all", counts["all"], "all")] + [(f, counts["all"], f) for f in FIELDS] + [("  " + g, counts[g], "all") for g in GROUPS]:
        print("  %-15s precision %.3f (%d of %d)  recall %.3f (%d of %d)" % (
            name, c.precision(key), c.right[key], c.answered[key], c.recall(key), c.found[key], c.asked[key]))
    for note in notes if verbose else ():
        print("    " + note)


def selfcheck(rows):
    def answers(change):
        out = {}
        for row in rows:
            first = {f: None if row.wanted[f][0] in "-*" else row.wanted[f][0] for f in FIELDS}
            mention = dict(begin=row.begin, end=row.end, kind=row.wanted["kind"][0].replace("role", "person"), country=first["country"],
                           sector=first["sector"], name=first["person"], entity="Q1" if first["person"] else None)
            out[row.name] = {"mentions": [] if row.wanted["kind"] == ["none"] else [change(mention)]}
        return score(rows, out)

    counts, others, notes = answers(lambda m: m)
    assert counts["all"].precision("all") == counts["all"].recall("all") == 1 and not notes and others["wrong"] == 0, notes[:3]
    counts, others, _ = score(rows, {})
    assert counts["all"].recall("all") == 0 and counts["all"].answered["all"] == 0 and others["wrong"] == 0
    counts, others, _ = answers(lambda m: dict(m, country="ZZZ", sector="ZZZ"))
    assert counts["all"].precision("country") == 0 and counts["all"].precision("person") == 1 and others["wrong"] > 20
    assert folded("Recep Tayyip ERDOĞAN") == folded("Erdogan Recep Tayyip") != folded("Bilal Erdogan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="?")
    parser.add_argument("--gold", default=GOLD)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--pages", metavar="OUT.jsonl")
    parser.add_argument("--meta", metavar="OUT.tsv")
    parser.add_argument("-v", action="store_true", help="list what is wrong or missing, of the look half only")
    parser.add_argument("--selfcheck", action="store_true")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    if options.pages:
        with open(options.pages, "w", encoding="utf-8") as out:
            out.writelines(json.dumps({"text": row.text + REST, "url": row.name}, ensure_ascii=False) + "\n" for row in rows)
    if options.meta:
        with open(options.meta, "w", encoding="utf-8") as out:
            out.writelines(["url\tpublished\n"] + ["%s\t%s\n" % (row.name, row.day) for row in rows if row.day != "-"])
    if options.selfcheck:
        selfcheck(rows)
        print("%d phrases; %s" % (len(rows), "  ".join("%s %d" % (g, sum(r.group == g for r in rows)) for g in GROUPS)))
    if options.readings:
        with sys.stdin if options.readings == "-" else open(options.readings, encoding="utf-8") as lines:
            readings = {(r.get("page") or {}).get("url"): r for r in map(json.loads, filter(str.strip, lines))}
        for half in HALVES:
            mine = [row for row in rows if row.half == half]
            if mine and options.half in (None, half):
                show(half, mine, score(mine, readings), options.v and half == "look")
    elif not (options.pages or options.meta or options.selfcheck):
        parser.error("nothing to do: give readings, --pages, --meta or --selfcheck")


if __name__ == "__main__":
    main()
