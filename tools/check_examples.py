#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the labelled examples in data/examples/*.tsv; prints each fault as file:line: reason and exits 1 if there is any.

A line is: sentence, type, mode, realis, negated, note, separated by tabs; the acting party stands in <s>...</s>, the party acted on
in <t>...</t>. Sentences must not repeat each other, nor share more than 40 % of the shorter one's runs of three words, nor differ in
names alone (but sentences made of phrases or cut out of passages, and the pairs of one sentence whose note is "several"). Nor may one hold more than 40 % of the runs of three words of a sentence of ../shared/data/plv or ../shared/seeds, or the
other way round: those sets only measure. What is missing there is not asked.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = "sentence\ttype\tmode\trealis\tnegated\tnote"
REALIS = {"happened", "ongoing", "planned", "conditional"}
LIMIT = 0.40


def keys(name):
    for line in (ROOT / "data/lexicon" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and not line.startswith("key\t"):
            yield line.split("\t")[0]


def marks(sentence):
    """None when the marks are sound, else what is wrong with them."""
    tags = re.findall(r"<[^<>]*>", sentence)
    if tags not in (["<s>", "</s>"], ["<s>", "</s>", "<t>", "</t>"], ["<t>", "</t>", "<s>", "</s>"], ["<t>", "</t>"]):
        return "marks: " + " ".join(tags or ["none"])
    if re.search(r"<[st]>(\s|</)|\s</[st]>", sentence) or re.search(r"[<>]", re.sub(r"</?[st]>", "", sentence)):
        return "marks: empty, padded or broken"
    return None


WORD = r"[^\W_]+(?:['’-][^\W_]+)*"


def outside():
    """Sets of runs of the sentences that nothing here may copy, and where each stands."""
    for file in sorted((ROOT / "../shared/data/plv").glob("*train*.tsv")):
        lines = file.read_text(encoding="utf-8").splitlines()
        column = lines[0].split("\t").index("sentence")
        for number, line in enumerate(lines[1:], 2):
            yield line.split("\t")[column], f"{file.name}:{number}"
    for file in sorted((ROOT / "../shared/seeds").glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for sentence in re.split(r"(?<=[.!?]) ", line):
                yield sentence, f"{file.name}:{number}"


def outside_runs():
    runs, rows = collections.defaultdict(list), []
    for sentence, at in outside():
        low = [w.lower() for w in re.findall(WORD, sentence)]
        mine = {tuple(low[i:i + 3]) for i in range(len(low) - 2)}
        if len(mine) < 3:
            continue
        for run in mine:
            runs[run].append(len(rows))
        rows.append((at, len(mine)))
    return runs, rows


def main():
    types = set(keys("plover.tsv")) | {"none"}
    modes = {tuple(k.split()) for k in keys("modes.tsv")}
    files = [pathlib.Path(p) for p in sys.argv[1:]] or [
        p for p in sorted((ROOT / "data/examples").glob("*.tsv")) if p.read_text(encoding="utf-8").startswith("sentence\ttype\t")]
    faults, seen, named, runs, rows = [], {}, {}, collections.defaultdict(list), []
    count = collections.Counter()
    far_runs, far_rows = outside_runs()
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        if not lines or lines[0] != HEADER:
            faults.append(f"{file.name}:1: header")
        for number, line in enumerate(lines[1:], 2):
            at = f"{file.name}:{number}"
            part = line.split("\t")
            if len(part) != 6:
                faults.append(f"{at}: {len(part)} columns")
                continue
            sentence, kind, mode, realis, negated, note = part
            if wrong := marks(sentence):
                if kind != "none" or "marks: none" not in wrong:
                    faults.append(f"{at}: {wrong}: {sentence}")
            if kind not in types:
                faults.append(f"{at}: type {kind}")
            if mode != "-" and (kind, mode) not in modes:
                faults.append(f"{at}: mode {mode} of {kind}")
            if realis not in REALIS or negated not in ("0", "1"):
                faults.append(f"{at}: realis {realis} or negated {negated}")
            count[kind, mode] += 1
            words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", re.sub(r"</?[st]>", "", sentence))
            low = tuple(w.lower() for w in words)
            alone = note not in ("phrase", "passage")   # those are made of phrases with parties of chance, or tell several acts
            if note == "several" and seen.get(low, "").split(":")[0] == file.name:   # another pair of the sentence before
                continue
            if alone and low in seen:
                faults.append(f"{at}: repeats {seen[low]}: {sentence}")
                continue
            seen[low] = at
            bare = tuple(w for w in words[1:] if w[0].islower())
            if alone and len(bare) > 4 and bare in named:
                faults.append(f"{at}: differs in names alone from {named[bare]}: {sentence}")
            named.setdefault(bare, at)
            mine = {low[i:i + 3] for i in range(len(low) - 2)}
            shared = collections.Counter(other for run in mine for other in runs[run])
            for other, n in shared.items() if alone else ():
                if n > 1 and n > LIMIT * min(len(mine), rows[other][1]):
                    faults.append(f"{at}: near copy of {rows[other][0]}: {sentence}")
            for run in mine:
                runs[run].append(len(rows))
            rows.append((at, len(mine)))
            shared = collections.Counter(other for run in mine for other in far_runs.get(run, ()))
            for other, n in shared.items():
                if n > 2 and n > LIMIT * min(len(mine), far_rows[other][1]):
                    faults.append(f"{at}: near copy of an outside sentence, {far_rows[other][0]}")
    for fault in faults:
        print(fault)
    for kind in sorted({k for k, _ in count}):
        print(kind, sum(n for (k, _), n in count.items() if k == kind),
              " ".join(f"{m}={n}" for (k, m), n in sorted(count.items()) if k == kind and m != "-"))
    print(f"{sum(count.values())} sentences, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
