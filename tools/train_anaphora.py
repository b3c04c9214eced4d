#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains data/lexicon/anaphora.tsv: whom pronouns, and nouns with "the", stand for. Run by hand; needs numpy.

    train_anaphora.py [--annals ANNALS] [-o data/lexicon/anaphora.tsv]

Out of text whose pronouns and what they stand for people marked: GUM's train and dev files but academic, textbook and voyage
(annotations CC BY 4.0) and MEANTIME (CC BY 4.0), under ../shared/data; and passages and pages of our own (data/judged/pronouns.tsv, told.txt). Each document is written as a page; `annals explain` tells of every pronoun who may be
meant, and by which signs. Right is a candidate of the marked chain, or nobody where none of the candidates is. One log-linear model a
kind of pronoun (one: he, she; many: they; thing: it; tools/loglinear.py). Prints what five folds of documents say of text that was not learned from. A second run sees the chains that the first run's weights made."""

import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy

import loglinear

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "shared", "data")
sys.path.append(os.path.join(HERE, "..", "tests", "speech"))
import measure_refer
import measure_said

CLASSES = ("one", "many", "thing", "called")
PENALTY = 2.0
TAG, NEAR = 30, 150  # bytes from the words that somebody says: "she" is one of many, and only the one beside them is surely who speaks
LINE = re.compile(r"^ +yes +(\d+)-(\d+) +(\d+) (?:and|(one|many|thing|called) -?\d+: (.*?) \| (.*?))  “")
WORTH = {"own": 2.0, "told": 3.0, "said": 3.0, "news": 3.0, "meantime": 3.0, "bio": 0.5, "interview": 1.0, "speech": 1.0, "vlog": 0.5}  # news is what is read


def texts():
    for genre in ("news", "bio", "interview", "speech", "vlog"):
        for part in ("train", "dev"):
            for name in glob.glob(os.path.join(DATA, "treebanks", "gum-%s-%s.conllu.gz" % (part, genre))):
                for doc, text, spans in measure_refer.documents(name):
                    yield "%s.%s.txt" % (genre, doc), Marked(text, [(b, e, entity) for b, e, entity, _ in spans], True)
    with open(os.path.join(DATA, "news-events", "meantime", "meantime.jsonl"), encoding="utf-8") as f:
        for line in f:
            page = json.loads(line)
            at = numpy.cumsum([0] + [len(c.encode()) for c in page["text"]])
            last = len(page["text"])  # some phrases run past the end of the text
            spans = [(int(at[s[0]]), int(at[min(s[1], last)]), (m.get("instance") or {}).get("instance_id") or (m.get("instance") or {}).get("TAG_DESCRIPTOR"))
                     for m in page["mentions"] if m["kind"] == "entity_mention" and m.get("instance") for s in m["spans"] if s[0] < last]
            yield "meantime.%s.txt" % page["doc"], Marked(page["text"].encode(), [s for s in spans if s[2]], False)
    yield from own_passages()
    yield from told_pages()
    for path in sorted(glob.glob(os.path.join(HERE, "..", "data", "said", "*.txt"))):
        for name, held, text, said in measure_said.pages([path]):
            if not held:
                yield "said.%s.txt" % name, SaidPage(text, said)


class Marked:
    """A text whose phrases are marked with the chain they are of."""

    def __init__(self, text, spans, whole):
        self.text, self.spans, self.whole = text, spans, whole

    def chain(self, place):
        """The chain of a pronoun; None: of nothing that is marked. Where only a part is marked that is no answer."""
        found = next((entity for b, e, entity in self.spans if (b, e) == place), None)
        if found is None and b" " in self.text[place[0]:place[1]]:  # "the head" of "the head of the mission"
            over = [(e, entity) for b, e, entity in self.spans if b == place[0] and e >= place[1]]
            found = min(over)[1] if over else None
        return (found, found is not None or self.whole)

    def right(self, places, chain, name):
        if chain is None:
            return False
        if len(places) > 1:  # a list is right where one phrase of the chain holds it all
            first, last = min(p[0] for p in places), max(p[1] for p in places)
            return any(b <= first and last <= e and e - b < last - first + 60 for b, e, entity in self.spans if entity == chain)
        over = [(e - b, entity) for b, e, entity in self.spans if b <= places[0][0] and places[0][1] <= e]
        return bool(over) and min(over)[1] == chain  # of the smallest marked phrase that the words stand in


class Own:
    """A passage of our own: of every pronoun the words that name whom it stands for; parts of a list joined by " ; "."""

    def __init__(self, text, answers):
        self.text = text.encode()
        words = (m for m in re.finditer(rb"\b[A-Za-z]+\b", self.text) if m.group().decode().lower() in measure_refer.PRONOUNS)
        self.answers = {m.span(): answers.get(i) for i, m in enumerate(words, 1)}

    def chain(self, place):
        answer = self.answers.get(place)
        return (None if answer == "-" else answer, answer not in (None, "?"))

    def named(self, name):
        return None  # what the words that are marked say, and not what the program says

    def right(self, places, chain, name):
        parts = (chain or "").split(" ; ")
        if chain is None or (len(places) > 1 and len(places) != len(parts)):
            return False
        for place in places:
            words = self.answers.get(place) or self.named(name) or self.text[place[0]:place[1]].decode()
            if not any(measure_refer.alike(words, part) for part in (parts if len(places) > 1 else [chain])):
                return False
        return True


