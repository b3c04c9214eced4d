#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/told.tsv and saying.tsv: which words behind a verb or noun that no frame took are somebody's (src/speech/told.c). Run by hand; needs numpy.

    train_told.py [--annals ANNALS] [-o data/lexicon]

Out of the pages of our own whose statements are marked (data/said; every fifth is held out). `annals explain` tells of every such word
which words it may tell, and by which signs. Right are those that overlap a marked statement of the same speaker by .8, as
tests/speech/measure_said.py counts; none where there are no such. One log-linear model, its weights held back by a penalty, by Newton's
method from zero. Prints what five folds of pages say of words that were not learned from, at several doubts."""
import argparse
import collections
import os
import re
import sys

import numpy

import loglinear

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tests", "speech"))
import measure_said

LINE = re.compile(r"^ +yes +(\d+)-(\d+) +(\d+) (told|cut) -?\d+: (.*?) \| (.*?) \| (.*?)  “")
MEANING = re.compile(r"(verb|noun|kind) \S")
FOLDS, PENALTY, PENALTY_OF_MEANING, SEEN, CLOSE = 5, {"told": 3.0, "cut": .5}, 2.0, 6, .1
DOUBTS = (0, .3, .6, 1, 1.5, 2)


def overlap(span, g):
    want, told = measure_said.cover(g.spans), set(range(*span))
    return len(want & told) / len(want | told)


def questions(annals):
    """(page, told or cut, [signs of each option; of told, of none first], [which are right])"""
    out = []
    for name, said, lines, text in measure_said.explained(annals):
        found = {}
        for line in lines:
            m = LINE.match(line)
            if m:
                found.setdefault((int(m[3]), m[4]), []).append(([s for s in m[5].split("; ")], (int(m[1]), int(m[2])), m[6], m[7]))
        for (_, kind), options in found.items():
            near = [fit_of(o, said, kind) for o in options]
            best = max(near)
            right = [best >= .8 and n >= max(.8, best - CLOSE) for n in near]
            if kind == "told":
                right[0] = best < .8
            elif best < .8:
                continue
            out.append((name, kind, [o[0] for o in options], right))
    return out


def fit_of(option, said, kind):
    """How well the words are those of a marked statement; of words that no frame told, of the same speaker, and which nothing else tells."""
    signs, span, who, called = option
    if "none" in signs or "told already" in signs:
        return 0
    return max((overlap(span, g) for g in said.values() if kind == "cut" or (
        not g.nobody and any(measure_said.alike(x, y) for x in (who, called) for y in (g.name, g.words) if x))), default=0)


def fit(rows, names):
    penalty = [PENALTY_OF_MEANING if MEANING.match(n) else PENALTY[rows[0][1]] for n in names]
    return loglinear.choose([r[2] for r in rows], [r[3] for r in rows], names, penalty)


def judge(rows, names, w, doubt):
    """How many tell something, of these right."""
    told = [answer[best] for (_, _, options, answer), best in zip(rows, loglinear.best([r[2] for r in rows], names, w, doubt)) if "none" not in options[best]]
    return numpy.array([len(told), sum(told)])


def as_framed(rows):
    return sum(answer[i] for _, _, options, answer in rows for i in range(len(options)) if {"begins as its frame has it", "ends as its frame has it"} <= set(options[i]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon"))
    args = parser.parse_args()
    asked = [r for r in questions(args.annals) if len(r[2]) > 1]
    weights = {}
    for kind in ("told", "cut"):
        rows = [r for r in asked if r[1] == kind]
        seen = collections.Counter(s for _, _, options, _ in rows for s in {s for signs in options for s in signs})
        names = sorted(s for s, n in seen.items() if n >= SEEN or not MEANING.match(s))
        party = sum(not ("none" in r[2][0] and r[3][0]) for r in rows)
        doubts = DOUBTS if kind == "told" else (0,)
        totals = {d: numpy.zeros(2) for d in doubts}
        for test in loglinear.folds((r[0] for r in rows), FOLDS):
            w = fit([r for r in rows if r[0] not in test], names)
            for d in doubts:
                totals[d] += judge([r for r in rows if r[0] in test], names, w, d)
        print("%s: %d words, %d tell something; %d signs; as the frames have it %d right" % (kind, len(rows), party, len(names), as_framed(rows)))
        for d, (told, right) in totals.items():
            print("  doubt %.1f: %s" % (d, loglinear.figures(told, right, party)))
        for name, weight in zip(names, fit(rows, names)):
            weights.setdefault(name, {})[kind] = loglinear.thousandths(weight)
    signs, words = ([n for n in sorted(weights) if bool(MEANING.match(n)) == meaning] for meaning in (False, True))
    source = "pages whose statements are marked"
    loglinear.write(os.path.join(args.out, "told.tsv"),
                    "Which words behind a verb or noun are somebody's (src/speech/told.c, extent.c): how much each sign says for that, a thousandth of a\n"
                    "logarithm each. told: of words that no frame took; cut: of where a frame's words end. Written by tools/train_told.py from %d words of\n"
                    "data/said; not to be edited." % len(asked), ("key", "told", "cut", "source"),
                    [(name, weights[name].get("told", 0), weights[name].get("cut", 0), source) for name in signs])
    loglinear.write(os.path.join(args.out, "saying.tsv"),
                    "What verbs and nouns, and the synonym sets of WordNet 3.0 above them (kind, as in kinds.tsv), say for that somebody's words stand behind them:\n"
                    "thousandths of a logarithm, beside the signs of told.tsv. Written by tools/train_told.py from data/said; not to be edited.",
                    ("key", "weight", "source"), [(name, weights[name]["told"], source) for name in words])


if __name__ == "__main__":
    main()
