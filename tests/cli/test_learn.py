# SPDX-License-Identifier: Apache-2.0
"""annals learn-outlets and --furniture: sentences that repeat on pages of an outlet are learned and left out of its articles; a
story that was fetched often, titles, and other outlets are not touched; without the option nothing changes."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ANNALS = os.environ["ANNALS"]
STORIES = [
    ("Harbour wall to be raised by a metre", ["The town will raise its harbour wall by a metre before the winter storms, the council said on Monday.",
     "Work begins in August and costs four million crowns, most of it paid by the province.", "Boats will be moved to the outer basin while the cranes are there."]),
    ("Ferry company buys second ship", ["The ferry company has bought a second ship from a yard in the north, its director told the crew.",
     "The ship carries sixty cars and will sail twice a day from May.", "Two of the old captains will train the new ones."]),
    ("School on the hill gets its roof back", ["Eleven months after the storm the school on the hill has its roof again.",
     "Lessons had been held in the fish hall, where the heating failed twice.", "The minister of education opened the new rooms with a bell from the old ship."]),
    ("Bread prices rise for the third time", ["Bakers in the province raised the price of bread for the third time this year.",
     "Flour has become dearer since the mill at the river closed in spring.", "A loaf now costs what two loaves cost three years ago, the union of bakers said."]),
    ("Lighthouse keeper retires after forty years", ["The last keeper of the lighthouse handed over his keys on Friday after forty years.",
     "The light will be run from the mainland by a computer that needs no sleep.", "He said that he would miss the gulls and not the fog."]),
    ("Court stops sale of the old dockyard", ["A court stopped the sale of the old dockyard to an investor from the capital.",
     "The judges found that the council had not asked two other bidders.", "The mayor said that the town would read the ruling and decide in June."]),
    ("Young doctors stay away from the islands", ["Three of the seven surgeries on the islands have no doctor, a report of the health office says.",
     "Young doctors want a partner's job and a school nearby, and the islands have neither.", "The province now pays for their boats and their flats."]),
    ("Choir of fishermen sings in the capital", ["The choir of the fishermen's guild sang in the capital's largest hall on Saturday.",
     "The oldest singer is ninety and learned the songs from his mother.", "A recording will be sold for the sea rescue."])]
FURNITURE = ["The Pier Post is read by people who care for the coast, and three crowns a month keep our reporters at work.",
             "Our correspondents write from nine harbours, and every story is checked by two editors before it is printed.",
             "Readers who saw what happened are asked to call the desk, which is open from six in the morning until midnight."]


def page(n, title, sentences, host="pierpost.example", extra=""):
    """Furniture stands between and behind the paragraphs, in elements that say nothing; one line on half of the pages only."""
    parts = [sentences[0], FURNITURE[0], sentences[1], *(FURNITURE[2:] if n % 2 else []), sentences[2], FURNITURE[1]]
    popular = "".join(f"<li>{STORIES[k][0]}</li>" for k in range(3))
    return (f'<html><head><title>{title} | The Pier Post</title><link rel="canonical" href="https://www.{host}/news/{n}{extra}"></head><body><h1>{title}</h1>'
            + "".join(f"<p>{p}</p>\n" for p in parts) + f"<ul>{popular}</ul></body></html>")


def run(*args, code=(0, 1)):
    p = subprocess.run([ANNALS, *map(str, args)], capture_output=True)
    assert p.returncode in code, (args, p.returncode, p.stderr.decode())
    return p.stdout.decode(), p.stderr.decode()


def texts(folder, *more):
    return [json.loads(line)["text"] for line in run("text", *more, folder)[0].splitlines()]


def kept(articles, stories):
    """How many sentences of furniture, and of stories, stand in the articles."""
    return (sum(f in a for a in articles for f in FURNITURE), sum(s in a for a, (_, body) in zip(articles, stories) for s in body))


def main():
    with tempfile.TemporaryDirectory() as top:
        os.chdir(top)
        pages = pathlib.Path("pages")
        pages.mkdir()
        for n, (title, body) in enumerate(STORIES):
            (pages / f"{n}.html").write_text(page(n, title, body))
        for v in range(4):                               # one story, fetched four more times, each with other bytes
            (pages / f"x{v}.html").write_text(page(0, *STORIES[0], extra=f"?version={v}"))
        other = pathlib.Path("other")
        other.mkdir()
        for n, (title, body) in enumerate(STORIES[:2]):  # another outlet that quotes such a line once
            (other / f"{n}.html").write_text(page(n, title, body, host="inlander.example"))

        _, told = run("learn-outlets", "pages", "other", "-o", "furniture.tsv")
        table = pathlib.Path("furniture.tsv").read_text()
        rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
        assert rows[0] == ["host", "line", "pages", "of", "text"] and {r[0] for r in rows[1:]} == {"pierpost.example"}, table
        learned = {r[4] for r in rows[1:]}
        assert all(f.lower()[:100] in {t[:100] for t in learned} for f in FURNITURE), table
        assert not any(s.lower()[:60] == t[:60] for _, body in STORIES for s in body for t in learned), table
        assert not any(title.lower() in learned for title, _ in STORIES), table
        assert [r[3] for r in rows[1:]] == ["8"] * (len(rows) - 1) and "repeat, of 14 pages" in told, (table, told)

        files = [str(f) for folder in (pages, other) for f in folder.iterdir()]
        for seed in range(3):                            # the same pages in any order
            random.Random(seed).shuffle(files)
            assert run("learn-outlets", "-q", *files)[0] == table
        assert run("learn-outlets", "-q", "-j1", *files)[0] == run("learn-outlets", "-q", "-j4", *files)[0]

        stories = STORIES + [STORIES[0]] * 4
        before, after = kept(texts(pages), stories), kept(texts(pages, "--furniture", "furniture.tsv"), stories)
        print(f"furniture kept: {before[0]} sentences alone, {after[0]} with the table; of stories: {before[1]} and {after[1]} of {3 * len(stories)}")
        assert before[0] >= 20 and after == (0, before[1]) and before[1] == 3 * len(stories), (before, after)
        assert texts(other) == texts(other, "--furniture", "furniture.tsv")

        alone, learned = (json.loads(run("read", "--json", *more, pages / "0.html")[0]) for more in ((), ("--furniture", "furniture.tsv")))
        assert "furniture" not in alone["made_by"] and len(learned["made_by"]["furniture"]) == 16 and alone["made_by"]["data"] != learned["made_by"]["data"]
        pathlib.Path("other.tsv").write_text(table + "# another line\n")
        again = json.loads(run("read", "--json", "--furniture", "other.tsv", pages / "0.html")[0])
        assert again["made_by"]["furniture"] != learned["made_by"]["furniture"] and again["blocks"] == learned["blocks"]
        assert [b["begin"] for b in alone["blocks"]] == [b["begin"] for b in learned["blocks"]]         # the same blocks, other roles

        for bad, says in (("", None), ("no\ttable\n", "other.tsv:1: no table of repeated lines"), ("host\tline\na\tzz\n", "other.tsv:2: the column 'line'")):
            pathlib.Path("other.tsv").write_text(bad)
            _, told = run("text", "--furniture", "other.tsv", pages / "0.html", code=(0, 1) if says is None else (2,))
            assert says is None or says in told, told
        assert "No such file" in run("text", "--furniture", "none.tsv", pages / "0.html", code=(2,))[1]
        assert "without --furniture" in run("learn-outlets", "--furniture", "furniture.tsv", "pages", code=(2,))[1]
        pathlib.Path("homeless.txt").write_text("A line.\n\nAnother line of the page, which tells no address.\n")
        assert "1 pages tell no address" in run("learn-outlets", "homeless.txt", "-o", "none.tsv")[1]
        pathlib.Path("m.tsv").write_text("path\toutlet\nhomeless.txt\tThe Inland Gazette\n")
        assert "tell no address" not in run("learn-outlets", "--meta", "m.tsv", "homeless.txt", "-o", "none.tsv")[1]
    os.chdir("/")


main()
sys.exit(0)
