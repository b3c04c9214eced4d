#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Frames that nobody can read, or that contradict each other, are refused with their line; the program does not start with them."""

import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.environ.get("SOURCE_DIR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
RELEASE = os.path.join(TOP, "build", "release")
ANNALS = os.environ.get("ANNALS") or os.path.join(RELEASE, "annals")
DATA = os.environ.get("ANNALS_DATA") or os.path.join(RELEASE, "share", "annals")
COMPILER = os.path.join(os.path.dirname(os.path.dirname(DATA)), "tools", "lexiconc")
ROW = "zap\tv\t%s\t\t\t%s\t\t%s\t\t190\t%s\tNorway zapped Mali.\tNOR>MLI\town\n"
CASES = [  # rows, and what must be said
    ([ROW % ("@nosuchclass", "", "ASSAULT", "")], "cannot be read"),
    ([ROW % ("+", "", "ATACK", "")], "cannot be read"),
    ([ROW % ("+", "", "ASSAULT", "sometimes")], "cannot be read"),
    ([ROW % ("+", " ".join(["subj"] * 30), "ASSAULT", "")], "cannot be read"),
    ([(ROW % ("+", "", "ASSAULT", "")).replace("\t190\t", "\t999\t")], "no code '999'"),
    ([(ROW % ("+", "", "ASSAULT", "")).replace("\t\t190\t", "\tnosuchmode\t190\t")], "no mode 'nosuchmode'"),
    ([ROW % ("+", "", "ASSAULT", ""), ROW % ("+", "", "AID", "")], "says otherwise than"),
    ([ROW % ("+", "", "ASSAULT", ""), ROW % ("+", "", "ASSAULT", "")], None),
]


def main():
    if not os.path.exists(COMPILER) or not os.path.exists(os.path.join(DATA, "world.an")):
        print("skipped: no release build")
        return 77
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        lexicon, data = os.path.join(scratch, "lexicon"), os.path.join(scratch, "data")
        shutil.copytree(os.path.join(TOP, "data", "lexicon"), lexicon)
        os.mkdir(data)
        for name in os.listdir(DATA):
            if name != "lexicon.an":
                os.symlink(os.path.join(os.path.abspath(DATA), name), os.path.join(data, name))
        frames = os.path.join(lexicon, "frames.tsv")
        whole = open(frames, encoding="utf-8").read()
        lines = whole.rstrip("\n").count("\n") + 1
        for rows, wanted in CASES:
            with open(frames, "w", encoding="utf-8") as out:
                out.write(whole.rstrip("\n") + "\n" + "".join(rows))
            subprocess.run([COMPILER, lexicon, os.path.join(data, "lexicon.an")], check=True, stdout=subprocess.DEVNULL)
            said = subprocess.run([ANNALS, "read", "-q", "--data", data, "-"], input="Norway zapped Mali.", text=True,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr
            line = "frames.tsv:%d" % (lines + len(rows))
            well = "frames.tsv" not in said if wanted is None else wanted in said and line in said
            failures += not well
            if not well:
                print("wanted %s at %s, said: %s" % (wanted, line, said.strip()))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
