#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check news.spec and news2.spec, print their sentences, or score a parse of them.

    score_spec.py --check                      every arc names words of its sentence (always done first)
    score_spec.py --text > sentences.txt       one sentence a paragraph, for `annals parse`
    score_spec.py --parse out.conllu [-v]      the share of the arcs that the parse has
    score_spec.py --parse out.conllu --half count

A case belongs to the half that may be looked at (look: all of news.spec) or to the half that is only counted. --half
chooses the cases that are scored; the text and the parse always hold all of them. -v lists the wrong arcs of the half
look, never those of the half count.

The parse is CoNLL-U of the sentences in their order. Tokens are laid on the text letter by letter, so another
tokenisation or another cut of sentences costs only the arcs that it touches. An arc is right when some token of the
dependent word hangs on the head word (ROOT: on 0) by the universal part of an accepted relation. Whoever is asked, told, allowed
or urged to do something is obj by UD's guidelines and iobj in the treebanks (EWT and GUM train: allow 30 of 30, ask 27 of 27, tell 15
of 15, urge 5 of 8): beside an xcomp either is right.
"""

import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SPECS = [os.path.join(HERE, name) for name in ("news.spec", "news2.spec")]
HALVES = ("look", "count")


class Case:
    def __init__(self, spec, section, half, text):
        self.spec, self.section, self.half, self.text, self.arcs = spec, section, half, text, []

    def place(self, word):
        """(begin, end) of a word in the text, letters only counted; None when it is not there."""
        word, _, nth = word.partition("#")
        at = -1
        for _ in range(int(nth or 1)):
            at = self.find(word, at + 1)
            if at < 0:
                return None
        begin = len("".join(self.text[:at].split()))
        return begin, begin + len(word)

    def find(self, word, at):
        """The next place of a whole word."""
        while True:
            at = self.text.find(word, at)
            if at < 0:
                return -1
            around = self.text[at - 1:at], self.text[at + len(word):at + len(word) + 1]
            if not any(c.isalnum() for c in around):
                return at
            at += 1


def read_spec(path):
    cases, section, half, errors = [], "", None, []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.strip()
            if line.startswith("; ----"):
                section = line.strip("; -")
            elif line.startswith("; half:"):
                if half or line[7:].strip() not in HALVES:
                    errors.append("%s:%d: no half of a case: %s" % (path, number, line))
                half = line[7:].strip()
            elif line.startswith("# "):
                cases.append(Case(os.path.basename(path), section, half, line[2:]))
                half = None
            elif line and not line.startswith(";"):
                parts = line.split(" < ")
                if len(parts) != 3 or not cases:
                    errors.append("%s:%d: no arc: %s" % (path, number, line))
                    continue
                dependent, relations, heads = parts[0], parts[1].split("|"), parts[2].split("|")
                for word in [dependent] + [h for h in heads if h != "ROOT"]:
                    if cases[-1].place(word) is None:
                        errors.append("%s:%d: no word “%s” in: %s" % (path, number, word, cases[-1].text))
                cases[-1].arcs.append((dependent, {r.split(":")[0] for r in relations}, heads))
    errors += ["%s: no arcs: %s" % (path, c.text) for c in cases if not c.arcs]
    if half:
        errors.append("%s: a half without its case at the end" % path)
    if any(c.half for c in cases):
        errors += ["%s: no half: %s" % (path, c.text) for c in cases if not c.half]
    for case in cases:
        case.half = case.half or "look"
    return cases, errors


def read_conllu(path):
    """All tokens in order: (form, key, key of the head or None for the root, relation)."""
    tokens, sentence, taken = [], 0, False
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                head = (sentence, int(cells[6])) if cells[6].isdigit() and cells[6] != "0" else None
                tokens.append((cells[1], (sentence, int(cells[0])), head, cells[7].split(":")[0]))
                taken = True
            elif not line.strip() and taken:
                sentence, taken = sentence + 1, False
    return tokens


def lay(cases, tokens):
    """For each case its tokens with their places in its letters."""
    laid, queue = [], iter(tokens)
    for case in cases:
        letters, at, mine = "".join(case.text.split()), 0, []
        while at < len(letters):
            token = next(queue, None)
            if token is None:
                raise ValueError("the parse ends in: %s" % case.text)
            size = len("".join(token[0].split()))
            if letters[at:at + size] != "".join(token[0].split()):
                raise ValueError("token “%s” does not fit at: %s" % (token[0], letters[at:at + 20]))
            mine.append((at, at + size, token))
            at += size
        laid.append(mine)
    return laid


def holds(case, mine, arc):
    dependent, relations, heads = arc

    def keys(word):
        begin, end = case.place(word)
        return {t[1] for b, e, t in mine if b < end and begin < e}
    accepted = set().union(*(keys(h) for h in heads if h != "ROOT"))
    if "obj" in relations and any(t[2] in accepted and t[3] == "xcomp" for _, _, t in mine):
        relations = relations | {"iobj"}
    return any(t[3] in relations and (t[2] in accepted or t[2] is None and "ROOT" in heads)
               for _, _, t in mine if t[1] in keys(dependent))


class Count:
    def __init__(self):
        self.sentences = self.right = self.arcs = 0

    def __str__(self):
        return "%.4f (%d/%d arcs of %d sentences)" % (self.right / max(self.arcs, 1), self.right, self.arcs, self.sentences)

    def row(self):
        if not self.arcs:
            return "%26s" % "-"
        return "%4d %4d/%-4d arcs %5.1f %%" % (self.sentences, self.right, self.arcs, 100 * self.right / self.arcs)


def score(cases, laid, half, verbose):
    counts = {}
    for case, mine in zip(cases, laid):
        if half not in ("all", case.half):
            continue
        right = [holds(case, mine, arc) for arc in case.arcs]
        for kind in ("section", case.section), ("half", case.half), ("file", case.spec), ("spec", ""):
            for part in ("all", case.half):
                count = counts.setdefault(kind, {}).setdefault(part, Count())
                count.sentences += 1
                count.right += sum(right)
                count.arcs += len(right)
        for arc, good in zip(case.arcs, right):
            if verbose and not good and case.half == "look":
                print("wrong: %s < %s < %s  in: %s" % (arc[0], "|".join(sorted(arc[1])), "|".join(arc[2]), case.text))
    parts = ("all",) + HALVES if half == "all" else (half,)
    print("%-52s" % "sentences and arcs" + "   ".join("%-26s" % part for part in parts))
    for (kind, name), count in counts.items():
        if kind == "section":
            print("%-52s" % name + "   ".join(count.get(part, Count()).row() for part in parts))
    for wanted in "file", "half":
        for (kind, name), count in counts.items():
            if kind == wanted:
                print("%s: %s" % (name, count["all"]))
    print("spec: %s" % counts.get(("spec", ""), {}).get("all", Count()))


def main():
    parser = argparse.ArgumentParser(description="Check or score the sentences of news.spec and news2.spec.")
    parser.add_argument("--spec", action="append", help="read this file instead (may be repeated)")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--parse", metavar="CONLLU")
    parser.add_argument("--half", choices=HALVES + ("all",), default="all", help="the cases that are scored")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the arcs of the half look that are wrong")
    args = parser.parse_args()
    cases, errors = [], []
    for path in args.spec or SPECS:
        more, wrong = read_spec(path)
        cases += more
        errors += wrong
    texts = [case.text for case in cases]
    errors += ["twice: %s" % text for text in sorted({t for t in texts if texts.count(t) > 1})]
    if errors:
        sys.exit("\n".join(errors))
    if args.text:
        print("\n\n".join(texts))
    elif args.parse:
        try:
            laid = lay(cases, read_conllu(args.parse))
        except (OSError, ValueError) as error:
            sys.exit("score_spec: %s" % error)
        score(cases, laid, args.half, args.verbose)
    else:
        for name, mine in [("all", cases)] + [(h, [c for c in cases if c.half == h]) for h in HALVES]:
            print("%s: %d sentences, %d arcs, no fault" % (name, len(mine), sum(len(c.arcs) for c in mine)))


if __name__ == "__main__":
    main()
