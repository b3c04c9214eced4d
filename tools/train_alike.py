#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/alike.tsv: how much each sign says that two reports' numbers are of one thing, or their clauses of one happening, and
that a number of another report is of the thing of a row. Run by hand; needs numpy.

    train_alike.py PAIRS.tsv [--real PAIRS.tsv] [--rows ROWS.tsv] [--test PAIRS.tsv] [-o data/lexicon/alike.tsv]
    train_alike.py PAIRS.tsv --without FILE -o TABLE

PAIRS.tsv is what tools/alike writes of the marked reports of data/compared. Right is a pair that is marked as of one fact; pairs
marked as of two scopes are neither right nor wrong. --real: pairs of real pages (tools/alike --pages), of which those that a
reader judged (data/judged/alike.tsv) are measured on, never learned from (../shared/data/README.md: nothing is derived from those pages). --rows: rows and the numbers
beside them, by weights that did not learn from their stories (tools/alike --weights, a file at a time, with the table that --without that file gave). One log-linear
model a kind (tools/loglinear.py). Prints, for folds of
whole stories (or for --test), precision and recall of pairs at several limits, and for how many of the facts marked in two reports a pair was found at all."""
import argparse
import collections
import os

import numpy

import loglinear

PENALTY = {"count": 1.5, "clause": 1.5, "row": 5.0, "said": 1.5}
DEED, DEED_PENALTY = ("one told by a noun", "both told by nouns"), 3.0  # of clauses: what the signs say otherwise where a noun tells one of them
JUDGED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "judged", "alike.tsv")
FOLDS = 6


def read(path):
    names, pairs = {}, collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        part = line.rstrip("\n").split("\t")
        if part[0] == "signs":
            names[part[1]] = part[2:]
        else:
            kind, story, a, b, fact, verdict, signs = part[:7]
            if kind != "row" and verdict in ("scope", "unclear"):  # beside each other or not: both are right
                continue
            if kind in ("clause", "lost") and verdict in ("update", "conflict"):  # of clauses it is learned whether the reports tell the same
                fact = "0"
            pairs[kind].append(dict(story=story, a=a, b=b, fact=int(fact), verdict=verdict, signs=[int(s) for s in signs.split(",")], at=part[7:9], words=part[9], file=path))
    return names, pairs


def judged(path):
    """The pairs of real pages that a reader judged."""
    said = {}
    for line in open(JUDGED, encoding="utf-8"):
        part = line.rstrip("\n").split("\t")
        if len(part) == 7:
            said[tuple(part[:5])] = part[5]
    _, pairs = read(path)
    for kind in ("count", "clause"):
        kept = []
        for p in pairs[kind]:
            right = said.get((kind, os.path.basename(p["a"]), p["at"][0], os.path.basename(p["b"]), p["at"][1]))
            if right in ("y", "n"):
                kept.append(dict(p, fact=int(right == "y")))
        pairs[kind] = kept
    return pairs


def table(pairs, size, deeds=()):
    """With deeds, signs that tell one: every sign a second time, for pairs that have one of those (Daume 2007)."""
    x = numpy.zeros((len(pairs), 2 * size if deeds else size))
    for i, p in enumerate(pairs):
        x[i, p["signs"]] = 1
        if not set(deeds).isdisjoint(p["signs"]):
            x[i, [size + s for s in p["signs"]]] = 1
    return x, numpy.array([p["fact"] != 0 for p in pairs], dtype=float)


def report(kind, pairs, share, lost=()):
    y = numpy.array([p["fact"] != 0 for p in pairs])
    key = lambda p: (p["file"], p["story"], p["a"], p["b"], p["fact"])
    facts = {key(p) for p in [*pairs, *lost] if p["fact"]}
    print("%s: %d pairs, %d right, %d more not looked at; %d facts in two reports" % (kind, len(pairs), y.sum(), len(lost), len(facts)))
    for limit in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        told = share >= limit
        right = (told & y).sum()
        found = {key(p) for p, t in zip(pairs, told) if t and p["fact"]}
        print("  from %.1f: %4d told, precision %.3f, recall %.3f, facts %.3f" % (limit, told.sum(), right / max(1, told.sum()), right / max(1, y.sum() + len(lost)), len(found) / max(1, len(facts))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs")
    parser.add_argument("--real")
    parser.add_argument("--rows")
    parser.add_argument("--without", help="leaves out the stories of a file of data/compared")
    parser.add_argument("--test")
    parser.add_argument("--show", type=int, default=0, help="print that many surest wrong and least sure right pairs of the folds")
    parser.add_argument("--only", help="learns this kind alone; -o keeps the other kinds of the table that is there")
    parser.add_argument("-o")
    args = parser.parse_args()
    names, pairs = read(args.pairs)
    pairs["row"] = read(args.rows)[1]["row"] if args.rows else []
    for kind in pairs:
        pairs[kind] = [p for p in pairs[kind] if p["story"].split("/")[0] != args.without]
    real = judged(args.real) if args.real else collections.defaultdict(list)
    learned = {}
    for kind in (args.only,) if args.only else ("count",) if args.without else ("count", "clause", "row") if args.rows else ("count", "clause"):
        size = len(names[kind])
        deeds = [names[kind].index(name) for name in DEED] if kind == "clause" else ()
        penalty = numpy.array([PENALTY[kind]] * size + [DEED_PENALTY] * size * bool(deeds))
        x, y = table(pairs[kind], size, deeds)
        learned[kind] = loglinear.tell(x, y, penalty)
        if args.without:
            continue
        share = numpy.zeros(len(y))
        for left_out in loglinear.folds((p["story"] for p in pairs[kind]), FOLDS):
            test = numpy.array([p["story"] in left_out for p in pairs[kind]])
            share[test] = loglinear.chance(x[test] @ loglinear.tell(x[~test], y[~test], penalty))
        report(kind + ", folds", pairs[kind], share, pairs["lost"] if kind == "clause" else ())
        if real[kind]:
            report(kind + ", real pages", real[kind], loglinear.chance(table(real[kind], size, deeds)[0] @ learned[kind]))
        order = numpy.argsort(-share)
        for title, some in (("wrong", [i for i in order if not y[i]]), ("missed", [i for i in order[::-1] if y[i]])):
            for i in some[:args.show]:
                p = pairs[kind][i]
                print("  %s %.2f %s %s%s fact %d: %s" % (title, share[i], p["story"], p["a"], p["b"], p["fact"], p["words"]))
        if args.test:
            _, other = read(args.test)
            x, _ = table(other[kind], size, deeds)
            report(kind + ", test", other[kind], loglinear.chance(x @ learned[kind]), other["lost"] if kind == "clause" else ())
    if "clause" in learned:
        learned["clause"], learned["deed"], names["deed"] = learned["clause"][:len(names["clause"])], learned["clause"][len(names["clause"]):], names["clause"]
    if args.o:
        kept = [line.rstrip("\n").split("\t") for line in (open(args.o, encoding="utf-8") if args.only else ()) if line[0] != "#"]
        loglinear.write(args.o,
                        "How much each sign says that two reports' numbers are of one thing (count), that their clauses tell one happening (clause, and deed beside it where a noun tells one), that a number is of a row's thing (row), that two clauses are one saying (said): a\n"
                        "thousandth of a logarithm each (src/story/alike.c). Written by tools/train_alike.py; not to be edited.", ("key", "kind", "weight", "source"),
                        [row for row in kept if row[1] not in ("kind", *learned)] + [
                            (name, kind, loglinear.thousandths(w), "pairs marked in data/compared") for kind in learned for name, w in sorted(zip(names[kind], learned[kind]))])


main()
