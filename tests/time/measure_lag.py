#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many days behind the weekday by which it tells its news a page without a printed day came out (docs/tried.md).

    tests/time/measure_lag.py META.tsv [ANNALS]      # META: columns path and published, as for `annals build --meta`"""
import collections
import datetime
import json
import subprocess
import sys

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    path, published = rows[0].index("path"), rows[0].index("published")
    days = {r[path]: datetime.date.fromisoformat(r[published][:10]) for r in rows[1:] if len(r) > published and r[published]}
    annals = sys.argv[2] if len(sys.argv) > 2 else "build/release/annals"
    out = subprocess.run(["xargs", annals, "read"], input="\n".join(days), capture_output=True, text=True).stdout
    lags = collections.Counter()
    for line in out.splitlines():
        reading = json.loads(line)
        told = reading["published"]
        if told["weekday"] and not told["day"]:
            lags[(days[reading["page"]["path"]].weekday() - WEEKDAYS.index(told["weekday"])) % 7] += 1
    print("%d pages; days behind: %s" % (sum(lags.values()), ", ".join("%d: %.2f" % (d, n / sum(lags.values())) for d, n in sorted(lags.items()))))


main()
