#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks trees written a sentence a line, tokens `form_XPOS_head_deprel` parted by one space, and writes CoNLL-U.

    check_trees.py FILE...              says what is wrong (exit status 1) and what is odd (a warning)
    check_trees.py --conllu FILE...     also writes the trees to standard output; UPOS follows from XPOS and relation
    check_trees.py --commas FILE        writes FILE anew, every comma hung as EWT hangs nineteen of twenty: the one that
                                        opens from what it opens, the one that closes from what it parts from the verb

Lines that begin with `;` are comments. Heads count from 1; the root's head is 0."""
import re
import sys

XPOS = set("""NNP NNPS NN NNS VB VBD VBG VBN VBP VBZ MD IN TO DT PDT CD JJ JJR JJS RB RBR RBS PRP PRP$ WDT WP WP$ WRB EX
POS CC UH RP FW AFX GW ADD LS NFP SYM HYPH $ , . : `` '' -LRB- -RRB-""".split())
DEPREL = set("""acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound
compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj
list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked
orphan parataxis punct reparandum root vocative xcomp""".split())
MARKS = {",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP"}
LEAVES = {"aux", "aux:pass", "cop", "case", "mark", "cc", "cc:preconj", "det", "punct", "fixed", "compound:prt", "flat",
          "goeswith", "det:predet"}
# What a word of function may carry: a fixed rest, an adverb before it, another of its kind joined to it.
ALLOWED = {"aux": {"advmod"}, "mark": {"fixed", "advmod", "obl:unmarked", "conj", "cc"},
           "case": {"fixed", "advmod", "obl:unmarked", "nmod:unmarked", "obl", "conj", "cc", "punct"},
           "cc": {"fixed", "advmod"}, "det": {"fixed", "advmod", "conj", "cc", "case", "punct"},
           "flat": {"punct", "case", "det"}, "det:predet": {"advmod", "fixed"}, "fixed": set(), "punct": set()}
