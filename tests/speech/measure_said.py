#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who said what, against pages whose statements are marked (data/said/*.txt; their heads say how).

    python3 tests/speech/measure_said.py [--annals ANNALS] [--losses] [-v] [FILE...]

Each page is read with --private-names, so that privacy hides no error. Totals of the pages that were learned from and of every fifth,
held out, stand apart. Found: a statement's content overlaps the marked one by .8 (intersection over union of bytes; several inside
one marked content count together, as in score_seeds.py, and so do several marked ones of one speaker that annals tells as one, since
writers differ in whether a quotation that goes on behind "she said" is one). Speaker: of those found, the name that annals gives, or where it gives none
the words that a pronoun stands for, or its own words, is the fullest name or phrase marked: the one's words stand in the other's, for pronouns and descriptions too. Words: the speaker's words are
those marked nearest, whatever they stand for. Precision: statements that are a marked one's; those of a speaker "-" count neither way.
Then what privacy makes of them: read without --private-names, how many statements found with their right speaker, whom a reader marked in
data/judged/public.tsv as public or private, give that name. --losses says where the rest went, and -v shows it, of pages that were learned from alone."""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ("direct", "mixed", "indirect")
MARK = re.compile(r"\{\{(\d+)\||\}\}|\[\[|\]\]")
HELD = 5  # every fifth page


class Said:
    """A marked statement: its ranges of bytes, kind, speaker's words, fullest name, source."""

    def __init__(self, kind, words, name, through):
        self.kind, self.words, self.name, self.through, self.spans = kind, words, name, through, []

    @property
    def nobody(self):
        return self.name == "-"


def pages(files):
    """(name, held out, text, {number: Said})"""
    for path in files:
        with open(path, encoding="utf-8") as f:
            body = "".join(line for line in f if not line.startswith("# "))
        for part in re.split(r"(?m)^= ", body)[1:]:
            head, rest = part.split("\n", 1)
            marked, lines = rest.split("\n--\n", 1)
            number = int(head.split("|")[0])
            name = "%s.%02d" % (os.path.splitext(os.path.basename(path))[0], number)
            said = {}
            for line in filter(None, lines.split("\n")):
                cells = [c.strip() for c in line.split("|")]
                if len(cells) != 5 or cells[1] not in KINDS:
                    sys.exit("%s: %s" % (name, line))
                said[int(cells[0])] = Said(*cells[1:])
            yield name, number % HELD == 0, unmark(name, marked.strip() + "\n", said), said


def unmark(name, marked, said):
    text, last, open_ = bytearray(), 0, []
    for m in MARK.finditer(marked):
        text += marked[last:m.start()].encode()
        last = m.end()
        if m[1]:
            open_.append((int(m[1]), len(text)))
        elif m[0] == "}}":
            number, begin = open_.pop()
            if number not in said:
                sys.exit("%s: nobody says %d" % (name, number))
            said[number].spans.append((begin, len(text)))
    if open_ or not all(s.spans for s in said.values()):
        sys.exit("%s: %s" % (name, open_ or "a statement without its words"))
    return bytes(text + marked[last:].encode())


def cover(spans):
    return {i for b, e in spans for i in range(b, e)}


def alike(a, b):
    words = lambda s: set(re.findall(r"\w+", s.lower())) - {"the", "a", "an", "s", "mr", "mrs", "ms", "dr"}
    a, b = words(a), words(b)
    return bool(a and b) and (a <= b or b <= a)


def speakers(statement):
    """(what they are called, as exports call them: the names, else the words that a pronoun stands for, else their own; their words)"""
    who = statement["speaker"]
    called = lambda s: s["name"] or (s.get("antecedent") or s)["text"]
    return " and ".join(called(s) for s in who), " and ".join(s["text"] for s in who)


def match(gold, told):
    """{number: statements} of what is found, and the matched places of told."""
    found, taken = {}, {}
    places = [cover((c["begin"], c["end"]) for c in s["content"]) for s in told]
    for i, p in enumerate(places):  # told as one: marked as several, all of one speaker
        parts = [n for n, g in gold.items() if len(cover(g.spans) & p) >= .8 * len(cover(g.spans))]
        union = set().union(*(cover(gold[n].spans) for n in parts)) if parts else set()
        if len(parts) > 1 and len({gold[n].name for n in parts}) == 1 and len(p & union) >= .8 * len(p | union):
            found.update((n, [i]) for n in parts)
            taken[i] = parts[0]
    for number, g in gold.items():
        want = cover(g.spans)
        score = [(len(want & p) / len(want | p), i) for i, p in enumerate(places) if p & want]
        best = max(score, default=(0, 0))
        same = lambda i: not alike(speakers(told[i])[0], g.name)  # of two that tell it, the one with the right speaker
        if number in found:
            continue
        if best[0] >= .8:
            ids = [min((i for s, i in score if s >= .8), key=lambda i: (same(i), -dict((b, a) for a, b in score)[i]))]
        else:
            ids = [i for _, i in score if len(places[i] & want) >= .8 * len(places[i])]
            union = set().union(*(places[i] for i in ids)) if ids else set()
            if len(want & union) < .8 * len(want | union):
                continue
        found[number] = ids
        for i in ids:
            taken[i] = number
    return found, taken, places


def right(g, told, ids):
    names = [speakers(told[i]) for i in ids]
    return all(alike(name, g.name) for name, _ in names), all(alike(words, g.words) or alike(words, g.name) for _, words in names)


