#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which behaviours of PETRARCH's unit records annals reproduces, with their own dictionaries imported.

    score_petrarch.py [--annals build/release/annals] [--shared ../shared/data/petrarch] [--threshold 0] [-v]

The records say who does something to whom (source, target) in codes of their dictionaries, most of them made up (Arnor, Gondor).
Their actors and agents come through `annals world import`. Their verbs carry codes of WEIS and are not imported, so that the code of
the event is not asked. A record is reproduced when each of its pairs is told by annals, country by country and sector by sector where
both give one; a record of who somebody is (actors, agents) when those whom it names are the mentions of these codes, of actors by
date exactly so; a record without an event when annals tells none between two who are known. PETRARCH knows no certainty: annals tells
all that it finds, unless --threshold asks for less. Exits 77 without the files.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

# The behaviours that issue 6 names; and all that do not test words of their verb dictionary.
NAMED = ("AGENT", "COMPOUND", "DATE", "NOEVENT", "PASSIVE")
BEHAVIOURS = NAMED + ("ACTOR", "DEMO", "MODIFY", "PARSING")
# A record is a sentence and no page: behind it stands a paragraph of ours that tells nothing, so that even a short one is read.
FILLER = "\n\nNothing more was known in the evening. More will follow here as soon as more is known, and this text will then be longer.\n"
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def records(path):
    """id, category, day, text, expected pairs; the file is XML by its looks only."""
    body = re.sub(r"<!--.*?-->", "", open(path, encoding="utf-8").read(), flags=re.S)
    for head, inside in re.findall(r"<Sentence ([^>]*)>(.*?)</Sentence>", body, flags=re.S):
        about = dict(ATTRIBUTE.findall(head))
        text = re.search(r"<Text>(.*?)</Text>", inside, flags=re.S)
        codings = [dict(ATTRIBUTE.findall(c)) for c in re.findall(r"<EventCoding ([^>]*?)/?>", inside)]
        if not text or any("error" in c for c in codings):
            continue
        pairs = {(c["sourcecode"], c["targetcode"]) for c in codings if "sourcecode" in c and "targetcode" in c}
        category = about.get("category", "").rstrip("S") or "?"
        category = "NOEVENT" if not pairs else "PASSIVE" if about.get("id", "").startswith("PASSIVE") else category
        day = about.get("date", "19950101")
        yield about.get("id", "?"), category, "%s-%s-%s" % (day[:4], day[4:6], day[6:8]), " ".join(text[1].split()), pairs


def code(party):
    """Country and sector, --- for none; a body above states (IGO) is of its own kind and has no other sector."""
    country, sector = party.get("country") or "---", party.get("sector") or ""
    return country if country == sector else country + sector


def both_ways(event):
    """A visit or a meeting, held or agreed to (CAMEO 036), is coded from either side there."""
    return event["type"] == "CONSULT" or (event.get("cameo") or "").startswith("036")


def told(reading):
    """Pairs of the events, and of whoever says something, which is an event there and a statement here: nobody is its target."""
    pairs = {(code(p), "---") for s in reading.get("statements", []) for p in s.get("speaker") or []}
    for event in reading.get("events", []):
        actors = [code(p) for p in event.get("actors") or []]
        recipients = [code(p) for p in event.get("recipients") or []]
        if event.get("mutual"):
            pairs |= {(a, b) for a in actors for b in actors if a != b}
        pairs |= {(a, b) for a in actors for b in recipients}
        pairs |= {(b, a) for a in actors for b in recipients if both_ways(event)}
    return pairs


def same(want, got):
    """The countries are the same where they give one, and the sectors where both do."""
    return want == "---" or (want[:3] in ("---", got[:3]) and (len(want) <= 3 or len(got) <= 3 or want[3:6] == got[3:6]))


def exactly(want, got):
    """As on that day: an office that is held on another day is wrong. A body (IGO) is one, whatever else its code says."""
    return want == "---" or want[:6] == got or want[:3] == got


def known(reading):
    return [code(m.get("who") or m) for m in reading.get("mentions", [])]


def reproduced(category, want, got, reading):
    if not reading:
        return False
    if not want:  # an event is written there only for two actors that the dictionaries know
        return all(a[:3] == "---" or b[:3] == "---" for a, b in got)
    if category in ("ACTOR", "AGENT", "DATE"):  # who somebody is, on that day: whatever their verbs make of it
        alike = exactly if category == "DATE" else same
        return all(any(alike(w, m) for m in known(reading)) for pair in want for w in pair)
    return all(any(same(a, x) and same(b, y) for x, y in got) for a, b in want)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    parser.add_argument("--annals", default=os.environ.get("ANNALS") or os.path.join(here, "build/release/annals"))
    parser.add_argument("--shared", default=os.path.join(here, "..", "shared/data/petrarch"))
    parser.add_argument("--floor", type=float, default=0)
    parser.add_argument("--threshold", default="0", help="certainty of annals' events; PETRARCH knows none")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    path = os.path.join(args.shared, "PETR.UnitTest.records.xml")
    if not os.path.exists(path):
        print("skipped: no unit records of PETRARCH at %s" % args.shared)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        table, pages, meta = (os.path.join(scratch, n) for n in ("actors.tsv", "pages.jsonl", "meta.tsv"))
        files = [os.path.join(args.shared, "PETR.Validate.%s.txt" % n) for n in ("actors", "agents")]
        with open(table, "w") as out:
            subprocess.run([args.annals, "world", "import", "-q"] + files, stdout=out, stderr=subprocess.DEVNULL, check=True)
        all_records = list(records(path))
        with open(pages, "w") as out, open(meta, "w") as days:
            days.write("path\turl\toutlet\tpublished\tfetched\n")
            for number, (name, _, day, text, _) in enumerate(all_records):
                out.write(json.dumps({"text": text + FILLER, "url": "r%d" % number}) + "\n")
                days.write("\tr%d\t\t%s\t\n" % (number, day))
        lines = subprocess.run([args.annals, "read", "-q", "-j1", "--parse-all", "--threshold", args.threshold, "--actors", table, "--meta", meta, pages],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
    readings = {json.loads(line)["page"].get("url"): json.loads(line) for line in lines}
    right, total = collections.Counter(), collections.Counter()
    for number, (name, category, _, text, want) in enumerate(all_records):
        reading = readings.get("r%d" % number, {})
        got = told(reading)
        well = reproduced(category, want, got, reading)
        total[category] += 1
        right[category] += well
        if args.verbose and not well and category in BEHAVIOURS:
            events = ["%s %s>%s" % (e["type"], "+".join(map(code, e.get("actors") or [])), "+".join(map(code, e.get("recipients") or [])))
                      for e in reading.get("events", [])]
            print("%s: %s\n    wanted %s\n    told   %s" % (name, text, sorted(want), events))
    for category in sorted(total, key=lambda c: (c not in BEHAVIOURS, c)):
        print("%-9s %3d of %3d%s" % (category, right[category], total[category], "" if category in BEHAVIOURS else "   (hangs on their verbs)"))
    for what, kinds in (("compound, passive, date, agent, no event", NAMED), ("behaviours", BEHAVIOURS)):
        r, t = (sum(c[k] for k in kinds) for c in (right, total))
        print("%s %d of %d: %.3f" % (what, r, t, r / t))
    sys.exit(0 if r >= args.floor * t else 1)


if __name__ == "__main__":
    main()
