#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text with marked names, for tools/names.c to learn from.

    make_names.py OUT.txt [--copies N] FILE...

FILE is a .tsv of sentences with marks ("[person Amara Diallo]", data/examples/names.tsv: each a page of its own) or a CoNLL-U
file of GUM (its entities stand in the column MISC; a file may be gzipped), or a folder of such files, of which *-train* of GUM
are taken. Sentences of a .tsv are also given N times with other people, places and organisations in them, drawn from data/world
and from the sentences themselves: what names look like shall be learned, not which names there are. A page ends with an empty line.
The same files give the same bytes.
"""
import argparse
import csv
import glob
import gzip
import os
import random
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORLD = os.path.join(HERE, "..", "data", "world")
MARK = re.compile(r"\[(person|organisation|place|country) ([^\[\]]+)\]")
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
OPENED = re.compile(r"\((\d+)-([a-z]+)-[^()]*?-([0-9,]+)-(?:ana|coref|sgl|pred|appos|cata|disc|[a-z]+)[^()]*|\((\d+)[^()]*|(\d+)\)")


def table(name):
    with open(os.path.join(WORLD, name), encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


# ---- GUM ------------------------------------------------------------------------------------------------------

def sentences_of(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        rows, new = [], False
        for line in f:
            line = line.rstrip("\n")
            new |= line.startswith("# newdoc")
            if line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield new, rows
                rows, new = [], False


def is_name(words, first, end):
    inside = words[first:end]
    if end == first + 1 and inside[0][4] == "NNPS": # "Thais"
        return False
    caps = [w for w in inside if w[1][:1].isupper()]
    return bool(caps) and inside[0][1][:1].isupper() and any(w[3] == "PROPN" for w in inside) and inside[-1][3] in ("PROPN", "NUM", "NOUN", "X", "ADJ") and (
        inside[-1][1][:1].isupper() or inside[-1][3] in ("NUM", "PROPN"))


def marked(rows):
    """The sentence with its names marked: the widest entities whose own words are a name."""
    words = [r for r in rows if r[0].isdigit()]
    spans, open_ = [], []
    for i, r in enumerate(words):
        misc = next((f[7:] for f in r[9].split("|") if f.startswith("Entity=")), "")
        for piece in re.findall(r"\(\d+[^()]*\)?|\d+\)", misc):
            if piece.startswith("("):
                fields = piece.strip("()").split("-")
                open_.append((fields, i))
            if piece.endswith(")"):
                number = piece.strip("()").split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0][0] == number:
                        fields, begin = open_.pop(k)
                        minimal = [int(x) for x in fields[5].split(",")] if len(fields) > 5 and re.fullmatch(r"[0-9,]+", fields[5]) else []
                        if fields[1] in KINDS and minimal:
                            spans.append((begin + minimal[0] - 1, begin + minimal[-1], KINDS[fields[1]], i + 1))
                        break
    taken, begins, ends = set(), {}, {}
    for first, end, kind, limit in sorted(spans, key=lambda s: s[0] - s[1]):
        while kind == "person" and first < end - 1 and words[first][7] == "nmod:desc" and words[first][4] == "NNP" and words[first][1].rstrip(".") in TITLES:
            first += 1
        if end > limit or not is_name(words, first, end) or taken & set(range(first, end)):
            continue
        taken |= set(range(first, end))
        begins[first], ends[end - 1] = kind, True
    text, covered = "", {}
    for r in rows:
        if "-" in r[0]:
            a, b = (int(x) for x in r[0].split("-"))
            covered.update({k: (r[1], r[9], a, b) for k in range(a, b + 1)})
    for i, r in enumerate(words):
        form = r[1].replace("[", "(").replace("]", ")")
        surface, misc, a, b = covered.get(i + 1, (r[1], r[9], i + 1, i + 1))
        if i in begins:
            text += "[%s " % begins[i]
        text += form
        if i in ends:
            text += "]"
        if i + 1 == b and "SpaceAfter=No" not in misc:
            text += " "
    return text.strip()


# ---- Other names in the same sentences ---------------------------------------------------------------------------------

def pools(rows):
    people, country = {}, {}
    for p in table("people.tsv"):
        if p["given"] and p["family"] and " " not in p["given"].strip() and len(p["family"]) > 2:
            people.setdefault(p["country"], []).append((p["given"], p["family"]))
    people = [v for k, v in sorted(people.items()) if len(v) >= 5]
    places = [p["ascii"] if random.Random(p["geonameid"]).random() < .3 else p["name"] for p in table("places.tsv")]
    orgs = {True: [], False: []}
    for r in rows:
        for m in MARK.finditer(r):
            if m[1] == "organisation":
                orgs[r[:m.start()].lower().endswith("the ")].append(m[2])
    return people, [p for p in places if p[:1].isupper()], orgs


def other(m, text, draw, people, places, orgs, same):
    kind, name = m[1], m[2]
    if kind == "country" or (kind == "organisation" and draw.random() < .4) or (kind == "place" and draw.random() < .3):
        return m[0]
    if (kind, name) not in same:
        if kind == "person":
            parts, group = name.split(), draw.choice(people)
            given, family = draw.choice(group)[0], draw.choice(group)[1]
            if len(parts) == 1:
                new = given if draw.random() < .35 else family
            elif draw.random() < .3: # half of the name stays
                new = " ".join([given] + parts[1:]) if draw.random() < .5 else " ".join(parts[:-1] + [family])
            else:
                new = given + " " + family
        elif kind == "place":
            new = draw.choice(places)
        else:
            new = draw.choice(orgs[text[:m.start()].lower().endswith("the ")])
        same[kind, name] = new
    return "[%s %s]" % (kind, same[kind, name])


TITLES = {row["phrase"] for row in table("roles.tsv")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--copies", type=int, default=3)
    options = parser.parse_args()
    files = []
    for path in options.files:
        files += sorted(glob.glob(os.path.join(path, "gum-train-*"))) if os.path.isdir(path) else [path]
    with open(options.out, "w", encoding="utf-8") as out:
        for path in files:
            if path.endswith(".tsv"):
                with open(path, encoding="utf-8") as f:
                    rows = [line.rstrip("\n").split("\t")[-1 if path.endswith("gold.tsv") else 0] for line in f if line.strip() and not line.startswith("#")][1:]
                people, places, orgs = pools(rows)
                draw = random.Random(20170328)
                for row in rows:
                    out.write(row + "\n\n")
                    for _ in range(options.copies if MARK.search(row) else 0):
                        same = {}
                        out.write(MARK.sub(lambda m: other(m, row, draw, people, places, orgs, same), row) + "\n\n")
                continue
            for new, rows in sentences_of(path):
                if new:
                    out.write("\n")
                out.write(marked(rows) + "\n")
            out.write("\n")


if __name__ == "__main__":
    sys.exit(main())
