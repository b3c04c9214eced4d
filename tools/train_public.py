#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/public.tsv and callings.tsv: who is public by what a page says (src/world/public.c). Run by hand; needs numpy, xxhash.

    train_public.py [--annals ANNALS] [-o data/lexicon]

Out of people of pages of our own, each marked by a reader (data/judged/public.tsv). `annals explain` tells the signs of every name that
the rules leave private; these are learned from and nobody else. Whom the page only asks as an expert is private (docs/world.md). Two weights' kinds: of
signs and words, and of the numbers of GloVe of what somebody is called and of the words beside it (sums, so that each word adds its own).
One log-linear model (tools/loglinear.py). Prints what ten folds of pages and stories say of
the people of data/said and data/compared: how many public ones are named where how many private ones are."""
import argparse
import collections
import glob
import os
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata

import numpy
import xxhash

import loglinear

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..")
JUDGED = os.path.join(ROOT, "data", "judged", "public.tsv")
sys.path.append(os.path.join(ROOT, "tests", "speech"))
import measure_said

LINE = re.compile(r"^ +(?:yes|no) +\d+-\d+ +public (-?\d+): (.*?)\| (.*?)  “")
WORD = re.compile(r"(is|with|does|suffers|has) (.*)")
LAWYER = re.compile(r"lawyer|attorney|counsel|barrister|solicitor|advocate", re.I)  # a group's own is named by voices.c, anybody else's stays private (docs/world.md)
KINDS = ("is", "with")                      # of which GloVe is asked
FOLDS, SEEN, SIZE = 10, 2, 50
PENALTY, PENALTY_OF_WORDS, PENALTY_OF_NUMBERS = 1.0, 3.0, 4.0
SENTENCES, CALLINGS = .5, .3                # what a sentence of data/examples counts, of a page; a plain sentence of called.tsv
PLAIN = ("%s Ada Holt said the road was shut.", "The road was shut, %s Ada Holt said.", "Ada Holt, %s in Lorne, said the road was shut.", "The %s, Ada Holt, told reporters that the road was shut.",
         "On Tuesday %s Ada Holt told reporters that the road was shut.", "The road was shut, according to Ada Holt, %s.")  # alike for both, so that words alone are learned


class Vectors:
    """src/base/vectors.h"""

    def __init__(self, path):
        with open(path, "rb") as f:
            data = f.read()
        part = {}
        for i in range(struct.unpack_from("<I", data, 40)[0]):
            name, at, size = struct.unpack_from("<8sQQ", data, 48 + 24 * i)
            part[name.rstrip(b"\0").decode()] = data[at:at + size]
        self.starts = numpy.frombuffer(part["starts"], "<u4")
        self.words = numpy.frombuffer(part["words"], numpy.uint8).reshape(-1, 12)
        self.centres = numpy.frombuffer(part["centres"], numpy.int8).reshape(10, 256, 5)

    def of(self, word):
        folded = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
        code = xxhash.xxh3_64_intdigest(folded.encode())
        for row in self.words[self.starts[code >> 48]:self.starts[(code >> 48) + 1]]:
            if int(row[0]) | int(row[1]) << 8 == code >> 32 & 0xffff:
                return numpy.concatenate([self.centres[p, row[2 + p]] for p in range(10)]) / 32
        return numpy.zeros(SIZE)


def compared(path):
    stem, story, page, lines, out = os.path.basename(path)[:-4], None, None, [], {}
    with open(path, encoding="utf-8") as f:
        for line in f.read().split("\n") + ["=== end |"]:
            if line.startswith("=="):
                if page:
                    out["compared/%s.%s.%s" % (stem, story, page)] = re.sub(r"\{\d+:([^{}]*)\}", r"\1", "\n".join(lines)).strip() + "\n"
                head, lines = line.lstrip("= ").split("|")[0].strip(), []
                story = head.lstrip("S") if line.startswith("===") else story
                page = None if line.startswith("===") or head == "facts" else head
            else:
                lines.append(line)
    return out


def passages(path):
    with open(path, encoding="utf-8") as f:
        parts = re.split(r"(?m)^= ", "".join(line for line in f if not line.startswith("#")))[1:]
    return {"passages/%s.%s" % (os.path.basename(path)[:-4], part[:3]): "\n".join(
        line for line in part.split("\n")[1:] if not re.match("[EeSs] ", line)).strip() + "\n" for part in parts}


def sentences(path):
    with open(path, encoding="utf-8") as f:
        plain = lambda text: re.sub(r"\[(?:person|organisation|place|country) ([^\[\]]*)\]", r"\1", text)
        return {"examples/%s.%d" % (os.path.basename(path)[:-4], n): plain(plain(line.split("\t")[0])) + "\n" for n, line in enumerate(f, 1)}


def texts():
    found = {"said/" + name: text.decode() for name, held, text, _ in measure_said.pages(sorted(glob.glob(os.path.join(ROOT, "data", "said", "*.txt")))) if not held}
    for folder, read, pattern in (("compared", compared, "*.txt"), ("passages", passages, "*.txt"), ("examples", sentences, "names*.tsv")):
        for path in sorted(glob.glob(os.path.join(ROOT, "data", folder, pattern))):
            found.update(read(path))
    return found


def callings():
    """(text, name, public) in two plain sentences each."""
    with open(os.path.join(ROOT, "data", "judged", "called.tsv"), encoding="utf-8") as f:
        rows = [line.split("\t") for line in f if not line.startswith(("#", "calling\t"))]
    for i, (calling, what, _) in enumerate(rows):
        article = "an " if calling[0].lower() in "aeiou" else "a "
        for form in (PLAIN[i % len(PLAIN)], PLAIN[(i + 1 + i // len(PLAIN) % 5) % len(PLAIN)]):
            called = article + calling if form.endswith(", %s.") or ", %s in" in form else calling
            text = form % called
            yield text[0].upper() + text[1:] + "\n", "Ada Holt", what == "public"


def judged():
    people = collections.defaultdict(list)
    with open(JUDGED, encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#") and not line.startswith("page\t"):
                page, name, what, words, _, _, _ = line.rstrip("\n").split("\t")
                people[page].append((name, what, words))
    return people


def drawn(annals, text):
    """(signs, name) of those whom the rules leave private."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as f:
        f.write(text.encode())
        f.flush()
        out = subprocess.run([annals, "explain", "--private-names", f.name], capture_output=True, text=True).stdout
    return [(m[2].strip("; ").split("; "), m[3]) for m in map(LINE.match, out.split("\n")) if m]


