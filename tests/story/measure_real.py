#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stories among the 181 pages of ../shared/data/pages, against what a reader found there (tests/story/real2019.tsv).

    SOURCE_DIR=. ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals python3 tests/story/measure_real.py [-v]

Prints pairwise precision, recall and F1 and BCubed F1, of annals and of tf-idf with average link over the text that annals reads, at the
threshold that is best for tf-idf. The gold was made by reading the groups of annals and the likest pairs that it had left apart, so it favours it."""
import glob
import itertools
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import test_lookalikes as probe

PAGES = os.path.join(probe.SOURCE, "..", "shared", "data", "pages", "html")


def run(*command):
    return subprocess.run([probe.ANNALS, *command], capture_output=True, text=True).stdout


def pairs(groups):
    return {(a, b) for a, b in itertools.combinations(range(len(groups)), 2) if groups[a] == groups[b]}


def main():
    files = sorted(glob.glob(os.path.join(PAGES, "*.html.gz")))
    name = [os.path.basename(f).split(".")[0] for f in files]
    story = dict(line.rstrip("\n").split("\t") for line in open(os.path.join(probe.SOURCE, "tests", "story", "real2019.tsv")) if line[0] != "#")
    gold = [story.get(n, n) for n in name]
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "r.db")
        run("build", "--data", probe.DATA, PAGES, "-o", record)
        group = {}
        for n, line in enumerate(run("export", record, "--format", "jsonl").splitlines()):
            for reading in json.loads(line)["readings"]:
                group[os.path.basename(reading["path"]).split(".")[0]] = n
    texts = {os.path.basename(t["path"]).split(".")[0]: "%s\n%s" % (t["title"], t["text"])
             for t in map(json.loads, run("text", "--data", probe.DATA, PAGES).splitlines())}
    mine = [group.get(n, n) for n in name]
    pages = [texts.get(n, "") for n in name]
    baseline = max((probe.by_tfidf(pages, t / 100) for t in range(10, 60, 5)), key=lambda got: probe.bcubed(gold, got)[2])
    for label, got in (("annals", mine), ("tf-idf", baseline)):
        right, want, have = len(pairs(got) & pairs(gold)), len(pairs(gold)), len(pairs(got))
        print("%-7s pairs P %.3f R %.3f F1 %.3f; BCubed P %.3f R %.3f F1 %.3f" % (
            label, right / have, right / want, 2 * right / (want + have), *probe.bcubed(gold, got)))
    if "-v" in sys.argv:
        for kind, found in (("wrong", pairs(mine) - pairs(gold)), ("missed", pairs(gold) - pairs(mine))):
            for a, b in sorted(found):
                print("  %s  %s | %s" % (kind, pages[a][:70].split("\n")[0], pages[b][:70].split("\n")[0]))


if __name__ == "__main__":
    main()
