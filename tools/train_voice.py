#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/voice.tsv: who speaks a quotation that no verb of saying tells (src/speech/voice.c). Run by hand; needs numpy.

    train_voice.py [--annals ANNALS] [-o data/lexicon/voice.tsv]

Out of the pages of our own whose statements are marked (data/said; every fifth is held out). `annals explain` tells of every such
quotation who may speak it, and by which signs. Right is whoever speaks the marked statement that it is (a part of), or nobody where it is none
or none of those near. One log-linear model, as tools/train_anaphora.py learns them. Prints what five folds of pages say of quotations
that were not learned from. Run it twice: who spoke last is one of the signs."""
import argparse
import importlib.util
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("train_anaphora", os.path.join(HERE, "train_anaphora.py"))
anaphora = importlib.util.module_from_spec(spec)
spec.loader.exec_module(anaphora)
said_measure = anaphora.said_measure
LINE = re.compile(r"^ +yes +(\d+)-(\d+) +(\d+) voice -?\d+: (.*?) \| (.*?)  “")
FOLDS = 5


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
    for name, said, lines, text in said_measure.explained(annals):
        found = {}
        for line in lines:
            m = LINE.match(line)
            if m:
                found.setdefault(int(m[3]), []).append((m[4].split("; "), int(m[1]), int(m[2]), m[5]))
        for options in found.values():
            g = speaker(said, options[0][1], options[0][2])
            right = [g is not None and not g.nobody and any(said_measure.alike(x, y) for x in (called, text[b:e].decode()) for y in (g.name, g.words) if x)
                     for _, b, e, called in options[1:]]
            out.append((name, [signs for signs, _, _, _ in options], [not any(right)] + right, g is not None and not g.nobody))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "voice.tsv"))
    args = parser.parse_args()
    asked = questions(args.annals)
    rows = [("said", "voice", options, right) for _, options, right, _ in asked]
    pages = sorted({a[0] for a in asked})
    names = sorted({s for r in rows for signs in r[2] for s in signs})
    told = right = party = 0
    for fold in range(FOLDS):
        test = set(pages[fold::FOLDS])
        w = anaphora.fit([r for r, a in zip(rows, asked) if a[0] not in test], names)
        t, r, p = anaphora.judge([r for r, a in zip(rows, asked) if a[0] in test], names, w)
        told, right, party = told + t, right + r, party + p
    print("%d quotations, %d of somebody, %d of somebody near: told %d, right %d: precision %.3f, recall %.3f" % (
        len(rows), sum(a[3] for a in asked), party, told, right, right / max(told, 1), right / max(party, 1)))
    w = anaphora.fit(rows, names)
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("# Who speaks a quotation that no verb of saying tells (src/speech/voice.c): how much each sign says for somebody, or for nobody, a thousandth of a\n"
                "# logarithm each. Written by tools/train_voice.py from %d quotations of data/said; not to be edited.\nkey\tweight\tsource\n" % len(rows))
        for name, weight in zip(names, w):
            f.write("%s\t%d\tpages whose statements are marked\n" % (name, round(1000 * weight)))


if __name__ == "__main__":
    main()
