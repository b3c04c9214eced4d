#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stories of all sets of pages whose stories are known, each set one record, against the gold.

    SOURCE_DIR=. ANNALS=build/release/annals ANNALS_DATA=build/release/share/annals python3 tests/story/measure_sets.py [-v] [--only SET] [--all] [--learned]

For each set and half: pairs of pages put together (precision, recall, F1; right, given, gold), BCubed F1, look-alike stories of which any two pages were
joined, undated pages that stand with a sister, of how many; of the undated pages the days given by their story, and how many of those are right (inside
the gold's days); and the same of first and last days by the story. `count` halves are totals: -v lists wrong and missed pairs of the half that may be looked at. --all: one record of all own sets. --learned: the
sets that only teach (data/compared, MEANTIME). Last, of all sets: of the pairs of stories that look alike how many were joined, and of all pairs of one page of each how many stand together."""
import datetime
import glob
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import test_lookalikes as probe
import test_cases as cases

SOURCE = probe.SOURCE
SHARED = os.path.join(SOURCE, "..", "shared")
OPEN = ("0001-01-01", "9999-12-31")


class Set:
    """Pages: file name, bytes, story, half, shown (None: it says no day; "?": not known), true (first and last day it may be of, or None)."""

    def __init__(self, name):
        self.name, self.pages, self.apart, self.meta = name, [], set(), None

    def add(self, file, data, story, half="look", shown="?", true=None):
        self.pages.append((file, data, story, half, shown, true))

    def half_of(self, story):
        halves = {p[3] for p in self.pages if p[2] == story}
        return "look" if halves == {"look"} else "count"


def of_gold(name, gold, folder, looked=None):
    """A set in the form of ../shared/gold: `looked`: pages that may be read, where the gold does not say."""
    found, data = Set(name), json.load(open(gold, encoding="utf-8"))
    story = {p: s["id"] for s in data["stories"]["partition"] for p in s["pages"]}
    for page in data["pages"]:
        days = page["published"]
        true = days.get("with_story", days["page_alone"])
        span = (true["earliest"], true["latest"]) if "with_story" in days else (true["holds"],) * 2 if true.get("holds") else None
        half = page.get("half", "look") if looked is None else "look" if page["id"] in looked else "count"
        with open(os.path.join(folder, page["file"]), "rb") as f:
            found.add(page["file"], f.read(), story[page["id"]], half, days["page_alone"]["day"], span)
    for rule in data["stories"]["must_not_merge"]:
        found.apart.add((story[rule["page"]], rule["story"]))
    return found


def of_list(name, path):
    """A set as one file: `== PAGE | STORY | day shown or - | true day or interval | half`, then the page; look-alikes in the head."""
    found, page = Set(name), None
    for line in open(path, encoding="utf-8"):
        alike = re.match(r"#\s+([A-Z]\w*\d\w*)\s+([A-Z]\w*\d\w*)\s", line)
        if line.startswith("== "):
            page = [cell.strip() for cell in line[3:].split("|")] + [[]]
            found.pages.append(page)
        elif page is not None:
            page[5].append(line)
        elif alike:
            found.apart.add(alike.groups())
        else:
            found.apart |= set(re.findall(r"\b(\w\d+)-(\w\d+)\b", line))
    lists, found.pages = found.pages, []
    for page, story, shown, true, half, lines in lists:
        span = re.findall(r"\d{4}-\d\d-\d\d", true)
        found.add(page + ".txt", ("".join(lines).strip() + "\n").encode(), story, half, None if shown == "-" else shown, (span[0], span[-1]) if span else None)
    return found


def of_probe(name, strip):
    found = Set(name)
    for n, (pair, story, text) in enumerate(probe.reports()):
        found.add("%03d.txt" % n, (probe.undated(text) if strip else text).encode(), story, "look" if pair % 2 else "count")
        found.apart.add(("%02da" % pair, "%02db" % pair))
    return found


def of_cases():
    """Each page with the day and the outlet that the test gives it."""
    found, rows = Set("cases"), []
    for case in cases.NAMES:
        for name, page in cases.pages(case).items():
            found.add("%s-%s.txt" % (case, name), ("".join(page["lines"]).strip() + "\n").encode(), case, "look", page["day"])
            rows.append(("%s-%s.txt" % (case, name), page["url"], page["outlet"], page["day"]))
    found.meta = rows
    return found


def of_real():
    found = Set("real2019")
    table = os.path.join(SOURCE, "tests", "story", "real2019.tsv")
    story = dict(line.rstrip("\n").split("\t") for line in open(table) if line[0] != "#")
    for file in sorted(glob.glob(os.path.join(SHARED, "data", "pages", "html", "*.html.gz"))):
        name = os.path.basename(file).split(".")[0]
        with open(file, "rb") as f:
            found.add(os.path.basename(file), f.read(), story.get(name, name))
    return found


def told_in(path):
    """Reports of a file of marked reports (data/compared says how): file name, story, day or -, title, text without marks."""
    reports, own = [], None
    for line in open(path, encoding="utf-8"):
        cells = [cell.strip() for cell in line.lstrip("= ").split("|")]
        if line.startswith("=== "):
            story, own = cells[0], None
        elif line.startswith("== "):
            own = None if line.startswith("== facts") else [story + cells[0] + ".txt", story, cells[-1][:10], []]
            reports += [own] if own else []
        elif own is not None:
            own[3].append(re.sub(r"\{\d+:([^{}]*)\}", r"\1", line))
    for file, story, day, lines in reports:
        title, _, rest = "".join(lines).strip().partition("\n")
        yield file, story, day, title, rest.strip()


def page_of(title, day, text):
    """The day, where the page tells it, is printed above the text."""
    return ("%s\n\n%s%s\n" % (title, day and datetime.date.fromisoformat(day).strftime("%-d %B %Y") + "\n\n", text)).encode()


def of_compared(name):
    """Reports marked for comparing (data/compared), by the file: by chance a day is not printed. four.txt is only counted."""
    found = Set("cmp-" + name)
    for file, story, day, title, text in told_in(os.path.join(SOURCE, "data", "compared", name + ".txt")):
        hidden = hashlib.md5(file[:-4].encode()).digest()[0] < 102
        found.add(file, page_of(title, "" if hidden else day, text), story, "count" if name == "four" else "look", None if hidden else day, (day, day))
    return found


def of_alike(name):
    """Pairs of stories that look alike (data/alike), by the file: every third pair (of three.txt every second) is held out and only counted."""
    found, held_out = Set("alike-" + name), 2 if name == "three" else 3
    for file, story, day, title, text in told_in(os.path.join(SOURCE, "data", "alike", name + ".txt")):
        day = day.strip("-") and day
        found.add(file, page_of(title, day, text), story, "look" if int(story[1:3]) % held_out else "count", day or None, (day, day) if day else None)
        found.apart.add((story[:3] + "a", story[:3] + "b"))
    return found


def of_meantime(topic):
    """Wikinews on one firm or market over years (../shared/data/news-events, CC BY 4.0): half of the pages without their date line; `events`: what a page tells, by page."""
    found, found_events = Set("mt-" + topic), {}
    for line in open(os.path.join(SHARED, "data", "news-events", "meantime", "meantime.jsonl"), encoding="utf-8"):
        page = json.loads(line)
        if page["topic"] != topic or not page["day"]:
            continue
        day = page["day"] if page["day"][4] == "-" else "-".join(reversed(page["day"].split("-")))
        hidden, lines = hashlib.md5(page["doc"].encode()).digest()[0] < 128, page["text"].split("\n\n")
        text = "\n\n".join(lines[:1] + lines[2 if hidden else 1:])
        found.add(page["doc"] + ".txt", text.encode(), page["doc"], "look", None if hidden else day, (day, day))
        found_events[page["doc"] + ".txt"] = {m["instance"]["instance_id"] for m in page["mentions"] if m["kind"] == "event_mention" and m.get("instance", {}).get("instance_id")}
    found.events = found_events
    return found


ALIKE = ("one", "two", "three")
COMPARED = ("one", "two", "three", "four", "five", "six", "seven", "eight")
TOPICS = ("airbus", "apple", "gm", "stock")


def all_sets():
    tests = os.path.join(SOURCE, "tests")
    found = []
    if os.path.isdir(SHARED):
        found.append(of_gold("founding", os.path.join(SHARED, "gold", "seeds.json"), os.path.join(SHARED, "seeds")))
    found.append(of_gold("samples", os.path.join(tests, "samples", "gold.json"), os.path.join(SOURCE, "examples", "pages")))
    found.append(of_gold("samples2", os.path.join(tests, "samples2", "gold.json"), os.path.join(tests, "samples2", "pages"), ("P01", "P02", "P03", "P04")))
    for name in ("samples3", "samples4"):
        found.append(of_gold(name, os.path.join(tests, name, "gold.json"), os.path.join(tests, name, "pages")))
    found += [of_cases(), of_probe("lookalikes", False), of_probe("undated", True)]
    for path in sorted(glob.glob(os.path.join(tests, "story", "stories*", "stories.txt"))):
        found.append(of_list(os.path.basename(os.path.dirname(path)), path))
    found += [of_alike(name) for name in ALIKE]
    if os.path.isdir(os.path.join(SHARED, "data", "pages")):
        found.append(of_real())
    return found


def together(sets):
    """All own sets as one record; the founding case's and the probe's other form tell the same, and stay out."""
    found = Set("all")
    for s in sets:
        if s.name in ("undated", "real2019", "cases"):
            continue
        for file, data, story, half, shown, true in s.pages:
            found.add("%s-%s" % (s.name, file), data, s.name + story, half, shown, true)
        found.apart |= {(s.name + a, s.name + b) for a, b in s.apart}
    return found


def write(s, folder):
    pages = os.path.join(folder, s.name)
    os.makedirs(pages)
    for file, data, *_ in s.pages:
        with open(os.path.join(pages, file), "wb") as f:
            f.write(data)
    return pages


def read(s, folder):
    """The story of each page, and the days that its reading in the story has."""
    pages, record, more = write(s, folder), os.path.join(folder, s.name + ".db"), []
    if s.meta is not None:
        more = ["--meta", os.path.join(folder, s.name + ".tsv")]
        with open(more[1], "w", encoding="utf-8") as f:
            f.write("path\turl\toutlet\tpublished\n" + "".join("%s\t%s\n" % (os.path.join(pages, r[0]), "\t".join(r[1:])) for r in s.meta))
    done = subprocess.run([probe.ANNALS, "build", "--data", probe.DATA, *more, pages, "-o", record], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    told = subprocess.run([probe.ANNALS, "export", record, "--format", "jsonl"], capture_output=True, text=True, check=True).stdout
    groups, days = {}, {}
    for n, line in enumerate(told.splitlines()):
        for reading in json.loads(line)["readings"]:
            file = os.path.basename(reading["path"])
            groups[file], days[file] = n, reading["published"]
    return [groups.get(p[0], -1 - n) for n, p in enumerate(s.pages)], [days.get(p[0], {}) for p in s.pages]


def pairs(groups, keep):
    return {(a, b) for a, b in itertools.combinations(keep, 2) if groups[a] == groups[b]}


def measure(s, half, groups, days):
    gold = [p[2] for p in s.pages]
    keep = [n for n, p in enumerate(s.pages) if half == "both" or s.half_of(p[2]) == half]
    if not keep:
        return None
    true, got = pairs(gold, keep), pairs(groups, keep)
    right = len(true & got)
    joined = [(a, b) for a, b in s.apart if any({gold[x], gold[y]} == {a, b} for x, y in got)]
    apart = [x for x in s.apart if {gold[n] for n in keep} >= set(x)]
    undated = [n for n in keep if s.pages[n][4] is None and sum(g == gold[n] for g in gold) > 1]
    stand = [n for n in undated if any(k != n and groups[k] == groups[n] and gold[k] == gold[n] for k in range(len(gold)))]
    given = [n for n in undated if days[n].get("day") and s.pages[n][5]]
    well = [n for n in given if s.pages[n][5][0] <= days[n]["day"] <= s.pages[n][5][1]]
    bounds = [n for n in undated if days[n].get("basis") == "story" and s.pages[n][5] and days[n].get("earliest") and days[n].get("latest")]
    hold = [n for n in bounds if days[n]["earliest"] <= s.pages[n][5][1] and s.pages[n][5][0] <= days[n]["latest"]]
    f1 = 2 * right / (len(true) + len(got)) if true or got else 1
    crossing = [(x, y) for x, y in itertools.combinations(keep, 2) if (gold[x], gold[y]) in s.apart or (gold[y], gold[x]) in s.apart]
    print("%-10s %-5s %3d pages  pairs P %.3f R %.3f F1 %.3f (%d, %d, %d)  BCubed %.3f  alike %d/%d  undated %d/%d  days %d/%d right %d bounds %d hold %d" % (
        s.name, half, len(keep), right / len(got) if got else 1, right / len(true) if true else 1, f1, right, len(got), len(true),
        probe.bcubed([gold[n] for n in keep], [groups[n] for n in keep])[2], len(joined), len(apart), len(stand), len(undated), len(given), len(undated), len(well), len(bounds), len(hold)))
    return true, got, (len(joined), len(apart), sum(groups[x] == groups[y] for x, y in crossing), len(crossing))


def main():
    sets = all_sets()
    if "--all" in sys.argv:
        sets = [together(sets)]
    if "--learned" in sys.argv:
        sets = [of_compared(name) for name in COMPARED] + [of_meantime(topic) for topic in TOPICS]
    if "--only" in sys.argv:
        sets = [s for s in sets if s.name in sys.argv[sys.argv.index("--only") + 1].split(",")]
    alike = {"look": [0] * 4, "count": [0] * 4}
    for s in sets:
        with tempfile.TemporaryDirectory() as folder:
            groups, days = read(s, folder)
        halves = {s.half_of(p[2]) for p in s.pages}
        for half in ("look", "count"):
            if half in halves:
                result = measure(s, half, groups, days)
                alike[half] = [sum(n) for n in zip(alike[half], result[2])]
                if half == "look" and "-v" in sys.argv and result:
                    for kind, found in (("wrong", result[1] - result[0]), ("missed", result[0] - result[1])):
                        for a, b in sorted(found):
                            print("    %-6s %s %s | %s %s" % (kind, s.pages[a][0], s.pages[a][2], s.pages[b][0], s.pages[b][2]))
    for half, (joined, apart, wrong, crossing) in alike.items():
        print("%-5s look-alikes joined %d of %d; pairs of their pages together %d of %d" % (half, joined, apart, wrong, crossing))


if __name__ == "__main__":
    main()
