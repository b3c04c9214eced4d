#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who and whom of the events in our own example sentences (data/examples/*.tsv), read as plain text without their marks.

    score_parties.py --pages OUT.jsonl             a page a sentence: annals read OUT.jsonl > readings.jsonl
    score_parties.py readings.jsonl                both halves, figures only
    score_parties.py readings.jsonl -v [KIND]      and the rows of the half to look at that are wrong (KIND: who-missing, who-other,
                                                   who-extra, whom-missing, whom-other, whom-extra, turned)

A sentence marks one party that acts (<s>) and one that is acted on (<t>). It counts where annals finds an event of its type there; of
several the one whose parties fit best. Who is right when an actor stands in the marked words, or holds them, and whom likewise for the
recipients; of a mutual event either side may hold either mark. `extra` are parties outside of both marks: a list's other members are
right and are counted here, so it is only to be compared with itself. Which half a sentence belongs to is decided by its hash.
"""

import argparse
import collections
import csv
import hashlib
import json
import os
import re
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/examples")
FILES = ("a", "b", "c", "d", "k")
HALVES = ("look", "count")


def examples():
    for name in FILES:
        with open(os.path.join(FOLDER, name + ".tsv"), encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                marked = row["sentence"]
                if row["type"] == "none" or not re.search("<[st]>", marked):
                    continue
                text, marks, at = "", {}, 0
                for tag in re.finditer("<(/?)([st])>", marked):
                    text += marked[at:tag.start()]
                    at = tag.end()
                    here = len(text.encode())
                    marks[tag[2]] = (marks[tag[2]][0], here) if tag[1] else (here, here)
                text += marked[at:]
                half = HALVES[int(hashlib.md5(text.encode()).hexdigest()[0], 16) % 2]
                yield {"text": text, "type": row["type"], "s": marks.get("s"), "t": marks.get("t"), "half": half, "marked": marked}


def meets(party, mark):
    return mark is not None and party["begin"] < mark[1] and party["end"] > mark[0]


def judge(gold, event):
    """What is wrong with the parties of an event: a set of kinds."""
    actors, recipients = event["actors"], event["recipients"]
    faults = set()
    sides = actors + recipients if event["mutual"] else None
    for name, mark, here, there in (("who", gold["s"], actors, recipients), ("whom", gold["t"], recipients, actors)):
        pool = sides or here
        if mark is None or any(meets(p, mark) for p in pool):
            continue
        faults.add(name + ("-missing" if not pool else "-other"))
    if len([f for f in faults if f.endswith("other")]) == 2 and any(meets(p, gold["t"]) for p in actors) and any(meets(p, gold["s"]) for p in recipients):
        faults.add("turned")
    for name, here in (("who", actors), ("whom", recipients)):
        if any(not meets(p, gold["s"]) and not meets(p, gold["t"]) for p in here) and not any(f.startswith(name + "-") for f in faults):
            faults.add(name + "-extra")
    return faults


def words(parties):
    return ", ".join(p["text"] or "?" for p in parties) or "-"


def show(half, rows, verbose):
    found = [r for r in rows if r["faults"] is not None]
    total = len(found)
    count = collections.Counter(f for r in found for f in r["faults"])
    wrong = {n: sum(any(f in r["faults"] for f in (n + "-missing", n + "-other")) for r in found) for n in ("who", "whom")}
    both = sum(not any(f.endswith(("missing", "other")) for f in r["faults"]) for r in found)
    print("%-5s found %d of %d; who %.3f, whom %.3f, both %.3f; %s" % (
        half, total, len(rows), 1 - wrong["who"] / total, 1 - wrong["whom"] / total, both / total,
        ", ".join("%s %d" % pair for pair in sorted(count.items()))))
    if verbose is None or half != "look":
        return
    for r in found:
        faults = {f for f in r["faults"] if not f.endswith("extra") or f == verbose}
        if faults and (verbose == "" or verbose in faults):
            print("%s %s [%s]\n    who %s; whom %s; %s at %s: %s" % (
                r["type"], ",".join(sorted(faults)), r["marked"], words(r["event"]["actors"]), words(r["event"]["recipients"]),
                r["event"]["realis"], r["event"]["trigger"]["text"], r["event"]["why"][0]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="?", help="the output of annals read; - for standard input")
    parser.add_argument("--pages", metavar="OUT.jsonl", help="write the sentences as pages")
    parser.add_argument("-v", nargs="?", const="", metavar="KIND")
    options = parser.parse_args()
    rows = list(examples())
    if options.pages:
        with open(options.pages, "w", encoding="utf-8") as out:
            for r in rows:
                out.write(json.dumps({"text": r["text"]}, ensure_ascii=False) + "\n")
    elif not options.readings:
        parser.error("nothing to do: give readings or --pages")
    if not options.readings:
        return
    with sys.stdin if options.readings == "-" else open(options.readings, encoding="utf-8") as lines:
        readings = [json.loads(line) for line in lines if line.strip()]
    if len(readings) != len(rows):
        sys.exit("%d readings of %d sentences" % (len(readings), len(rows)))
    for row, reading in zip(rows, readings):
        row["faults"] = None
        for event in reading["events"]:
            if event["type"] != row["type"]:
                continue
            faults = judge(row, event)
            if row["faults"] is None or len(faults) < len(row["faults"]):
                row["faults"], row["event"] = faults, event
    for half in HALVES:
        show(half, [r for r in rows if r["half"] == half], options.v)


if __name__ == "__main__":
    main()
