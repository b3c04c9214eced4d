#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links between events of several pages, on MEANTIME (../shared/data/news-events, CC BY 4.0; only the detector of acts learned from some of its words).

    python3 tests/story/measure_meantime.py [ANNALS]

The 120 articles are read with the date lines that they have and built into a record. An event mention of the gold is ours when the trigger of
one of our events lies in its words. A link is a pair of gold mentions on two pages that are one instance; ours are those pairs that one event of
a story holds. Pairs with an end that the gold does not mark as an event are left out. Then
what rows of comparison lay side by side, which is no act of PLOVER for the most part: gold mentions of one lemma, on two pages, that lie in two values of one row of
occurrence (the words of a clause), or in the sentences of two values of any row. These are given the gold's mentions and lemmas, as is the baseline
beside them: the same lemma, on articles of the same day, or at most one day apart."""
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


LEMMAS = {}  # of words as they stand: the gold gives its own to two in five mentions


def learn_lemmas(docs):
    seen = collections.defaultdict(collections.Counter)
    for m in (m for d in docs for m in d["mentions"] if m["kind"] == "event_mention" and m.get("pred")):
        seen[m["text"].lower()][m["pred"].lower()] += 1
    LEMMAS.update((text, max(sorted(of), key=of.get)) for text, of in seen.items())


def lemma(mention):
    text = mention["text"].lower()
    return LEMMAS.get(text, text)


def across(groups):
    """Pairs of mentions on two pages, out of lists of (doc, mention)."""
    return {tuple(sorted((a, b))) for g in groups for a, b in itertools.combinations(sorted(set(g)), 2) if a[0] != b[0]}


def alike(events, ranges):
    """Gold mentions of one lemma that lie in these ranges of several pages."""
    same = collections.defaultdict(list)
    for doc, begin, end in ranges:
        for m in events[doc]:
            if all(begin <= s[0] and s[1] <= end for s in m["spans"]):
                same[lemma(m)].append((doc, m["id"]))
    return list(same.values())


def sentence(text, begin, end):
    """The lines, which are sentences here, that hold a range."""
    after = text.find(b"\n", end)
    return text.rfind(b"\n", 0, begin) + 1, after if after >= 0 else len(text)


def main():
    docs = [json.loads(line) for line in open(DATA, encoding="utf-8")]
    learn_lemmas(docs)
    text = {d["doc"]: d["text"].encode() for d in docs}
    events = {d["doc"]: [m for m in d["mentions"] if m["kind"] == "event_mention" and m.get("instance")] for d in docs}
    by_instance, by_lemma = collections.defaultdict(list), collections.defaultdict(list)
    day = {d["doc"]: ordinal(d["day"]) for d in docs if d.get("day")}
    for doc, mentions in events.items():
        for m in mentions:
            if m["instance"].get("instance_id"):
                by_instance[m["instance"]["instance_id"]].append((doc, m["id"]))
            by_lemma[lemma(m)].append((doc, m["id"]))
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
    page_of = {json.loads(line)["page"]["sha256"]: os.path.basename(json.loads(line)["page"]["path"])[:-4] for line in read.splitlines()}
    ours, clauses, beside, stories, rows = [], [], [], 0, 0
    for line in told.splitlines():
        story = json.loads(line)
        stories += len(story["readings"]) > 1
        for e in story["events"]:
            ours.append([m for t in e["told_in"] for m in trigger.get((t["reading"], t["event"]), [])])
        for c in story["comparisons"]:
            values = [(page_of[v["reading"]], v["begin"], v["end"]) for v in c["values"]]
            beside += alike(events, [(doc, *sentence(text[doc], begin, end)) for doc, begin, end in values])
            clauses += alike(events, values) if c["kind"] == "occurrence" else []
            rows += 1
    linked = across(ours)
    print("%d stories of several pages; %d gold mentions are ours" % (stories, len({m for g in ours for m in g})))
    figures("annals, events", linked, gold)
    figures("and words of clauses side by side", linked | across(clauses), gold)
    figures("and sentences of all %d rows" % rows, linked | across(beside), gold)
    for apart in (0, 1):
        near = {(a, b) for a, b in across(by_lemma.values()) if a[0] in day and b[0] in day and abs(day[a[0]] - day[b[0]]) <= apart}
        figures("same lemma, days apart <= %d" % apart, near, gold)
    figures("same lemma", across(by_lemma.values()), gold)


if __name__ == "__main__":
    main()
