#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What every tracked file owes the house: no path of one machine, no file over 20 MiB, nothing left unfinished in code, a
licence line in code, a source column in every table of knowledge."""
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
CODE = {".c", ".h", ".sh", ".py", ".cmake"}
TEXT = CODE | {".md", ".txt", ".json", ".in", ".cff", ".tsv", ""}
PAGES = ("examples/pages/", "tests/samples/")  # pages of our own making: their links are theirs
MACHINE = re.compile(r"(?<![\w./-])/(?:work|home/\w+|root|Users/\w+|tmp/\w+)/[\w.]")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|not imple" r"mented)\b|\bstub" r"(?:s|bed)?\b")
MOST = 20 << 20


def complaints(name, size, text):
    """What is wrong with one file, as a list of lines; text is None when it is not text."""
    path = pathlib.PurePosixPath(name)
    out = []
    if size > MOST:
        out.append(f"{name}: {size >> 20} MiB")
    if text is None or path.suffix not in TEXT or name.startswith(PAGES):
        return out
    for number, line in enumerate(text.split("\n"), 1):
        if MACHINE.search(line):
            out.append(f"{name}:{number}: a path of one machine: {line.strip()[:100]}")
        if path.suffix in CODE and UNFINISHED.search(line):
            out.append(f"{name}:{number}: left unfinished: {line.strip()[:100]}")
    if path.suffix in CODE and "SPDX-License-Identifier" not in text[:400]:
        out.append(f"{name}: no SPDX line")
    if re.match(r"data/(?:lexicon|world)/.*\.tsv$", name):
        header = next((line for line in text.split("\n") if line and not line.startswith("#")), "")
        if not {"source", "src"} & set(header.split("\t")):
            out.append(f"{name}: no column that names the source: {header[:80]!r}")
    return out


def selftest():
    assert complaints("src/a.c", 10, "/* SPDX-License-Identifier: x */ TO" "DO later")
    assert complaints("src/a.c", 10, "int a;")
    assert complaints("docs/a.md", 10, "see /wo" "rk/main/x")
    assert complaints("data/models/a.an", MOST + 1, None)
    assert complaints("data/lexicon/a.tsv", 10, "# words\nkey\tvalue\na\tb")
    assert not complaints("data/lexicon/a.tsv", 10, "# words\nkey\tsource\na\tb")
    assert not complaints("src/a.c", 10, "/* SPDX-License-Identifier: x */ a/wo" "rk/b")


def main():
    selftest()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True)
    if listed.returncode != 0:
        print("skipped: no git repository here")
        return 77
    found = []
    for name in listed.stdout.decode().split("\0"):
        path = TOP / name
        if not name or not path.is_file() or name == "LICENSE":
            continue
        size = path.stat().st_size
        try:
            text = path.read_text(encoding="utf-8") if size < MOST else None
        except UnicodeDecodeError:
            text = None
        found += complaints(name, size, text)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
