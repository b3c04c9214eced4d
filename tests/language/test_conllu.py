#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`annals parse` writes valid CoNLL-U, of plain text and of CoNLL-U whose words are kept, and survives what no writer writes.

Valid: ten columns; numbers from 1; ranges before the words that they span; heads in the sentence; one root, which every word
reaches; known tags and relations; the words and SpaceAfter give the text of the sentence."""
import os
import subprocess
import sys
import tempfile
import time

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = set("""acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed
flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp""".split())
failures = 0


def fail(name, what):
    global failures
    failures += 1
    print("%s: %s" % (name, what))


def parse(text, *options):
    with tempfile.NamedTemporaryFile("wb", suffix=".txt", delete=False) as f:
        f.write(text.encode("utf-8", "surrogateescape"))
    try:
        begin = time.monotonic()
        done = subprocess.run([ANNALS, "parse", *options, f.name], capture_output=True, timeout=300)
        return done.returncode, done.stdout.decode("utf-8", "surrogateescape"), time.monotonic() - begin
    finally:
        os.unlink(f.name)


def sentences(out):
    rows, text = [], None
    for line in out.split("\n"):
        if line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield text, rows
            rows, text = [], None


def check(name, text, rows):
    words = [r for r in rows if r[0].isdigit()]
    if any(len(r) != 10 or "" in r for r in rows):
        return fail(name, "a line without ten columns")
    if [r[0] for r in words] != [str(i + 1) for i in range(len(words))]:
        return fail(name, "numbers out of order")
    heads = {}
    for r in words:
        if r[3] not in UPOS or r[7].split(":")[0] not in RELATIONS:
            fail(name, "unknown tag or relation: %s %s" % (r[3], r[7]))
        if not r[6].isdigit() or int(r[6]) > len(words) or r[6] == r[0] or (r[6] == "0") != (r[7] == "root"):
            fail(name, "wrong head: %s" % "\t".join(r))
        heads[int(r[0])] = int(r[6])
    if list(heads.values()).count(0) != 1:
        fail(name, "%d roots" % list(heads.values()).count(0))
    for word in heads:
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word], steps + 1
        if word:
            return fail(name, "a circle")
    made, covered, expected = "", 0, 0
    for i, r in enumerate(rows):
        if "-" in r[0]:
            first, last = map(int, r[0].split("-"))
            if not covered < first < last or int(rows[i + 1][0]) != first:
                fail(name, "wrong range %s" % r[0])
            covered = last
        elif int(r[0]) <= covered:
            continue
        made += r[1] + ("" if "SpaceAfter=No" in r[9] else " ")
    if text is not None and made.split() != text.split():
        fail(name, "words and text differ: %r %r" % (made[:80], text[:80]))


def valid(name, text, *options, seconds=20, least=1):
    code, out, took = parse(text, *options)
    if code != 0:
        return fail(name, "exit %d" % code)
    count = 0
    for sentence, rows in sentences(out):
        check(name, sentence, rows)
        count += 1
    if count < least:
        fail(name, "%d sentences" % count)
    if took > seconds:
        fail(name, "%.1f s" % took)
    return out


def main():
    if not os.path.exists(os.path.join(DATA, "english.an")):
        print("skipped: no english.an in " + DATA)
        return 77
    with open(os.path.join(SOURCE, "tests/language/news.spec"), encoding="utf-8") as f:
        news = "\n\n".join(line[2:].strip() for line in f if line.startswith("# "))
    out = valid("news", news + "\n\nShe can't go; they cannot stay, don't they? “It’s ours,” he said. Wanna go?", least=160)
    kept = valid("kept", out, "--conllu", least=160)
    if out and kept and [r[:2] for _, s in sentences(out) for r in s] != [r[:2] for _, s in sentences(kept) for r in s]:
        fail("kept", "words were not kept")
    hostile = {
        "a sentence of 1 MB": "the minister said that " * 45000,
        "100,000 quotes": "\"" * 100000,
        "100,000 curly quotes": "“" * 50000 + "”" * 50000,
        "100,000 brackets": "(" * 50000 + ")" * 50000,
        "capitals": news.upper(),
        "no spaces": news.replace(" ", "").replace("\n", "") * 5,
        "one character a line": "\n".join("The king met the queen in Rome on Monday." * 50),
        "one character a paragraph": "\n\n".join("The king met the queen." * 50),
        "combining marks": "e" + "\u0301" * 100000 + " met " + "a\u0300\u0316" * 20000,
        "right to left": "قال الوزير إن المحادثات انتهت. " * 500 + "\u202eThe minister left.\u202c " * 100,
        "zero width": "The\u200bminister\u200b met\ufeff them.\u2060 " * 200,
        "control": "\x01\x02The\x00minister\x7f left. " * 100,
        "stops": "." * 100000,
        "no text": "",
        "spaces": " \n\t" * 10000,
    }
    for name, text in hostile.items():
        valid(name, text, seconds=200, least=0 if name in ("no text", "spaces") else 1)
    code, _, _ = parse("\udcff\udcfe broken \udc80 bytes.", )
    if code not in (0, 1):
        fail("broken bytes", "exit %d" % code)
    for name, text in {"no columns": "1\tThe\nbroken line\n", "binary": "\x00\x01\x02\n"}.items():
        if parse(text, "--conllu")[0] not in (1, 2):
            fail(name, "was taken for CoNLL-U")
    print("%d faults" % failures)
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
