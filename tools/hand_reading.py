#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the sheets of a hand reading: rows of `annals sample`, one in ten of them planted wrong, and the key apart.

    hand_reading.py draw OUT.dir RECORD.db [-n 300] [--seed 1] [--seen PAGE-LIST]
    hand_reading.py score OUT.dir JUDGED.tsv [SECOND.tsv]

draw    OUT.dir/sheet.tsv without answers, and OUT.dir/key.tsv: which rows are planted, and how. A planted row has the type of
        another, or actor and recipient changed round, or the actor of another row of the sheet; nothing else of it is touched.
score   The planted rows of each reader found wrong; precision with 95 % intervals (Wilson) over the rows that are not planted, type,
        actor and recipient together and apart; with two readers how often they agree, and Cohen's kappa, and the rows that both
        found right. A reader who finds fewer than four in five of the planted rows wrong has not read.
"""

import argparse
import csv
import math
import os
import random
import subprocess
import sys

JUDGED = ("right_type", "right_who", "right_whom")


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, rows[0].keys(), delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def plant(row, rows, chance):
    """A wrong row out of a row, and in words what was done."""
    ways = ["type"]
    if row["who"] and row["whom"] and row["type"] not in ("CONSULT", "AGREE", "SUPPORT", "COOPERATE"):
        ways.append("round")
    others = [r["who"] for r in rows if r["who"] and r["who"] not in (row["who"], row["whom"]) and r["who"] not in row["sentence"]]
    if row["who"] and others:
        ways.append("actor")
    way, wrong = chance.choice(ways), dict(row)
    if way == "type":
        friendly = row["type"] in ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
        wrong["type"] = chance.choice(["ASSAULT", "SANCTION", "COERCE", "PROTEST"] if friendly else ["AID", "CONSULT", "COOPERATE"])
        wrong["mode"] = ""
        return wrong, "type was " + row["type"]
    if way == "round":
        wrong["who"], wrong["whom"] = row["whom"], row["who"]
        return wrong, "actor and recipient changed round"
    wrong["who"] = chance.choice(others)
    return wrong, "actor was " + row["who"]


def draw(args):
    sheet = subprocess.run([args.annals, "sample", args.record, "-n", "100000", "--seed", str(args.seed)], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.split("\n")
    head = sheet[0].split("\t")
    rows = [dict(zip(head, line.split("\t"))) for line in sheet[1:] if line]
    seen = set(open(args.seen, encoding="utf-8").read().split("\n")) if args.seen else set()
    pages = len({r["page"] for r in rows})
    rows = rows[:args.n]
    chance = random.Random(args.seed)
    planted = set(chance.sample(range(len(rows)), len(rows) // 10))
    key, out = [], []
    for number, row in enumerate(rows):
        shown, how = plant(row, rows, chance) if number in planted else (row, "")
        numbered = {"row": str(number + 1)}
        numbered.update({k: v for k, v in shown.items() if k not in ("id", "page")})
        out.append(numbered)
        key.append({"row": str(number + 1), "planted": how, "seen": "yes" if row["page"] in seen else "", "id": row["id"], "page": row["page"]})
    os.makedirs(args.out, exist_ok=True)
    write(os.path.join(args.out, "sheet.tsv"), out)
    write(os.path.join(args.out, "key.tsv"), key)
    print("%d rows of %d pages with events; %d planted" % (len(rows), pages, len(planted)))


def wilson(right, of):
    if of == 0:
        return "-"
    z, p = 1.959964, right / of
    middle, half = (p + z * z / (2 * of)) / (1 + z * z / of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return "%.3f [%.3f, %.3f] %d/%d" % (p, middle - half, middle + half, right, of)


def verdicts(path, key):
    got = {r["row"]: r for r in read(path)}
    out = {}
    for k in key:
        cells = [(got.get(k["row"], {}).get(c) or "").strip().lower() for c in JUDGED]
        out[k["row"]] = None if "" in cells else tuple(c in ("y", "yes", "1") for c in cells)
    return out


def score(args):
    key = read(os.path.join(args.out, "key.tsv"))
    planted = [k["row"] for k in key if k["planted"]]
    plain = [k["row"] for k in key if not k["planted"]]
    unseen = [k["row"] for k in key if not k["planted"] and not k["seen"]]
    readers = [verdicts(path, key) for path in args.judged]
    for path, v in zip(args.judged, readers):
        judged = [v[r] for r in plain if v[r]]
        print("%s: %d of %d planted rows found wrong" % (path, sum(v[r] is not None and not all(v[r]) for r in planted), len(planted)))
        for i, name in enumerate(JUDGED):
            print("  %-12s %s" % (name, wilson(sum(j[i] for j in judged), len(judged))))
        print("  %-12s %s" % ("all three", wilson(sum(all(j) for j in judged), len(judged))))
        new = [v[r] for r in unseen if v[r]]
        print("  %-12s %s" % ("unseen pages", wilson(sum(all(j) for j in new), len(new))))
    if len(readers) == 2:
        both = [(all(readers[0][r]), all(readers[1][r])) for r in plain if readers[0][r] and readers[1][r]]
        n, same = len(both), sum(a == b for a, b in both)
        by_chance = sum(a for a, _ in both) * sum(b for _, b in both) / n / n + sum(not a for a, _ in both) * sum(not b for _, b in both) / n / n
        print("agreement %.3f, kappa %.3f; right for both %s; for either %s" % (
            same / n, (same / n - by_chance) / (1 - by_chance) if by_chance < 1 else 1, wilson(sum(a and b for a, b in both), n),
            wilson(sum(a or b for a, b in both), n)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--annals", default=os.environ.get("ANNALS", "build/release/annals"))
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("draw")
    one.add_argument("out")
    one.add_argument("record")
    one.add_argument("-n", type=int, default=300)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--seen", help="a list of pages, one a line, whose rows were read while rules were written; counted apart")
    two = commands.add_parser("score")
    two.add_argument("out")
    two.add_argument("judged", nargs="+")
    args = parser.parse_args()
    draw(args) if args.command == "draw" else score(args)


if __name__ == "__main__":
    sys.exit(main())
