#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/voice.tsv: who speaks a quotation that no verb of saying tells (src/speech/voice.c). Run by hand; needs numpy.

    train_voice.py [--annals ANNALS] [-o data/lexicon/voice.tsv]

Out of the pages of our own whose statements are marked (data/said; every fifth is held out). `annals explain` tells of every such
quotation who may speak it, and by which signs. Right is whoever speaks the marked statement that it is (a part of), or nobody where it is none
or none of those near. One log-linear model (tools/loglinear.py). Prints what five folds of pages say of quotations
that were not learned from. Run it twice: who spoke last is one of the signs."""
import argparse
import os
import re
import sys

import loglinear

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tests", "speech"))
import measure_said

LINE = re.compile(r"^ +yes +(\d+)-(\d+) +(\d+) voice -?\d+: (.*?) \| (.*?)  “")
FOLDS, PENALTY = 5, 2 / 3


def speaker(said, begin, end):
    """Whoever's statement the quotation is, or the greater part of one of its parts."""
    for g in said.values():
        for b, e in g.spans:
            if min(e, end) - max(b, begin) >= .8 * (max(e, end) - min(b, begin)):
                return g
    return None


def questions(annals):
    """(page, [signs of nobody, of each candidate], [which are right])"""
    out = []
    for name, said, lines, text in measure_said.explained(annals):
        found = {}
        for line in lines:
            m = LINE.match(line)
            if m:
                found.setdefault(int(m[3]), []).append((m[4].split("; "), int(m[1]), int(m[2]), m[5]))
        for options in found.values():
            g = speaker(said, options[0][1], options[0][2])
            right = [g is not None and not g.nobody and any(measure_said.alike(x, y) for x in (called, text[b:e].decode()) for y in (g.name, g.words) if x)
                     for _, b, e, called in options[1:]]
            out.append((name, [signs for signs, _, _, _ in options], [not any(right)] + right, g is not None and not g.nobody))
    return out


def fit(asked, names):
    return loglinear.choose([a[1] for a in asked], [a[2] for a in asked], names, PENALTY)


def judge(asked, names, w):
    return loglinear.judge([a[1] for a in asked], [a[2] for a in asked], names, w)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "voice.tsv"))
    args = parser.parse_args()
    asked = questions(args.annals)
    names = sorted({s for a in asked for signs in a[1] for s in signs})
    found = 0
    for test in loglinear.folds((a[0] for a in asked), FOLDS):
        found = found + judge([a for a in asked if a[0] in test], names, fit([a for a in asked if a[0] not in test], names))
    near = sum(not a[2][0] for a in asked)
    print("%d quotations, %d of somebody, %d of somebody near: %s" % (len(asked), sum(a[3] for a in asked), near, loglinear.figures(*found, near)))
    loglinear.write(args.out,
                    "Who speaks a quotation that no verb of saying tells (src/speech/voice.c): how much each sign says for somebody, or for nobody, a thousandth of a\n"
                    "logarithm each. Written by tools/train_voice.py from %d quotations of data/said; not to be edited." % len(asked), ("key", "weight", "source"),
                    [(name, loglinear.thousandths(weight), "pages whose statements are marked") for name, weight in zip(names, fit(asked, names))])


if __name__ == "__main__":
    main()
