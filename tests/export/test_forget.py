#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""annals forget: of a page or a name not a byte is left in the file, and the rest is as if it had never been there. And who is private
has no name in exports' columns of people, in views and in the record's tables of them."""

import csv
import io
import json
import os
import shutil
import sqlite3
import sys
import tempfile

from records import PAGES, annals, build, check, failures, has_data

NAME = "Quillon Farebrother"
PAGE = f"""<html><head><title>Fire in Tollbridge</title></head><body><h1>Fire in Tollbridge</h1>
<p>TOLLBRIDGE, 4 May 2021 - Police arrested {NAME} on Monday after a fire at a warehouse in the harbour, the mayor's office said.</p>
<p>"I saw nothing of it," said {NAME}, a resident of the street. The zwieselwort depot burned for two hours, and firemen from three towns
came to help. The police accused {NAME} of arson. Nobody was hurt, the hospital of the town said on Tuesday morning.</p>
<p>Farebrother was released on Wednesday. The mayor promised to rebuild the warehouse within a year and thanked the firemen.</p></body></html>"""


def bytes_of(record):
    with open(record, "rb") as f:
        return f.read().lower()


def check_gone(record, *words):
    check(os.listdir(os.path.dirname(record)).count(os.path.basename(record)) == 1, "no record")
    check(not any(n.startswith(os.path.basename(record) + "-") for n in os.listdir(os.path.dirname(record))), "a log beside the record")
    for word in words:
        check(word.lower().encode() not in bytes_of(record), f"{word!r} is still in the bytes of the record")
    db = sqlite3.connect(record)
    check(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the record is damaged")
    check(db.execute("SELECT count(*) FROM article WHERE article MATCH ?", (words[-1].split()[-1],)).fetchone()[0] == 0, "full text finds it")
    vocabulary = {row[0] for row in db.execute("SELECT term FROM terms")} if db.execute(
        "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'article', 'row')") else set()
    check(words[-1].split()[-1].lower() not in vocabulary, "the index of full text holds its words")
    db.close()


def exports(record):
    return {name: annals("export", record, "--format", name) for name in ("jsonl", "readings", "csv", "statements", "comparisons", "coverage")}


def check_private(record):
    """By default the man of the fire has no name where people are named."""
    for name in ("csv", "statements"):
        rows = list(csv.DictReader(io.StringIO(annals("export", record, "--format", name), newline="")))
        for row in rows:
            people = [row.get(c, "") for c in ("actors", "recipients", "speakers", "actor_entities", "recipient_entities", "speaker_entities")]
            check(not any("Farebrother" in cell for cell in people), f"{name} names a private person: {people}")
    for line in annals("export", record, "--format", "plover").splitlines():
        event = json.loads(line)
        check("Farebrother" not in json.dumps(event["actor"] + event["recipient"]), "plover names a private person")
    polecat = list(csv.reader(io.StringIO(annals("export", record, "--format", "polecat")), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = polecat[0]
    for row in polecat[1:]:
        check(not any("Farebrother" in cell for name, cell in zip(header, row) if "Name" in name or "People" in name), "polecat names a private person")
    for view in ("events", "statements"):
        for line in annals("show", record, view, "--json").splitlines():
            row = json.loads(line)
            check("Farebrother" not in f"{row.get('who')} {row.get('whom')}", f"show {view} names a private person")
    db = sqlite3.connect(record)
    for table in ("party", "mention", "story_party"):
        check(db.execute(f"SELECT count(*) FROM {table} WHERE name LIKE '%Farebrother%' OR text LIKE '%Farebrother%'").fetchone()[0] == 0,
              f"table {table} names a private person")
    check(db.execute("SELECT count(*) FROM mention WHERE kind = 'person' AND name IS NULL").fetchone()[0] > 0, "nobody is private: nothing was tested")
    db.close()


def main():
    if not has_data():
        print("skipped: no compiled data")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "fire.html")
        with open(page, "w", encoding="utf-8") as f:
            f.write(PAGE)
        without = exports(build(os.path.join(folder, "without.db")))
        record = build(os.path.join(folder, "with.db"), PAGES, page)
        check(b"farebrother" in bytes_of(record) and b"zwieselwort" in bytes_of(record), "the page is not in the record: nothing was tested")
        check_private(record)
        copy = os.path.join(folder, "page.db")
        shutil.copy(record, copy)
        out = annals("forget", record, "--person", "quillon farebrother")
        check("1 pages removed" in out, f"forget says {out}")
        check_gone(record, NAME, "Farebrother", "zwieselwort")
        check(exports(record) == without, "--person: the rest is not as if the page had never been there")
        changes = annals("export", record, "--format", "csv", "--changes-since", "1")
        check("removed," in changes and "added," not in changes, "forget is not among the changes")
        annals("forget", copy, "--page", page)
        check_gone(copy, NAME, "Farebrother", "zwieselwort")
        check(exports(copy) == without, "--page: the rest is not as if the page had never been there")
        annals("forget", copy, "--page", page, status=1)
        annals("forget", copy, status=2)
        annals("forget", os.path.join(folder, "missing.db"), "--page", page, status=2)
        cited = annals("cite", copy)
        for words in ("Program: annals ", "Codebook: PLOVER", "Run 1: 20", "Run 2: 20", "The Harbour Courier: 2 pages, 2023-05-16"):
            check(words in cited, f"cite does not tell {words!r}: {cited}")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
