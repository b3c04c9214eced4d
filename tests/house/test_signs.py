#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every weight that was learned is of a sign that some file of src/ lists: a sign that is renamed there alone would weigh nothing, and nothing else would say so."""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("SOURCE_DIR", pathlib.Path(__file__).parents[2]))
LISTS = re.compile(r"#define \w*SIGNS\(X\)((?:.*\\\n)*.*\n)")
SIGN = re.compile(r'X\(\w+, "([^"]*)"\)')


def listed():
    return {sign for path in ROOT.glob("src/*/*.c") for signs in LISTS.findall(path.read_text(encoding="utf-8")) for sign in SIGN.findall(signs)}


def learned():
    """(table, key) of the tables that a trainer wrote for AN_SIGNS."""
    for path in sorted((ROOT / "data" / "lexicon").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if any("thousandth of a" in line for line in lines[:4]) and any("(src/s" in line for line in lines[:4]):
            rows = [line for line in lines if not line.startswith("#")]
            yield from ((path.name, row.split("\t")[0]) for row in rows[1:])


def main():
    signs, rows = listed(), list(learned())
    tables = {table for table, _ in rows}
    assert {"alike.tsv", "anaphora.tsv", "voice.tsv"} <= tables, "learned tables seen: %s" % sorted(tables)
    lost = [row for row in rows if row[1] not in signs]
    for table, key in lost:
        print("data/lexicon/%s: no file of src/ lists the sign \"%s\": train again (docs/training.md)" % (table, key))
    print("signs: %d rows of %d tables, %d lost" % (len(rows), len(tables), len(lost)))
    return 1 if lost else 0


sys.exit(main())
