#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/ahead.tsv: who a speaker without a name is, whom the page names only further on. Run by hand; needs numpy.

    train_ahead.py [--annals ANNALS] [-o data/lexicon/ahead.tsv]

Out of the pages of data/said that are not held out: `annals explain` tells of every speaker who is called by what he is and not by name
who is first named behind, and by which signs. Right is whoever the marked statement has as its fullest name, or nobody where that is what
he is called or no one who is offered. Prints what five folds of pages say of text that was not learned from."""
import argparse
import os
import re
import sys

import loglinear

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tests", "speech"))
import measure_said

PENALTY = 2.0
LINE = re.compile(r"^ +yes +(\d+)-(\d+) +(\d+) ahead -?\d+: (.*?) \| (.*?)  “")


def name_of(said, place, text):
    """The fullest name of whoever says what is marked nearest to the words; None: nothing is."""
    words = text[place[0]:place[1]].decode()
    near = [(min(min(abs(place[0] - e), abs(b - place[1])) for b, e in g.spans), g.name) for g in said.values() if measure_said.alike(g.words, words)]
    return min(near)[1] if near and min(near)[0] < 150 else None


def questions(annals):
    """(page, [signs of nobody, of each candidate], [which are right], the words)."""
    out = []
    for page, said, told, text in measure_said.explained(annals):
        found = {}
        for line in told:
            m = LINE.match(line)
            if m:
                found.setdefault(int(m[3]), []).append((m[4].split("; "), (int(m[1]), int(m[2])), m[5]))
        for options in found.values():
            name = name_of(said, options[0][1], text)
            if name is None:
                continue
            words = text[slice(*options[0][1])].decode()
            right = [measure_said.alike(called, name) and not measure_said.alike(called, words) for _, _, called in options[1:]]
            out.append((page, [signs for signs, _, _ in options], [not any(right)] + right, "%s: %s = %s" % (page, words, name)))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "ahead.tsv"))
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    rows = questions(args.annals)
    names = sorted({s for r in rows for signs in r[1] for s in signs})
    fit = lambda some: loglinear.choose([r[1] for r in some], [r[2] for r in some], names, PENALTY)
    tests = [(test, fit([r for r in rows if r[0] not in test])) for test in loglinear.folds((r[0] for r in rows), 5)]
    party = sum(not r[2][0] for r in rows)
    for doubt in (0, .5, 1, 1.5, 2):
        told = right = 0
        for test, w in tests:
            some = [r for r in rows if r[0] in test]
            for r, score in zip(some, loglinear.scores([r[1] for r in some], names, w)):
                best = max(range(1, len(score)), key=lambda i: score[i])
                if score[best] > score[0] + doubt:
                    told, right = told + 1, right + r[2][best]
                    if args.verbose and doubt == 0:
                        print("right" if r[2][best] else "WRONG", r[3])
                elif args.verbose and doubt == 0 and not r[2][0]:
                    print("missed", r[3])
        print("%d asked, %d named further on; doubt %.1f: %d told, %d right" % (len(rows), party, doubt, told, right))
    weights = fit(rows)
    loglinear.write(args.out,
                    "Who a speaker without a name is, whom the page names only further on (src/speech/ahead.c): how much each sign says for a candidate, or for nobody, a thousandth of a logarithm each.\n"
                    "Written by tools/train_ahead.py from %d speakers of data/said; not to be edited." % len(rows),
                    ("key", "weight", "source"), [(name, loglinear.thousandths(weights[i]), "pages whose statements are marked") for i, name in enumerate(names)])


if __name__ == "__main__":
    main()
