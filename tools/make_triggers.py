#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text with marked acts, for tools/triggers.c to learn from.

    make_triggers.py OUT.txt [--treebanks FOLDER] [--news FOLDER] [--only KIND...]

Out of what lies under data/ (and tests/event/events.spec): passages/*.txt, every act of which is marked; examples/*.tsv and the examples
of lexicon/frames.tsv, of which only the type is known; and, where they are given, the sentences of judged/triggers.tsv out of the
treebanks and the news that it names, with who and whom of judged/parties.tsv. tools/triggers.c tells the format. The same files give the same bytes."""
import argparse
import collections
import csv
import glob
import gzip
import os
import re
import sys
import tarfile
from xml.etree import ElementTree

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(TOP, "tests", "gold"))
import score_paragraphs as gold  # noqa: E402  (one reader of the format of passages)

TYPES = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())
MARKS = re.compile(r"</?[st]>")


def path(*parts):
    return os.path.join(TOP, *parts)


def table(name):
    with open(name, encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def one(kind, sentence, weight=None):
    """A sentence of which only the type is known; none: every word of it tells nothing."""
    head = "D all ?" if kind == "none" else "D one " + kind
    return [head + (" %g" % weight if weight else ""), "P " + sentence]


def sides(passage, event):
    """Everybody on either side, at every place of their words; nothing where a side is not known."""
    if event.actors is None or event.recipients is None:
        return
    number = 0
    for side, slots in (("actor", event.actors), ("recipient", event.recipients)):
        for slot in slots:
            for begin, end in passage.places(slot.words):
                yield "W %d %d %s%s %d" % (begin, end, side, "?" * slot.optional, number)
            number += 1
    yield "W 0 0 none %d" % number


def passages(names, half):
    for name in names:
        for passage in gold.read_gold(name):
            if passage.half != half if half else passage.half == "count":
                continue
            yield "D all ? 1 %s" % passage.name
            yield "P " + passage.text
            for event in passage.events:
                for n, (begin, end) in enumerate(event.triggers):
                    sure = event.must and n == 0
                    yield "A %d %d %s" % (begin, end, event.types[0] if sure else "?")
                    if sure:
                        yield from sides(passage, event)


def examples():
    for name in sorted(glob.glob(path("data", "examples", "*.tsv"))):
        if os.path.basename(name).startswith("names"):
            continue
        for row in table(name):
            if row["type"] in TYPES or row["type"] == "none":
                yield from one(row["type"], MARKS.sub("", row["sentence"]), 0.3 if row["type"] == "none" else None)


def frames():
    for row in table(path("data", "lexicon", "frames.tsv")):
        if row.get("type") in TYPES and row.get("example"):
            yield from one(row["type"], row["example"])


def spec():
    with open(path("tests", "event", "events.spec"), encoding="utf-8") as f:
        for line in f:
            if line[:2] != "+ ":
                continue
            sentence, *acts = line.rstrip("\n")[2:].split("\t")
            for act in acts:
                kind = act.split("|")[0].strip()
                if kind in TYPES or kind == "none":
                    yield from one(kind, sentence)


# ---- Sentences of others, judged by hand ------------------------------------------------------------------

def treebank(name):
    """Paragraphs of documents: [(sentence, [(token, form, a space follows)])]; None ends a document."""
    paragraph, words, sentence, kept = [], [], None, 0
    with gzip.open(name, "rt", encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc") or line.startswith("# newpar"):
                if paragraph:
                    yield paragraph
                paragraph = []
                if line.startswith("# newdoc"):
                    yield None
            elif line.startswith("# sent_id"):
                sentence, kept = line.split(" = ")[1], 0
            elif line and not line.startswith("#"):
                cells = line.split("\t")
                if "-" in cells[0]:  # "don't": one word of the text, several of the tree
                    kept = int(cells[0].split("-")[1])
                    words.append((cells[0].split("-")[0], cells[1], "SpaceAfter=No" not in cells[9]))
                elif cells[0].isdigit() and int(cells[0]) > kept:
                    words.append((cells[0], cells[1], "SpaceAfter=No" not in cells[9]))
            elif not line and words:
                paragraph.append((sentence, words))
                words = []
    if paragraph:
        yield paragraph
    yield None


def news(name):
    """The same of MEANTIME, a paragraph a sentence."""
    with tarfile.open(name) as tar:
        for file in sorted((m for m in tar if m.name.endswith(".xml")), key=lambda m: m.name):
            page = os.path.basename(file.name)[:-4]
            sentences = collections.OrderedDict()
            for token in ElementTree.parse(tar.extractfile(file)).getroot().iter("token"):
                sentences.setdefault(token.get("sentence"), []).append((token.get("t_id"), token.text))
            for number, words in sentences.items():
                tight = [not re.match(r"[,.;:!?%)\]]|'s$|n't$|'$", nxt[1]) for nxt in words[1:]] + [True]
                yield [(page + "#" + number, [(n, form, space and form not in "([$") for (n, form), space in zip(words, tight)])]
            yield None


def judged_sides(row, places):
    """Who and whom of a judged word, by the places of the words of its sentence; nothing where one of them is in doubt."""
    cells = [row.get(side, "?").split(";") for side in ("actor", "recipient")]
    if any(cell not in places and cell != "0" for side in cells for cell in side):
        return
    number = 0
    for side, cell in (("actor", cells[0]), ("recipient", cells[1])):
        for word in cell:
            if word != "0":
                yield "W %d %d %s %d" % (*places[word], side, number)
                number += 1
    yield "W 0 0 none %d" % number


def documents(paragraphs, judged, weight):
    """Each document that somebody read, with its acts; sentences that nobody read are told so."""
    lines, read = [], False
    for paragraph in paragraphs:
        if paragraph is None:
            if read:
                yield "D all ? %g -" % weight
                yield from lines
            lines, read = [], False
            continue
        text, marks = "", []
        for sentence, words in paragraph:
            begin, rows, places, acts = len(text.encode()), judged.get(sentence), {}, []
            read |= rows is not None
            for number, form, space in words:
                at = len(text.encode())
                text += form
                places[number] = at, len(text.encode())
                row = (rows or {}).get(number)
                if row:
                    acts.append((row, "A %d %d %s" % (*places[number], row["type"] if row["sure"] == "y" else "?")))
                text += " " * space
            for row, act in acts:
                marks += [act, *judged_sides(row, places)]
            if rows is None and len(text.encode()) > begin:
                marks.append("U %d %d" % (begin, len(text.rstrip().encode())))
            text = text.rstrip() + " "
        lines += ["P " + text.rstrip().replace("\n", " ")] + marks


def judged(treebanks, meantime, weight):
    rows = {}
    with open(path("tests", "event", "recall.tsv"), encoding="utf-8") as f:
        coded = {line.split("\t")[0] for line in f}  # pages that measure are not learned from
    parties = {(row["sentence"], row["token"]): row for row in table(path("data", "judged", "parties.tsv"))}
    for row in table(path("data", "judged", "triggers.tsv")):
        row.update(parties.get((row["sentence"], row["token"]), {"actor": "?", "recipient": "?"}))
        if row["sentence"].split("#")[0] not in coded:
            rows.setdefault(row["sentence"], {})[row["token"]] = row
    for name in sorted(glob.glob(os.path.join(treebanks or "", "ewt-train.conllu.gz")) + glob.glob(os.path.join(treebanks or "", "gum-train-news.conllu.gz"))):
        yield from documents(treebank(name), rows, weight)
    if meantime and os.path.exists(os.path.join(meantime, "meantime", "xml.tar.xz")):
        yield from documents(news(os.path.join(meantime, "meantime", "xml.tar.xz")), rows, weight)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--treebanks")
    parser.add_argument("--news")
    parser.add_argument("--passages", nargs="*", help="other files of passages")
    parser.add_argument("--half", help="of the passages only these; without it all that do not only count")
    parser.add_argument("--weight", type=float, default=1, help="of judged sentences")
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    names = args.passages if args.passages is not None else sorted(glob.glob(path("data", "passages", "*.txt")))
    sources = {"passages": lambda: passages(names, args.half), "examples": examples, "frames": frames, "spec": spec,
               "judged": lambda: judged(args.treebanks, args.news, args.weight)}
    with open(args.out, "w", encoding="utf-8") as f:
        for name, lines in sources.items():
            if args.only is None or name in args.only:
                f.writelines(line + "\n" for line in lines())


if __name__ == "__main__":
    main()
