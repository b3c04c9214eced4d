#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every row of data/judged/triggers.tsv names a sentence and words that exist; without ../shared only its own form is seen (77)."""

import glob
import gzip
import os
import re
import sys
import tarfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SHARED = os.path.join(SOURCE, "..", "shared", "data")
TYPES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE
           REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT""".split()
REALIS = ("happened", "ongoing", "planned", "conditional")
words = {}  # (corpus, sentence) -> its token numbers
for corpus, name in ("ewt", "ewt-train"), ("gum", "gum-train-*"):
    for path in glob.glob(os.path.join(SHARED, "treebanks", name + ".conllu.gz")):
        for block in gzip.open(path, "rt", encoding="utf-8").read().split("\n\n"):
            for sentence in re.findall(r"^# sent_id = (\S+)", block, re.M):
                words[corpus, sentence] = set(re.findall(r"^(\d+)\t", block, re.M))
for path in glob.glob(os.path.join(SHARED, "news-events", "meantime", "xml.tar.xz")):
    with tarfile.open(path) as archive:
        for file in archive:
            if file.name.startswith("intra_cross") and file.name.endswith(".xml"):
                for tag in re.findall(r"<token [^>]*>", archive.extractfile(file).read().decode("utf-8")):
                    value = dict(re.findall(r'(\w+)="([^"]*)"', tag))
                    words.setdefault(("meantime", f"{os.path.basename(file.name)[:-4]}#{value['sentence']}"), set()).add(value["t_id"])
rows, bad = set(), 0
with open(os.path.join(SOURCE, "data", "judged", "triggers.tsv"), encoding="utf-8") as table:
    for line in [line.rstrip("\n") for line in table if not line.startswith("#")][1:]:
        corpus, sentence, token, kind, sure, realis, *parties = line.split("\t")
        fine = (kind in TYPES and sure in "y?" and realis in REALIS and token not in parties
                if token != "0" else (kind, realis, parties) == ("-", "-", ["0", "0"]))
        fine = fine and len(parties) == 2 and (corpus, sentence, token) not in rows
        fine = fine and (not words or {token, *parties} - {"0"} <= words.get((corpus, sentence), set()) != set())
        rows.add((corpus, sentence, token))
        bad += not fine
        print("" if fine else f"bad row: {line}\n", end="")
sys.exit(1 if bad or not rows else 0 if words else 77)
