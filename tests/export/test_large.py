#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A text of any size comes out whole: megabytes of evidence, of a party's words, of a name that a page mentions. Nothing is cut in silence."""
import csv
import io
import json
import os
import sqlite3
import sys
import tempfile

from records import annals, build, check, failures, has_data

EVIDENCE, PARTY, NAME = 70_000_000, 3_000_000, 5_000_000


def main():
    if not has_data():
        print("skipped: no compiled data")
        return 77
    csv.field_size_limit(1 << 30)
    with tempfile.TemporaryDirectory() as folder:
        record = build(os.path.join(folder, "r.db"))
        db = sqlite3.connect(record)
        story, event, page, ref = db.execute(
            "SELECT e.story, e.id, e.first_page, e.first_ref FROM story_event e JOIN story_party y ON y.story = e.story AND y.event = e.id AND y.role = 'actor'"
            " WHERE e.realis = 'happened' AND NOT e.negated AND NOT e.background AND e.earliest = e.latest ORDER BY e.story, e.id LIMIT 1").fetchone()
        with db:
            db.execute("UPDATE event_row SET evidence = ? WHERE page = ? AND ref = ?", ("e" * EVIDENCE, page, ref))
            db.execute("UPDATE story_party_row SET text = ? WHERE story = ? AND event = ? AND role = 0 AND place = 0", ("p" * PARTY, story, event))
            who = db.execute("INSERT INTO who(name) VALUES(?)", ("n" * NAME,)).lastrowid
            db.execute("INSERT INTO mention_row(id, kind, who) VALUES(? << 20 | 9999, 0, ?)", (page, who))
        db.close()
        row = next(r for r in csv.DictReader(io.StringIO(annals("export", record, "--format", "csv"))) if r["event"] == event)
        check(len(row["evidence"]) == EVIDENCE, f"csv: {len(row['evidence'])} letters of evidence")
        line = next(e for e in map(json.loads, annals("export", record, "--format", "plover").splitlines()) if e["id"] == event)
        check(len(line["text"]) == EVIDENCE, f"plover: {len(line['text'] or '')} letters of evidence")
        rows = list(csv.DictReader(io.StringIO(annals("export", record, "--format", "polecat")), delimiter="\t", quoting=csv.QUOTE_NONE))
        for at, least in (("Actor Name Raw", PARTY), ("Story People", NAME)):
            most = max((len(r[at]) for r in rows if r["Event ID"] == event), default=0)
            check(most >= least, f"polecat: {at} has {most} letters")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