NOUNS = {"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "$", "EX", "DT", "WP", "WDT", "WP$", "PRP$", "SYM", "FW", "ADD", "GW"}
OPENED = {"conj", "appos", "acl:relcl", "advcl", "advcl:relcl", "acl", "parataxis", "ccomp"}
ROUNDING = ("including", "between", "over", "around", "about", "up")
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")


def upos(form, xpos, deprel):
    low, base = form.lower(), deprel.split(":")[0]
    if xpos.startswith("VB") or xpos == "MD":
        return "AUX" if deprel in ("aux", "aux:pass", "cop") or xpos == "MD" else "VERB"
    if xpos == "IN":
        return "SCONJ" if base == "mark" or (low, base) == ("that", "fixed") else "ADP"
    if xpos == "TO":
        return "PART" if deprel != "case" else "ADP"
    if xpos in ("DT", "PDT"):
        return "DET" if base in ("det", "advmod", "cc") or low not in ("this", "that", "these", "those") else "PRON"
    if xpos == "WDT":
        return "DET" if deprel == "det" else "PRON"
    if xpos in ("PRP", "PRP$", "WP", "WP$", "EX"):
        return "PRON"
    if low in ("not", "n't", "n\u2019t", "nt") or xpos == "POS":
        return "PART"
    if form == "%" or xpos in ("$", "SYM"):
        return "SYM"
    if xpos.startswith("NNP"):
        return "ADJ" if deprel == "amod" else "PROPN"  # "Prime Minister", "Foreign Ministry", "United Nations"
    if xpos.startswith("NN"):
        return "PRON" if re.fullmatch("(some|any|every|no)(one|body|thing)|none", low) else "NOUN"
    if xpos.startswith("JJ"):
        return "ADJ"
    if xpos.startswith("RB") or xpos == "WRB":
        return "ADV"
    if xpos in MARKS:
        return "PUNCT"
    return {"CD": "NUM", "RP": "ADP", "CC": "CCONJ", "UH": "INTJ"}.get(xpos, "X")


class Sentence:
    def __init__(self, place, line):
        self.place, self.words, self.errors, self.warnings = place, [], [], []
        if "  " in line or line != line.strip():
            self.errors.append("more than one space, or space at an end")
        for number, token in enumerate(line.split(), 1):
            fields = token.split("_")
            if len(fields) != 4 or not all(fields) or not fields[2].isdigit():
                self.errors.append(f"word {number}, {token}: not form_XPOS_head_deprel")
                continue
            self.words.append((fields[0], fields[1], int(fields[2]), fields[3]))
        if not self.errors:
            self.check()

    def error(self, i, text):
        self.errors.append(f"word {i} ({self.words[i - 1][0]}): {text}")

    def warn(self, i, text):
        self.warnings.append(f"word {i} ({self.words[i - 1][0]}): {text}")

    def check(self):
        w, n = self.words, len(self.words)
        head = [0] + [x[2] for x in w]
        for i, (form, xpos, h, rel) in enumerate(w, 1):
            if xpos not in XPOS:
                self.error(i, f"unknown tag {xpos}")
            if rel not in DEPREL:
                self.error(i, f"unknown relation {rel}")
            if h > n or h == i:
                self.error(i, f"head {h}")
            if (h == 0) != (rel == "root"):
                self.error(i, f"head {h} and relation {rel}")
        if sum(h == 0 for h in head[1:]) != 1:
            self.errors.append("not one root")
        if self.errors:
            return
        for i in range(1, n + 1):
            at, steps = i, 0
            while at and steps <= n:
                at, steps = head[at], steps + 1
            if steps > n:
                self.error(i, "a cycle")
                return
        for i in range(1, n + 1):
            lo, hi = sorted((i, head[i]))
            for k in range(lo + 1, hi):
                at = k
                while at and at != lo and at != hi and lo < at < hi:
                    at = head[at]
                if head[i] and at not in (lo, hi):
                    self.error(i, f"arc to {head[i]} is crossed at {k} ({w[k - 1][0]})")
                    break
        children = [[] for _ in range(n + 1)]
        for i in range(1, n + 1):
            children[head[i]].append(i)
        for i in range(1, n + 1):
            self.check_word(i, children)

    def check_word(self, i, children):
        w = self.words
        form, xpos, h, rel = w[i - 1]
        base = rel.split(":")[0]
        kids = [(k, w[k - 1][3]) for k in children[i]]
        rels = [r for _, r in kids]
        if rel in LEAVES:
            allowed = ALLOWED.get(rel, set()) | {"goeswith"}
            for k, r in kids:
                if r not in allowed:
                    bad = self.error if r in ("nsubj", "obj", "det", "case") and rel != "flat" else self.warn
                    bad(i, f"{rel} has a child: {w[k - 1][0]} {r}")
        if (xpos in MARKS) != (rel == "punct") and not (xpos == ":" and rel in ("case", "cc")):
            self.error(i, f"tag {xpos} with relation {rel}")
        passive = "aux:pass" in rels
        if passive and xpos != "VBN":
            self.error(i, f"aux:pass on {xpos}")
        for k, r in kids:
            if passive and r in ("nsubj", "csubj"):
                self.error(k, f"{r} of a passive")
            if r in ("nsubj:pass", "csubj:pass") and xpos != "VBN":
                self.error(k, f"{r} of {xpos}")
            if r == "nsubj:pass" and not passive:
                self.warn(k, "nsubj:pass without aux:pass")
            marks = [w[c - 1] for c in children[k] if w[c - 1][3] in ("case", "mark")]
            if r == "obl:agent" and not any(m[0].lower() == "by" for m in marks):
                self.error(k, "obl:agent without by")
            if r == "obl:agent" and xpos != "VBN":
                self.error(k, f"obl:agent of {xpos}")
            if r in ("obl", "nmod") and not marks and w[k - 1][1] not in ("WP", "WDT", "WRB", "TO", "IN", "RB", "$"):
                self.warn(k, f"{r} without case")
            if r in ("obl:unmarked", "nmod:unmarked", "nmod:desc", "obj", "iobj", "nsubj", "nsubj:pass") and \
                    any(m[3] == "case" and m[1] != "POS" and m[0].lower() not in ROUNDING for m in marks):
                self.warn(k, f"{r} with case")
            if r == "nmod" and xpos.startswith("VB"):
                self.warn(k, "nmod of a verb")
            noun = xpos in ("NN", "NNS", "NNP", "NNPS") and "cop" not in rels
            if noun and r in ("obl", "obl:unmarked", "obj", "iobj"):
                self.warn(k, f"{r} of a noun")
            if r in ("amod", "nummod", "det", "nmod:poss") and xpos.startswith("VB") and xpos not in ("VBG",):
                self.warn(k, f"{r} of {xpos}")
            if noun and r == "advmod" and w[k - 1][1] == "WRB":
                self.warn(k, "advmod of a noun")
            if r == "acl" and xpos.startswith("VB"):
                self.warn(k, "acl of a verb")
            if noun and r == "advcl":
                self.warn(k, "advcl of a noun")
            if r == "conj" and k < i:
                self.error(k, "conj before its head")
            if r in ("flat", "fixed", "appos") and k < i:
                self.error(k, f"{r} before its head")
            if r in ("case", "det", "cop", "aux", "aux:pass") and k > i and w[k - 1][1] != "POS" and \
                    w[k - 1][0].lower() not in ("ago", "notwithstanding"):
                self.warn(k, f"{r} after its head")
            if r == "cc" and k > i:
                self.error(k, "cc after its head")
        for one in ("obj", "iobj", "root"):
            if rels.count(one) > 1:
                self.error(i, f"two {one}")
        if sum(r in SUBJECTS[:4] for r in rels) > 1:
            self.error(i, "two subjects")
        if rels.count("nmod:poss") > 1:
            self.warn(i, "two nmod:poss")
        if rels.count("det") > 1:
            self.warn(i, "two det")
        want = {"aux": ("MD", "VB"), "aux:pass": ("VB",), "cop": ("VB",), "nummod": ("CD",), "expl": ("EX", "PRP"),
                "compound:prt": ("RP", "RB"), "cc": ("CC", "RB", "IN", ":", "JJ"),
                "amod": ("JJ", "VB", "NNP", "RB", "NN", "CD", "AFX", "FW")}
        if rel in want and not xpos.startswith(want[rel]) and not (rel == "aux" and xpos == "TO"):
            self.error(i, f"{rel} with tag {xpos}")
        if rel == "case" and xpos not in ("IN", "TO", "POS", "VBG", "VBN", "JJ", "RB", "CC", "RP", "NN", "SYM", "FW"):
            self.error(i, f"case with tag {xpos}")
        if rel == "mark" and xpos not in ("IN", "TO", "RB", "VBN", "VBG", "JJ", "NN", "WRB", "DT"):
            self.error(i, f"mark with tag {xpos}")
        if xpos == "WRB" and rel == "mark":
            self.warn(i, "WRB as mark: EWT has advmod")
        if xpos == "TO" and rel not in ("mark", "fixed", "xcomp", "case"):
            self.error(i, f"TO with relation {rel}")
        if xpos == "POS" and rel != "case":
            self.error(i, f"POS with relation {rel}")
        if base == "det" and xpos not in ("DT", "PDT", "WDT", "PRP$", "CC"):
            self.error(i, f"det with tag {xpos}")
        if xpos == "MD" and rel != "aux" and not rel.startswith(("root", "conj", "ccomp", "advcl", "parataxis")):
            self.error(i, f"MD with relation {rel}")
        if xpos == "PRP$" and rel != "nmod:poss":
            self.warn(i, f"PRP$ with relation {rel}")
        if rel in ("nsubj", "obj", "iobj", "nsubj:pass", "obl", "nmod") and xpos in ("VB", "VBD", "VBZ", "VBP"):
            self.error(i, f"{rel} with tag {xpos}")
        if rel in ("ccomp", "acl:relcl") and h and xpos in ("NNP",) and "cop" not in rels and "nsubj" not in rels:
            self.warn(i, f"{rel} is {xpos} without a copula")
        if rel == "appos" and not (w[h - 1][1] in NOUNS or w[h - 1][1] in ("JJ", "RB")):
            self.warn(i, f"appos of {w[h - 1][1]}")
        before = w[i - 2] if i > 1 else None
        if before and before[0].lower() == "to" and before[1] == "TO" and xpos not in ("VB", "RB", "IN"):
            self.warn(i, f"tag {xpos} after TO")
        if before and before[1] == "MD" and xpos in ("VBD", "VBG", "VBN", "VBP", "VBZ"):
            self.warn(i, f"tag {xpos} after MD")
        auxes = [w[k - 1][0].lower() for k, r in kids if r in ("aux", "aux:pass", "cop")]
        if {"has", "have", "had", "having", "'ve"} & set(auxes) and "been" not in auxes and \
                xpos in ("VB", "VBD", "VBG", "VBP", "VBZ"):
            self.error(i, f"aux have with {xpos}")
        if rel == "punct" and xpos == "." and h and w[h - 1][2] != 0 and i == len(w):
            self.warn(i, "the last point does not hang from the root")


def hang_commas(words):
    """The same words, [form, XPOS, head, relation], commas hung by rule; other points stay."""
    n = len(words)
    head = [w[2] - 1 for w in words]
    point = [w[3] == "punct" for w in words]
    first, last = list(range(n)), list(range(n))
    for i in range(n):
        at = i
        while at >= 0 and not point[i]:
            first[at], last[at] = min(first[at], i), max(last[at], i)
            at = head[at]

    def highest(at, edge):  # the highest word whose span has this edge, and those below it down to the edge
        chain = [at]
        while head[chain[-1]] >= 0 and edge[head[chain[-1]]] == at:
            chain.append(head[chain[-1]])
        return chain[::-1]

    for p in range(n):
        left = next((i for i in range(p - 1, -1, -1) if not point[i]), -1)
        right = next((i for i in range(p + 1, n) if not point[i]), n)
        if words[p][0] != "," or not point[p] or left < 0 or right == n or right - left > 2:
            continue  # beside another point, a quotation mark mostly, it stays
        before, after = highest(left, last), highest(right, first)[0]
        opened = [i for i in before if first[i] > 0 and words[first[i] - 1][0] in (",", "--", "-")]
        if head[before[0]] > p and last[before[0]] < p:  # done, and hangs from what follows
            to = before[0]
        elif 0 <= head[after] < p and words[after][3] in OPENED:
            to = after
        elif opened:
            to = opened[0]
        else:
            to = after if head[after] >= 0 else before[0]
        words[p][2] = to + 1
    return words


def rewrite(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(";") or not line.strip():
                print(line, end="")
                continue
            words = [t.split("_") for t in line.split()]
            words = hang_commas([[w[0], w[1], int(w[2]), w[3]] for w in words])
            print(" ".join("_".join(map(str, w)) for w in words))


def main():
    if sys.argv[1:2] == ["--commas"]:
        return rewrite(sys.argv[2])
    args = [a for a in sys.argv[1:] if a != "--conllu"]
    write = "--conllu" in sys.argv[1:]
    say = sys.stderr if write else sys.stdout
    bad = odd = count = words = longs = 0
    seen = {}
    for path in args:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.rstrip("\n")
                if not line.strip() or line.startswith(";"):
                    continue
                s = Sentence(f"{path}:{number}", line)
                count, words, longs = count + 1, words + len(s.words), longs + (len(s.words) >= 30)
                text = " ".join(x[0] for x in s.words)
                if text in seen:
                    s.errors.append(f"the same words as {seen[text]}")
                seen[text] = s.place
                bad, odd = bad + len(s.errors), odd + len(s.warnings)
                for e in s.errors:
                    print(f"{s.place}: {e}", file=say)
                for e in s.warnings:
                    print(f"{s.place}: warning: {e}", file=say)
                if write and not s.errors:
                    name = re.sub(r"\W+", "-", path.rsplit("/", 1)[-1].removesuffix(".trees"))
                    print(f"# sent_id = annals-{name}-{number:04}\n# text = {text}")
                    for i, (form, xpos, h, rel) in enumerate(s.words, 1):
                        print(i, form, "_", upos(form, xpos, rel), xpos, "_", h, rel, "_", "_", sep="\t")
                    print()
    print(f"{count} trees, {words} words, {longs} of 30 words or more: {bad} errors, {odd} warnings", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
