#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""annals fill: an export without words and its pages, in another folder and under other names, give the whole export, to the byte; of pages that
are missing or changed nothing is made up, and they are named."""
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
ASKED = [["jsonl"], ["readings"], ["csv"], ["statements"], ["comparisons"], ["stories"], ["plover"], ["gdelt-mentions"], ["polecat"], ["icews"],
         ["csv", "--unit", "mention"], ["csv", "--since", "2024-01-01", "--keep-formulas"], ["polecat", "--max-days", "30"], ["plover", "--where", "BFA"]]
failures = []


def check(right, what):
    if not right and len(failures) < 20:
        failures.append(what)
        print("FAILED:", what)


def run(expected, *args):
    done = subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=240)
    check(done.returncode == expected, f"{args}: exit {done.returncode}, not {expected}: {done.stderr.decode()}")
    return done.stdout, done.stderr.decode()


def export(folder, record, asked):
    whole, bare = os.path.join(folder, "whole"), os.path.join(folder, "bare")
    run(0, "export", record, "--format", *asked, "-o", whole)
    run(0, "export", record, "--format", *asked, "--no-text", "-o", bare)
    with open(whole, "rb") as f:
        return bare, f.read()


def main():
    with tempfile.TemporaryDirectory() as folder:
        pages, record = os.path.join(folder, "pages"), os.path.join(folder, "r.db")
        meta = os.path.join(folder, "meta.tsv")
        shutil.copytree(os.path.join(SOURCE, "examples/pages"), pages)
        shutil.copy(os.path.join(pages, "05-sahel-herald.txt"), os.path.join(pages, "14-the-same-again.txt"))
        with open(meta, "w", encoding="utf-8") as f:
            f.write(f"path\turl\tpublished\n{pages}/09-undated.txt\thttps://reader.example/1?a=b\t2021-02-03\n{pages}/05-sahel-herald.txt\thttps://herald.example/5\t\n")
        run(1, "build", "-q", pages, "-o", record, "--meta", meta)
        moved = os.path.join(folder, "moved")
        os.mkdir(moved)
        for number, name in enumerate(sorted(os.listdir(pages), reverse=True)):
            shutil.copy(os.path.join(pages, name), os.path.join(moved, f"{number}{os.path.splitext(name)[1]}"))
        for asked in ASKED:
            bare, whole = export(folder, record, asked)
            with open(bare, "rb") as f:
                check(f.read() != whole or asked == ["gdelt-mentions"], f"{asked}: no word is left out")
            check(run(0, "fill", "-q", bare, moved)[0] == whole, f"{asked}: filled, but not as it was")
        bare, whole = export(folder, record, ["readings"])
        with open(bare, "rb") as f:
            empty = f.read().splitlines()
        os.remove(os.path.join(moved, next(name for name in os.listdir(moved) if name.startswith("3."))))
        changed = os.path.join(moved, "13-flattened-expulsions.txt")
        for name in os.listdir(moved):
            with open(os.path.join(moved, name), "rb") as f, open(os.path.join(pages, "13-flattened-expulsions.txt"), "rb") as other:
                same = f.read() == other.read()
            if same:
                os.rename(os.path.join(moved, name), changed)
        with open(changed, "a", encoding="utf-8") as f:
            f.write("A line more.\n")
        some, said = run(1, "fill", bare, moved)
        some, full = some.splitlines(), whole.splitlines()
        check(len(some) == len(full), "lines were lost")
        check(all(line in (a, b) for line, a, b in zip(some, full, empty)), "a line is neither as it was nor whole")
        check(sum(line == a for line, a in zip(some, full)) == len(full) - 2, "other lines than those of the two pages were left")
        check("1 of 14 pages have other bytes" in said and "13-flattened-expulsions.txt" in said and "1 of 14 pages were not given" in said
              and f"{len(full) - 2} of {len(full)} lines filled" in said, f"what is missing is not told: {said}")
        for wrong, what in ((["--threshold", "0", bare, pages], "made with data"), ([os.path.join(folder, "whole"), pages], "--no-text"),
                            ([os.path.join(folder, "nothing"), pages], "nothing.note"), ([bare, os.path.join(folder, "nowhere")], "nowhere")):
            out, said = run(2, "fill", *wrong)
            check(what in said and out == b"", f"{wrong}: {said}")
        run(1, "fill", "-q", bare, moved, "-o", bare)
        with open(bare, "rb") as f:
            check(f.read().splitlines() == some, "a file that is filled in its own place is not as one that is filled into another")
        left = [name for name in os.listdir(os.environ.get("TMPDIR", "/tmp")) if name.startswith("annals-fill-")]
        check(not left, f"left behind: {left}")
    print("all well" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
