#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seven stories of our own as hard as the founding one (tests/story/cases): each must be one story, and its comparison must hold the rows of
gold.tsv: a row is met when some comparison of that kind has a right verdict and values that touch the words on every page named.

    ANNALS=... ANNALS_DATA=... SOURCE_DIR=. python3 tests/story/test_cases.py [-v] [--joined]      (--joined: their pages are held to be one story)

Values that stand in one position agree; others have the row's verdict, which is that of its most distant pair.
For each verdict it prints how many of its gold rows were found at all, how many of those have it (recall: of all of them), and, of
the gold rows to which a comparison gave that verdict, in how many it is right (precision). Fails when fewer rows hold than the floors below."""
import json
import os
import subprocess
import sys
import tempfile

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
CASES = os.path.join(SOURCE, "tests", "story", "cases")
FLOORS = {"decisive": 22, "all": 82}
FLOORS_JOINED = {"decisive": 22, "all": 82}
STORIES = {}  # where the grouping does not hold a case for one story
NAMES = ("toll", "capitals", "curfew", "border", "levy", "wreck", "visit")
VERDICTS = ("agree", "compatible", "scope", "update", "conflict", "unclear")


def pages(case):
    found = {}
    for line in open(os.path.join(CASES, case + ".txt"), encoding="utf-8"):
        if line.startswith("= "):
            name, day, outlet, url = line.split()[1:]
            found[name] = {"day": day, "outlet": outlet.replace("_", " "), "url": url, "lines": []}
        elif not line.startswith("#") and found:
            found[name]["lines"].append(line)
    return found


def stories(case, found, folder, joined):
    """The pages as one JSONL file, with their days and outlets in a table."""
    path, meta, record = (os.path.join(folder, case + end) for end in (".jsonl", ".tsv", ".db"))
    with open(path, "w", encoding="utf-8") as f:
        for page in found.values():
            page["text"] = "".join(page["lines"]).strip() + "\n"
            f.write(json.dumps({"text": page["text"], "url": page["url"], "fetched": page["day"] + "T23:00:00Z"}) + "\n")
    with open(meta, "w", encoding="utf-8") as f:
        f.write("path\turl\toutlet\tpublished\n")
    texts = []
    for name, page in found.items():
        file = os.path.join(folder, "%s-%s.txt" % (case, name))
        with open(file, "w", encoding="utf-8") as f:
            f.write(page["text"])
        texts.append(file)
        with open(meta, "a", encoding="utf-8") as f:
            f.write("%s\t%s\t%s\t%s\n" % (file, page["url"], page["outlet"], page["day"]))
    held = []
    if joined:  # a reader says that they are one story: only the comparison is asked
        table = os.path.join(folder, case + ".joined.tsv")
        with open(table, "w", encoding="utf-8") as f:
            f.write("id\tfield\tvalue\twho\n" + "".join("%s\tjoin\t%s\ttest\n" % (texts[0], t) for t in texts[1:]))
        held = ["--corrections", table]
    done = subprocess.run([ANNALS, "build", "--data", DATA, "--meta", meta, *held, *texts, "-o", record], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    out = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def touches(value, page, words):
    text, words = page["text"].encode(), words.encode()
    assert words in text, words
    begins = [n for n in range(len(text)) if text.startswith(words, n)]
    return any(value["begin"] < b + len(words) and b < value["end"] for b in begins)


def count_verdict(tally, wanted, hit):
    """A gold row counts for the first verdict that it allows; a given verdict is right where the row allows it."""
    first = tally[wanted[0]]
    first["gold"] += 1
    first["met"] += bool(hit)
    first["right"] += bool(set(hit) & set(wanted))
    for v in set(hit):
        tally[v]["given"] += 1
        tally[v]["given right"] += v in wanted


def share(part, whole):
    return "%.2f" % (part / whole) if whole else "-"


def main():
    verbose, joined = "-v" in sys.argv, "--joined" in sys.argv
    counts = {"decisive": [0, 0], "all": [0, 0]}
    tally = {v: {"gold": 0, "met": 0, "right": 0, "given": 0, "given right": 0} for v in VERDICTS}
    well = True
    gold = [line.rstrip("\n").split("\t") for line in open(os.path.join(CASES, "gold.tsv"), encoding="utf-8") if line[0] != "#"][1:]
    with tempfile.TemporaryDirectory() as folder:
        for case in NAMES:
            found = pages(case)
            told = stories(case, found, folder, joined)
            if len(told) > (1 if joined else STORIES.get(case, 1)):
                well = False
                print("%s: %d stories: %s" % (case, len(told), [[os.path.basename(r["path"]) for r in s["readings"]] for s in told]))
            rows = []
            for story in told:
                name = {r["sha256"]: os.path.basename(r["path"])[len(case) + 1:-4] for r in story["readings"]}
                for c in story["comparisons"]:
                    rows.append((c, [(name[v["reading"]], v) for v in c["values"]]))
                    if verbose:
                        print("%s %s, %s: %s (%s)" % (case, c["kind"], c["about"], c["verdict"], c["why"]))
                        for n, v in rows[-1][1]:
                            print("    %d %s: %s%s" % (v["position"], n, v["text"][:100], " [%s]" % v["according_to"] if v["according_to"] else ""))
            for of, level, verdicts, kind, values in gold:
                if of != case:
                    continue
                want = [v.strip().split(": ", 1) for v in values.split("|")]
                hit = []
                for c, vs in rows:
                    at = [[v["position"] for n, v in vs if n == page and touches(v, found[page], words)] for page, words in want]
                    if c["kind"] == kind and all(at):
                        hit.append("agree" if set.intersection(*map(set, at)) else c["verdict"])
                wanted = verdicts.split()
                right = bool(set(hit) & set(wanted))
                count_verdict(tally, wanted, hit)
                for label in ("decisive", "all") if level == "decisive" else ("all",):
                    counts[label][0] += right
                    counts[label][1] += 1
                if not right:
                    print("missed (%s) %s: %s %s, given %s" % (level, case, verdicts, values, ", ".join(hit) or "no such row"))
    print("verdict      gold  met  right  recall   given  right  precision")
    for v, t in tally.items():
        print("%-11s %5d %4d %6d   %5s %7d %6d      %5s" % (v, t["gold"], t["met"], t["right"], share(t["right"], t["gold"]), t["given"],
                                                        t["given right"], share(t["given right"], t["given"])))
    for label, (right, of) in counts.items():
        print("%s rows: %d of %d" % (label, right, of))
        well = well and right >= (FLOORS_JOINED if joined else FLOORS)[label]
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