class SaidPage(Own):
    """A page whose statements are marked: of pronouns, and of nouns with "the", that speak, whom they name."""

    def named(self, name):
        return name

    def __init__(self, text, said):
        self.text, self.answers = text, {}
        inside = measure_said.cover(s for g in said.values() for s in g.spans)
        for g in said.values():
            pronoun = g.words.lower() in ("he", "she", "they", "it")
            if g.nobody or not (pronoun or g.words.lower().startswith("the ")):
                continue
            near = lambda place: min(min(abs(place[0] - e), abs(b - place[1])) for b, e in g.spans)
            places = [m.span() for m in re.finditer(rb"\b%s\b" % re.escape(g.words.encode()), text) if m.start() not in inside]
            if places and near(min(places, key=near)) < (TAG if pronoun else NEAR):
                place = min(places, key=near)
                self.answers[place] = "-" if g.words == g.name else g.name


def own_passages():
    answers = {}
    with open(os.path.join(HERE, "..", "data", "judged", "pronouns.tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#") and not line.startswith("file\t"):
                name, passage, number, antecedent = line.rstrip("\n").split("\t")
                answers.setdefault((name, passage), {})[int(number)] = antecedent
    for name in sorted({name for name, _ in answers}):
        with open(os.path.join(HERE, "..", "data", "passages", name + ".txt"), encoding="utf-8") as f:
            for part in re.split(r"(?m)^= ", f.read())[1:]:
                lines = part.split("\n")
                passage = lines[0].split()[0]
                if (name, passage) in answers:
                    text = " ".join(x for x in lines[1:] if x and not re.match(r"[EeS] ", x) and x[0] != "#")
                    yield "own.%s.%s.txt" % (name, passage), Own(text, answers[name, passage])


def told_pages():
    """Pages of our own with what a pronoun stands for behind it, in braces."""
    with open(os.path.join(HERE, "..", "data", "judged", "told.txt"), encoding="utf-8") as f:
        body = "".join(line for line in f if not line.startswith("#"))
    for part in re.split(r"(?m)^= ", body)[1:]:
        number, text = part.split("\n", 1)
        page = Own(re.sub(r"\{[^}]*\}", "", text.strip() + "\n"), {})
        text = text.strip()
        for m in re.finditer(r"(\w+)\{([^}]*)\}", text):
            begin = len(re.sub(r"\{[^}]*\}", "", text[:m.start()]).encode())
            page.answers[(begin, begin + len(m[1].encode()))] = m[2]
        yield "told.%s.txt" % number, page


def questions(annals):
    """(document, class, [signs of nobody, of each candidate], [which are right])."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for name, gold in texts():
            path = os.path.join(folder, name)
            with open(path, "wb") as f:
                f.write(gold.text)
            told = subprocess.run([annals, "explain", "--private-names", path], capture_output=True, text=True).stdout
            found = {}  # the pronoun's number: its kind, and of nobody first [signs, places]
            for line in told.split("\n"):
                m = LINE.match(line)
                if not m:
                    continue
                place = (int(m[1]), int(m[2]))
                if m[4]:
                    found.setdefault(int(m[3]), (m[4], []))[1].append((m[5].split("; "), [place], m[6]))
                else:
                    found[int(m[3])][1][-1][1].append(place)
            for _, (kind, options) in sorted(found.items()):
                chain, known = gold.chain(options[0][1][0])
                if known:
                    right = [gold.right(places, chain, called) for _, places, called in options[1:]]
                    out.append((name, kind, [signs for signs, _, _ in options], [not any(right)] + right))
    return out


def fit(rows, names):
    return loglinear.choose([r[2] for r in rows], [r[3] for r in rows], names, PENALTY, [WORTH[r[0].split(".")[0]] for r in rows])


def judge(rows, names, w):
    return loglinear.judge([r[2] for r in rows], [r[3] for r in rows], names, w)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "build", "release", "annals"))
    parser.add_argument("-o", "--out", default=os.path.join(HERE, "..", "data", "lexicon", "anaphora.tsv"))
    args = parser.parse_args()
    rows = questions(args.annals)
    names = sorted({s for r in rows for signs in r[2] for s in signs})
    weights = {}
    for kind in CLASSES:
        own = [r for r in rows if r[1] == kind]
        learned = [(test, fit([r for r in own if r[0] not in test], names)) for test in loglinear.folds((r[0] for r in own), 5)]
        for genre in ("all", "own", "told", "said", "news", "bio", "meantime"):
            some = [r for r in own if genre == "all" or r[0].startswith(genre)]
            found = sum(judge([r for r in some if r[0] in test], names, w) for test, w in learned)
            party = sum(not r[3][0] for r in some)
            print("%-5s %-8s %4d with somebody: %s" % (kind, genre, party, loglinear.figures(*found, party)))
        weights[kind] = fit(own, names)
    loglinear.write(args.out,
                    "Whom a pronoun stands for (src/speech/anaphora.c): how much each sign says for a candidate, or for nobody, a thousandth of a logarithm each.\n"
                    "one: he, she; many: they, both; thing: it; called: \"the company\". Written by tools/train_anaphora.py from %d of GUM, MEANTIME (CC BY 4.0) and passages and pages of our own; not to be edited." % len(rows),
                    ("key", *CLASSES, "source"),
                    [(name, *(loglinear.thousandths(weights[k][i]) for k in CLASSES), "text in which people marked who is meant") for i, name in enumerate(names)])


if __name__ == "__main__":
    main()
