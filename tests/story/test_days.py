#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A page without a day is dated by what it tells of weekdays where a dated report tells the like of them (src/story/calendar.c), act or none; by a weekday alone it is not."""
import json
import os
import subprocess
import sys
import tempfile

ANNALS, DATA = os.environ.get("ANNALS", "build/release/annals"), os.environ.get("ANNALS_DATA", "build/release/share/annals")
DATED = """Aller bridge open again after two years

VERDEN - The old bridge over the Aller reopened to lorries on Tuesday after two years of repairs, the city said. The work cost 14 million euros, twice what had been planned.

On Wednesday a crane lifted the last of the scaffolding off the eastern pier.
"""
LIKE = """Lorries roll over the Aller once more

The bridge over the Aller in Verden reopened on Tuesday for lorries, two years after its repairs had begun. The bill came to 14 million euros.

On Wednesday the last scaffolding was lifted off the eastern pier by a crane.
"""
UNLIKE = """What the Aller bridge has taught the city

Verden paid 14 million euros for the repairs of its old bridge. On Tuesday the council asked the mayor why the price had doubled. She answered that steel
had become dearer and that two firms had gone bankrupt while the work went on.

The council will look at the bills before the summer. Three of its members want an inquiry; the largest group said that it saw no need for one.
"""


def published(text):
    with tempfile.TemporaryDirectory() as folder:
        return published_in(folder, text)


def published_in(folder, text):
    """What a record of the dated report and this one, joined by hand, says of its day."""
    files = {"dated.txt": DATED, "open.txt": text}
    paths = [os.path.join(folder, name) for name in files]
    for path, words in zip(paths, files.values()):
        with open(path, "w", encoding="utf-8") as f:
            f.write(words)
    meta, join, record = (os.path.join(folder, name) for name in ("meta.tsv", "join.tsv", "record.db"))
    with open(meta, "w", encoding="utf-8") as f:
        f.write("path\turl\toutlet\tpublished\n%s\t\tAller-Zeitung\t2024-05-15\n%s\t\tWeserkurier\t\n" % tuple(paths))
    with open(join, "w", encoding="utf-8") as f:
        f.write("id\tfield\tvalue\twho\n%s\tjoin\t%s\ttest\n" % tuple(paths))
    subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, "--corrections", join, *paths, "-o", record], capture_output=True)
    out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], check=True, capture_output=True, text=True).stdout
    readings = [r for line in out.splitlines() for r in json.loads(line)["readings"]]
    assert len(readings) == 2, readings
    return next(r["published"] for r in readings if r["path"].endswith("open.txt"))


def main():
    if not os.path.exists(os.path.join(DATA, "lexicon.an")):
        print("skipped: no compiled data")
        return 77
    like, unlike = published(LIKE), published(UNLIKE)
    assert like["basis"] == "story" and like["earliest"] == "2024-05-15" and like["latest"] == "2024-05-20", like # after the Wednesday, before the next Tuesday
    assert {e["says"] for e in like["evidence"]} == {"2024-05-14", "2024-05-15"}, like
    assert unlike["earliest"] is None and unlike["day"] is None, unlike
    return 0


sys.exit(main())
