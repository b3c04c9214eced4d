#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check news.spec, print its sentences, or score a parse of them.

    score_spec.py --check                      every arc names words of its sentence (always done first)
    score_spec.py --text > sentences.txt       one sentence a paragraph, for `annals parse`
    score_spec.py --parse out.conllu [-v]      the share of the arcs that the parse has

The parse is CoNLL-U of the sentences in their order. Tokens are laid on the text letter by letter, so another
tokenisation or another cut of sentences costs only the arcs that it touches. An arc is right when some token of the
dependent word hangs on the head word (ROOT: on 0) by the universal part of an accepted relation.
"""

import argparse
import os
import sys

SPEC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "news.spec")


class Case:
    def __init__(self, section, text):
        self.section, self.text, self.arcs = section, text, []

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
    cases, section, errors = [], "", []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.strip()
            if line.startswith("; ----"):
                section = line.strip("; -")
            elif line.startswith("# "):
                cases.append(Case(section, line[2:]))
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
    return any(t[3] in relations and (t[2] in accepted or t[2] is None and "ROOT" in heads)
               for _, _, t in mine if t[1] in keys(dependent))


def main():
    parser = argparse.ArgumentParser(description="Check or score the sentences of news.spec.")
    parser.add_argument("--spec", default=SPEC)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--parse", metavar="CONLLU")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the arcs that are wrong")
    args = parser.parse_args()
    cases, errors = read_spec(args.spec)
    if errors:
        sys.exit("\n".join(errors))
    if args.text:
        print("\n\n".join(case.text for case in cases))
    elif args.parse:
        try:
            laid = lay(cases, read_conllu(args.parse))
        except (OSError, ValueError) as error:
            sys.exit("score_spec: %s" % error)
        counts = {}
        for case, mine in zip(cases, laid):
            for arc in case.arcs:
                right = holds(case, mine, arc)
                count = counts.setdefault(case.section, [0, 0])
                count[0] += right
                count[1] += 1
                if not right and args.verbose:
                    print("wrong: %s < %s < %s  in: %s" % (arc[0], "|".join(sorted(arc[1])), "|".join(arc[2]), case.text))
        for section, (right, of) in counts.items():
            print("%-60s %4d/%d" % (section, right, of))
        right, of = (sum(c[i] for c in counts.values()) for i in (0, 1))
        print("spec: %.4f (%d/%d arcs of %d sentences)" % (right / of, right, of, len(cases)))
    else:
        print("%d sentences, %d arcs, no fault" % (len(cases), sum(len(c.arcs) for c in cases)))


if __name__ == "__main__":
    main()
