#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/sure.tsv: how sure a row is, from rows judged by hand. Run by hand; needs numpy.

    train_sure.py signs  JUDGED.tsv PAGE... >> data/judged/rows.tsv      (with --set NAME, --annals, --data)
    train_sure.py passages GOLD... > data/judged/passages.tsv            (with --annals, --data)
    train_sure.py fit    data/judged/heard.tsv data/judged/crossed.tsv --first data/judged/rows.tsv data/judged/passages.tsv \
                         --bias data/judged/own.tsv [-o data/lexicon/sure.tsv]
    train_sure.py bias   data/lexicon/sure.tsv data/judged/own.tsv     # that one number, in a table that is there
    train_sure.py curve  ROWS.tsv [--weights data/lexicon/sure.tsv]

signs   JUDGED.tsv is a sheet of `annals sample` whose right_type, right_who and right_whom are y or n. Each row is looked for in what
        `annals explain --threshold 0` says of its page, and the signs that it was weighed by are written, with the judgement, and no
        word of the page.
passages  The same for every row that annals tells of the passages of GOLD (data/passages, which are coded exhaustively), judged by
        their gold: a row is right in type where a coded event of that type shares its trigger, in who and whom where the words do.
fit     Three logistic models, each with a penalty on its weights: the type of all rows, who of those whose type is right, whom of those
        whose type and actor are (tools/loglinear.py). Signs that fewer than
        MIN_ROWS rows have are left out. The weights are drawn towards those that the rows of --first give, which lack newer signs
        (PENALTY_OLD), new ones towards zero (PENALTY_NEW); rows that text with marks gives (CROSSED) count half. Prints what ten folds say of rows that were not learned from (a page is in one fold).
        Rows from before annals listened to whole pages have the mean of others in MEASURES. --bias: rows of whole pages that teach one number only: the
        weight of "learned" for the type, moved until those of them that no frame told are as sure as they are right (half way: they are few).
