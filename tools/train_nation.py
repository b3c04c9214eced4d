#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/nation.tsv: of which country somebody public is of whom neither title nor page says it (src/world/nation.c). Run by hand; needs numpy, xxhash.

    train_nation.py [--annals ANNALS] [-o data/lexicon/nation.tsv]

Out of the people of data/said and data/compared whom a reader marked, with the country of their office or side where the page tells or
clearly implies it (data/judged/public.tsv). `annals explain` tells of each whose country is open every country that the page means, by
which signs. Right is the marked one, or none. One log-linear model, as tools/train_anaphora.py learns them. Prints what ten folds of pages
and stories say of people that were not learned from, at several doubts."""
import argparse
import importlib.util
import os
import random
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


anaphora, public = load("train_anaphora"), load("train_public")
LINE = re.compile(r"^ +(?:yes|no) +(\d+)-\d+ +nation -?\d+ (\w+|\w+-\w+): (.*?) \| (.*?)  “")
FOLDS, DOUBTS = 10, (0, .5, 1, 1.5, 2, 2.5, 3, 4)


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
    weight, out = dict(zip(names, w)), []
    for _, options, right in asked:
        sums = sorted(((sum(weight.get(s, 0) for s in signs), i) for i, signs in enumerate(options)), reverse=True)
        if sums[0][1] > 0 and len(sums) > 1:
            out.append((sums[0][0] - sums[1][0], right[sums[0][1]]))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "nation.tsv"))
    args = parser.parse_args()
    asked = questions(args.annals)
    names = sorted({s for _, options, _ in asked for signs in options for s in signs})
    groups, answers = sorted({a[0] for a in asked}), []
    random.Random(1).shuffle(groups)
    fit = lambda some: anaphora.fit([("said", "nation", options, right) for _, options, right in some], names)
    for fold in range(FOLDS):
        test = set(groups[fold::FOLDS])
        answers += judge([a for a in asked if a[0] in test], names, fit([a for a in asked if a[0] not in test]))
    some = sum(not right[0] for _, _, right in asked)
    print("%d people, %d of a country that the page means; not learned from:" % (len(asked), some))
    for doubt in DOUBTS:
        told = [right for sure, right in answers if sure >= doubt]
        print("  doubt %.1f: told %d, right %d: precision %.3f, recall %.3f" % (doubt, len(told), sum(told), sum(told) / max(len(told), 1), sum(told) / max(some, 1)))
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("# Of which country somebody public is of whom nothing says it (src/world/nation.c): how much each sign says for a country, or for none, a thousandth\n"
                "# of a logarithm each. Written by tools/train_nation.py from %d people of data/said and data/compared; not to be edited.\nkey\tweight\tsource\n" % len(asked))
        for name, weight in zip(names, fit(asked)):
            f.write("%s\t%d\tpeople whose country is marked\n" % (name, round(1000 * weight)))


if __name__ == "__main__":
    main()
