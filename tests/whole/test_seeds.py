#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The founding pages, read, built and exported, against the bars of the founding case. Skipped where ../shared is not there.

The bars are those of the project's first milestone; figures of the day stand in docs/accuracy.md.
"""
import json
import os
import subprocess
import sys
import tempfile

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
SHARED = os.path.join(SOURCE, "..", "shared")
OVERALL, DECISIVE = 0.75, 4


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit("%s: exit %d\n%s" % (" ".join(command), done.returncode, done.stderr))
    return done.stdout


def main():
    seeds = os.path.join(SHARED, "seeds")
    if not os.path.isdir(seeds):
        print("skipped: ../shared/seeds is not here")
        sys.exit(77)
    pages = sorted(os.path.join(seeds, n) for n in os.listdir(seeds) if n.endswith(".txt"))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        record, readings, stories = (os.path.join(folder, n) for n in ("seeds.db", "readings.jsonl", "stories.jsonl"))
        with open(readings, "w", encoding="utf-8") as f:
            f.write(run(ANNALS, "read", "--data", DATA, *pages))
        run(ANNALS, "build", "--data", DATA, *pages, "-o", record)
        with open(stories, "w", encoding="utf-8") as f:
            f.write(run(ANNALS, "export", record, "--format", "jsonl"))
        score = json.loads(run(sys.executable, os.path.join(SHARED, "score", "score_seeds.py"), "--json", "--gold",
                               os.path.join(SHARED, "gold", "seeds.json"), "--readings", readings, "--stories", stories))
        spans = subprocess.run([sys.executable, os.path.join(SOURCE, "tests", "spancheck.py"), readings, "--stories", stories],
                               capture_output=True, text=True)
    counts = {c["label"]: c for s in score["sections"].values() for c in s["counts"]}
    decisive = counts["decisive rows"]["right"]
    print("overall %.3f, decisive rows %d, %s" % (score["overall"], decisive, spans.stdout.strip().splitlines()[-1]))
    for name, section in score["sections"].items():
        print("  %-24s %.3f" % (name, section["score"]))
    if score["overall"] < OVERALL:
        failed.append("overall %.3f is under %.2f" % (score["overall"], OVERALL))
    if decisive < DECISIVE:
        failed.append("%d decisive rows of %d wanted" % (decisive, DECISIVE))
    if not counts["exact"]["right"]:
        failed.append("the stories are not exact")
    failed += ["forbidden: " + f for f in score["forbidden"]]
    if spans.returncode:
        failed.append("spancheck:\n" + spans.stdout)
    for line in failed:
        print(line)
    sys.exit(1 if failed else 0)


main()
