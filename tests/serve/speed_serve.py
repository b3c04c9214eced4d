#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast a large record is looked at (docs/performance.md, "Serve"). Generated: 3,000 pages here; the bars are for 100,000:

    ANNALS_SCALE_PAGES=100000 ctest --preset release -R serve/speed --verbose        (some minutes, 2 GB in $TMPDIR)
    python3 tests/serve/speed_serve.py RECORD.db                                     (a record that is there)

A question's time is the processor time of the server, which other programs do not change, when it is asked for the first time.
"""
import glob
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

from server import ANNALS, ENVIRONMENT, SOURCE, Server, check, end

FIRST_VIEW, SEARCH, STORY, OTHER, MEMORY = 300, 200, 200, 2500, 300  # ms; MiB


def cpu_ms(pid):
    total = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        with open(path, encoding="ascii") as f:
            total += int(f.read().split()[0])
    return total / 1e6


def ask(server, path, most):
    before, begin = cpu_ms(server.process.pid), time.monotonic()
    reply = server.get(path)
    wall, cpu = (time.monotonic() - begin) * 1000, cpu_ms(server.process.pid) - before
    print(f"{cpu:7.0f} ms ({wall:5.0f} ms passed) {len(reply.body):9,} bytes  {path[:70]}", flush=True)
    check(reply.status == 200 and cpu <= most, f"{path}: status {reply.status}, {cpu:.0f} ms of {most}")
    return cpu


def measure(record):
    r, db = random.Random(5), sqlite3.connect(record)
    q = urllib.parse.quote
    texts = [db.execute("SELECT text FROM article WHERE rowid = ?", (r.randrange(2, 2000),)).fetchone()[0].split() for _ in range(4)]
    largest = db.execute("SELECT story FROM story_page GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()[0]
    few = db.execute("SELECT story FROM story_page GROUP BY 1 HAVING count(*) = 4 LIMIT 1").fetchone()[0]
    outlet = db.execute("SELECT outlet FROM page WHERE id = 77").fetchone()[0]
    db.close()
    begin = time.monotonic()
    with Server(record) as server:
        print(f"{cpu_ms(server.process.pid):7.0f} ms ({(time.monotonic() - begin) * 1000:5.0f} ms passed) from the start to the address")
        view = sum(ask(server, path, FIRST_VIEW) for path in ("/api/record", "/api/facets", "/api/stories"))
        check(view <= FIRST_VIEW, f"first view: {view:.0f} ms")
        for words in texts:
            ask(server, "/api/search?q=" + q(words[3]), SEARCH)
            ask(server, "/api/search?q=" + q(" ".join(words[5:7])), SEARCH)
        for story in (largest, few):
            ask(server, f"/api/story/{story}", STORY)
        ask(server, "/api/page/500", STORY)
        for path in ("/api/stories?actor=USA", "/api/stories?type=ACCUSE&country=USA", "/api/stories?q=" + q(texts[0][4]), "/api/events", "/api/events?actor=USA&since=2016-01-01",
                     "/api/events?outlet=" + q(outlet), "/api/statements", "/api/statements?actor=RUS", "/api/people", "/api/places",
                     "/api/facets?since=2017-01-01&until=2017-03-31", "/api/relation?a=USA&b=RUS", "/api/network.gexf"):
            ask(server, path, OTHER)
        print(f"{server.memory_mib():7.0f} MiB")
        check(server.memory_mib() < MEMORY, "memory")


def main():
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            record, pages = os.path.join(folder, "record.db"), os.environ.get("ANNALS_SCALE_PAGES", "3000")
            subprocess.run([sys.executable, os.path.join(SOURCE, "bench/make_record.py"), record, "--pages", pages, "--annals", ANNALS], check=True, env=ENVIRONMENT)
            measure(record)
    end()


if __name__ == "__main__":
    main()
