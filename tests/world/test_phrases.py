#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who is meant by the phrases of phrases.tsv: neither half of the gold may fall below its floor; nor may the open traps of
traps.tsv. The floors stand a little under what docs/accuracy.md says; raise them when that rises."""
import json
import os
import subprocess
import sys
import tempfile

import score_phrases as gold

FLOORS = {"look": dict(precision=.995, recall=.99, traps=0), "count": dict(precision=.985, recall=.975, traps=0)}
TRAPS = {"look": dict(precision=.92, recall=.97, traps=8)}


def measure(path, floors):
    """1 when a half of the gold at `path` is below its floor."""
    annals, rows = os.environ["ANNALS"], gold.read_gold(path)
    with tempfile.TemporaryDirectory() as folder:
        pages, days = os.path.join(folder, "p.jsonl"), os.path.join(folder, "p.tsv")
        subprocess.run([sys.executable, gold.__file__, "--gold", path, "--pages", pages, "--meta", days], check=True)
        done = subprocess.run([annals, "read", "--meta", days, pages], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit("annals read: exit %d\n%s" % (done.returncode, done.stderr))
    readings = {r["page"]["url"]: r for r in map(json.loads, done.stdout.splitlines())}
    failed = 0
    for half, floor in floors.items():
        mine = [row for row in rows if row.half == half]
        result = counts, others, _ = gold.score(mine, readings)
        gold.show(half, mine, result, half == "look")
        if counts["all"].precision("all") < floor["precision"] or counts["all"].recall("all") < floor["recall"] or others["wrong"] > floor["traps"]:
            print("%s of %s is below its floor %s" % (half, os.path.basename(path), floor))
            failed = 1
    return failed


def main():
    gold.selfcheck(gold.read_gold())
    return measure(gold.GOLD, FLOORS) | measure(gold.TRAPS, TRAPS)


if __name__ == "__main__":
    sys.exit(main())
