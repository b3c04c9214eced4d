#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The output that README shows is what the program prints: its second block of code is one of the comparisons of the largest
story in examples/pages. When it fails, take a comparison of `make demo` into the README."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
ANNALS = os.environ.get("ANNALS", str(TOP / "build/release/annals"))


def run(*arguments, may_end=(0,)):
    done = subprocess.run([ANNALS, *arguments], cwd=TOP, capture_output=True, text=True)
    assert done.returncode in may_end, (arguments, done.returncode, done.stderr)
    return done.stdout


def main():
    data = pathlib.Path(os.environ.get("ANNALS_DATA", TOP / "build/release/share/annals"))
    if not all((data / name).exists() for name in ("world.an", "lexicon.an", "english.an")):
        print(f"skipped: no compiled data in {data}")
        return 77
    shown = re.findall(r"^```\n(.*?)^```", (TOP / "README.md").read_text(encoding="utf-8"), re.M | re.S)[1].strip()
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "readme.db")
        run("build", "examples/pages", "-o", record, may_end=(0, 1))  # 1: some pages are none
        stories = [json.loads(line) for line in run("show", record, "stories", "--json").splitlines()]
        story = max(stories, key=lambda story: int(story["pages"]))["story"]
        blocks = [block.strip() for block in run("show", record, "compare", story, "--table").split("\n\n")]
    if shown in blocks:
        return 0
    print("README shows what the program no longer prints:\n" + shown + "\nIt prints:\n" + "\n\n".join(blocks))
    return 1


if __name__ == "__main__":
    sys.exit(main())
