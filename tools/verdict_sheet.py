#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A sheet of comparison rows for a reader to judge: every conflict and N each of agree, compatible and scope, drawn by seed.

    tools/verdict_sheet.py [-n 50] [--seed 1] RECORD.db... > sheet.txt

Each row shows what is compared, every value with its sentence, and a line "right: " to fill in with yes or no (and why)."""
import argparse
import random
import sqlite3

ROWS = """SELECT c.story, c.id, c.kind, c.about, c.verdict, c.why, s.headline FROM comparison c JOIN story s ON s.id = c.story
          ORDER BY c.story, c.place"""
VALUES = """SELECT v.position, v.text, coalesce(p.outlet, p.domain, ''), p.path, coalesce(p.day, ''), v.according_to,
            (SELECT group_concat(t.text, ' ') FROM sentence t WHERE t.page = v.page AND t.begin < v.end AND t.end > v.begin)
            FROM compared_value v JOIN page p ON p.id = v.page WHERE v.story = ? AND v.comparison = ? ORDER BY v.position, v.place"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("records", nargs="+")
    args = parser.parse_args()
    rows = []
    for record in args.records:
        db = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
        rows += [(row, db) for row in db.execute(ROWS)]
    draw, number = random.Random(args.seed), 0
    for verdict in ("conflict", "scope", "compatible", "agree", "update", "unclear"):
        of = [r for r in rows if r[0][4] == verdict]
        chosen = of if verdict == "conflict" or len(of) <= args.n else sorted(draw.sample(range(len(of)), args.n))
        chosen = [of[c] if isinstance(c, int) else c for c in chosen]
        print("######## %s: %d of %d\n" % (verdict, len(chosen), len(of)))
        for (story, comparison, kind, about, _, why, headline), db in chosen:
            number += 1
            print("%d. %s | %s: %s\n   story: %s\n   why: %s" % (number, verdict, kind, about, headline, why))
            for position, text, outlet, path, day, source, sentence in db.execute(VALUES, (story, comparison)):
                print("   [%s] «%s»%s  (%s, %s, %s)\n       %s" % (position, text, " according to " + source if source else "", outlet, day,
                                                              path.rsplit("/", 1)[-1], " ".join((sentence or "").split())))
            print("   right: \n")


if __name__ == "__main__":
    main()
