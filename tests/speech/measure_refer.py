#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whom pronouns stand for, against GUM's entities (../shared/data/treebanks/gum-*, annotations CC BY 4.0).

    python3 tests/speech/measure_refer.py [--annals ANNALS] [-v] [GENRE-FILE...]     default: every file of news and bio, that of test too

Each document is written as a flattened page and read with --private-names. A pronoun of the third person counts where GUM has it as
a person, an organisation or a place (a country) that a name or noun phrase names before it. It is right where annals gives it the
name, or the words, of one of that chain's phrases: the one's words stand in the other's. Of "it" and "they" that GUM has for
anything else (a thing, an event, nothing) those that annals takes for a party are told beside it."""
import argparse
import collections
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BANKS = os.path.join(HERE, "..", "..", "..", "shared", "data", "treebanks")
PRONOUNS = {w: k for k, words in {"he, she": "he him his himself she her hers herself", "it": "it its itself",
                                  "they": "they them their theirs themselves both"}.items() for w in words.split()}
PARTY = {"person", "organization", "place"}


def documents(name):
    """(id, text, spans): spans are (begin, end, entity, type), offsets in bytes of the text."""
    text, spans, open_, doc, glue = bytearray(), [], [], None, True
    with gzip.open(name, "rt", encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if doc:
                    yield doc, bytes(text), spans
                text, spans, open_, doc, glue = bytearray(), [], [], line.split("=")[1].strip(), True
            elif line.startswith("# newpar"):
                text += b"\n\n" if text else b""
                glue = True
            if not line or line[0] == "#":
                continue
            cell = line.split("\t")
            if "." in cell[0]:
                continue
            if "-" in cell[0]:
                continue
            if not glue:
                text += b" "
            begin = len(text)
            text += cell[1].encode()
            glue = "SpaceAfter=No" in cell[9]
            marks = re.search(r"Entity=([^|]*)", cell[9])
            for opens, closes in re.findall(r"\(([^()]+)|([^()]+)?\)", marks.group(1)) if marks else []:
                if opens:
                    parts = opens.split("-")
                    open_.append((parts[0], parts[1] if len(parts) > 1 else "", begin))
            if marks:
                for part in re.findall(r"\([^()]+\)|\([^()]+|[^()]+\)", marks.group(1)):
                    if not part.endswith(")"):
                        continue
                    key = part.strip("()").split("-")[0]
                    for i in range(len(open_) - 1, -1, -1):
                        if open_[i][0] == key:
                            entity, kind, first = open_.pop(i)
                            spans.append((first, len(text), entity, kind))
                            break
    if doc:
        yield doc, bytes(text), spans


def alike(a, b):
    words = lambda s: set(re.findall(r"\w+", s.lower())) - {"the", "a", "an", "s"}
    a, b = words(a), words(b)
    return bool(a and b) and (a <= b or b <= a)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annals", default=os.path.join(HERE, "..", "..", "build", "release", "annals"))
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    files = args.files or sorted(p for g in ("news", "bio") for p in glob.glob(os.path.join(BANKS, "gum-*-%s.conllu.gz" % g)))
    if not files:
        sys.exit(77)
    count = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        gold = {}
        for name in files:
            for doc, text, spans in documents(name):
                gold[doc + ".txt"] = (text, spans)
                with open(os.path.join(folder, doc + ".txt"), "wb") as f:
                    f.write(text)
        done = subprocess.run([args.annals, "read", "--private-names", folder], capture_output=True, text=True)
        for line in done.stdout.splitlines():
            reading = json.loads(line)
            text, spans = gold[os.path.basename(reading["page"]["path"])]
            ours = {(m["begin"], m["end"]): m for m in reading["mentions"]}
            chains = collections.defaultdict(list)
            kinds = {}
            marked = {}
            for begin, end, entity, kind in sorted(spans):
                words = text[begin:end].decode()
                kinds.setdefault(entity, kind)
                chains[entity].append((begin, words))
                marked[(begin, end)] = entity
            for word in re.finditer(rb"\b[A-Za-z]+\b", text):
                form = word.group().decode().lower()
                group = PRONOUNS.get(form)
                if group is None:
                    continue
                entity = marked.get(word.span())
                before = [w for b, w in chains.get(entity, []) if b < word.start() and w.lower() not in PRONOUNS and w.lower() not in ("i", "we", "you", "me", "us", "my", "our", "your")]
                party = entity is not None and kinds[entity] in PARTY and before
                mine = ours.get(word.span())
                told = None if mine is None else mine["name"] or re.sub(r"^stands for ", "", mine["why"])
                if not party:
                    count[group, "no party"] += 1
                    count[group, "taken for one"] += told is not None
                    continue
                right = told is not None and any(alike(told, w) for w in before)
                count[group, "all"] += 1
                count[group, "told"] += told is not None
                count[group, "right"] += right
                if args.verbose and not right:
                    around = text[max(0, word.start() - 90):word.end() + 40].decode(errors="replace").replace("\n", " ")
                    print("%-5s %-28s gold %-40s | …%s…" % (form, told, before[-1][:40], around))
    for group in dict.fromkeys(PRONOUNS.values()):
        a, t, r = (count[group, k] for k in ("all", "told", "right"))
        print("%-8s %4d of a party: told %4d, right %4d: precision %.3f, recall %.3f; of %d others %d taken for a party"
              % (group, a, t, r, r / t if t else 0, r / a if a else 0, count[group, "no party"], count[group, "taken for one"]))


if __name__ == "__main__":
    main()
