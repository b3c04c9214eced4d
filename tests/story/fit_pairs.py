#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The weights of src/story/score.c: logistic regression over pairs of pages whose stories are known (measure_sets.py), of the halves that may be looked at.

    cmake --build build/release --target story_terms
    SOURCE_DIR=. ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals python3 tests/story/fit_pairs.py [--write] [TOOL]

Prints the weights learned of all sets, and for each set how well those learned of the others rank its pairs: average precision, of pairs of pages
with days and of pairs with one that has none. A set counts for 25 pairs of one story at most. Pairs that can never be of one story, copies, and
pages more than three days apart take no part. --write: src/story/weights.h is written anew. TOOL: build/release/tools/story_terms."""
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tools")]
import loglinear
import measure_sets as sets

TERMS = ("words", "contained", "head", "names", "names apart", "meaning", "length", "numbers", "counted alike", "weekday same", "weekday other", "undated",
         "act apart", "places apart", "far days")
BY_HAND = {"undated": -1.0, "act apart": -1.0, "far days": -0.6}
HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* What each term of score.c weighs. Written by tests/story/fit_pairs.py --write: logistic regression over the pairs of our own sets whose stories are known
   (of those halves that may be looked at), in log odds. By hand are those of acts and days apart, which stand on few pairs there, and that of pages
   without a day: news of one campaign is alike for months, and without a day nothing else says so (PolNeAR, docs/tried.md). */
"""
MOST, RIDGE = 25, 0.01
HARD = 0.15        # words in common from which a pair is learned from: what is unlike in everything teaches nothing of what is alike
MEASURED = ("real2019", "alike-three")   # pages of ../shared/data/pages: nothing may be learned from them; what three.txt teaches, other sets lose (docs/accuracy.md)
OF_DAYS = ("act apart", "far days")


def told(tool, s):
    """File names of two pages, whether they can never be of one story, are copies, came out too far apart; terms and 1."""
    with tempfile.TemporaryDirectory() as folder:
        lines = subprocess.run([tool, sets.write(s, folder)], capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        a, b, never, copies, apart, *terms = line.split("\t")
        yield os.path.basename(a), os.path.basename(b), int(never), int(copies), int(apart), [float(t) for t in terms] + [1.0]


def pairs(tool, s):
    """(terms and 1, of one story) of the pairs of a set that may be looked at."""
    story = {p[0]: p[2] for p in s.pages if s.half_of(p[2]) == "look"}
    return [(terms, story[a] == story[b]) for a, b, never, copies, apart, terms in told(tool, s) if a in story and b in story and not never + copies + apart]


def others(tool, own):
    """Pairs of pages of two sets, as if they had come out in one week: none is of one story."""
    every, of, found = sets.Set("all"), {}, []
    for s in own:
        for file, data, story, *rest in s.pages:
            if s.half_of(story) == "look":
                of["%s-%s" % (s.name, file)] = s.name
                every.add("%s-%s" % (s.name, file), data, story)
    for a, b, _, copies, _, terms in told(tool, every):
        if of[a] != of[b] and not copies and terms[0] >= HARD:
            found.append(([0.0 if name in OF_DAYS else t for name, t in zip(TERMS + ("",), terms)], False))
    return found


def fit(groups):
    rows = [(x, y, min(1, MOST / max(1, sum(z for _, z in group)))) for group in groups for x, y in group if x[0] >= HARD]
    x, y, w = np.array([r[0] for r in rows]), np.array([r[1] for r in rows], float), np.array([r[2] for r in rows])
    scale = x.std(0)
    scale[scale == 0] = 1
    ridge = np.full(x.shape[1], RIDGE * w.sum() / 10)
    ridge[-1] = 1e-6
    return list(loglinear.tell(x / scale, y, ridge, w) / scale)


def precision(scored):
    right = total = 0
    for n, (_, y) in enumerate(sorted(scored, reverse=True), 1):
        right += y
        total += y * right / n
    return total / right if right else None


def write(learned):
    cells = ["[ST_%s] = %.3f" % (name.upper().replace(" ", "_"), BY_HAND.get(name, weight)) for name, weight in zip(TERMS, learned)]
    lines = [", ".join(cells[i:i + 5]) for i in range(0, len(cells), 5)]
    with open(os.path.join(sets.SOURCE, "src", "story", "weights.h"), "w", encoding="utf-8") as f:
        f.write(HEAD + "static const double WEIGHTS[ST_TERMS] = {\n  %s};\n#define BIAS (%.3f)\n" % (",\n  ".join(lines), learned[-1]))


def main():
    tool = next((a for a in sys.argv[1:] if a[0] != "-"), os.path.join("build", "release", "tools", "story_terms"))
    known = [s for s in sets.all_sets() + [sets.of_compared(name) for name in sets.COMPARED] if s.name not in ("cases", "samples")]
    found = {s.name: pairs(tool, s) for s in known}
    found = {name: rows for name, rows in found.items() if rows}
    own = {name: rows for name, rows in found.items() if name not in MEASURED}
    own["others"] = others(tool, [s for s in known if s.name in own and s.name != "undated"])
    learned = fit(list(own.values()))
    for name, weight in zip(TERMS + ("all pairs",), learned):
        print("%-14s %7.3f%s" % (name, weight, "  (by hand: %.1f)" % BY_HAND[name] if name in BY_HAND else ""))
    if "--write" in sys.argv:
        write(learned)
    probe = ("lookalikes", "undated")  # one text
    for name, rows in found.items():
        theta = fit([r for other, r in own.items() if other != name and not (name in probe and other in probe)])
        told = []
        for kind, label in ((0, "days"), (1, "no day")):
            scored = [(sum(a * b for a, b in zip(x, theta)), y) for x, y in rows if min(1, x[TERMS.index("undated")]) == kind]
            if any(y for _, y in scored):
                told.append("%s %.3f (%d of %d)" % (label, precision(scored), sum(y for _, y in scored), len(scored)))
        print("%-10s left out: average precision %s" % (name, ", ".join(told)))


if __name__ == "__main__":
    main()
