#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows for tools/train_sure.py out of text whose acts and parties are marked, so that certainty is learned from more than is judged by hand.

    judge_rows.py PASSAGES.txt JUDGED.txt -- TEXT... >data/judged/crossed.tsv      (with --annals, --triggers, --data: a folder of compiled data)

PASSAGES.txt and JUDGED.txt are what tools/make_triggers.py makes of passages and of judged sentences, TEXT all else that triggers.an is
learned from. Detector and chooser are learned on two thirds of the documents and asked on the third, three times, so that no row is of text
that they know. Rows at words that a reader was in doubt of are left out; a party in doubt is "-". No word of the texts is written."""
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

FOLDS = 3


def documents(path):
    """[lines] of every document."""
    found = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("D ") and found:
                yield found
                found = []
            found.append(line.rstrip("\n"))
    if found:
        yield found


def page_of(lines):
    """The text as a page, and its acts in bytes of it: (kind, begin, end, type, parties or None)."""
    text, acts, begin = b"", [], 0
    for line in lines[1:]:
        cells = line.split()
        if line.startswith("P "):
            text += b"\n\n" if text else b""
            begin = len(text)
            text += line[2:].encode()
        elif cells[0] == "W":
            parties = acts[-1]["parties"] = acts[-1]["parties"] or {"actor": [], "recipient": []}
            if cells[3] in parties:
                parties[cells[3]].append((int(cells[1]) + begin, int(cells[2]) + begin))
        else:
            acts.append({"span": (int(cells[1]) + begin, int(cells[2]) + begin), "type": cells[3] if cells[0] == "A" else "?", "parties": None})
    return text, acts


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def side_right(got, want, text, sentence):
    """Everybody told is meant, and everybody meant is told. Who is told by words of another sentence (a pronoun's) cannot be seen here."""
    places = [(p["begin"], p["end"]) for p in got]
    if any(not overlap(place, sentence) for place in places):
        return "-" if want else "n"
    right = all(any(overlap(place, w) for w in want) for place in places) and bool(places) == bool(want)
    return "y" if right and len(want) <= len(places) else "n"


def judge_marked(event, acts, text):
    """y, n or - of type, who and whom; None: in doubt."""
    span = event["trigger"]["begin"], event["trigger"]["end"]
    mine = [a for a in acts if overlap(a["span"], span)]
    if any(a["type"] == "?" for a in mine):
        return None
    mine = [a for a in mine if a["type"] == event["type"]]
    if not mine:
        return ["n", "-", "-"]
    parties = mine[0]["parties"]
    if parties is None:
        return ["y", "-", "-"]
    sentence = event["evidence"]["begin"], event["evidence"]["end"]
    if event["mutual"]:
        both = side_right(event["actors"] + event["recipients"], parties["actor"] + parties["recipient"], text, sentence)
        return ["y", both, both]
    return ["y"] + [side_right(event[key], parties[side], text, sentence) for key, side in (("actors", "actor"), ("recipients", "recipient"))]


def judge_passage(event, passage):
    tidy = gold.tidy(event)
    fits = [want for want in passage.events if want.accepts(tidy)]
    if any(not want.must for want in fits) or (not fits and any(not want.must and want.touches(tidy["span"]) for want in passage.events)):
        return None
    return train_sure.by_gold(gold, passage, tidy)


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


def learned_data(args, scratch, others):
    """A folder of compiled data whose detector and chooser know only these documents and the other texts."""
    data, learned = os.path.join(scratch, "data"), os.path.join(scratch, "text")
    os.mkdir(data)
    for name in os.listdir(args.data):
        if name != "triggers.an":
            os.symlink(os.path.abspath(os.path.join(args.data, name)), os.path.join(data, name))
    with open(learned, "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for lines in others for line in lines)
    subprocess.run([args.triggers, args.data, os.path.join(data, "triggers.an"), *args.text, learned], check=True, stdout=subprocess.DEVNULL)
    return data


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages")
    parser.add_argument("judged")
    parser.add_argument("text", nargs="*")
    parser.add_argument("--gold", nargs="*", default=sorted(glob.glob(os.path.join(HERE, "..", "data", "passages", "*.txt"))))
    parser.add_argument("--fold", type=int, choices=range(FOLDS), nargs="*", default=range(FOLDS), help="only these thirds, to share the work")
    parser.add_argument("--annals", default="build/release/annals")
    parser.add_argument("--triggers", default="build/release/tools/triggers")
    parser.add_argument("--data", default="build/release/share/annals")
    args = parser.parse_args()
    passages = [p for name in args.gold for p in gold.read_gold(name) if p.half != "count"]
    all_of = [(lines, passage) for lines, passage in zip(documents(args.passages), passages)]
    assert len(all_of) == len(passages)
    all_of += [(lines, None) for lines in documents(args.judged)]
    print("set\tpage\t" + "\t".join(train_sure.PARTS) + "\tsigns")
    for fold in args.fold:
        with tempfile.TemporaryDirectory() as scratch:
            data = learned_data(args, scratch, [lines for n, (lines, _) in enumerate(all_of) if n % FOLDS != fold])
            for n, (lines, passage) in enumerate(all_of):
                if n % FOLDS != fold:
                    continue
                text, acts = page_of(lines)
                page = os.path.join(scratch, "page.txt")
                with open(page, "wb") as f:
                    f.write(text)
                reading = run(args.annals, "read", "--threshold", "0", "--data", data, page)
                signs = told_rows(args.annals, data, page) if '"confidence"' in reading else {}
                kind = "passage" if passage else "judged"
                name = hashlib.md5(("%s %d" % (kind, n)).encode()).hexdigest()[:8]
                for event in json.loads(reading)["events"] if signs else []:
                    verdict = judge_passage(event, passage) if passage else judge_marked(event, acts, text)
                    row = signs.get(event["trigger"]["begin"])
                    if verdict is not None and row and event["repeats"] is None:
                        print("\t".join([kind, name] + verdict + [row]), flush=True)


if __name__ == "__main__":
    main()
