#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs tests/cli/cases/*.case: shell lines and exactly what they print.

    $ annals read missing.txt        a line of bash, run in an empty folder of the case
    > text                           standard output, exactly, line by line
    2> text                          standard error, exactly
    >~ regex    2>~ regex            a line that matches (for what differs from run to run)
    = 2                              the exit status (0 when it is not said)
    # comment

`annals` is the program under test; $PAGES is examples/pages, $CASES the folder of the cases. A case that begins with `@data` needs the compiled data and is
skipped without it. test_cases.py NAME runs one case and shows it.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("SOURCE_DIR", os.path.join(HERE, "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))


class Step:
    def __init__(self, number, command):
        self.number, self.command, self.out, self.err, self.status = number, command, [], [], 0


def read_case(path):
    steps, needs_data = [], False
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line.startswith("$ "):
                steps.append(Step(number, line[2:]))
            elif line.startswith("= "):
                steps[-1].status = int(line[2:])
            elif re.match(r"2?>~? ?", line):
                mark, text = re.match(r"(2?>~?) ?(.*)", line).groups()
                (steps[-1].err if mark[0] == "2" else steps[-1].out).append((mark[-1] == "~", text))
            elif line == "@data":
                needs_data = True
            elif line and not line.startswith("#"):
                raise ValueError(f"{path}:{number}: no such mark: {line}")
    return steps, needs_data


def differs(wanted, got):
    """The first difference as words, or None."""
    lines = got.split("\n")
    if lines[-1] == "":
        lines.pop()
    for i, (is_regex, text) in enumerate(wanted):
        if i >= len(lines):
            return f"line {i + 1} is missing: {text}"
        if not (re.fullmatch(text, lines[i]) if is_regex else text == lines[i]):
            return f"line {i + 1}\n      wanted: {text}\n      found:  {lines[i]}"
    return f"line {len(wanted) + 1} too many: {lines[len(wanted)]}" if len(lines) > len(wanted) else None


def run_case(path):
    """Failures of a case as lines; None: skipped."""
    steps, needs_data = read_case(path)
    if needs_data and not os.path.exists(os.path.join(DATA, "english.an")):
        return None
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        bin_folder, work = os.path.join(folder, "bin"), os.path.join(folder, "work")
        os.mkdir(bin_folder)
        os.mkdir(work)
        os.symlink(ANNALS, os.path.join(bin_folder, "annals"))
        environment = dict(os.environ, PATH=bin_folder + ":" + os.environ["PATH"], ANNALS_DATA=DATA, LC_ALL="C.UTF-8",
                           CASES=os.path.join(HERE, "cases"),
                           PAGES=os.path.abspath(os.path.join(SOURCE, "examples/pages")), COLUMNS="100", NO_COLOR="1")
        for step in steps:
            done = subprocess.run(["bash", "-c", step.command], cwd=work, env=environment, capture_output=True, timeout=120,
                                  stdin=subprocess.DEVNULL)
            where = f"{os.path.basename(path)}:{step.number}: {step.command}"
            for what, wanted, got in (("standard output", step.out, done.stdout), ("standard error", step.err, done.stderr)):
                difference = differs(wanted, got.decode("utf-8", "replace"))
                if difference:
                    failures.append(f"{where}\n    {what}: {difference}")
            if done.returncode != step.status:
                failures.append(f"{where}\n    exit status: wanted {step.status}, found {done.returncode}")
    return failures


def main():
    names = sys.argv[1:]
    paths = sorted(glob.glob(os.path.join(HERE, "cases", "*.case")))
    if names:
        paths = [p for p in paths if os.path.splitext(os.path.basename(p))[0] in names]
    results = {path: run_case(path) for path in paths}
    failed = [line for failures in results.values() if failures for line in failures]
    skipped = [os.path.basename(path) for path, failures in results.items() if failures is None]
    for line in failed[:12]:
        print(line)
    if skipped:
        print(f"skipped, no compiled data in {DATA}: {' '.join(skipped)}")
    print(f"{len(results) - len(skipped)} cases, {len(failed)} failures")
    if failed or not results:
        return 1
    return 77 if len(skipped) == len(results) else 0


if __name__ == "__main__":
    sys.exit(main())
