#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pages that would pull everything into one story, or give a story days that cannot be (the list of bad input of stories): pages that name
every country, pages that share nothing but the lines around the story, 500 dates, dates that contradict each other, a quotation that is never
closed, more numbers than are compared. Each build ends in bounded time and memory, and no stories are joined that are not one.

    ANNALS=... ANNALS_DATA=... SOURCE_DIR=. python3 tests/story/test_bad_stories.py

Limits are for a busy machine and a release build: CPU seconds of the process."""
import json
import os
import resource
import subprocess
import sys
import tempfile

SOURCE, ANNALS, DATA = (os.environ[k] for k in ("SOURCE_DIR", "ANNALS", "ANNALS_DATA"))
PRESET = os.environ.get("ANNALS_PRESET", "dev")
SECONDS, MEMORY = 20, 600  # CPU and MiB of a build; some ten times what it took when written
DEEDS = ["fishing quotas were cut after a cold winter", "a museum of clocks reopened with a concert", "teachers marched for smaller classes",
         "a dam was repaired after the spring flood", "a goalkeeper ended his career in tears", "bakers argued about the price of rye",
         "an old comet came back over the hills", "surgeons tried a new valve on eleven patients", "a ferry line was sold to a bank",
         "wolves were counted in the northern forest", "a poet refused a medal in silence", "engineers dug a tunnel for trams"]
AROUND = ("Subscribe now for one euro a month and read without limits. We use cookies to show you what matters to you. "
          "Our editors choose the best stories of the day and send them to your inbox every morning before breakfast.")


def countries():
    with open(os.path.join(SOURCE, "data", "world", "countries.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if line.strip() and line[0] != "#"]
    name = rows[0].index("name")
    return [row[name] for row in rows[1:]]


def every_country():
    """Twelve pages of one day that have all names and nothing else in common."""
    names = countries()
    listed = ", ".join(names[:-1]) + " and " + names[-1]
    return [("all%02d" % n, "%s\n\nMarch 3, 2022\n\n%s on Thursday, and %s. %s.\n\nThe list of those who came: %s.\n" %
             (deed.capitalize(), deed.capitalize(), deed, " ".join([deed.capitalize()] * 3), listed)) for n, deed in enumerate(DEEDS)]


def only_around():
    """A thousand pages of one outlet, each with the same lines before and behind a short story of its own."""
    found = []
    for n in range(1000):
        deed = DEEDS[n % len(DEEDS)]
        where = "%sville%s" % (chr(65 + n % 26), chr(97 + n // 26 % 26))
        body = "In %s %s, says report %d of the %s office." % (where, deed, 7 * n + 11, where)
        found.append(("around%04d" % n, "%s: %s\n\nMarch 3, 2022\n\n%s\n\n%s\n\n%s\n" % (where, deed, AROUND, body, AROUND)))
    return found


def many_numbers():
    """Twenty reports of one flood with more numbers than are held against each other, the last with another toll."""
    things, where = ("houses", "schools", "cars", "boats", "trees", "doors", "bridges", "farms", "wells", "shops"), ("north", "south", "upper", "lower", "old", "new")
    found = []
    for n in range(20):
        toll = 31 if n == 19 else 12
        lines = ["The water carried off %d %s in the %s quarter." % (20 + (n * 977 + k * 613) % 9000, things[(n + 3 * k) % 10], where[(n * k) % 6]) for k in range(34)]
        found.append(("flood%02d" % n, "Flood in Herat kills %d people\n\nMarch 3, 2022\n\nHERAT - The flood that broke the dam above Herat killed %d people on Wednesday, the rescue service said.\n\n%s\n" %
                      (toll, toll, "\n\n".join(lines))))
    return found


def bad_days():
    dates = " ".join("On %d %s %d the clock was wound." % (n % 28 + 1, ("March", "May", "July")[n % 3], 1800 + n % 200) for n in range(500))
    return [("dates500", "The clock of Aville\n\nMarch 3, 2022\n\n%s\n" % dates),
            ("clash", "Bridge opens in Kenya\n\nMarch 3, 2022\n\nPublished on 9 May 1987.\n\nNAIROBI, 31 February 2014 - Kenya's president met Uganda's president on "
                      "Monday, 1 March 2022, and on Monday, 2 March 2022, and on Friday, 0 March 0000, and in the year 99999.\n"),
            ("open", "Kenya's president speaks\n\nMarch 3, 2022\n\nPresident Uhuru Kenyatta said: \"We shall build the bridge.\n\n" +
                     "The road was closed on Thursday.\n\n" * 300)]


def build(name, pages, folder):
    home, record = os.path.join(folder, name), os.path.join(folder, name + ".db")
    os.mkdir(home)
    for page, text in pages:
        with open(os.path.join(home, page + ".txt"), "w", encoding="utf-8") as f:
            f.write(text)
    process = subprocess.Popen([ANNALS, "build", "-q", "--data", DATA, home, "-o", record], stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    complaints = [] if process.returncode in (0, 1) else ["exit %d: %s" % (process.returncode, said.decode(errors="replace")[:300])]
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    if PRESET == "release" and (cpu > SECONDS or memory > MEMORY):
        complaints.append("more than %d s or %d MiB" % (SECONDS, MEMORY))
    told = subprocess.run([ANNALS, "export", record, "--format", "jsonl"], capture_output=True, text=True).stdout
    stories = [json.loads(line) for line in told.splitlines()]
    found = sum(len(s["readings"]) for s in stories)
    if found != len(pages):
        complaints.append("%d pages in stories of %d" % (found, len(pages)))
    return stories, complaints, "%5.2f s %5.0f MiB" % (cpu, memory)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, pages, most in (("every_country", every_country(), 1), ("only_around", only_around(), 84), ("many_numbers", many_numbers(), 20), ("bad_days", bad_days(), 1)):
            stories, complaints, cost = build(name, pages, folder)
            for s in stories:
                told = [os.path.basename(r["path"])[:-4] for r in s["readings"]]
                if name == "only_around" and len({int(t[6:]) % len(DEEDS) for t in told}) > 1:
                    complaints.append("one story of several deeds: %s" % told[:4])
                tolls = {v["value"] for c in s["comparisons"] if c["kind"] == "quantity" and c["about"] == "people killed" for v in c["values"]}
                if name == "many_numbers" and tolls != {12, 31}:
                    complaints.append("the tolls of %d reports are %s" % (len(told), sorted(tolls)))
            largest = max((len(s["readings"]) for s in stories), default=0)
            if largest > most:
                complaints.append("a story of %d pages" % largest)
            for s in stories:
                for r in s["readings"]:
                    if name == "bad_days" and (r["published"] or {}).get("day") not in (None, "2022-03-03", "1987-05-09"):
                        complaints.append("%s is dated %s" % (os.path.basename(r["path"]), r["published"]["day"]))
                for e in s["events"]:
                    for end in ("earliest", "latest"):
                        day = (e["event"].get("when") or {}).get(end) if "event" in e else (e.get("when") or {}).get(end)
                        if day is not None and not ("1000" <= day[:4] <= "2999" and day[5:] not in ("02-31", "02-30")):
                            complaints.append("an event of %s" % day)
            print("%-14s %4d pages %4d stories, largest %d, %s%s" % (name, len(pages), len(stories), largest, cost, "".join("  FAILED: " + c for c in complaints)))
            failed += bool(complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
