#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A third report that may give another number of the thing that two agree on: the row shows it and does not say "agree" (alike_row.c).

    ANNALS=... ANNALS_DATA=... python3 tests/story/test_rival.py"""
import json
import os
import subprocess
import tempfile

ANNALS, DATA = os.environ["ANNALS"], os.environ["ANNALS_DATA"]
LEAD = "The ministers of Kenya and Tanzania met in Arusha on Tuesday to settle the quarrel over the Lunga Lunga crossing. "
PAGES = {
    "a": LEAD + "After the talks the two ministers signed twelve agreements on customs and cattle, the Kenyan ministry said.",
    "b": LEAD + "Kenya and Tanzania signed twelve agreements on customs and cattle, a spokesman in Dodoma said.",
    "c": LEAD + "THIRD",
}
THIRD = {"other": "Nine agreements were ready by the evening.", "else": "Police closed nine roads for the ministers and their guests."}


def rows(third):
    with tempfile.TemporaryDirectory() as folder:
        meta, record = os.path.join(folder, "meta.tsv"), os.path.join(folder, "r.db")
        with open(meta, "w", encoding="utf-8") as f:
            f.write("path\turl\toutlet\tpublished\n" + "".join("%s/%s.txt\thttps://%s.example/1\t%s\t2024-03-06\n" % (folder, n, n, n) for n in PAGES))
        for name, text in PAGES.items():
            with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as f:
                f.write("Kenya and Tanzania sign papers in Arusha\n\n%s\n" % text.replace("THIRD", third))
        with open(os.path.join(folder, "join.tsv"), "w", encoding="utf-8") as f:
            f.write("id\tfield\tvalue\twho\n" + "".join("%s/a.txt\tjoin\t%s/%s.txt\ttest\n" % (folder, folder, n) for n in "bc"))
        subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, "--corrections", f.name, *(os.path.join(folder, n + ".txt") for n in PAGES), "-o", record], capture_output=True)
        out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
        return [(c["verdict"], c["why"], [v["text"] for v in c["values"]]) for line in out.splitlines() for c in json.loads(line)["comparisons"] if c["kind"] == "quantity"]


found = {name: rows(third) for name, third in THIRD.items()}
assert [(v, len(texts)) for v, _, texts in found["other"]] == [("unclear", 3)], found["other"]
assert [(v, len(texts)) for v, _, texts in found["else"]] == [("agree", 2)], found["else"]
