#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""annals build --corrections: a day, an event that is rejected, a name, stories joined and parted; kept over builds, the same whenever
they come, taken back with their row; rows that are wrong or match nothing are told with their line."""
import glob
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
PAGES = sorted(glob.glob(os.path.join(SOURCE, "examples/pages/[0-9]*")))
HEAD = "id\tfield\tvalue\twho\tday\twhy\n"
failures = []


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what)


def build(record, pages, rows=None, head=HEAD):
    args = [ANNALS, "build", "-q", *pages, "-o", record]
    if rows is not None:
        table = record + ".tsv"
        with open(table, "w") as out:
            out.write(head + "".join("\t".join(row) + "\n" for row in rows))
        args += ["--corrections", table]
    return subprocess.run(args, capture_output=True, env=ENVIRONMENT, timeout=240)


def export(record, *args):
    return subprocess.run([ANNALS, "export", record, *args], capture_output=True, env=ENVIRONMENT, timeout=240).stdout.decode()


def stories(record):
    return [json.loads(line) for line in export(record, "--format", "jsonl").splitlines()]


def story_of(all_of_them, sha):
    return next(s for s in all_of_them if any(r["sha256"] == sha for r in s["readings"]))


def names_told(record):
    return [p["name"] for s in stories(record) for e in s["events"] for p in e["actors"] + e["recipients"] if p["name"]]


def test_swapped(folder):
    """A correction is of what a page says: two people are changed round, and none is corrected twice."""
    record = os.path.join(folder, "swapped.db")
    build(record, PAGES)
    before = names_told(record)
    one, two = sorted(set(before))[:2]
    build(record, [], [(one, "name", two, "A. Reader", "", ""), (two, "name", one, "A. Reader", "", "")])
    now = names_told(record)
    check((before.count(one), before.count(two)) == (now.count(two), now.count(one)), f"{one} and {two} changed round")


def test_each(folder):
    record = os.path.join(folder, "each.db")
    build(record, PAGES)
    before = export(record, "--format", "jsonl")
    db = sqlite3.connect(record)
    told = stories(record)
    large = max(told, key=lambda s: len(s["readings"]))
    one, two = large["readings"][0]["sha256"], large["readings"][1]["sha256"]
    other = next(s for s in told if s["id"] != large["id"])["readings"][0]["sha256"]
    (event,) = [t for e in large["events"] for t in e["told_in"] if t["reading"] == one and not e["background"]][:1]
    name = next(p["name"] for e in large["events"] for p in e["actors"] if p["entity"] and p["entity"].startswith("Q"))
    path = db.execute("SELECT path FROM page WHERE sha256 = ?", (two,)).fetchone()[0]
    rows = [(one, "day", "2019-02-03", "A. Reader", "2026-01-02", "the print edition"), (f"{one}:{event['event']}", "event", "reject", "A. Reader", "", "a photo caption"),
            (name, "name", "Somebody Else", "B. Reader", "", ""), (other[:12], "join", one, "A. Reader", "", ""), (path, "split", one, "A. Reader", "", "")]
    done = build(record, [], rows)
    check(done.returncode == 0 and done.stderr == b"", f"corrections: {done.returncode} {done.stderr.decode()}")
    now = stories(record)
    story = story_of(now, one)
    reading = next(r for r in story["readings"] if r["sha256"] == one)
    check(reading["published"]["day"] == "2019-02-03" and reading["published"]["basis"] == "given", f"day: {reading['published']}")
    check(any(e["says"] == "corrected by A. Reader, 2026-01-02: the print edition" for e in reading["published"]["evidence"]), "whose word a day is")
    check(all(e["event"] != event["event"] for e in reading["events"]), "a rejected event is told")
    check(name not in {p["name"] for s in now for e in s["events"] for p in e["actors"] + e["recipients"]}, "a name that was corrected")
    check("Somebody Else" in {p["name"] for s in now for e in s["events"] for p in e["actors"] + e["recipients"]}, "the right name")
    check(story_of(now, other)["id"] == story["id"], "stories that were joined")
    check(story_of(now, two)["id"] != story["id"], "stories that were parted")
    check(f"{one}:{event['event']}" not in export(record, "--format", "csv", "--unit", "mention"), "a rejected event is exported as a mention")
    check(db.execute("SELECT count(*) FROM event WHERE ref = ?", (event["event"],)).fetchone()[0] > 0, "what the page says is gone")
    check([s for (s,) in db.execute("SELECT DISTINCT state FROM correction")] == ["applied"], "states")
    corrected = export(record, "--format", "jsonl")
    build(record, PAGES)
    check(export(record, "--format", "jsonl") == corrected, "corrections are lost when built again")
    whole = os.path.join(folder, "whole.db")
    build(whole, PAGES, rows)
    check(export(whole, "--format", "jsonl") == corrected, "another record when they come with the pages")
    build(record, [], [])
    check(export(record, "--format", "jsonl") == before, "corrections that were taken back")
    db.close()


def test_told(folder):
    record = os.path.join(folder, "told.db")
    page = os.path.basename(PAGES[0])
    done = build(record, PAGES[1:], [("nowhere.html", "day", "2020-01-01", "A", "", ""), (PAGES[1], "day", "soon", "A", "", ""), (PAGES[1], "mood", "x", "A", "", ""),
                                     (PAGES[1] + ":e99999999", "event", "reject", "A", "", ""), (PAGES[1], "event", "reject", "A", "", ""), ("No Body", "name", "x", "A", "", ""),
                                     (PAGES[1], "join", PAGES[1], "A", "", ""), (PAGES[1], "day", "2020-01-01", "", "", ""), (PAGES[0], "day", "2020-02-02", "A", "", "")])
    said = done.stderr.decode()
    wanted = {2: "no such page", 3: "no day", 4: "the field is none of", 5: "the page tells no such event", 6: "an event is PAGE:EVENT", 7: "nobody has that name here",
              8: "a page and itself", 9: "nobody's word", 10: "no such page"}
    for line, why in wanted.items():
        check(f"told.db.tsv:{line}: {why}" in said, f"line {line}, {why}: not told")
    check(len(said.splitlines()) == len(wanted) and done.returncode == 1, f"told: {done.returncode} {said}")
    done = build(record, PAGES[:1])
    check(f"told.db.tsv:10" not in done.stderr.decode(), "a page that came is still missing")
    day = [r["published"]["day"] for s in stories(record) for r in s["readings"] if r["path"].endswith(page)]
    check(day == ["2020-02-02"], f"a correction that waited for its page: {day}")
    for head in ("id\tvalue\twho\n", ""):
        done = build(record, [], [("x", "y", "z")], head)
        check(done.returncode == 2 and b"id, field, value, who" in done.stderr, f"columns: {done.returncode} {done.stderr}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_each(folder)
        test_swapped(folder)
        test_told(folder)
    print("all well" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
