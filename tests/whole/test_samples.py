#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sample pages, read and built, as a page of text that a person can read: tests/whole/samples.expected.

    ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals SOURCE_DIR=. python3 tests/whole/test_samples.py --update

writes it again: read the difference before you commit it. Every byte range must pass tests/spancheck.py as well.
"""
import difflib
import json
import os
import subprocess
import sys
import tempfile

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
EXPECTED = os.path.join(SOURCE, "tests", "whole", "samples.expected")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=SOURCE)
    if done.returncode not in (0, 1):
        sys.exit("%s: exit %d\n%s" % (" ".join(command), done.returncode, done.stderr))
    return done.stdout


def short(text, size=90):
    text = " ".join((text or "").split())
    return text if len(text) <= size else text[:size - 1] + "…"


def names(parties):
    return ", ".join("%s%s" % (p["name"] or p["text"], "/" + p["country"] if p["country"] else "") for p in parties) or "-"


def reading_lines(r):
    yield "PAGE %s" % r["page"]["path"]
    yield "  title: %s" % (r["title"] and r["title"]["text"])
    yield "  outlet: %s" % (r["outlet"] and r["outlet"]["name"])
    p = r["published"]
    yield "  published: %s (%s; %s)" % (p["day"] or p["edtf"] or "unknown", p["basis"], p["weekday"])
    for e in r["events"]:
        marks = [m for m in ("negated", "background") if e[m]] + ([] if e["realis"] == "happened" else [e["realis"]])
        yield "  %s%s %s > %s%s%s%s%s: %s" % (
            e["type"], "/" + e["mode"] if e["mode"] else "", names(e["actors"]), names(e["recipients"]),
            " " + e["when"]["edtf"] if e["when"] and e["when"]["edtf"] else "",
            " @ " + e["where"]["name"] if e["where"] else "",
            " [%s]" % ", ".join(marks) if marks else "",
            " = " + e["repeats"] if e["repeats"] else "", short(e["evidence"]["text"]))
    for s in r["statements"]:
        through = " through " + ", ".join(t["name"] for t in s["through"]) if s["through"] else ""
        yield "  %s %s%s: %s" % (s["kind"], names(s["speaker"]), through, short(" … ".join(c["text"] for c in s["content"])))
    for problem in r["problems"]:
        yield "  problem: %s" % problem["what"]


def story_lines(s):
    paths = {r["sha256"]: os.path.basename(r["path"]) for r in s["readings"]}
    yield "STORY %s" % s["headline"]
    for r in s["readings"]:
        copy = " copy of %s" % paths[r["copy_of"]] if r["copy_of"] else ""
        yield "  %s %s (%s)%s" % (paths[r["sha256"]], r["published"]["day"] or "undated", r["published"]["basis"], copy)
    for c in s["comparisons"]:
        yield "  %s, %s: %s" % (c["kind"], c["about"], c["verdict"])
        for v in c["values"]:
            yield "    %d %s: %s" % (v["position"], paths[v["reading"]], short(v["text"]))


def main():
    with tempfile.TemporaryDirectory() as folder:
        record, readings, stories = (os.path.join(folder, n) for n in ("samples.db", "readings.jsonl", "stories.jsonl"))
        read = run(ANNALS, "read", "--data", DATA, "examples/pages")
        run(ANNALS, "build", "--data", DATA, "examples/pages", "-o", record)
        told = run(ANNALS, "export", record, "--format", "jsonl")
        for path, text in ((readings, read), (stories, told)):
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        spans = subprocess.run([sys.executable, "tests/spancheck.py", readings, "--stories", stories], capture_output=True,
                               text=True, cwd=SOURCE)
    lines = [l for r in read.splitlines() for l in reading_lines(json.loads(r))]
    lines += [l for s in told.splitlines() for l in story_lines(json.loads(s))]
    if "--update" in sys.argv:
        with open(EXPECTED, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        return
    with open(EXPECTED, encoding="utf-8") as f:
        expected = f.read().splitlines()
    changes = list(difflib.unified_diff(expected, lines, "expected", "found", lineterm="", n=1))
    print("\n".join(changes))
    print("spancheck: " + spans.stdout.strip().splitlines()[-1])
    if spans.returncode:
        print(spans.stdout)
    sys.exit(1 if changes or spans.returncode else 0)


main()