def rows_of(annals):
    """(page, signs, public, weight): a page is a story where it is a report of one."""
    rows, text = [], texts()
    for page, people in judged().items():
        portraits = drawn(annals, text[page])
        for name, what, words in people:
            found = next((p for p in portraits if measure_said.alike(p[1], name)), None)
            unsaid = words == "-" and what != "private" and page.startswith(("said", "compared"))  # only another report tells it
            bare = page.startswith("examples") and found and "nothing is said of whom" in found[0]
            if found is None or unsaid or bare:
                continue
            portraits.remove(found)
            group = page.rsplit(".", 1)[0] if page.startswith("compared") else page
            rows.append((group, [word_of(s) for s in found[0]], what == "public" or (what == "spokesperson" and not LAWYER.search(words)), SENTENCES if page.startswith("examples") else 1))
    for i, (sentence, name, what) in enumerate(callings()):
        found = next((p for p in drawn(annals, sentence) if measure_said.alike(p[1], name)), None)
        if found:
            rows.append(("callings.%d" % (i // 2), [word_of(s) for s in found[0]], what, CALLINGS))
    return rows


def word_of(sign):
    m = WORD.match(sign)
    return "%s %s" % (m[1], m[2].lower()) if m else sign


def names_of(rows):
    seen = collections.Counter(s for r in rows for s in set(r[1]))
    return [s for s in sorted(seen) if seen[s] >= SEEN or not WORD.match(s)]


def matrix(rows, names, vectors):
    numbers = numpy.zeros((len(rows), len(KINDS) * SIZE))
    for at, row in zip(numbers, rows):
        for m in filter(None, map(WORD.match, row[1])):
            if m[1] in KINDS:
                at[KINDS.index(m[1]) * SIZE:][:SIZE] += vectors.of(m[2])
    return numpy.hstack([loglinear.matrix([row[1] for row in rows], names), numbers])


def fit(x, y, share, names):
    penalty = [PENALTY_OF_WORDS if WORD.match(n) else PENALTY for n in names] + [PENALTY_OF_NUMBERS] * (x.shape[1] - len(names))
    return loglinear.tell(x, y, penalty, share)


def folds(rows, vectors):
    names = names_of(rows)
    x, y, share = matrix(rows, names, vectors), numpy.array([float(r[2]) for r in rows]), numpy.array([r[3] for r in rows])
    score = numpy.zeros(len(rows))
    for left_out in loglinear.folds((r[0] for r in rows), FOLDS, mixed=True):
        test = numpy.array([r[0] in left_out for r in rows])
        score[test] = x[test] @ fit(x[~test], y[~test], share[~test], names)
    pages = numpy.array([r[0].startswith(("said", "compared")) for r in rows])
    public, private = score[pages & (y == 1)], score[pages & (y == 0)]
    print("of those whom the rules leave private: %d public, %d private; not learned from:" % (len(public), len(private)))
    for limit in (0, .5, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3.5, 4):
        print("  limit %.2f: named %.3f of the public (%d), %.3f of the private (%d)" % (limit, (public >= limit).mean(), (public >= limit).sum(), (private >= limit).mean(), (private >= limit).sum()))
    return names, fit(x, y, share, names)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(ROOT, "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(ROOT, "data", "lexicon"))
    args = parser.parse_args()
    rows, vectors = rows_of(args.annals), Vectors(os.path.join(ROOT, "data", "models", "vectors.an"))
    names, w = folds(rows, vectors)
    numbers = ["%s %d" % (kind, i) for kind in KINDS for i in range(SIZE)]
    told = [(n, loglinear.thousandths(v), "people marked as public or private") for n, v in zip(names + numbers, w)]
    loglinear.write(os.path.join(args.out, "public.tsv"),
                    "Who is public by what a page says (src/world/public.c): how much each sign says for a part in public life, a thousandth of a logarithm each.\n"
                    "Written by tools/train_public.py from %d people of our own pages; not to be edited." % len(rows), ("key", "weight", "source"),
                    [t for t in told if not WORD.match(t[0])])
    loglinear.write(os.path.join(args.out, "callings.tsv"),
                    "What words say for a part in public life (is: what somebody is called; with: a word beside that; does, suffers, has: what they do, what is done to\n"
                    "them, what is theirs): thousandths of a logarithm, beside the signs of public.tsv. \"is 7\": of a number of GloVe's of such a word, where 32 is one.\n"
                    "Written by tools/train_public.py; not to be edited.", ("key", "weight", "source"),
                    [t for t in told if WORD.match(t[0])])


if __name__ == "__main__":
    main()
