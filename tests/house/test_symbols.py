#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What leaves the shared libraries is what the public headers declare, no more and no less."""
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
DECLARED = re.compile(r"^(?!typedef|\s)[\w \*]*?\b(an_\w+)\s*\(", re.M)


def declared(header):
    """Functions that a header declares: typedefs of functions and struct fields are none."""
    text = re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)
    return set(DECLARED.findall(text))


def exported(library):
    out = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in out.splitlines() if line.split()[-2] not in "Aa"}


def main():
    failed = checked = 0
    for name, header in (("libannals.so", "annals.h"), ("libannals-record.so", "annals_record.h")):
        library, header = pathlib.Path(os.environ["ANNALS_BUILD"]) / name, TOP / "include" / header
        if not library.exists() or not header.exists():
            continue
        checked += 1
        leaves, promised = exported(library), declared(header)
        assert promised, f"no declaration found in {header}"
        for what, names in (("leaves without being declared", leaves - promised), ("is declared and does not leave", promised - leaves)):
            for symbol in sorted(names):
                print(f"{name}: {symbol} {what}")
                failed = 1
    if not checked:
        print("skipped: this build has no shared library")
        return 77
    return failed


if __name__ == "__main__":
    sys.exit(main())
