#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many actor phrases of ../shared get a country: the sources and targets of PLV sentences in their sentences, and the list of
../shared/data/actors, each phrase as a page's first words. Totals only; nothing of the sentences is kept.

    cover_phrases.py --pages OUT.jsonl && annals read OUT.jsonl > readings.jsonl
    cover_phrases.py readings.jsonl
    cover_phrases.py readings.jsonl --sample 200     answers to read by hand, in an order that does not change
"""
import argparse
import collections
import hashlib
import json
import os

from score_phrases import REST

SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "data")


def phrases():
    """(name, kind, text of the page, begin, end in bytes)"""
    with open(os.path.join(SHARED, "plv", "PLV_train.tsv"), encoding="utf-8") as f:
        header = f.readline().rstrip("\n").split("\t")
        for number, line in enumerate(f):
            row = dict(zip(header, line.rstrip("\n").split("\t")))
            for kind in ("source", "target"):
                at = row["sentence"].find(row[kind])
                if at >= 0 and row[kind]:
                    begin = len(row["sentence"][:at].encode())
                    yield "plv%d" % number, kind, row["sentence"] + REST, begin, begin + len(row[kind].encode())
    with open(os.path.join(SHARED, "actors", "phrases.txt"), encoding="utf-8") as f:
        for number, line in enumerate(f):
            phrase = line.rstrip("\n")
            yield "list%d" % number, "list", phrase + " said so on Monday." + REST, 0, len(phrase.encode())


def answer(reading, begin, end):
    """The mention with a country that shares most of the phrase."""
    best, best_share = None, 0
    for m in reading.get("mentions") or []:
        shared = min(m["end"], end) - max(m["begin"], begin)
        share = shared / (max(m["end"], end) - min(m["begin"], begin))
        if shared > 0 and m["country"] and share > best_share:
            best, best_share = m, share
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="?")
    parser.add_argument("--pages", metavar="OUT.jsonl")
    parser.add_argument("--sample", type=int, default=0)
    options = parser.parse_args()
    if options.pages:
        pages = {name: text for name, _, text, _, _ in phrases()}
        with open(options.pages, "w", encoding="utf-8") as out:
            out.writelines(json.dumps({"url": n, "text": t}, ensure_ascii=False) + "\n" for n, t in pages.items())
    if options.readings:
        with open(options.readings, encoding="utf-8") as lines:
            readings = {r["page"]["url"]: r for r in map(json.loads, lines)}
        counts, sample = collections.defaultdict(collections.Counter), []
        for name, kind, text, begin, end in phrases():
            got = answer(readings.get(name, {}), begin, end)
            counts[kind].update(all=1, country=got is not None)
            if got is not None:
                sample.append((hashlib.sha256((name + kind).encode()).hexdigest(), text.encode()[begin:end].decode(), got, text[:-len(REST)]))
        for kind, c in counts.items():
            print("%-7s %d phrases, with a country %.3f" % (kind, c["all"], c["country"] / c["all"]))
        for _, phrase, got, text in sorted(sample, key=lambda s: s[0])[:options.sample]:
            print("\t".join((phrase, str(got["country"]), str(got["sector"]), str(got["name"]), ",".join(got.get("marks", ())), text)))


if __name__ == "__main__":
    main()
