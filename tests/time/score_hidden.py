#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Days of publication of pages that do not print theirs: PolNeAR's texts (../shared/data/quotes), read without their metadata.

    tar xJf ../shared/data/quotes/polnear-dev.tar.xz -C build
    annals read build/dev/text/*.txt >build/hidden.jsonl
    score_hidden.py build/hidden.jsonl [-v]

Says how many pages got a day, and of these how many the right one; how many got bounds, and of these how many hold the true day.
Every second page can be given its day (--meta OUT.tsv, for `annals read --meta` or `annals build --meta`), so that stories of a
record date the others; with --stories EXPORT.jsonl the days are those of `annals export`, and only hidden ones are scored."""
import argparse
import datetime
import hashlib
import json
import os
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TABLE = os.path.join(TOP, "..", "shared", "data", "quotes", "metadata.tsv")


def days():
    with open(TABLE, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    return {row[1]: row[5] for row in rows[1:]}


def given(name):
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def name_of(path):
    return os.path.basename(path or "").removesuffix(".txt")


def day_of(text):
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def told(options):
    """(name, published) of every page."""
    with open(options.stories or options.readings, encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            pages = d.get("readings", []) if options.stories else [{"path": d["page"]["path"], "published": d["published"]}]
            for page in pages:
                yield name_of(page["path"]), page["published"]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("readings", nargs="?")
    a.add_argument("--stories")
    a.add_argument("--meta", help="write the days of every second page to this table; needs the folder of texts as READINGS")
    a.add_argument("-v", action="store_true", help="name the wrong ones")
    o = a.parse_args()
    if not os.path.exists(TABLE):
        print("skipped: ../shared/data/quotes is not here")
        return 77
    truth = days()
    if o.meta:
        with open(o.meta, "w", encoding="utf-8") as out:
            out.write("path\turl\toutlet\tpublished\tfetched\n")
            for file in sorted(os.listdir(o.readings)):
                if given(name_of(file)) and name_of(file) in truth:
                    out.write(f"{os.path.join(o.readings, file)}\t\t\t{truth[name_of(file)]}\t\n")
        return 0
    pages = right = with_day = bounded = holds = 0
    for name, published in told(o):
        day = day_of(truth.get(name))
        if day is None or (o.stories and given(name)):
            continue
        pages += 1
        mine, low, high = (day_of(published.get(k)) for k in ("day", "earliest", "latest"))
        if mine:
            with_day += 1
            right += mine == day
            if o.v and mine != day:
                print(f"day    {name}: {mine}, true {day}: {published.get('evidence')}")
        if low or high:
            bounded += 1
            held = (not low or low <= day) and (not high or day <= high)
            holds += held
            if o.v and not held:
                print(f"bounds {name}: {low}..{high}, true {day}: " + "; ".join((e["text"] or "story") + " says " + e["says"] for e in published.get("evidence") or []))
    share = lambda part, whole: f"{part}/{whole} ({part / whole:.3f})" if whole else f"{part}/{whole}"
    print(f"{pages} pages without a day of their own: a day is given to {share(with_day, pages)}, right {share(right, with_day)}; "
          f"bounds to {share(bounded, pages)}, which hold the day {share(holds, bounded)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
