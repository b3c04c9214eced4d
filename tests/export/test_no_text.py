#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--no-text: no three words in a row of any page in any format, no name without an entity; ids, codes, days and ranges as in the whole export."""
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
FORMATS = "jsonl readings csv statements stories comparisons coverage plover gdelt gdelt-mentions polecat icews".split()
KEPT = {"sha256", "begin", "end", "type", "mode", "cameo", "earliest", "latest", "edtf", "kind", "entity", "country", "sector", "verdict", "relation", "value", "url", "path", "id"}
failures = []


def check(right, what):
    if not right and len(failures) < 20:
        failures.append(what)
        print("FAILED:", what)


def run(*args):
    done = subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=240)
    check(done.returncode in (0, 1), f"{args}: {done.stderr.decode()}")
    return done.stdout.decode()


def words(text):
    return re.findall(r"\w+", text.lower())


def threes(tokens):
    return {tuple(tokens[i:i + 3]) for i in range(len(tokens) - 2)}


def compare(whole, bare, path):
    """The same shape; what stays is the same."""
    if isinstance(whole, dict):
        check(list(whole) == list(bare), f"{path}: other keys")
        known = whole.get("entity") or whole.get("geonames") or path.endswith("outlet")
        for key in whole:
            compare(whole[key], bare[key], f"{path}.{key}")
            if key in KEPT and isinstance(whole[key], (str, int)):
                check(whole[key] == bare[key], f"{path}.{key}: {whole[key]} is {bare[key]}")
            if key == "name":
                check(bare[key] == (whole[key] if known else None), f"{path}.name: {bare[key]}")
            if key in ("text", "title", "headline", "why") and not isinstance(whole[key], (dict, list)):
                check(bare[key] is None, f"{path}.{key}: {bare[key]}")
    elif isinstance(whole, list):
        check(len(whole) == len(bare), f"{path}: another length")
        for one, other in zip(whole, bare):
            compare(one, other, path)


def main():
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record.db")
        run("build", "-q", os.path.join(SOURCE, "examples/pages"), "-o", record)
        db = sqlite3.connect(record)
        told = set().union(*(threes(words(text)) for (text,) in db.execute("SELECT text FROM sentence")))
        ours = threes(words(" ".join(r[0] for r in db.execute("SELECT name FROM cameo UNION SELECT path FROM page UNION SELECT outlet FROM page UNION"
                                                              " SELECT name FROM who WHERE entity IS NOT NULL UNION SELECT url FROM page UNION SELECT what FROM problem") if r[0])))
        story = db.execute("SELECT id FROM story").fetchone()[0]
        for refused in (["--no-text"], ["--since", "2019-01-01"], ["--where", "RUS"]):
            done = subprocess.run([ANNALS, "export", record, "--format", "html", "--story", story, *refused], capture_output=True, env=ENVIRONMENT, timeout=60)
            check(done.returncode == 2 and done.stdout == b"" and b"--format html" in done.stderr, f"html with {refused}: {done.returncode} {done.stderr.decode()}")
        for name in FORMATS:
            whole, bare = run("export", record, "--format", name), run("export", record, "--format", name, "--no-text")
            check(whole.count("\n") == bare.count("\n") > 0, f"{name}: other lines")
            if name in ("jsonl", "readings", "plover"):
                for one, other in zip(whole.splitlines(), bare.splitlines()):
                    if name != "plover":
                        compare(json.loads(one), json.loads(other), name)
                leaves = [v for line in bare.splitlines() for v in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
            else:
                dialect = {"delimiter": ","} if name in ("csv", "statements", "stories", "comparisons", "coverage", "icews") else {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
                leaves = [cell for row in csv.reader(io.StringIO(bare), **dialect) for cell in row]
            for leaf in leaves:
                found = (threes(words(leaf)) & told) - ours
                check(not found, f"{name}: {sorted(found)[:2]} of a page in {leaf[:80]!r}")
            check(whole != bare or name.startswith("gdelt") or name == "coverage", f"{name}: nothing left out")
        db.close()
    print("all well" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
