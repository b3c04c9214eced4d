#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Days that travel: the reports of data/compared, every third without its day, in one record.

    ANNALS=... ANNALS_DATA=... tests/story/measure_days.py [-v] FILE...

Prints how many of the reports without a day got one and how many of these the right one, and how many got bounds and how many of these hold
their day; in brackets those that the dated reports of their story lie beside in the record. -v: each report without a day."""
import datetime
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import measure_compared as compared

ANNALS, DATA = os.environ["ANNALS"], os.environ["ANNALS_DATA"]


def write(files, folder):
    """path > (story, day, hidden?) of every report; a table of what is known of them."""
    pages, meta = {}, os.path.join(folder, "meta.tsv")
    with open(meta, "w", encoding="utf-8") as table:
        table.write("path\turl\toutlet\tpublished\n")
        for file in files:
            for story in compared.parse(file):
                for name, page in story["pages"].items():
                    compared.plain(page)
                    path = os.path.join(folder, "%s-%s-%s.txt" % (os.path.basename(file)[:-4], story["id"], name))
                    hidden = len(pages) % 3 == 1
                    pages[path] = (os.path.basename(file) + story["id"], datetime.date.fromisoformat(page["day"]), hidden)
                    with open(path, "w", encoding="utf-8") as f:
                        f.write(page["text"])
                    table.write("%s\thttps://%s.example/%s\t%s\t%s\n" % (path, page["outlet"].replace(" ", "").lower(), os.path.basename(path), page["outlet"], "" if hidden else page["day"]))
    return pages, meta


def main():
    with tempfile.TemporaryDirectory() as folder:
        pages, meta = write([a for a in sys.argv[1:] if a[0] != "-"], folder)
        record = os.path.join(folder, "record.db")
        subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, *pages, "-o", record], check=True, capture_output=True)
        out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
    hidden = sisters = days = right = bounds = hold = 0
    for line in out.splitlines():
        told = json.loads(line)["readings"]
        for r in told:
            story, day, is_hidden = pages[r["path"]]
            if not is_hidden:
                continue
            p = r["published"]
            beside = any(pages[s["path"]][0] == story and not pages[s["path"]][2] for s in told)
            hidden, sisters = hidden + 1, sisters + beside
            inside = all(not p.get(end) or (p[end] <= str(day) if end == "earliest" else p[end] >= str(day)) for end in ("earliest", "latest"))
            if p.get("day"):
                days, right = days + 1, right + (p["day"] == str(day))
            elif p.get("earliest") and p.get("latest"):
                bounds, hold = bounds + 1, hold + inside
            if "-v" in sys.argv:
                print(os.path.basename(r["path"]), "beside" if beside else "-", day, p.get("day"), p.get("earliest"), p.get("latest"), p.get("weekday"), "" if inside else "OUT")
    print("reports without a day %d, beside a dated one of their story %d; a day %d, right %d; bounds %d, hold %d" % (hidden, sisters, days, right, bounds, hold))


main()
