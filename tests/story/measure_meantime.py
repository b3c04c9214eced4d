#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links between events of several pages, on MEANTIME (../shared/data/news-events, CC BY 4.0; only the detector of acts learned from some of its words).

    python3 tests/story/measure_meantime.py [ANNALS]

The 120 articles are read with the date lines that they have and built into a record. An event mention of the gold is ours when the trigger of
one of our events lies in its words. A link is a pair of gold mentions on two pages that are one instance; ours are those pairs that one event of
a story holds. Pairs with an end that the gold does not mark as an event are left out. Beside it the baseline that is given the gold's own
mentions: the same lemma, on articles of the same day, or at most one day apart."""
import collections
import datetime
import itertools
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ANNALS = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "..", "build", "release", "annals")
DATA = os.path.join(HERE, "..", "..", "..", "shared", "data", "news-events", "meantime", "meantime.jsonl")


def ordinal(day):
    """Days are written 2009-02-03, and on some pages 03-02-2009."""
    return datetime.datetime.strptime(day, "%Y-%m-%d" if day[4] == "-" else "%d-%m-%Y").toordinal()


def figures(name, links, gold):
    both = len(links & gold)
    p, r = both / len(links) if links else 0, both / len(gold)
    print("%-34s links %5d, right %4d  P %.3f R %.3f F1 %.3f" % (name, len(links), both, p, r, 2 * p * r / (p + r) if p + r else 0))


def across(groups):
    """Pairs of mentions on two pages, out of lists of (doc, mention)."""
    return {tuple(sorted((a, b))) for g in groups for a, b in itertools.combinations(sorted(set(g)), 2) if a[0] != b[0]}


def main():
    docs = [json.loads(line) for line in open(DATA, encoding="utf-8")]
    events = {d["doc"]: [m for m in d["mentions"] if m["kind"] == "event_mention" and m.get("instance")] for d in docs}
    by_instance, by_lemma = collections.defaultdict(list), collections.defaultdict(list)
    day = {d["doc"]: ordinal(d["day"]) for d in docs if d.get("day")}
    for doc, mentions in events.items():
        for m in mentions:
            if m["instance"].get("instance_id"):
                by_instance[m["instance"]["instance_id"]].append((doc, m["id"]))
            by_lemma[(m.get("pred") or m["text"]).lower()].append((doc, m["id"]))
    gold = across(by_instance.values())
    print("%d articles, %d event mentions, %d links across pages" % (len(docs), sum(map(len, events.values())), len(gold)))
    with tempfile.TemporaryDirectory() as folder:
        for d in docs:
            with open(os.path.join(folder, d["doc"] + ".txt"), "w", encoding="utf-8") as f:
                f.write(d["text"])
        record = os.path.join(folder, "r.db")
        subprocess.run([ANNALS, "build", folder, "-o", record], capture_output=True)
        told = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], capture_output=True, text=True, check=True).stdout
        read = subprocess.run([ANNALS, "export", record, "--format", "readings"], capture_output=True, text=True, check=True).stdout
    trigger = {}
    for line in read.splitlines():
        reading = json.loads(line)
        doc = os.path.basename(reading["page"]["path"])[:-4]
        for e in reading["events"]:
            at = (e["trigger"]["begin"], e["trigger"]["end"])
            hit = [m["id"] for m in events[doc] if any(at[0] < s[1] and s[0] < at[1] for s in m["spans"])]
            trigger[reading["page"]["sha256"], e["id"]] = [(doc, h) for h in hit[:1]]
    ours, stories = [], 0
    for line in told.splitlines():
        story = json.loads(line)
        stories += len(story["readings"]) > 1
        for e in story["events"]:
            ours.append([m for t in e["told_in"] for m in trigger.get((t["reading"], t["event"]), [])])
    linked = across(ours)
    print("%d stories of several pages; %d gold mentions are ours" % (stories, len({m for g in ours for m in g})))
    figures("annals", linked, gold)
    for apart in (0, 1):
        near = {(a, b) for a, b in across(by_lemma.values()) if a[0] in day and b[0] in day and abs(day[a[0]] - day[b[0]]) <= apart}
        figures("same lemma, days apart <= %d" % apart, near, gold)
    figures("same lemma", across(by_lemma.values()), gold)


if __name__ == "__main__":
    main()
