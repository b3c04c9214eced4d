#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score the names in readings of the sentences of names.tsv and names2.tsv, or make the sentences into pages.

    score_names.py --pages OUT.jsonl         a page a sentence: annals read OUT.jsonl > readings.jsonl
    score_names.py readings.jsonl            both halves, figures only
    score_names.py readings.jsonl --half look -v     and what was missed or extra
    score_names.py --selfcheck

A page is the sentence between two paragraphs without a name, the same on all: alone it may be too short for the page's language to be
known, and at the end of a page a line without a full stop (a headline, a caption) is no part of the article; nothing is read of it then. A mention is right when its kind and both its ends are (a leading article or a closing possessive is forgiven). `ends`
forgives the kind. Mentions of other kinds (group, role) and pronouns are left out, and nationality words, which the gold does not mark:
a country that a reading itself marks `adjective` ("Swiss", it names nobody) counts only where the gold has a name.
"""

import argparse
import collections
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDS = (("names.tsv", "n"), ("names2.tsv", "m"))  # files, and what their sentences' numbers begin with
BEFORE = ("What follows is one sentence of a longer report. It is told here as it was written, and nothing was left out of it or put "
          "into it. Those who read it may think of it what they will, but they should know that there was more before it and after it.\n\n")
AFTER = ("\n\nThat was the sentence, and more was said behind it. Nobody who reads this here was told what it was, and it does not matter for "
         "what is asked of them, which is only to know what they have read and to say so when they are asked.")
KINDS = ("person", "organisation", "country", "place")
MARK = re.compile(r"\[([a-z/]+) ([^\[\]]+)\]")
HALVES = ("look", "count")


class Sentence:
    """`text` without the marks; `names`: (begin, end, kinds) in bytes."""

    def __init__(self, letter, number, half, marked):
        self.name, self.half, self.text, self.names, at = letter + number, half, "", [], 0
        for m in MARK.finditer(marked):
            self.text += marked[at:m.start()]
            kinds = m[1].split("/")
            if set(kinds) - set(KINDS):
                sys.exit("names %s: unknown kind %s" % (self.name, m[1]))
            begin = len(self.text.encode())
            self.text += m[2]
            self.names.append((begin, len(self.text.encode()), kinds))
            at = m.end()
        self.text += marked[at:]
        if re.search(r"[\[\]]", self.text):
            sys.exit("names %s: a bracket that does not close" % self.name)


def read_gold(path, letter):
    with open(path, encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")][1:]
    for n, row in enumerate(rows):
        if len(row) != 3 or int(row[0]) != n + int(rows[0][0]) or row[1] != HALVES[n % 2]:
            sys.exit("%s: not the next row: %s" % (os.path.basename(path), row))
    return [Sentence(letter, *row) for row in rows]


def trimmed(data, begin, end):
    """The range without a leading article and a closing possessive."""
    m = re.match(rb"(?:the|The|THE) (?=.)", data[begin:end])
    begin += m.end() if m else 0
    m = re.search("['’]s?$".encode(), data[begin:end])
    return begin, end - len(m.group()) if m else end


def mentions(sentence, reading):
    """{(begin, end, kind)} of the kinds that are scored; a pronoun is no name."""
    got, data, before = set(), sentence.text.encode(), len(BEFORE.encode())
    for m in reading.get("mentions") or []:
        b, e = m.get("begin"), m.get("end")
        if m.get("kind") in KINDS and isinstance(b, int) and isinstance(e, int) and before <= b < before + len(data):
            b, e = b - before, e - before
            text = data[b:e].decode("utf-8", "replace")
            pronoun = not any(c.isupper() for c in text) or text.lower() in ("he", "she", "it", "they", "we", "i")
            nobody = pronoun or (m["kind"] == "country" and "adjective" in (m.get("marks") or []))
            if not nobody or (b, e) in {n[:2] for n in sentence.names}:  # somebody may be called He; "Iran" of "the Iran deal" is a name
                got.add(trimmed(data, b, e) + (m["kind"],))
    return got


def score(sentences, readings):
    """Counts: right, of the gold, of the output; by kind ("ends" forgives it), and the notes."""
    right, gold, output, notes = collections.Counter(), collections.Counter(), collections.Counter(), []
    for s in sentences:
        got, data = mentions(s, readings.get(s.name, {})), s.text.encode()
        ends, left = {g[:2] for g in got}, set(got)
        for begin, end, kinds in s.names:
            place = trimmed(data, begin, end)
            hit = [k for k in kinds if place + (k,) in got]
            gold.update((kinds[0], "all", "ends"))
            right["ends"] += place in ends
            if hit:
                left.discard(place + (hit[0],))
                right.update((kinds[0], "all"))
                output[kinds[0]] += 1
            else:
                notes.append("%s missed: %s “%s”" % (s.name, "/".join(kinds), data[begin:end].decode()))
        for b, e, kind in sorted(left):
            output[kind] += 1
            notes.append("%s extra: %s “%s”" % (s.name, kind, data[b:e].decode("utf-8", "replace")))
        output["all"] += len(got)
        output["ends"] += len(ends)
    return right, gold, output, notes


def f1(counts, key):
    right, gold, output = (c[key] for c in counts[:3])
    return 2 * right / (gold + output) if gold + output else 0.0


def show(half, sentences, counts, verbose):
    print("%s: %d sentences, %d names" % (half, len(sentences), counts[1]["all"]))
    for key in ("all", "ends") + KINDS:
        right, gold, output = (c[key] for c in counts[:3])
        print("  %-13s F1 %.3f  precision %.3f  recall %.3f  (right %d, output %d, gold %d)" % (
            key, f1(counts, key), right / output if output else 0, right / gold if gold else 0, right, output, gold))
    for note in counts[3] if verbose else ():
        print("    " + note)


def selfcheck(sentences):
    def answer(change):
        before = len(BEFORE.encode())
        return {s.name: {"mentions": [change(dict(begin=before + b, end=before + e, kind=k[0])) for b, e, k in s.names]} for s in sentences}

    good = score(sentences, answer(lambda m: m))
    assert all(f1(good, key) == 1 for key in ("all", "ends") + KINDS) and not good[3]
    assert f1(score(sentences, {}), "all") == 0
    other = score(sentences, answer(lambda m: dict(m, kind="person")))
    assert f1(other, "ends") == 1 and f1(other, "all") < .6 and f1(other, "place") == 0
    short = score(sentences, answer(lambda m: dict(m, end=m["end"] - 1)))
    assert f1(short, "all") < .05


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", nargs="?")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--pages", metavar="OUT.jsonl")
    parser.add_argument("-v", action="store_true", help="list misses and extras, of the look half only")
    parser.add_argument("--selfcheck", action="store_true")
    options = parser.parse_args()
    golds = [(os.path.join(HERE, name), letter) for name, letter in GOLDS]
    files = [read_gold(path, letter) for path, letter in golds if os.path.exists(path)]
    sentences = [s for file in files for s in file]
    if options.pages:
        with open(options.pages, "w", encoding="utf-8") as out:
            for s in sentences:
                if options.half in (None, s.half):
                    out.write(json.dumps({"text": BEFORE + s.text + AFTER, "url": s.name}, ensure_ascii=False) + "\n")
    if options.selfcheck:
        selfcheck(sentences)
        count = collections.Counter(k[0] for s in sentences for _, _, k in s.names)
        print("%d sentences, %d without names; %s" % (
            len(sentences), sum(not s.names for s in sentences), "  ".join("%s %d" % (k, count[k]) for k in KINDS)))
    if options.readings:
        with sys.stdin if options.readings == "-" else open(options.readings, encoding="utf-8") as lines:
            readings = [json.loads(line) for line in lines if line.strip()]
        by_url = {(r.get("page") or {}).get("url"): r for r in readings}
        for half in HALVES:
            for file in files if options.half in (None, half) else ():
                mine = [s for s in file if s.half == half]
                show("%s, %s" % (mine[0].name[0] + "...", half), mine, score(mine, by_url), options.v and half == "look")
        if len(files) > 1:
            for half in HALVES if options.half is None else (options.half,):
                mine = [s for s in sentences if s.half == half]
                show("both, " + half, mine, score(mine, by_url), False)
    elif not (options.pages or options.selfcheck):
        parser.error("nothing to do: give readings, --pages or --selfcheck")


if __name__ == "__main__":
    main()
