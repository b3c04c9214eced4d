#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Days that travel: the reports of each file of data/compared in one record (two writers may have taken one real happening), each third of
them in turn without its day (the third by a hash of its text).

    ANNALS=... ANNALS_DATA=... tests/story/measure_days.py [-v] FILE...

Pages: how many of the reports without a day got one and how many of these the right one; how many got bounds, of which how many hold their day; how
many stand with a dated report of their story. Events: of those that hang on their page's day by words of time, how many of a page without one are given
the very days that they have where it is known ("right"), days that hold these ("wide"), days that do not ("wrong"), none. -v: each report without a day."""
import collections
import datetime
import hashlib
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import measure_compared as compared

ANNALS, DATA = os.environ["ANNALS"], os.environ["ANNALS_DATA"]
OPEN = ("0001-01-01", "9999-12-31")


def write(file, folder):
    """path > (story, day, outlet, which third) of every report."""
    pages = {}
    for story in compared.parse(file):
        for name, page in story["pages"].items():
            compared.plain(page)
            path = os.path.join(folder, "%s-%s-%s.txt" % (os.path.basename(file)[:-4], story["id"], name))
            third = hashlib.sha256(page["text"].encode()).digest()[0] % 3
            pages[path] = (story["id"], datetime.date.fromisoformat(page["day"]), page["outlet"], third)
            with open(path, "w", encoding="utf-8") as f:
                f.write(page["text"])
    return pages


def meta_of(pages, hidden, folder):
    with open(os.path.join(folder, "meta.tsv"), "w", encoding="utf-8") as table:
        table.write("path\turl\toutlet\tpublished\n")
        for path, (_, day, outlet, third) in pages.items():
            site = outlet.replace(" ", "").lower()
            table.write("%s\thttps://%s.example/%s\t%s\t%s\n" % (path, site, os.path.basename(path), outlet, "" if third == hidden else day))
    return table.name


def span(when):
    first, last = when.get("earliest"), when.get("latest")
    return (first or OPEN[0], last or OPEN[1]) if first or last else None


def events_known(pages, folder):
    """path > event > its days where the page's own is known, of those that hang on it by words."""
    known = {}
    out = subprocess.run([ANNALS, "read", "--data", DATA, "--meta", meta_of(pages, None, folder), *pages], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        r = json.loads(line)
        known[r["page"]["path"]] = {e["id"]: span(e["when"]) for e in r["events"] if e["when"]["basis"] == "relative" and span(e["when"])}
    return known


def stories(pages, hidden, folder):
    record = os.path.join(folder, "record%d.db" % hidden)
    subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta_of(pages, hidden, folder), *pages, "-o", record], check=True, capture_output=True)
    out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def told_days(story):
    """(sha256, event) > its days: the report's own, set again, or those of all that tell it."""
    days = {(r["sha256"], e["event"]): span(e["when"]) for r in story["readings"] for e in r["events"]}
    for event in story["events"]:
        for told in event["told_in"]:
            key = told["reading"], told["event"]
            days[key] = days.get(key) or span(event["when"])
    return days


def count_page(n, r, day, verbose):
    p, first_last = r["published"], span(r["published"])
    inside = first_last is None or first_last[0] <= str(day) <= first_last[1]
    if p["day"]:
        n["days"] += 1
        n["days right"] += p["day"] == str(day)
    if p["earliest"] and p["latest"]:
        n["bounds"] += 1
        n["bounds hold"] += inside
        n["bounds by a story"] += p["basis"] == "story"
        n["by a story hold"] += p["basis"] == "story" and inside
    if verbose:
        print(os.path.basename(r["path"]), day, p["day"], p["earliest"], p["latest"], p["weekday"], "" if inside else "OUT")


def count_event(n, known, given):
    n["events"] += 1
    if given is None or OPEN[0] in given or OPEN[1] in given:
        n["none"] += 1
    else:
        n["right" if given == known else "wide" if given[0] <= known[0] and known[1] <= given[1] else "wrong"] += 1


def count_file(n, file, folder, verbose):
    pages = write(file, folder)
    known = events_known(pages, folder)
    for hidden in range(3):
        for story in stories(pages, hidden, folder):
            days = told_days(story)
            for r in story["readings"]:
                name, day, _, third = pages[r["path"]]
                if third != hidden:
                    continue
                n["pages"] += 1
                n["beside"] += any(pages[s["path"]][0] == name and pages[s["path"]][3] != hidden for s in story["readings"])
                count_page(n, r, day, verbose)
                for event, when in known[r["path"]].items():
                    count_event(n, when, days.get((r["sha256"], event)))


def main():
    n = collections.Counter()
    for file in [a for a in sys.argv[1:] if a[0] != "-"]:
        with tempfile.TemporaryDirectory() as folder:
            count_file(n, file, folder, "-v" in sys.argv)
    print("reports without a day %(pages)d, beside a dated one of their story %(beside)d; a day %(days)d, right %(days right)d; "
          "bounds %(bounds)d, hold %(bounds hold)d; by a story %(bounds by a story)d, hold %(by a story hold)d" % n)
    print("their events that hang on it %(events)d: right %(right)d, wide %(wide)d, wrong %(wrong)d, none %(none)d" % n)


if __name__ == "__main__":
    main()
