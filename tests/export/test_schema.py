#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/schema.md: the twelve queries give rows on the record of examples/pages, the views count what the tables do, and other programs
need nothing of ours to read it: no collation, function or table type but SQLite's own."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from records import SOURCE, annals, build, check, failures, has_data


def export(record, name):
    return annals("export", record, "--format", name).split("\n")[:-1]


def main():
    if not has_data():
        print("skipped: no compiled data")
        return 77
    with open(os.path.join(SOURCE, "docs/schema.md"), encoding="utf-8") as f:
        text = f.read()
    queries = re.findall(r"```sql\n(.*?)```", text, re.S)
    check(len(queries) == 12, f"{len(queries)} queries")
    with tempfile.TemporaryDirectory() as folder:
        record = build(os.path.join(folder, "r.db"))
        for i, query in enumerate(queries, 1):
            done = subprocess.run(["sqlite3", "-readonly", record, query], capture_output=True, text=True, timeout=60)
            check(done.returncode == 0 and done.stderr == "", f"query {i}: {done.stderr}")
            check(len(done.stdout.splitlines()) > 0, f"query {i} gives no rows")
        db = sqlite3.connect(record)

        def one(sql):
            return db.execute(sql).fetchone()[0]

        check(one("SELECT count(DISTINCT event) FROM event_parties") == one("SELECT count(*) FROM story_event"), "event_parties: other events")
        check(one("SELECT sum(pages) FROM coverage") == one("SELECT count(*) FROM page"), "coverage: other pages")
        check(one("SELECT count(*) FROM story_overview") == one("SELECT count(*) FROM story"), "story_overview: other stories")
        check(one("SELECT count(*) FROM page_day") == one("SELECT count(*) FROM page"), "page_day: other pages")
        check(one("SELECT count(DISTINCT page || statement) FROM statement_speaker") == one("SELECT count(*) FROM statement WHERE repeats IS NULL"),
              "statement_speaker: other statements")
        # Words that stand once, with their sentence, come out of views and exports as the reading has them.
        words = {(r["page"]["sha256"], e["id"]): e["evidence"]["text"] for r in map(json.loads, export(record, "readings")) for e in r["events"]}
        seen = dict(((sha, ref), text) for sha, ref, text in db.execute("SELECT p.sha256, e.ref, e.evidence FROM event e JOIN page p ON p.id = e.page"))
        check(len(seen) > 20 and seen == words, "event: other words than the readings'")
        firsts = sorted(words[row] for row in db.execute("SELECT p.sha256, e.first_ref FROM story_event e JOIN page p ON p.id = e.first_page"))
        rows = list(csv.DictReader(io.StringIO("\n".join(export(record, "csv")))))
        check(len(rows) > 20 and sorted(row["evidence"] for row in rows) == firsts, "csv: other words than the first tellings'")
        own = {"BINARY", "NOCASE", "RTRIM"}
        for name, sql in db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall():
            check(set(re.findall(r"COLLATE (\w+)", sql)) <= own, f"{name} has a collation of its own")
            check("annals_hash" not in sql, f"{name} wants a function of ours")
        virtual = {m for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'") for m in re.findall(r"USING (\w+)", sql)}
        check(virtual == {"fts5"}, f"virtual tables {virtual}")
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall():
            columns = db.execute(f'SELECT name, type FROM pragma_table_info("{name}")').fetchall()
            if not name.startswith(("article", "sqlite_")) and name in {n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}:
                check(all(t in ("TEXT", "INTEGER", "REAL", "BLOB") for _, t in columns), f"{name}: types {columns}")
            db.execute(f'SELECT * FROM "{name}" LIMIT 3').fetchall()
        db.close()
    print(f"{len(queries)} queries, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
