#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows for tools/train_sure.py out of text whose acts are marked, so that certainty is learned from more than is judged by hand.

    judge_rows.py PASSAGES.txt JUDGED.txt -- TEXT... >rows.tsv      (with --annals, --triggers, --data: a folder of compiled data)

PASSAGES.txt and JUDGED.txt are what tools/make_triggers.py makes of passages and of judged sentences, TEXT all else that triggers.an is
learned from. The detector is learned on one half of the documents and asked on the other, so that no row is of text that it knows.
Only the type is judged: who and whom are "-". Rows at words that a reader was in doubt of are left out. No word of the texts is written."""
import argparse
import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tests", "gold")]
import score_paragraphs as gold  # noqa: E402
import train_sure  # noqa: E402

HALVES = 2


def documents(path):
    """[lines] of every document."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("D "):
                found = []
                yield found
            found.append(line.rstrip("\n"))


def page_of(lines):
    """The text as a page, and its marks in bytes of it."""
    text, marks, begin = b"", [], 0
    for line in lines[1:]:
        if line.startswith("P "):
            text += b"\n\n" if text else b""
            begin = len(text)
            text += line[2:].encode()
        else:
            cells = line.split()
            marks.append((cells[0], int(cells[1]) + begin, int(cells[2]) + begin, cells[3] if cells[0] == "A" else "?"))
    return text, marks


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def judge_marked(event, marks):
    span = event["trigger"]["begin"], event["trigger"]["end"]
    mine = [m for m in marks if overlap(m[1:3], span)]
    if any(m[3] == "?" for m in mine):
        return None
    return any(mark[3] == event["type"] for mark in mine)


def judge_passage(event, passage):
    tidy = gold.tidy(event)
    for want in passage.events:
        if not want.accepts(tidy):
            continue
        if not want.must:
            return None
        return True
    return None if any(not want.must and want.touches(tidy["span"]) for want in passage.events) else False


def run(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout  # 1: a page has problems


def told_rows(annals, data, page):
    """{place of the trigger: signs}"""
    rows = {}
    for line in run(annals, "explain", "--threshold", "0", "--data", data, page).split("\n"):
        match = train_sure.TRACE.match(line)
        if match:
            rows[int(match.group(1))] = match.group(2)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages")
    parser.add_argument("judged")
    parser.add_argument("text", nargs="*")
    parser.add_argument("--gold", nargs="*", default=sorted(glob.glob(os.path.join(HERE, "..", "data", "passages", "*.txt"))))
    parser.add_argument("--annals", default="build/release/annals")
    parser.add_argument("--triggers", default="build/release/tools/triggers")
    parser.add_argument("--data", default="build/release/share/annals")
    args = parser.parse_args()
    passages = [p for name in args.gold for p in gold.read_gold(name)]
    all_of = [(lines, passage) for lines, passage in zip(documents(args.passages), passages)]
    assert len(all_of) == len(passages)
    all_of += [(lines, None) for lines in documents(args.judged)]
    for half in range(HALVES):
        with tempfile.TemporaryDirectory() as scratch:
            data = os.path.join(scratch, "data")
            os.mkdir(data)
            for name in os.listdir(args.data):
                if name != "triggers.an":
                    os.symlink(os.path.abspath(os.path.join(args.data, name)), os.path.join(data, name))
            learned = os.path.join(scratch, "text")
            with open(learned, "w", encoding="utf-8") as f:
                f.writelines(line + "\n" for n, (lines, _) in enumerate(all_of) if n % HALVES != half for line in lines)
            subprocess.run([args.triggers, args.data, os.path.join(data, "triggers.an"), *args.text, learned], check=True, stdout=subprocess.DEVNULL)
            for n, (lines, passage) in enumerate(all_of):
                if n % HALVES != half:
                    continue
                text, marks = page_of(lines)
                page = os.path.join(scratch, "page.txt")
                with open(page, "wb") as f:
                    f.write(text)
                reading = run(args.annals, "read", "--threshold", "0", "--data", data, page)
                signs = told_rows(args.annals, data, page) if '"confidence"' in reading else {}
                name = hashlib.md5(("%s %d" % ("passage" if passage else "judged", n)).encode()).hexdigest()[:8]
                for event in json.loads(reading)["events"] if signs else []:
                    verdict = judge_passage(event, passage) if passage else judge_marked(event, marks)
                    row = signs.get(event["trigger"]["begin"])
                    if verdict is not None and row and event["repeats"] is None:
                        print("\t".join(["passage" if passage else "judged", name, "y" if verdict else "n", "-", "-", row]), flush=True)


if __name__ == "__main__":
    main()
