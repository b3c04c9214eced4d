#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `make demo` prints after its list of stories (tools/demo_next.sh) is what the record says: the largest story, the counts of its
comparisons by verdict, what differs before what agrees, every row as `annals show compare` has it; and each command that it tells people to type runs."""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
ANNALS = os.environ.get("ANNALS", str(TOP / "build/release/annals"))


def run(*command, may_end=(0,)):
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert done.returncode in may_end, (command, done.returncode, done.stderr)
    return done.stdout


def check(record):
    stories = [json.loads(line) for line in run(ANNALS, "show", record, "stories", "--json").splitlines()]
    largest = max(int(s["pages"]) for s in stories)
    demo = run("sh", "tools/demo_next.sh", ANNALS, record)
    named = re.search(r"Where the reports of story (\w+) differ", demo).group(1)
    story = [s for s in stories if s["story"].startswith(named)]
    assert len(story) == 1 and int(story[0]["pages"]) == largest, (named, stories)

    told = [json.loads(line) for line in run(ANNALS, "export", record, "--format", "jsonl").splitlines()]
    rows = [s for s in told if s["id"] == story[0]["story"]][0]["comparisons"]
    counts = collections.Counter(row["verdict"] for row in rows)
    line = [part for part in demo.splitlines() if re.match(r"^\S \d+ ", part)][0]
    said = {verdict: int(n) for n, verdict in re.findall(r"(\d+) ([a-z]+)", line)}
    assert said == dict(counts) and counts["agree"] > 0, (said, counts)

    blocks = [b.strip() for b in run(ANNALS, "show", record, "compare", named, "--table").split("\n\n")]
    shown = [b.strip() for b in demo.split("\n\n") if re.match(r"^\S (conflict|scope|update|unclear|compatible|agree)  ", b.strip())]
    differ = sum(n for verdict, n in counts.items() if verdict != "agree")
    assert len(shown) == min(4, differ), shown
    for block in shown:
        assert block in blocks and not block.startswith("="), block

    commands = [c.strip() for c in re.findall(r"^  (\S*annals .+?)(?:   .*)?$", demo, re.M)] + re.findall(r"what they agree on too: (.+)$", demo, re.M)
    assert len(commands) >= 6, commands
    for command in commands:
        if "YOUR-PAGES" not in command:
            assert run(*command.split()).strip(), command


def main():
    data = pathlib.Path(os.environ.get("ANNALS_DATA", TOP / "build/release/share/annals"))
    if not all((data / name).exists() for name in ("world.an", "lexicon.an", "english.an")):
        print(f"skipped: no compiled data in {data}")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "annals-demo.db")
        run(ANNALS, "build", "examples/pages", "-o", record, may_end=(0, 1))  # 1: some pages are none
        check(record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
