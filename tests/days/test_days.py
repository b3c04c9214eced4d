#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The 80 pages of this folder, read and scored: both halves keep their figures (docs/accuracy.md, "Days of publication")."""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import score_days

HERE = os.path.dirname(os.path.abspath(__file__))
# Right answers of 40, by field: (looked at, only counted). No day, zone or stamp is given where the page has none.
FLOORS = {"day": (40, 38), "offset": (40, 39), "title": (40, 38), "authors": (40, 36), "outlet": (40, 30), "modified": (40, 39),
          "section": (37, 31)}


def self_check():
    """The scorer tells right from wrong, missing and invented."""
    cases = [("day", "2018-11-07", "2018-11-07", "right"), ("day", "2018-11-07", "2018-11-08", "wrong"), ("day", "-", None, "right"),
             ("day", "-", "2018-11-07", "none"), ("title", "A  Day", "a day", "right"), ("authors", "A B;C D", "c d;a b", "right"),
             ("authors", "A B;C D", "A B", "wrong"), ("section", "News", None, "missing")]
    return [c for c in cases if score_days.verdict(*c[:3]) != c[3]]


def main():
    pages = sorted(glob.glob(os.path.join(HERE, "[0-9][0-9]-*")))
    done = subprocess.run([os.environ["ANNALS"], "read", "--data", os.environ["ANNALS_DATA"], *pages], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit("annals read: exit %d\n%s" % (done.returncode, done.stderr))
    gold = score_days.read_gold(os.path.join(HERE, "gold.tsv"))
    counts, _ = score_days.score(gold, score_days.read_readings(done.stdout.splitlines()))
    print(score_days.table(counts))
    failed = ["the scorer is wrong on %r" % (c,) for c in self_check()]
    for field, floors in FLOORS.items():
        for half, floor in zip(score_days.HALVES, floors):
            cell = counts[half, field]
            if cell["right"] < floor:
                failed.append("%s, %s half: %d right, %d wanted" % (field, half, cell["right"], floor))
            if field == "day" and cell["none"]:
                failed.append("%s half: a day is given where the page has none" % half)
    spans = subprocess.run([sys.executable, os.path.join(HERE, "..", "spancheck.py"), "/dev/stdin"], input=done.stdout, capture_output=True, text=True)
    if spans.returncode:
        failed.append("spancheck:\n" + spans.stdout)
    print("\n".join(failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
