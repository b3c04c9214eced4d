#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gate loses nothing: with it (only sentences that can matter are parsed) and without (--parse-all) the same events and
statements are found on the founding pages, the sample pages and the own passages; and it does leave sentences out."""
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
LOST_MOST = 0.005  # of all events and statements: a sentence that is not parsed also counts for what "he" stands for


def read(paths, *options):
    done = subprocess.run([ANNALS, "read", *options, *paths], capture_output=True, text=True, cwd=SOURCE)
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def found(readings):
    return {(r["page"]["path"], kind, one["type"] if kind == "events" else one["kind"], json.dumps(one["evidence"] if kind == "events" else one["content"]))
            for r in readings for kind in ("events", "statements") for one in r[kind]}


def parsed(paths):
    """Sentences that were parsed and all that were read, as `annals explain` says."""
    done = subprocess.run([ANNALS, "explain", *paths], capture_output=True, text=True, cwd=SOURCE)
    counts = re.findall(r"^ +parsed +(\d+) of (\d+) sentences$", done.stdout, re.M)
    return [sum(int(c[i]) for c in counts) for i in (0, 1)]


def main():
    if not os.path.exists(os.path.join(DATA, "english.an")):
        print("skipped: no data in " + DATA)
        return 77
    folder = os.path.join(SOURCE, "examples/pages")
    sets = {"samples": [os.path.join(folder, name) for name in sorted(os.listdir(folder))]}
    seeds = os.path.join(SOURCE, "../shared/seeds")
    if os.path.isdir(seeds):
        sets["founding"] = [os.path.join(seeds, name) for name in sorted(os.listdir(seeds)) if name.endswith(".txt")]
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        passages = os.path.join(scratch, "p.jsonl")
        subprocess.run([sys.executable, "tests/gold/score_paragraphs.py", "--pages", passages], cwd=SOURCE, check=True, capture_output=True)
        sets["passages"] = [passages]
        for name, paths in sets.items():
            gated, whole = found(read(paths)), found(read(paths, "--parse-all"))
            lost = whole - gated
            print("%s: %d with the gate, %d without, %d lost, %d only with it" % (name, len(gated), len(whole), len(lost), len(gated - whole)))
            bad += len(whole) == 0 or len(lost) > LOST_MOST * len(whole)
    some, all_of = parsed(sets["samples"][:4])
    print("parsed: %d of %d sentences of four sample pages" % (some, all_of))
    return bad > 0 or not 0 < some < all_of


if __name__ == "__main__":
    sys.exit(main())
