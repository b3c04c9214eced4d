#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A record that grows is the record built at once: our look-alike reports, story cases and sample pages, with copies in other outlets, later versions of a
page and a page in another language, in one go and in seven uneven pieces in three orders; with corrections that come with the first piece, with
the last, or not any more; with a page removed; with other options for a time. Compared are the bytes of the exports."""
import glob
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
ANNALS = os.path.abspath(os.environ.get("ANNALS", os.path.join(SOURCE, "build/release/annals")))
DATA = os.path.abspath(os.environ.get("ANNALS_DATA", os.path.join(SOURCE, "build/release/share/annals")))
ENVIRONMENT = dict(os.environ, ANNALS_DATA=DATA, LC_ALL="C.UTF-8")
PIECES = (1, 2, 29, 3, 17, 40)           # and the rest
failures = []


FIRST = """SELECT story, event, page, ref, n FROM (SELECT t.*, count(*) OVER (PARTITION BY t.story, t.event) AS n, row_number() OVER (PARTITION BY t.story, t.event ORDER BY p.path, p.offset, p.sha256, p.url, x.begin, x.ref) AS at
  FROM told_in t JOIN page p ON p.id = t.page JOIN event_row x ON x.page = t.page AND x.ref = t.ref) WHERE at = 1 ORDER BY 1, 2"""


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what)


def run(*args):
    done = subprocess.run([ANNALS, *args], capture_output=True, env=ENVIRONMENT, timeout=300)
    check(done.returncode in (0, 1), f"{args[0]}: {done.returncode} {done.stderr.decode()[:300]}")
    return done.stdout


def reports():
    """The texts of the look-alikes and of the story cases, one a report."""
    found = []
    for path in [os.path.join(SOURCE, "tests/story/lookalikes.txt"), *sorted(glob.glob(os.path.join(SOURCE, "tests/story/cases/*.txt")))]:
        report = None
        with open(path, encoding="utf-8") as text:
            for line in text:
                if line.startswith("= "):
                    report = []
                    found.append(report)
                elif report is not None:
                    report.append(line)
    return ["".join(lines).strip() + "\n" for lines in found]


def html(url, text):
    head, *rest = [line for line in text.split("\n") if line]
    body = "".join(f"<p>{line}</p>\n" for line in rest)
    return f'<html lang="en"><head><title>{head}</title><link rel="canonical" href="{url}"></head><body><article><h1>{head}</h1>\n{body}</article></body></html>\n'


def write_pages(folder):
    texts = reports()
    pages = {f"{n:03}.txt": text for n, text in enumerate(texts)}
    for n in range(0, len(texts), 3):    # the same words at another place, and with a line more
        pages[f"copy-{n:03}.txt"] = texts[n] + "\n"
        pages[f"more-{n:03}.txt"] = texts[n] + "\nThe agency's report was shortened by the desk of this newspaper.\n"
    for n in range(1, len(texts), 5):    # the page as it was, and as it became
        pages[f"first-{n:03}.html"] = html(f"https://outlet.example/{n}", texts[n])
        pages[f"later-{n:03}.html"] = html(f"https://outlet.example/{n}", texts[n] + "\nUpdate: Police later gave no other figure, and officials met again on Friday.\n")
    pages["fremd.txt"] = "Die Brücke ist wieder offen\n\nDie Stadt hat die Brücke am Montag wieder geöffnet, und viele Leute gingen hinüber, sagte der Bürgermeister.\n"
    for name, text in pages.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)
    return sorted([os.path.join(folder, name) for name in pages] + glob.glob(os.path.join(SOURCE, "examples/pages/[0-9]*")))


def table(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.write("id\tfield\tvalue\twho\n" + "".join("\t".join(row) + "\tA. Reader\n" for row in rows))
    return path


def exports(record):
    return [run("export", record, "--format", f) for f in ("jsonl", "csv", "readings", "gdelt")]


def grown(record, pages, seed, *first, last=()):
    order, at = list(pages), 0
    random.Random(seed).shuffle(order)
    for n, size in enumerate((*PIECES, len(order))):
        piece = order[at:at + size]
        at += size
        run("build", "-q", *piece, "-o", record, *(first if n == 0 else last if at >= len(order) else ()))
    return record


def corrections(record, folder):
    """One of each field, of what the record holds."""
    db = sqlite3.connect(record)
    by = "SELECT p.path FROM story_page n JOIN page p ON p.id = n.page WHERE n.story = ? ORDER BY p.path"
    one, two = [s for (s,) in db.execute("SELECT story FROM story_page GROUP BY 1 HAVING count(*) > 3 ORDER BY count(*) DESC, 1 LIMIT 2")]
    a, b = ([p for (p,) in db.execute(by, (s,))] for s in (one, two))
    path, event = db.execute("SELECT p.path, t.ref FROM told_in t JOIN page p ON p.id = t.page WHERE t.story = ? ORDER BY 1, 2 LIMIT 1", (one,)).fetchone()
    (name,) = db.execute("SELECT name FROM story_party WHERE entity LIKE 'Q%' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1").fetchone()
    db.close()
    return table(os.path.join(folder, "c.tsv"), [(a[0], "day", "2019-02-03"), (f"{path}:{event}", "event", "reject"), (name, "name", "Somebody Else"), (a[1], "join", b[0]),
                                                 (a[2], "split", a[3]), (b[1], "split", b[2])])


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "pages"))
        pages = write_pages(os.path.join(folder, "pages"))
        at_once = os.path.join(folder, "once.db")
        run("build", "-q", *pages, "-o", at_once)
        whole = exports(at_once)
        records = [grown(os.path.join(folder, f"{seed}.db"), pages, seed) for seed in (1, 2, 3)]
        check(all(exports(r) == whole for r in records), "a record that grew tells something else than one built at once")
        for record in records:
            kept = sqlite3.connect(record).execute("SELECT story, id, first_page, first_ref, tellings FROM story_event ORDER BY 1, 2").fetchall()
            check(kept == sqlite3.connect(record).execute(FIRST).fetchall(), "the first telling of an event, and how many there are")
            check(max(row[4] for row in kept) > 1, "no event is told twice: nothing is tested")
        stories = sqlite3.connect(at_once).execute("SELECT count(*), count(DISTINCT story) FROM story_page").fetchone()
        table_of = corrections(at_once, folder)
        with_rows = os.path.join(folder, "corrected.db")
        run("build", "-q", *pages, "-o", with_rows, "--corrections", table_of)
        corrected = exports(with_rows)
        check(corrected[0] != whole[0], "corrections change nothing: nothing is tested")
        run("build", "-q", "-o", records[0], "--corrections", table_of)
        check(exports(records[0]) == corrected, "corrections that come when all has been formed")
        last = grown(os.path.join(folder, "last.db"), pages, 4, last=("--corrections", table_of))
        check(exports(last) == corrected, "corrections that come with the last piece")
        run("build", "-q", "-o", records[0], "--corrections", table(os.path.join(folder, "none.tsv"), []))
        check(exports(records[0]) == whole, "corrections that were taken back")
        gone = [p for p in pages if "copy-000" in p or "/004.txt" in p]
        for page in gone:
            run("forget", records[1], "--page", page)
        without = os.path.join(folder, "without.db")
        run("build", "-q", *[p for p in pages if p not in gone], "-o", without)
        check(len(gone) == 2 and exports(records[1]) == exports(without), "a record from which pages were removed")
        back = os.path.join(folder, "back.db")
        some, others = pages[:20], pages[20:30]
        run("build", "-q", *some, "-o", back)
        run("build", "-q", "--reread", "--threshold", ".3", *others, "-o", back)
        run("build", "-q", "--reread", *some, *others, "-o", back)
        straight = os.path.join(folder, "straight.db")
        run("build", "-q", *some, *others, "-o", straight)
        check(exports(back) == exports(straight), "a record that was read with other options for a time")
        run("build", "-q", "--reread", "--threshold", ".3", *others, "-o", back)
        run("build", "-q", "--reread", *some, "-o", back)
        alone = os.path.join(folder, "alone.db")
        run("build", "-q", *some, "-o", alone)
        check(exports(back)[0] == exports(alone)[0], "pages whose stories went with other options, and whose reading did not change")
        print(f"{stories[0]} pages, {stories[1]} stories")
    print("all well" if not failures else f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
