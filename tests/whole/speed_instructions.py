#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions a word of `annals read` on sample pages, counted by valgrind, which other work on the machine does not touch:
within 5 % of what instructions.tsv says for this kind of processor. `speed_instructions.py --write` writes what is counted now.
The pages are read once and twice; the difference is their cost without that of starting and of opening the data."""
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
ANNALS = os.environ.get("ANNALS", str(TOP / "build/release/annals"))
TABLE = pathlib.Path(__file__).with_name("instructions.tsv")
PAGES = sorted(str(path.relative_to(TOP)) for path in (TOP / "examples/pages").glob("0[1-8]-*"))
MAY_DIFFER = 0.05


def instructions(pages):
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", ANNALS, "read", "-q", "-j1", *pages]
    done = subprocess.run(counting, cwd=TOP, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def counted():
    articles = subprocess.run([ANNALS, "text", *PAGES], cwd=TOP, capture_output=True, text=True).stdout.splitlines()
    words = sum(len(json.loads(article)["text"].split()) for article in articles)
    return (instructions(PAGES * 2) - instructions(PAGES)) / words


def main():
    if shutil.which("valgrind") is None:
        print("skipped: no valgrind")
        return 77
    rows = dict(line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    machine, now = platform.machine(), round(counted())
    if "--write" in sys.argv:
        rows[machine] = now
        head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        TABLE.write_text("\n".join(head + [f"{name}\t{count}" for name, count in sorted(rows.items())]) + "\n", encoding="utf-8")
    if machine not in rows:
        print(f"skipped: no figure for {machine} in {TABLE.name}; {now} instructions a word are counted here")
        return 77
    noted = int(rows[machine])
    print(f"{now} instructions a word, {noted} noted: {100 * (now / noted - 1):+.1f} %")
    if abs(now / noted - 1) <= MAY_DIFFER:
        return 0
    print("if that is meant, note it: tests/whole/speed_instructions.py --write, and say why in the commit")
    return 1


if __name__ == "__main__":
    sys.exit(main())