def marked_people():
    """{(page, name): what a reader says that somebody is}"""
    with open(os.path.join(HERE, "..", "..", "data", "judged", "public.tsv"), encoding="utf-8") as f:
        rows = [line.split("\t") for line in f if line.startswith("said/")]
    return {(r[0][len("said/"):], r[1]): r[2] for r in rows}


def given_names(annals, folder):
    """{page: the names of each statement's speakers, as everybody gets them}"""
    done = subprocess.run([annals, "read", folder], capture_output=True, text=True)
    readings = map(json.loads, done.stdout.splitlines())
    return {os.path.basename(r["page"]["path"]): [[w["name"] for w in s["speaker"]] for s in r["statements"] if s["repeats"] is None] for r in readings}


def loss(g, told, places):
    want = cover(g.spans)
    touch = [i for i, p in enumerate(places) if p & want]
    if not touch:
        return "missed"
    i = max(touch, key=lambda i: len(places[i] & want) / len(places[i] | want))
    if len(places[i] & want) / len(places[i] | want) < .1:
        return "missed, another's touches it"
    more, less = len(places[i] - want), len(want - places[i])
    return "cut: too long" if more > less else "cut: too short"


def explained(annals):
    """(page, its gold, what `annals explain` tells of it, line by line; its bytes) of the pages of data/said that are not held out: what the trainers of src/speech read."""
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        for name, held, text, said in pages(sorted(glob.glob(os.path.join(here, "..", "..", "data", "said", "*")))):
            if held:
                continue
            path = os.path.join(folder, name + ".txt")
            with open(path, "wb") as f:
                f.write(text)
            told = subprocess.run([annals, "explain", "--private-names", path], capture_output=True, text=True).stdout
            yield name, said, told.split("\n"), text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "..", "build", "release", "annals"))
    parser.add_argument("--losses", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    files = args.files or sorted(glob.glob(os.path.join(HERE, "..", "..", "data", "said", "*.txt")))
    count, lost, given, people = collections.Counter(), collections.Counter(), collections.Counter(), marked_people()
    with tempfile.TemporaryDirectory() as folder:
        all_ = {name + ".txt": (held, text, said) for name, held, text, said in pages(files)}
        for name, (_, text, _) in all_.items():
            with open(os.path.join(folder, name), "wb") as f:
                f.write(text)
        done = subprocess.run([args.annals, "read", "--private-names", folder], capture_output=True, text=True)
        shown = given_names(args.annals, folder)
        for line in done.stdout.splitlines():
            reading = json.loads(line)
            name = os.path.basename(reading["page"]["path"])
            held, text, gold = all_[name]
            told = [s for s in reading["statements"] if s["repeats"] is None]
            found, taken, places = match(gold, told)
            for i, s in enumerate(told):
                if i in taken and gold[taken[i]].nobody:
                    continue
                count[held, s["kind"], "told"] += 1
                count[held, s["kind"], "of a marked one"] += i in taken
                if i not in taken and not held:
                    best = max(gold.items(), key=lambda g: len(cover(g[1].spans) & places[i]), default=None)
                    touch = best and cover(best[1].spans) & places[i]
                    lost["told, " + ("touching a marked one" if touch else "nothing marked"), s["why"][0].split(":")[0]] += 1
                    if args.verbose and not touch:
                        print("%s  OVER [%s] %s | %s" % (name, "; ".join(s["why"]), speakers(s), " … ".join(c["text"] for c in s["content"])))
            for number, g in gold.items():
                if g.nobody:
                    continue
                count[held, g.kind, "marked"] += 1
                why = None
                if number in found:
                    whole, words = right(g, told, found[number])
                    count[held, g.kind, "found"] += 1
                    count[held, g.kind, "speaker"] += whole
                    count[held, g.kind, "words"] += words
                    what = people.get((name[:-len(".txt")], g.name)) if whole else None
                    given[what] += 1
                    given[what, "named"] += what is not None and any(shown[name][found[number][0]])
                    if not whole:
                        why = "speaker: " + ("words right" if words else "none" if not told[found[number][0]]["speaker"] else "another")
                else:
                    why = loss(g, told, places)
                if why and not held:
                    lost[g.kind, why] += 1
                    if args.verbose:
                        near = [(speakers(told[i]), s["why"][0], " … ".join(c["text"] for c in s["content"])) for i, s in enumerate(told) if places[i] & cover(g.spans)]
                        print("%s %d %s  %s: %s (%s): %s\n      told: %s" % (name, number, g.kind, why.upper(), g.words, g.name, " … ".join(text[b:e].decode() for b, e in g.spans), near))
    for held in (False, True):
        print("held out" if held else "learned from")
        for kind in KINDS + ("all",):
            n = lambda what: sum(count[held, k, what] for k in KINDS if kind in (k, "all"))
            print("  %-8s %4d: found %.3f, speaker %.3f (words %.3f), found with the right speaker %.3f; precision %.3f of %d" % (
                kind, n("marked"), n("found") / max(n("marked"), 1), n("speaker") / max(n("found"), 1), n("words") / max(n("found"), 1), n("speaker") / max(n("marked"), 1),
                n("of a marked one") / max(n("told"), 1), n("told")))
    for what in sorted(w for w in given if isinstance(w, str)):
        print("whom a reader marked as %s: %d statements with the right speaker, %d give the name" % (what, given[what], given[what, "named"]))
    if args.losses:
        for (kind, why), n in sorted(lost.items(), key=lambda x: (x[0][0], -x[1])):
            print("  %-28s %-32s %4d" % (kind, why, n))


if __name__ == "__main__":
    main()