curve   Precision and the share of right rows kept at every threshold, and a table of reliability, for rows that taught nothing."""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy

import loglinear

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "gold"))
import score_paragraphs as score

PARTS = ("type", "who", "whom")
MIN_ROWS = 6
PENALTY = 4.0       # of the first fit
PENALTY_OLD, PENALTY_NEW = 20.0, 3.0
CROSSED = {"passage": 0.5, "judged": 0.5}
MEASURES = ("page heard", "heard beside", "heard around")
TRACE = re.compile(r"^ +yes +(\d+)-\d+ +certainty [\d.]+, of the type [\d.]+, who [\d.]+, whom [\d.]+: (.*?)  “")


# ---- Rows ------------------------------------------------------------------------------------------


def table(path):
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def read_signs(text):
    pairs = (sign.rsplit("=", 1) for sign in text.split("; ") if sign)
    return {name: float(value) for name, value in pairs}


def read_rows(path):
    rows = table(path)
    for row in rows:
        row["signs"] = read_signs(row["signs"])
        row["right"] = [None if row[part] == "-" else row[part] == "y" for part in PARTS]  # "-": not judged
    return rows


def signs(args):
    """The signs of each judged row, by its page and the place of its trigger."""
    judged = {}
    for row in table(args.judged):
        if row["right_type"]:
            judged.setdefault(row["page"], {})[int(row["id"].rsplit(":e", 1)[1])] = row
    for page in args.pages:
        rows = judged.get(page) or judged.get(page.rsplit("/", 1)[-1])
        if not rows:
            continue
        command = [args.annals, "explain", "--threshold", "0", page] + (["--data", args.data] if args.data else [])
        told = subprocess.run(command, capture_output=True, text=True).stdout  # 1: the page has problems
        for line in told.split("\n"):
            match = TRACE.match(line)
            row = rows.pop(int(match.group(1)), None) if match else None
            if row:
                name = hashlib.md5(page.rsplit("/", 1)[-1].encode()).hexdigest()[:8]
                print("\t".join([args.set, name] + [row["right_" + part] for part in PARTS] + [match.group(2)]))
        for at in rows:
            print("%s: no row at %d" % (page, at), file=sys.stderr)


def by_gold(passage, event):
    """Type, who and whom of an event, y or n."""
    fits = [want for want in passage.events if want.accepts(event)]
    if not fits:
        return ["n", "n", "n"]
    want = max(fits, key=lambda w: (w.must, score.shared(w, event)))
    right = [gold is None or score.pair(passage, gold, got, score.is_loosely)[1] for _, gold, got in score.sides(want, event)]
    return ["y"] + ["y" if r else "n" for r in (right * 2)[:2]]


def passages(args):
    print("set\tpage\t" + "\t".join(PARTS) + "\tsigns")
    with tempfile.TemporaryDirectory() as folder:
        for gold in args.gold:
            name = os.path.basename(gold).split(".")[0]
            for passage in score.read_gold(gold):
                if passage.half == "count":
                    continue
                path = os.path.join(folder, name + passage.name + ".txt")
                with open(path, "w", encoding="utf-8") as f:
                    f.write(passage.text + "\n")
                command = [args.annals, "--threshold", "0", path] + (["--data", args.data] if args.data else [])
                told = subprocess.run(command[:1] + ["explain"] + command[1:], capture_output=True, text=True).stdout
                read = subprocess.run(command[:1] + ["read", "-q"] + command[1:], capture_output=True, text=True).stdout
                known = {int(m.group(1)): m.group(2) for m in map(TRACE.match, told.split("\n")) if m}
                for event in score.Answer(json.loads(read)).events:
                    if event["span"] and event["span"][0] in known:
                        page = hashlib.md5(os.path.basename(path).encode()).hexdigest()[:8]
                        print("\t".join([name, page] + by_gold(passage, event) + [known[event["span"][0]]]))


# ---- Three models ------------------------------------------------------------------------------------


def learn(rows, names, part, first=None):
    """Weights of one model: rows that got as far as this part, right or wrong in it. first: those towards which they are drawn."""
    number = {name: i for i, name in enumerate(names)}
    seen = [row for row in rows if all(row["right"][:part]) and row["right"][part] is not None]
    signs, right = numpy.zeros((len(seen), len(names))), numpy.array([float(row["right"][part]) for row in seen])
    for at, row in zip(signs, seen):
        for name, value in row["signs"].items():
            if name in number:
                at[number[name]] = value
    counts = numpy.array([CROSSED.get(row["set"], 1.0) for row in seen])
    begin = numpy.array([(first or {}).get(name, 0.0) for name in names])
    strength = {True: PENALTY_OLD, False: PENALTY_NEW} if first else {False: PENALTY}
    penalty = numpy.array([0.0001 if name == "always" else strength[name in (first or {})] for name in names])
    return dict(zip(names, loglinear.tell(signs, right, penalty, counts, begin)))


def names_of(rows):
    count = {}
    for row in rows:
        for name in row["signs"]:
            count[name] = count.get(name, 0) + 1
    return sorted((n for n, c in count.items() if c >= MIN_ROWS), key=lambda n: (n != "always", n))


def model_of(rows, first=None):
    names = names_of(rows)
    names += [name for name in (first[0] if first else ()) if name not in names]
    return [learn(rows, names, part, first[part] if first else None) for part in range(len(PARTS))]


def sure(model, row):
    product = 1.0
    for weights in model:
        product *= loglinear.chance(sum(weights.get(n, 0.0) * v for n, v in row["signs"].items()))
    return product


# ---- What they are worth --------------------------------------------------------------------------------


def report(rows, told):
    told = [p for p, row in zip(told, rows) if None not in row["right"]]
    rows = [row for row in rows if None not in row["right"]]
    right = [all(row["right"]) for row in rows]
    print("%d rows, %.3f right in all three" % (len(rows), sum(right) / len(rows)))
    pairs = sorted(zip(told, right), reverse=True)
    wins = sum(a[0] > b[0] or 0.5 * (a[0] == b[0]) for a in pairs if a[1] for b in pairs if not b[1])
    print("ranks a right row over a wrong one: %.3f" % (wins / max(1, sum(right) * (len(right) - sum(right)))))
    print("threshold  rows  precision  of the right ones")
    for k in range(0, 17):
        at = 0.05 * k
        kept = [r for p, r in pairs if p >= at]
        if kept:
            print("  %.2f  %5d   %.3f   %.3f" % (at, len(kept), sum(kept) / len(kept), sum(kept) / sum(right)))
    print("said   right   of")
    for k in range(10):
        here = [(p, r) for p, r in pairs if k / 10 <= p < (k + 1) / 10]
        if here:
            print("  %.2f  %.2f  %d" % (sum(p for p, _ in here) / len(here), sum(r for _, r in here) / len(here), len(here)))


def folds(rows, first=None, n=10):
    told = [0.0] * len(rows)
    fold = [int(row["page"], 16) % n for row in rows]
    for k in range(n):
        model = model_of([row for row, f in zip(rows, fold) if f != k], first)
        for i, row in enumerate(rows):
            if fold[i] == k:
                told[i] = sure(model, row)
    return told


def measured(rows):
    """What older rows lack: how much of an act there is on the page and around the row."""
    have = [row for row in rows if MEASURES[0] in row["signs"]]
    mean = {name: sum(row["signs"].get(name, 0.0) for row in have) / max(1, len(have)) for name in MEASURES}
    for row in rows:
        if MEASURES[0] not in row["signs"] and have:
            row["signs"].update(mean)
    return rows


def set_bias(model, rows):
    """Of a row that the detector alone tells readers of whole pages may think otherwise than marked text."""
    rows = [row for row in rows if row["signs"].get("learned") and None not in row["right"]]
    right, low, high = sum(all(row["right"]) for row in rows), -3.0, 3.0
    kept = model[0].get("learned", 0.0)
    for _ in range(40):
        middle = (low + high) / 2
        model[0]["learned"] = kept + middle
        said = sum(sure(model, row) for row in rows)
        low, high = (low, middle) if said > right else (middle, high)
    model[0]["learned"] = kept + low / 2
    print("learned: %.3f, %.3f by %d rows of whole pages, of which %d are right" % (kept, model[0]["learned"], len(rows), right))


def fit(args):
    rows = measured([row for path in args.rows for row in read_rows(path)])
    before = [row for path in args.first for row in read_rows(path)]
    first = model_of(before) if before else None
    report(rows, folds(rows, first))
    model = model_of(rows, first)
    if args.bias:
        set_bias(model, read_rows(args.bias))
    if not args.output:
        return
    loglinear.write(args.output,
                    "How sure a row is (src/event/sure.c): weights of its signs in three logistic models, of its type, of who, of whom; the last two given\n"
                    "that what stands before them is right. Written by tools/train_sure.py out of %d rows judged (data/judged/README.md); not to be\n"
                    "edited. A sign that is missing here weighs nothing." % (len(rows) + len(before)), ("key", *PARTS, "src"),
                    [(name, *("%.3f" % weights[name] for weights in model), "judged rows") for name in sorted(model[0], key=lambda n: (n != "always", n))])


def bias(args):
    weights = table(args.weights)
    model = [{row["key"]: float(row[part]) for row in weights} for part in PARTS]
    set_bias(model, read_rows(args.rows))
    with open(args.weights, encoding="utf-8") as f:
        lines = f.readlines()
    with open(args.weights, "w", encoding="utf-8") as f:
        for line in lines:
            cells = line.split("\t")
            f.write("\t".join([cells[0], "%.3f" % model[0]["learned"], *cells[2:]]) if cells[0] == "learned" else line)


def curve(args):
    rows = read_rows(args.rows)
    weights = table(args.weights)
    model = [{row["key"]: float(row[part]) for row in weights} for part in PARTS]
    report(rows, [sure(model, row) for row in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = parser.add_subparsers(dest="what", required=True)
    one = sub.add_parser("signs")
    one.add_argument("judged")
    one.add_argument("pages", nargs="+")
    one.add_argument("--set", default="own")
    one.add_argument("--annals", default="build/release/annals")
    one.add_argument("--data")
    more = sub.add_parser("passages")
    more.add_argument("gold", nargs="+")
    more.add_argument("--annals", default="build/release/annals")
    more.add_argument("--data")
    two = sub.add_parser("fit")
    two.add_argument("rows", nargs="+")
    two.add_argument("--first", nargs="*", default=[])
    two.add_argument("--bias")
    two.add_argument("-o", "--output")
    one_number = sub.add_parser("bias")
    one_number.add_argument("weights")
    one_number.add_argument("rows")
    three = sub.add_parser("curve")
    three.add_argument("rows")
    three.add_argument("--weights", default="data/lexicon/sure.tsv")
    args = parser.parse_args()
    {"signs": signs, "passages": passages, "fit": fit, "bias": bias, "curve": curve}[args.what](args)


if __name__ == "__main__":
    main()
