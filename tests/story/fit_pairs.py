#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The weights of src/story/score.c: logistic regression over pairs of pages whose stories are known (measure_sets.py), of the halves that may be looked at.

    cmake --build build/release --target story_terms
    SOURCE_DIR=. ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals python3 tests/story/fit_pairs.py [--write] [TOOL]

Prints the weights learned of all sets, and for each set how well those learned of the others rank its pairs: average precision, of pairs of pages
with days and of pairs with one that has none. A set counts for 25 pairs of one story at most. Pairs that can never be of one story, copies, and
pages more than three days apart take no part. --write: src/story/weights.h is written anew. TOOL: build/release/tools/story_terms."""
import math
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import measure_sets as sets

TERMS = ("words", "contained", "head", "numbers", "counted alike", "act kind", "weekday same", "weekday other", "undated",
         "act apart", "places apart", "far days", "title")
BY_HAND = {"undated": -1.5, "act apart": -1.0, "far days": -0.6}
HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/* What each term of score.c weighs. Written by tests/story/fit_pairs.py --write: logistic regression over the pairs of our own sets whose stories are known
   (of those halves that may be looked at) and of data/compared, in log odds. By hand are those of acts and days apart, which stand on few pairs there, that of pages
   without a day: news of one campaign is alike for months, and without a day nothing else says so (PolNeAR, docs/accuracy.md), and BIAS. */
"""
MOST, RIDGE = 25, 0.003
ALL_PAIRS = -8.0   # by hand: how rare a pair of one story is among those proposed; own look-alikes and the pages of real2019 stay apart at it
MEASURED = ("real2019",)   # pages of ../shared/data/pages: nothing may be learned from them


def pairs(tool, s):
    """(terms and 1, of one story) of the pairs of a set that may be looked at."""
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run([tool, sets.write(s, folder)], capture_output=True, text=True, check=True).stdout
    story = {p[0]: p[2] for p in s.pages if s.half_of(p[2]) == "look"}
    found = []
    for line in told.splitlines():
        a, b, never, copies, apart, *terms = line.split("\t")
        a, b = (os.path.basename(x) for x in (a, b))
        if a in story and b in story and not int(never) + int(copies) + int(apart):
            found.append(([float(t) for t in terms] + [1.0], story[a] == story[b]))
    return found


def solve(matrix, right):
    """matrix * x = right, by elimination."""
    n = len(right)
    rows = [row[:] + [right[i]] for i, row in enumerate(matrix)]
    for i in range(n):
        best = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(n):
            if k != i:
                share = rows[k][i] / rows[i][i]
                rows[k] = [x - share * y for x, y in zip(rows[k], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def fit(groups):
    rows = [(x, y, min(1, MOST / max(1, sum(z for _, z in group)))) for group in groups for x, y in group]
    n, total = len(rows[0][0]), sum(w for *_, w in rows)
    theta = [0.0] * n
    for _ in range(30):
        gradient = [RIDGE * total / 10 * t for t in theta[:-1]] + [0.0]
        hessian = [[(RIDGE * total / 10 if i == k and i < n - 1 else 1e-6 if i == k else 0.0) for k in range(n)] for i in range(n)]
        for x, y, w in rows:
            at = [i for i in range(n) if x[i]]
            p = 1 / (1 + math.exp(-max(-30, min(30, sum(x[i] * theta[i] for i in at)))))
            for i in at:
                gradient[i] += w * (p - y) * x[i]
                for k in at:
                    hessian[i][k] += w * p * (1 - p) * x[i] * x[k]
        step = solve(hessian, gradient)
        theta = [t - d for t, d in zip(theta, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return theta


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
        f.write(HEAD + "static const double WEIGHTS[ST_TERMS] = {\n  %s};\n#define BIAS (%.3f)\n" % (",\n  ".join(lines), ALL_PAIRS))


def main():
    tool = next((a for a in sys.argv[1:] if a[0] != "-"), os.path.join("build", "release", "tools", "story_terms"))
    found = {s.name: pairs(tool, s) for s in sets.all_sets() + [sets.of_compared(name) for name in sets.COMPARED] if s.name not in ("cases", "samples")}
    found = {name: rows for name, rows in found.items() if rows}
    own = {name: rows for name, rows in found.items() if name not in MEASURED}
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
            scored = [(sum(a * b for a, b in zip(x, theta)), y) for x, y in rows if x[TERMS.index("undated")] == kind]
            if any(y for _, y in scored):
                told.append("%s %.3f (%d of %d)" % (label, precision(scored), sum(y for _, y in scored), len(scored)))
        print("%-10s left out: average precision %s" % (name, ", ".join(told)))


if __name__ == "__main__":
    main()
