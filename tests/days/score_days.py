#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Readings against the gold of this folder: day, zone, title, authors, outlet, change and section of 80 pages.

    annals read tests/days/[0-9]*.* | python3 tests/days/score_days.py [-v]

Per half and field: right, wrong, missing (the page says, the reading does not), given-where-none. Right / all is the figure.
Text fields are compared without case and with white space folded, authors as a set. -v lists the failures of the half that
is for looking; the other half gives totals only.
"""
import csv
import json
import os
import sys
import unicodedata

FIELDS = ("day", "offset", "title", "authors", "outlet", "modified", "section")
HALVES = ("look", "count")


def folded(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def said(reading, field):
    """What the reading says, in the gold's form; None: nothing."""
    published = reading["published"]
    if field == "day":
        return published["day"]
    if field == "offset":
        return published.get("zone") if published["day"] else None
    if field == "modified":
        return published["modified"][:10] if published["modified"] else None
    if field == "title":
        return reading["title"] and reading["title"]["text"]
    if field == "authors":
        return ";".join(a["text"] for a in reading["authors"]) or None
    if field == "outlet":
        return reading["outlet"] and reading["outlet"]["name"]
    return reading["section"] and (reading["section"]["text"] if isinstance(reading["section"], dict) else reading["section"])


def alike(field, want, have):
    if field == "authors":
        return {folded(a) for a in want.split(";")} == {folded(a) for a in have.split(";")}
    return folded(want) == folded(have)


def verdict(field, want, have):
    if want == "-":
        return "right" if have is None else "none"
    if have is None:
        return "missing"
    return "right" if alike(field, want, have) else "wrong"


def score(gold, readings):
    """{(half, field): {verdict: count}}, and the failures as (half, field, file, wanted, said)."""
    counts, failures = {}, []
    for row in gold:
        reading = readings.get(row["file"])
        for field in FIELDS:
            have = said(reading, field) if reading else None
            found = verdict(field, row[field], have)
            cell = counts.setdefault((row["half"], field), dict.fromkeys(("right", "wrong", "missing", "none"), 0))
            cell[found] += 1
            if found != "right":
                failures.append((row["half"], field, row["file"], row[field], have))
    return counts, failures


def read_gold(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_readings(lines):
    readings = (json.loads(line) for line in lines if line.strip())
    return {os.path.basename(r["page"]["path"]): r for r in readings}


def table(counts):
    out = ["%-6s %-9s %5s %5s %7s %16s %6s" % ("half", "field", "right", "wrong", "missing", "given-where-none", "share")]
    for half in HALVES:
        for field in FIELDS:
            c = counts[half, field]
            out.append("%-6s %-9s %5d %5d %7d %16d %6.3f" % (half, field, c["right"], c["wrong"], c["missing"], c["none"],
                                                             c["right"] / sum(c.values())))
    return "\n".join(out)


def main():
    gold = read_gold(os.path.join(os.path.dirname(os.path.abspath(__file__)), "gold.tsv"))
    counts, failures = score(gold, read_readings(sys.stdin))
    print(table(counts))
    if "-v" in sys.argv[1:]:
        for half, field, name, want, have in failures:
            if half == "look":
                print("%-9s %-30s wanted %s, said %s" % (field, name, want, have))


if __name__ == "__main__":
    main()
