#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions a byte of page in the page room alone, counted by valgrind, which other work on the machine does not touch: HTML and
flattened text of examples/pages, each within 5 % of what instructions.tsv says for this kind of processor.
`speed_instructions.py --write` writes what is counted now. Each folder is read once and twice; the difference is its cost without
that of starting."""
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ANNALS_BUILD", TOP / "build/release"))
TABLE = pathlib.Path(__file__).with_name("instructions.tsv")
KINDS = {kind: sorted(TOP.glob(f"examples/pages/*.{kind}")) for kind in ("html", "txt")}
MAY_DIFFER = 0.05


def instructions(paths):
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", BUILD / "bench_page", BUILD / "share/annals", "0", *paths]
    done = subprocess.run(counting, cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def main():
    if shutil.which("valgrind") is None:
        print("skipped: no valgrind")
        return 77
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = {tuple(line.split("\t")[:2]): float(line.split("\t")[2]) for line in lines if not line.startswith("#")}
    machine, wrong = platform.machine(), False
    for kind, paths in KINDS.items():
        now = (instructions(paths * 2) - instructions(paths)) / sum(path.stat().st_size for path in paths)
        noted = rows.get((machine, kind))
        if "--write" in sys.argv:
            rows[machine, kind] = now
        elif noted is None:
            print(f"skipped: no figure for {machine} in {TABLE.name}; {now:.1f} instructions a byte of {kind} are counted here")
            return 77
        else:
            print(f"{kind}: {now:.1f} instructions a byte, {noted:.1f} noted: {100 * (now / noted - 1):+.1f} %")
            wrong |= abs(now / noted - 1) > MAY_DIFFER
    if "--write" in sys.argv:
        head = [line for line in lines if line.startswith("#")]
        TABLE.write_text("\n".join(head + [f"{m}\t{kind}\t{count:.1f}" for (m, kind), count in sorted(rows.items())]) + "\n", encoding="utf-8")
    if wrong:
        print("if that is meant, note it: tests/page/speed_instructions.py --write, and say why in the commit")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
