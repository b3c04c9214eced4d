#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/nation.tsv: of which country somebody public is of whom neither title nor page says it (src/world/nation.c). Run by hand; needs numpy, xxhash.

    train_nation.py [--annals ANNALS] [-o data/lexicon/nation.tsv]

Out of the people of data/said and data/compared whom a reader marked, with the country of their office or side where the page tells or
clearly implies it (data/judged/public.tsv). `annals explain` tells of each whose country is open every country that the page means, by
which signs. Right is the marked one, or none. One log-linear model (tools/loglinear.py). Prints what ten folds of pages
and stories say of people that were not learned from, at several doubts."""
import argparse
import os
import re
import subprocess
import tempfile

import loglinear
import train_public as public

HERE = os.path.dirname(os.path.abspath(__file__))
LINE = re.compile(r"^ +(?:yes|no) +(\d+)-\d+ +nation -?\d+ (\w+|\w+-\w+): (.*?) \| (.*?)  “")
FOLDS, PENALTY, DOUBTS = 10, 2 / 3, (0, .5, 1, 1.5, 2, 2.5, 3, 4)


def marked():
    """{page: [(name, country)]}"""
    found = {}
    with open(public.JUDGED, encoding="utf-8") as f:
        for line in f:
            row = line.rstrip("\n").split("\t")
            if row[0].startswith(("said/", "compared/")) and row[2] in ("public", "spokesperson"):
                found.setdefault(row[0], []).append((row[1], row[4]))
    return found


def questions(annals):
    """(story or page, [signs of none, of each country], [which are right])"""
    out, texts = [], public.texts()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.txt")
        for page, people in marked().items():
            with open(path, "w", encoding="utf-8") as f:
                f.write(texts[page])
            asked = {}
            for line in subprocess.run([annals, "explain", "--private-names", path], capture_output=True, text=True).stdout.split("\n"):
                m = LINE.match(line)
                if m:
                    asked.setdefault((m[1], m[4]), []).append((m[2], m[3].split("; ")))
            for (_, name), options in asked.items():
                country = next((c for n, c in people if public.measure_said.alike(n, name)), None)
                if country is not None:
                    right = [c == country for c, _ in options]
                    right[0] = not any(right)
                    out.append((page.rsplit(".", 1)[0] if page.startswith("compared") else page, [signs for _, signs in options], right))
    return out


def judge(asked, names, w):
    """How sure each answer is above the next, and whether it is right; none are left out."""
    out = []
    for (_, _, right), scores in zip(asked, loglinear.scores([options for _, options, _ in asked], names, w)):
        *_, next_, best = scores.argsort() if len(scores) > 1 else (0, 0)
        if best > 0:
            out.append((scores[best] - scores[next_], right[best]))
    return out


def fit(asked, names):
    return loglinear.choose([options for _, options, _ in asked], [right for _, _, right in asked], names, PENALTY)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "nation.tsv"))
    args = parser.parse_args()
    asked = questions(args.annals)
    names = sorted({s for _, options, _ in asked for signs in options for s in signs})
    answers = []
    for test in loglinear.folds((a[0] for a in asked), FOLDS, mixed=True):
        answers += judge([a for a in asked if a[0] in test], names, fit([a for a in asked if a[0] not in test], names))
    some = sum(not right[0] for _, _, right in asked)
    print("%d people, %d of a country that the page means; not learned from:" % (len(asked), some))
    for doubt in DOUBTS:
        told = [right for sure, right in answers if sure >= doubt]
        print("  doubt %.1f: %s" % (doubt, loglinear.figures(len(told), sum(told), some)))
    loglinear.write(args.out,
                    "Of which country somebody public is of whom nothing says it (src/world/nation.c): how much each sign says for a country, or for none, a thousandth\n"
                    "of a logarithm each. Written by tools/train_nation.py from %d people of data/said and data/compared; not to be edited." % len(asked), ("key", "weight", "source"),
                    [(name, loglinear.thousandths(weight), "people whose country is marked") for name, weight in zip(names, fit(asked, names))])


if __name__ == "__main__":
    main()
