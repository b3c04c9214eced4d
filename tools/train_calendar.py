#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/calendar.tsv: how much each sign says that a page without a day came out on a day (src/story/calendar.c). Run by hand; needs numpy.

    ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals tools/train_calendar.py [-o data/lexicon/calendar.tsv] FILE...

FILE: of data/compared. Its reports are one record, each third of them in turn without its day (tests/story/measure_days.py); of each report without a
day that stands with a dated one tools/calendar tells the days that it may have come out on and their signs. Right is the day it did come out on, or none of
them. One log-linear model over the days of a page, its weights held back by a penalty, by Newton's method from zero. Prints, for folds of whole stories,
how many pages are given days at several shares of the likelihood, and how many of these days hold the right one."""
import argparse
import datetime
import os
import subprocess
import sys
import tempfile

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "story"))
import measure_days as days

PENALTY, FOLDS, SHARES = 1.0, 6, (.6, .7, .8, .85, .9, .93, .95, .97, .98)
EPOCH = datetime.date(1970, 1, 1)


def pages_of(file, names):
    """(story, right day, [(day, first and last that make the same, signs)]) of every page without a day beside one with."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        pages = days.write(file, folder)
        for hidden in range(3):
            lines = []
            for number, story in enumerate(days.stories(pages, hidden, folder)):
                for r in story["readings"]:
                    _, day, _, third = pages[r["path"]]
                    lines.append("%d\t%s\t%s\n" % (number, r["path"], "-" if third == hidden else day))
            tool = os.path.join(os.path.dirname(days.ANNALS), "tools", "calendar")
            out = subprocess.run([tool, days.DATA], input="".join(lines), capture_output=True, text=True, check=True).stdout
            for line in out.splitlines():
                part = line.split("\t")
                if part[0] == "signs":
                    names[:] = part[1:]
                elif part[0] == "page":
                    story, day, _, _ = pages[part[1]]
                    found.append((os.path.basename(file) + story, (day - EPOCH).days, []))
                else:
                    same = None if part[1] == "-" else tuple(int(d) for d in part[1].split())
                    found[-1][2].append((None if part[0] == "none" else int(part[0]), same, [int(s) for s in part[2].split(",") if s]))
    return found


def matrix(page, size):
    x = numpy.zeros((len(page[2]), size))
    for i, (_, _, signs) in enumerate(page[2]):
        x[i, signs] = 1
    return x, next((i for i, (day, _, _) in enumerate(page[2]) if day == page[1]), len(page[2]) - 1)


def shares(x, w):
    e = numpy.exp(x @ w - (x @ w).max())
    return e / e.sum()


def fit(rows, size):
    w = numpy.zeros(size)
    for _ in range(40):
        gradient, curve = -PENALTY * w, PENALTY * numpy.eye(size)
        for x, right in rows:
            p = shares(x, w)
            gradient += x[right] - p @ x
            curve += (x * p[:, None]).T @ x - numpy.outer(p @ x, p @ x)
        step = numpy.linalg.solve(curve, gradient)
        w += step / max(1, abs(step).max())
        if abs(step).max() < 1e-6:
            break
    return w


def given(page, x, w, sure):
    """The like days of the likeliest day of those whose like days have that share of the likelihood, or None."""
    p, best = shares(x, w), (0, None)
    for i, (_, same, _) in enumerate(page[2]):
        if same is not None and sum(p[k] for k, (day, _, _) in enumerate(page[2]) if day is not None and same[0] <= day <= same[1]) >= sure:
            best = max(best, (p[i], same))
    return best[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("-o")
    parser.add_argument("--test", action="append", default=[], help="a file that is measured on, not learned from; may be given again")
    args = parser.parse_args()
    names = []
    pages = [p for file in args.files for p in pages_of(file, names)]
    rows, stories = [matrix(p, len(names)) for p in pages], sorted({p[0] for p in pages})
    fold = [stories.index(p[0]) % FOLDS for p in pages]
    by_fold = [fit([r for r, f in zip(rows, fold) if f != k], len(names)) for k in range(FOLDS)]
    learned = fit(rows, len(names))
    answers = [(p, x, by_fold[f]) for p, (x, _), f in zip(pages, rows, fold)]
    tests = [p for file in args.test for p in pages_of(file, names)]
    tested = [(p, matrix(p, len(names))[0], learned) for p in tests]
    for title, all in (("folds", answers), ("test", tested)):
        print("%s: %d pages" % (title, len(all)))
        for share in SHARES if all else ():
            found = [(p[1], given(p, x, w, share)) for p, x, w in all]
            sure = [same[0] <= day <= same[1] for day, same in found if same is not None]
            print("  from %.2f: %3d given days, %3d hold (%.3f)" % (share, len(sure), sum(sure), sum(sure) / max(1, len(sure))))
    if args.o:
        with open(args.o, "w", encoding="utf-8") as f:
            f.write("# How much each sign says that a page without a day came out on a day: a thousandth of a logarithm each (src/story/calendar.c). Written by\n"
                    "# tools/train_calendar.py; not to be edited.\nkey\tweight\tsource\n")
            for name, w in sorted(zip(names, learned)):
                f.write("%s\t%d\tdays of reports in data/compared\n" % (name, round(1000 * w)))


main()
