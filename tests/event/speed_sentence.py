#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Acts strung together by "and" in one sentence cost at most three times the instructions of the same acts in sentences of their own
(valgrind counts them, less those of one act): what stands at a word is found once, not once for each act of its sentence."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ACTS = ("troops attacked the town of Kolm", "protesters burned a bus", "Russia bombed Aleppo", "the minister met the president of France", "police arrested 12 people")
MOST, COUNT = 3, 120


def instructions(acts):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as page:
        page.write("Clashes spread\n\nBERLIN, March 3, 2017 - %s.\n" % acts)
        page.flush()
        counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", os.environ["ANNALS"], "read", "-q", "-j1", page.name]
        return int(re.search(r"Collected : (\d+)", subprocess.run(counting, capture_output=True, text=True).stderr).group(1))


if shutil.which("valgrind") is None:
    print("skipped: no valgrind")
    sys.exit(77)
acts = [ACTS[i % len(ACTS)] for i in range(COUNT)]
one = instructions(acts[0])
strung, parted = instructions(" and ".join(acts)) - one, instructions(". ".join(a.capitalize() for a in acts)) - one
print("%.1f million instructions in one sentence, %.1f in %d: %.2f times" % (strung / 1e6, parted / 1e6, COUNT, strung / parted))
sys.exit(strung > MOST * parted)
