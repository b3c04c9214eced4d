#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of comparison against the marked reports of data/compared (docs/accuracy.md).

    ANNALS=... ANNALS_DATA=... tests/story/measure_compared.py [-v|-e|-c] FILE...        (four.txt and nine.txt are held out: none of -v, -e, -c)

The reports of a story are held to be one story. Two values of a row, of two reports, are a right pair where both lie in marks of one fact.
Prints the precision of such pairs, for how many of the facts that two reports tell a row was found, and how many of those have the marked
verdict (values of one position agree). A row that says "agree" clashes where two of its values lie in marks of a fact that the reports do not
tell alike: these two ("within"), or one of them and a third ("third"). -v: every pair and every fact without a row; -e: the wrong verdicts;
-c: the clashes."""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

ANNALS, DATA = os.environ["ANNALS"], os.environ["ANNALS_DATA"]
APART = {"conflict", "scope", "update"}


def parse(path):
    stories, story, page, facts = [], None, None, False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        part = [x.strip() for x in line.lstrip("= ").split("|")]
        if line.startswith("=== "):
            story, page, facts = dict(id=part[0], pages={}, facts={}), None, False
            stories.append(story)
        elif line.startswith("== facts"):
            page, facts = None, True
        elif line.startswith("== "):
            page, facts = dict(outlet=part[1], day=part[2], lines=[]), False
            story["pages"][part[0]] = page
        elif facts and line.strip():
            pairs = {tuple(x.strip()[:3].split("-")): x.split()[1] for x in part[2].split(",")}
            story["facts"][part[0]] = dict(kind=part[1], pairs=pairs, about=part[3])
        elif page is not None:
            page["lines"].append(line)
    return stories


def plain(page):
    """The text without its marks; they become ranges of its bytes."""
    page["text"], page["marks"] = "", []
    for m in re.finditer(r"\{(\d+):([^{}]*)\}|([^{}]+)", "\n".join(page["lines"]).strip() + "\n"):
        begin = len(page["text"].encode())
        page["text"] += m[2] if m[1] else m[3]
        if m[1]:
            page["marks"].append((m[1], begin, len(page["text"].encode())))


def rows(story, folder):
    folder, files = tempfile.mkdtemp(dir=folder), {}
    meta, join, record = (os.path.join(folder, name) for name in ("meta.tsv", "join.tsv", "record.db"))
    with open(meta, "w", encoding="utf-8") as f:
        f.write("path\turl\toutlet\tpublished\n")
        for name, page in story["pages"].items():
            plain(page)
            file = os.path.join(folder, name + ".txt")
            files[file] = name
            with open(file, "w", encoding="utf-8") as text:
                text.write(page["text"])
            f.write("%s\thttps://%s.example/%s\t%s\t%s\n" % (file, re.sub(r"\W", "", page["outlet"]).lower(), story["id"], page["outlet"], page["day"]))
    first, *others = files
    with open(join, "w", encoding="utf-8") as f:
        f.write("id\tfield\tvalue\twho\n" + "".join("%s\tjoin\t%s\ttest\n" % (first, other) for other in others))
    subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, "--corrections", join, *files, "-o", record], capture_output=True)
    out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        told = json.loads(line)
        name = {r["sha256"]: files[r["path"]] for r in told["readings"]}
        for c in told["comparisons"]:
            yield c, [dict(v, page=name[v["reading"]]) for v in c["values"]]


def facts_at(story, value):
    return {mark for mark, begin, end in story["pages"][value["page"]]["marks"] if begin < value["end"] and value["begin"] < end}


def clashes(story, values):
    """Of each fact that two reports of a row tell: how it clashes, or None."""
    touched = collections.defaultdict(set)
    for v in values:
        for fact in facts_at(story, v):
            touched[fact].add(v["page"])
    for number, pages in touched.items():
        fact = story["facts"].get(number)
        if fact and len(pages) > 1:
            within = {verdict for pair, verdict in fact["pairs"].items() if pages.issuperset(pair)}
            yield fact, "within" if within & APART else "third" if APART.intersection(fact["pairs"].values()) else None


def measure_clashes(story, c, values, clash, options):
    clash["rows", c["kind"]] += 1
    for fact, how in clashes(story, values):
        clash[how or "well", c["kind"]] += 1
        if "-c" in options:
            print(story["id"], c["kind"], how or "well", "|", fact["kind"], fact["about"], fact["pairs"] if how else "", "|", c["why"], "|", " | ".join(v["page"] + ": " + v["text"][:100] for v in values))


def measure(story, folder, tally, confused, clash, options):
    found = collections.defaultdict(list)
    for c, values in rows(story, folder):
        tally["rows"] += 1
        if c["verdict"] == "agree":
            measure_clashes(story, c, values, clash, options)
        for i, v in enumerate(values):
            for w in values[:i]:
                if v["page"] == w["page"]:
                    continue
                a, b = sorted((v, w), key=lambda x: x["page"])
                same = facts_at(story, a) & facts_at(story, b)
                verdict = "agree" if v["position"] == w["position"] else c["verdict"]
                tally["pairs", c["kind"]] += 1
                tally["right", c["kind"]] += bool(same)
                for fact in same:
                    found[fact, a["page"], b["page"]].append(verdict)
                    want = story["facts"][fact]["pairs"].get((a["page"], b["page"]))
                    if "-e" in options and want != verdict:
                        print(story["id"], a["page"] + b["page"], "want", want, "got", verdict, "(%s) |" % c["why"], a["text"][:80], "|", b["text"][:80])
                if "-v" in options:
                    print(story["id"], a["page"] + b["page"], c["kind"], c["verdict"], "right" if same else "-", "|", a["text"][:80], "|", b["text"][:80])
    for number, fact in story["facts"].items():
        for (a, b), want in fact["pairs"].items():
            got = found.get((number, a, b), [])
            tally["marked"] += 1
            tally["found"] += bool(got)
            tally["marked", fact["kind"]] += 1
            tally["found", fact["kind"]] += bool(got)
            tally["verdict"] += want in got
            if got:
                confused[want, want if want in got else got[0]] += 1
            elif "-v" in options:
                print(story["id"], a + b, "missed", fact["kind"], want, fact["about"])


def main():
    options, files = [a for a in sys.argv[1:] if a[0] == "-"], [a for a in sys.argv[1:] if a[0] != "-"]
    tally, confused, clash = collections.Counter(), collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            for story in parse(path):
                measure(story, folder, tally, confused, clash, options)
    kinds = sorted({k[1] for k in tally if k[0] == "pairs"})
    right, told = sum(tally["right", k] for k in kinds), sum(tally["pairs", k] for k in kinds)
    print("rows %d; pairs right %.3f (%d of %d): %s" % (tally["rows"], right / max(1, told), right, told, ", ".join("%s %d/%d" % (k, tally["right", k], tally["pairs", k]) for k in kinds)))
    print("facts with a row %.3f (%d of %d): %s" % (tally["found"] / tally["marked"], tally["found"], tally["marked"], ", ".join(
        "%s %d/%d" % (k[1], tally["found", k[1]], n) for k, n in sorted((k, n) for k, n in tally.items() if k[0] == "marked" and isinstance(k, tuple)))))
    print("verdict right of those %.3f; marked > given: %s" % (tally["verdict"] / max(1, tally["found"]), ", ".join("%s > %s %d" % (a, b, n) for (a, b), n in sorted(confused.items()))))
    print("agree rows, facts told alike in them / not by two of them / not by a third: %s" % ", ".join(
        "%s %d, %d / %d / %d" % (kind, n, clash["well", kind], clash["within", kind], clash["third", kind]) for (of, kind), n in sorted(clash.items()) if of == "rows"))


if __name__ == "__main__":
    main()
